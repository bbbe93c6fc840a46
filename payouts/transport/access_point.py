"""An access point that is posted to, signed as the Standard Webhooks specification says."""

from dataclasses import dataclass
from http import HTTPStatus

from kernel import sending
from payouts.transport.parcel import Answer, Outcome, Parcel

REFUSALS = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""Answers that are about the document itself: the same one tried again would be answered the same."""


@dataclass(frozen=True)
class AccessPoint:
    """Its address, and the secret that both sides know."""

    url: str
    secret: str

    def stage(self, parcel: Parcel) -> bool:
        """Nothing can be prepared: the access point knows a parcel that it got twice by its key."""
        return False

    def hand_over(self, parcel: Parcel) -> Answer:
        """Post the UBL, with what the envelope needs as headers."""
        headers = {
            "Content-Type": "application/xml",
            "Peppol-Sender": parcel.sender,
            "Peppol-Receiver": parcel.receiver,
            "Peppol-Document-Type": parcel.customization,
            "Peppol-Process": parcel.profile,
            **sending.signed(str(parcel.key), self.secret, parcel.content.decode()),
        }
        try:
            answer = sending.post(self.url, parcel.content, headers)
        except sending.NotSentError as error:
            return Answer(Outcome.NOT_REACHED, str(error))
        if HTTPStatus(200) <= answer.status < HTTPStatus(300):
            return Answer(Outcome.TAKEN)
        outcome = Outcome.REFUSED if answer.status in REFUSALS else Outcome.NOT_REACHED
        return Answer(outcome, answer.text.replace("\0", "") or str(answer.status))
