"""Who an invoice reaches over Peppol, and what is on its way."""

from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from payouts.models import Document, Payee, PayoutSettings, Transmission
from payouts.selectors import documents
from payouts.transport.access_point import AccessPoint
from payouts.transport.folder import Folder
from payouts.transport.parcel import Parcel, Transport
from payouts.ubl import names
from payouts.ubl.invoice import Party

MANDATORY_IN = "BE"


def addresses(document: Document, payee: Payee) -> tuple[str, str] | None:
    """Return from which electronic address a document goes to which; None for one that does not go over Peppol.

    The organisation sends, also what it makes out in a member's name. A self-billing document reaches who is registered
    for those; a sales invoice every enterprise of a country where all have to receive them, and who is registered.
    """
    if payee.kind != Payee.Kind.ENTERPRISE or not (document.is_self_billed or document.is_sale):
        return None
    if not payee.receives_self_billing and (document.is_self_billed or payee.country != MANDATORY_IN):
        return None
    member, ours = document.supplier, document.customer
    if document.is_sale:
        member, ours = ours, member
    sender, receiver = _address(Party(**ours)), _address(Party(**member))
    return (sender, receiver) if sender and receiver else None


def _address(party: Party) -> str:
    found = names.endpoint(party.country, party.enterprise_number, party.vat_number)
    return ":".join(found) if found else ""


def transport_of(chosen: PayoutSettings) -> Transport | None:
    """Return the way that an organisation chose; None when it sends nothing."""
    if chosen.transport == PayoutSettings.Transport.ACCESS_POINT:
        return AccessPoint(chosen.access_point_url, chosen.access_point_secret)
    if chosen.transport == PayoutSettings.Transport.FOLDER:
        return Folder(Path(settings.OUTGOING_ROOT))
    return None


def parcel_of(transmission: Transmission) -> Parcel:
    """Return what is handed over."""
    document = transmission.document
    return Parcel(
        key=transmission.key,
        organisation_id=transmission.organisation_id,
        number=documents.file_name(document),
        sender=transmission.sender,
        receiver=transmission.receiver,
        customization=names.CUSTOMIZATIONS[document.is_self_billed],
        profile=names.PROFILES[document.is_self_billed],
        content=documents.ubl_of(document),
    )


def transmission_of(document: Document) -> Transmission | None:
    """Return the newest transmission of a document."""
    return document.transmissions.order_by("-pk").first()


def stuck() -> QuerySet[Transmission]:
    """Return what did not arrive and needs somebody: refused and not sent again, or never reached; the oldest first."""
    sent_again = Transmission.objects.exclude(state=Transmission.State.REFUSED).values("document")
    refused = Q(state=Transmission.State.REFUSED) & ~Q(document__in=sent_again)
    given_up = Q(state=Transmission.State.WAITING, next_try_at=None)
    found = Transmission.objects.filter(refused | given_up).select_related("document__member")
    return found.order_by("document", "-pk").distinct("document")
