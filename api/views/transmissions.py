"""Invoices that were sent: whoever sends them on says what became of them."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import IDEMPOTENCY_KEY, Endpoint
from api.problems import Conflict
from api.serializers import AnsweredSerializer, TransmissionSerializer
from members.scopes import Scope
from payouts.models import Transmission
from payouts.services import transmitting


class TransmissionDetail(Endpoint):
    """One transmission, by the key that it carried."""

    scopes = {"POST": Scope.TRANSMISSIONS}

    @extend_schema(request=AnsweredSerializer, responses={200: TransmissionSerializer}, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, *, key: UUID, **kwargs: Any) -> Response:
        """Say that an invoice was delivered, or refused and why. The same said twice changes nothing."""
        entered = AnsweredSerializer(data=request.data)
        entered.is_valid(raise_exception=True)
        return self.once(lambda: self._answer(key, **entered.validated_data))

    def _answer(self, key: UUID, state: str, reason: str) -> Response:
        try:
            found = transmitting.answer(
                key=key, is_delivered=state == Transmission.State.DELIVERED, reason=reason, at=timezone.now()
            )
        except Transmission.DoesNotExist:
            raise Http404 from None
        except transmitting.AnsweredAlreadyError:
            raise Conflict("Something else was said of this transmission before.") from None
        return Response(TransmissionSerializer(found).data)
