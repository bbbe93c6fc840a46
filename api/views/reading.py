"""What programs can read."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone, translation
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Endpoint
from api.filters import EntitlementFilter, MemberFilter, OpeningFilter
from api.serializers import (
    EntitlementSerializer,
    MemberSerializer,
    OpeningSerializer,
    ProgrammeSerializer,
    TermsSerializer,
)
from members.models import LANGUAGES, Member
from members.scopes import Scope
from payouts.models import Entitlement
from programmes import selectors
from programmes.models import Programme
from programmes.questions import policies
from programmes.terms import terms_of
from referrals.models import Opening
from referrals.selectors.promises import with_promises

CODES = [code for code, _name in LANGUAGES]
LANGUAGE = OpenApiParameter("language", str, enum=CODES, description="The organisation's own when not given.")


class List(mixins.ListModelMixin, Endpoint):
    """A list, page by page."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)


class Detail(mixins.RetrieveModelMixin, Endpoint):
    """One object."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.retrieve(request, *args, **kwargs)


class MemberList(List):
    """Members, those who left included."""

    scopes = {"GET": Scope.MEMBERS}
    queryset = Member.objects.select_related("user", "team")
    serializer_class = MemberSerializer
    filterset_class = MemberFilter
    ordering = ("name", "id")


class MemberDetail(Detail):
    """One member."""

    scopes = {"GET": Scope.MEMBERS}
    queryset = Member.objects.select_related("user", "team")
    serializer_class = MemberSerializer


class _Programmes(Endpoint):
    scopes = {"GET": Scope.PROGRAMMES}
    queryset = Programme.objects.all()
    serializer_class = ProgrammeSerializer
    ordering = ("name", "id")

    def get_serializer_context(self) -> dict[str, Any]:
        versions = selectors.all_in_force(timezone.localdate())
        return {**super().get_serializer_context(), "versions": {one.programme_id: one for one in versions}}


class ProgrammeList(_Programmes, List):
    """Programmes, retired ones included."""


class ProgrammeDetail(_Programmes, Detail):
    """One programme."""


class Terms(Endpoint):
    """The terms of a programme in force today, or coming first: sentences made from its rules, and the rules."""

    scopes = {"GET": Scope.PROGRAMMES}
    queryset = Programme.objects.all()
    serializer_class = TermsSerializer

    @extend_schema(parameters=[LANGUAGE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        programme = self.get_object()
        version = selectors.current(programme, timezone.localdate())
        if not version:
            raise Http404
        asked = request.query_params.get("language")
        language = asked if asked in CODES else self.organisation.language
        rules = version.rule_set
        with translation.override(language):
            terms = terms_of(rules)
            said = {
                "programme": programme.name,
                "version": version,
                "language": language,
                "rewards": terms.rewards,
                "conditions": terms.conditions,
                "payment": terms.payment,
                "policies": policies(rules),
                "own_words": version.texts.get(language, ""),
                "rules": version.rules,
            }
            return Response(self.get_serializer(said).data)


class _Openings(Endpoint):
    scopes = {"GET": Scope.OPENINGS}
    queryset = Opening.objects.select_related("client")
    serializer_class = OpeningSerializer
    ordering = ("-opened_on", "-id")

    @cached_property
    def _in_force(self) -> list[Any]:
        return selectors.in_force("referral", timezone.localdate())

    def _promises(self, opening: Opening) -> Any:
        return with_promises([opening], self._in_force, timezone.localdate())[0][1]

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "promises": self._promises}


class OpeningList(_Openings, List):
    """Openings, closed ones included."""

    filterset_class = OpeningFilter


class OpeningDetail(_Openings, Detail):
    """One opening."""


class EntitlementList(List):
    """What is owed, may come to be owed, or lapsed: by case, party and instalment."""

    scopes = {"GET": Scope.ENTITLEMENTS}
    queryset = Entitlement.objects.select_related("case", "version")
    serializer_class = EntitlementSerializer
    filterset_class = EntitlementFilter
    ordering = ("-id",)


class EntitlementDetail(Detail):
    """One entitlement."""

    scopes = {"GET": Scope.ENTITLEMENTS}
    queryset = Entitlement.objects.select_related("case", "version")
    serializer_class = EntitlementSerializer
