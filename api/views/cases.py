"""Cases: submitted, read, and told what happened. Everything runs through the services that the pages use."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import IDEMPOTENCY_KEY
from api.filters import CaseFilter, OpportunityFilter
from api.problems import Conflict
from api.recording import REFUSALS, recorder, refusal
from api.serializers import (
    CaseSerializer,
    FactSerializer,
    NewFactSerializer,
    OpportunitySerializer,
    StandingSerializer,
    SubmitSerializer,
)
from api.views.reading import Detail, List
from kernel import limits
from members.models import Member
from members.scopes import Scope
from referrals.models import Case, Fact, Opening, Opportunity
from referrals.pipeline import RECOMMENDED
from referrals.services import submission
from referrals.services.beginning import NoProgrammeError

CASES = Case.objects.select_related("introducer", "recruiter", "candidate", "shares_with").prefetch_related("pins")

OPPORTUNITIES = Opportunity.objects.select_related("case__introducer", "case__client").prefetch_related(
    "case__placements__performer"
)


class CaseList(List):
    """Cases, the newest first; or a new one."""

    scopes = {"GET": Scope.CASES, "POST": Scope.SUBMIT}
    queryset = CASES
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    ordering = ("-submitted_at", "-id")

    @extend_schema(request=SubmitSerializer, responses={201: CaseSerializer}, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Recommend someone in the name of a member: the person is asked by mail, as when the member does it."""
        entered = SubmitSerializer(data=request.data)
        entered.is_valid(raise_exception=True)
        return self.once(lambda: self._submit(**entered.validated_data))

    def _submit(self, *, introducer: str, opening: int | None = None, **person: Any) -> Response:
        by = Member.objects.filter(user__email=introducer.lower(), left_on=None).first()
        if not by:
            raise exceptions.ValidationError({"introducer": ["Nobody here has this address."]})
        found = Opening.objects.filter(pk=opening, closed_on=None).first() if opening is not None else None
        if opening is not None and not found:
            raise exceptions.ValidationError({"opening": ["There is no such opening, or it is closed."]})
        language = person.setdefault("language", self.organisation.language)
        if language not in self.organisation.languages:
            raise exceptions.ValidationError({"language": ["This organisation does not write in it."]})
        if not limits.within("recommend", by.user_id, submission.MOST_A_DAY, seconds=86400):
            raise exceptions.Throttled(detail="That is more than this member can recommend in a day.")
        try:
            case, _token = submission.recommend(
                organisation=self.organisation,
                person=submission.Person(**person),
                by=by,
                at=timezone.now(),
                opening=found,
            )
        except submission.AlreadyRecommendedError as error:
            raise Conflict(f"This member recommended this person already: {error.args[0].reference}.") from None
        except NoProgrammeError:
            raise Conflict("No programme takes recommendations today.") from None
        except submission.NoContactError:
            raise Conflict("This person asked never to be written to again.") from None
        return Response(CaseSerializer(CASES.get(pk=case.pk)).data, status=status.HTTP_201_CREATED)


class CaseDetail(Detail):
    """One case."""

    scopes = {"GET": Scope.CASES}
    queryset = CASES
    serializer_class = CaseSerializer
    lookup_field = "reference"


class OpportunityList(List):
    """Opportunities that members share, the newest first, those for chosen members included."""

    scopes = {"GET": Scope.CASES}
    queryset = OPPORTUNITIES
    serializer_class = OpportunitySerializer
    filterset_class = OpportunityFilter
    ordering = ("-case__submitted_at", "-id")


class OpportunityDetail(Detail):
    """One opportunity."""

    scopes = {"GET": Scope.CASES}
    queryset = OPPORTUNITIES
    serializer_class = OpportunitySerializer
    lookup_field, lookup_url_kwarg = "case__reference", "reference"


class FactList(List):
    """What happened in a case, in the order in which it was learned; or something new."""

    scopes = {"GET": Scope.CASES, "POST": Scope.FACTS}
    serializer_class = FactSerializer
    queryset = Fact.objects.none()
    ordering = ("id",)

    def get_queryset(self) -> Any:
        if "reference" not in self.kwargs:  # the schema is being written
            return super().get_queryset()
        return Fact.objects.filter(case=self._case().leading)

    @extend_schema(request=NewFactSerializer, responses={201: StandingSerializer}, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record what happened. Needs an idempotency key: money follows from it."""
        case = self._case().leading
        if not request.headers.get("Idempotency-Key"):
            raise exceptions.ValidationError({"Idempotency-Key": ["Send one: money follows from facts."]})
        entered = NewFactSerializer(data=request.data)
        entered.is_valid(raise_exception=True)
        record = recorder(case, entered.validated_data["kind"])
        return self.once(lambda: self._record(case, record, entered.validated_data))

    def _record(self, case: Case, record: Callable[..., str], entered: dict[str, Any]) -> Response:
        try:
            placement = record(case, entered, self.key.made_by, timezone.now())
        except REFUSALS as error:
            raise refusal(error) from error
        stands = Case.objects.get(pk=case.pk)
        said = {"reference": stands.reference, "stage": stands.stage, "placement": placement}
        return Response(StandingSerializer(said).data, status=status.HTTP_201_CREATED)

    def _case(self) -> Case:
        found = (
            Case.objects.select_related("shares_with")
            .filter(reference=self.kwargs["reference"], kind__in=[*RECOMMENDED, "opportunity"])
            .first()
        )
        if not found:
            raise Http404
        return found
