"""What every endpoint is: one transaction in the key's organisation, counted, answered once for each idempotency key."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

import pghistory
from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.db import DataError, connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, generics
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from api.access import HasScope, KeyAuthentication, link_of
from api.models import Answer
from api.problems import OtherRequest
from kernel import limits
from kernel.models import Link
from members.access import for_keys
from members.models import ApiCall, ApiKey, Organisation
from members.scopes import Scope

A_MINUTE = 60
REQUESTS_A_MINUTE = 600
STRANGERS_A_MINUTE = 30
LONGEST_KEY = 80
KEPT = timedelta(days=30)

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Made by you for this request. The same key with the same body is answered the same, and done once.",
)


class Pages(CursorPagination):
    """Pages that stay right while rows are added: each answer names the address of the next."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, ValidationError, DataError):
            raise exceptions.NotFound(self.invalid_cursor_message) from None

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        ordering: tuple[str, ...] = view.ordering
        return ordering


@for_keys
class Endpoint(generics.GenericAPIView):  # type: ignore[type-arg]
    """The base of all endpoints. `scopes` names the scope that each method needs."""

    authentication_classes = [KeyAuthentication]
    permission_classes = [HasScope]
    pagination_class = Pages
    scopes: ClassVar[Mapping[str, Scope]] = {}
    link: Link | None = None
    is_too_much = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Outside the transaction: what is refused and rolled back counts all the same.
        self.link = link_of(request)
        self.is_too_much = not _within(request, self.link)
        # Programs, and those who write them, read English.
        with transaction.atomic(), pghistory.context(), translation.override("en"):
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    def check_throttles(self, request: Request) -> None:
        if self.is_too_much:
            raise exceptions.Throttled(A_MINUTE)

    def perform_authentication(self, request: Request) -> None:
        self.check_throttles(request)
        super().perform_authentication(request)

    @property
    def key(self) -> ApiKey:
        """The request's key; a permission made sure that there is one."""
        assert isinstance(self.request.auth, ApiKey)
        return self.request.auth

    @property
    def organisation(self) -> Organisation:
        """The organisation that was entered."""
        assert self.link
        return self.link.organisation

    def once(self, act: Callable[[], Response]) -> Response:
        """Do something once for each idempotency key, and answer the same the next time."""
        key = self.request.headers.get("Idempotency-Key", "")
        if not key:
            return self._noted(act())
        if len(key) > LONGEST_KEY or not key.isprintable():
            raise exceptions.ValidationError({"Idempotency-Key": ["At most 80 printable characters."]})
        digest = hashlib.sha256(f"{self.request.path}\n".encode() + self.request._request.body).digest()
        self._wait_for_the_same(key)
        known = Answer.objects.filter(api_key=self.key, key=key).first()
        if known and bytes(known.request_hash) != digest:
            raise OtherRequest
        if known:
            return Response(known.body, status=known.status, headers={"Idempotent-Replayed": "true"})
        response = self._noted(act())
        Answer.objects.create(
            api_key=self.key,
            key=key,
            request_hash=digest,
            status=response.status_code,
            body=response.data,
            answered_at=timezone.now(),
        )
        return response

    def _noted(self, response: Response) -> Response:
        """Note that a key wrote something: the trail names it."""
        ApiCall.objects.create(api_key=self.key, path=self.request.path[:200], called_at=timezone.now())
        return response

    def _wait_for_the_same(self, key: str) -> None:
        """Let the same request, sent twice at once, run one after the other."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, self.key.pk])


def _within(request: HttpRequest, link: Link | None) -> bool:
    """Count a request for its key; one without a good key for the address it comes from."""
    if link:
        return limits.within("api", link.target_id, REQUESTS_A_MINUTE, A_MINUTE)
    address = get_adapter().get_client_ip(request)
    return limits.within("api-stranger", address, STRANGERS_A_MINUTE, A_MINUTE)
