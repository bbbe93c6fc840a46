"""Invoices leave for Peppol: only to who is reached, by the folder or an access point, tried again, never twice."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook as Checker

from members.models import Member, Organisation
from payouts.models import Document, Payable, Payee, PayoutSettings, Transmission
from payouts.selectors import transmissions
from payouts.selectors.settings import payout_settings
from payouts.services import charging, issuing, settings, transmitting
from payouts.transport.folder import Folder
from tests.factories import MemberFactory
from tests.listener import Listener
from tests.stories import payee_of

State = Transmission.State
TODAY = timezone.localdate()


@pytest.fixture
def outgoing(settings: Any, tmp_path: Path) -> Path:
    settings.OUTGOING_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def transmission(outgoing: Path, inside: Organisation, approved: Payable) -> Transmission:
    payee_of(inside, approved.member, receives_self_billing=True)
    issuing.issue_all(organisation=inside, at=timezone.now())
    return Transmission.objects.get()


@pytest.fixture
def to_an_access_point(transmission: Transmission, inside: Organisation, listener: Listener) -> PayoutSettings:
    fields = {"transport": PayoutSettings.Transport.ACCESS_POINT, "access_point_url": listener.url}
    settings.save_sending(organisation=inside, fields=fields)
    return payout_settings()


def _send(organisation: Organisation, later: timedelta = timedelta()) -> Transmission:
    with time_machine.travel(timezone.now() + later, tick=True):
        transmitting.send_due(organisation_id=organisation.pk)
    return Transmission.objects.latest("pk")


def _dropped(root: Path, organisation: Organisation) -> list[Path]:
    return sorted(root.glob(f"{organisation.pk}/*.xml"))


def test_an_invoice_is_dropped_once_as_it_was_issued(
    transmission: Transmission, inside: Organisation, outgoing: Path
) -> None:
    assert (transmission.sender, transmission.receiver) == ("0208:0674112089", "0208:0403019261")
    sent = _send(inside)
    assert (sent.state, sent.handed_over_at is not None, sent.next_try_at) == (State.HANDED_OVER, True, None)
    (file,) = _dropped(outgoing, inside)
    assert b"389" in file.read_bytes()
    assert file.name == f"{sent.document.number}.{sent.key}.xml"
    file.unlink()  # the connector took it
    _send(inside, timedelta(days=1))
    assert _dropped(outgoing, inside) == []


@pytest.mark.parametrize("died_after", ["stage", "hand_over"])
def test_a_worker_that_dies_on_the_way_drops_it_once(
    transmission: Transmission, inside: Organisation, outgoing: Path, died_after: str
) -> None:
    claimed = transmitting._claim(inside.pk)
    assert claimed
    found, parcel = claimed
    folder = Folder(outgoing)
    folder.stage(parcel)
    transmitting._keep(found, is_staged=True)
    if died_after == "hand_over":
        folder.hand_over(parcel)
        folder.path_of(parcel).unlink()  # the connector was quick
    sent = _send(inside, timedelta(seconds=61))
    assert sent.state == State.HANDED_OVER
    assert len(_dropped(outgoing, inside)) == (1 if died_after == "stage" else 0)


def test_a_folder_that_cannot_be_written_is_tried_again(
    transmission: Transmission, inside: Organisation, outgoing: Path
) -> None:
    (outgoing / str(inside.pk)).write_text("in the way")
    waiting = _send(inside)
    assert (waiting.state, waiting.answer, waiting.next_try_at is not None) == (State.WAITING, "folder", True)
    (outgoing / str(inside.pk)).unlink()
    assert _send(inside, timedelta(seconds=10)).state == State.HANDED_OVER


def test_an_access_point_gets_it_signed_with_its_envelope(
    to_an_access_point: PayoutSettings, transmission: Transmission, inside: Organisation, listener: Listener
) -> None:
    assert _send(inside).state == State.HANDED_OVER
    ((headers, body),) = listener.got
    Checker(to_an_access_point.access_point_secret).verify(body, headers, json_parse=False)
    assert (headers["peppol-sender"], headers["peppol-receiver"]) == (transmission.sender, transmission.receiver)
    assert headers["peppol-document-type"].endswith("selfbilling:3.0")
    assert headers["webhook-id"] == str(transmission.key)
    assert body.startswith("<?xml")


def test_what_is_not_taken_is_tried_again_under_the_same_key(
    to_an_access_point: PayoutSettings, inside: Organisation, listener: Listener
) -> None:
    listener.status = 503
    assert (_send(inside).state, len(listener.got)) == (State.WAITING, 1)
    listener.status = 202
    assert _send(inside, timedelta(seconds=6)).state == State.HANDED_OVER
    first, second = (headers["webhook-id"] for headers, _body in listener.got)
    assert first == second
    assert not transmissions.stuck().exists()


def test_a_refusal_is_said_to_finance_who_can_send_it_again(
    to_an_access_point: PayoutSettings, inside: Organisation, listener: Listener, checker: Member, client: Client
) -> None:
    listener.status, listener.says = 422, "The receiver is not registered."
    refused = _send(inside)
    assert (refused.state, refused.answer) == (State.REFUSED, listener.says)
    client.force_login(checker.user)
    assert listener.says in client.get("/here/invoices/").text
    page = f"/here/invoices/{refused.document_id}/"
    assert listener.says in client.get(page).text
    listener.status = 202
    client.post(f"{page}send/")
    sent = _send(inside)
    assert (sent.state, sent.key != refused.key) == (State.HANDED_OVER, True)
    assert listener.says not in client.get("/here/invoices/").text
    client.post(f"{page}send/")
    assert Transmission.objects.count() == 2


def test_who_is_never_reached_is_given_up_and_can_be_tried_anew(
    to_an_access_point: PayoutSettings, transmission: Transmission, inside: Organisation, listener: Listener
) -> None:
    listener.status = 500
    Transmission.objects.update(tries=9)
    assert _send(inside).is_given_up
    assert [one.pk for one in transmissions.stuck()] == [transmission.pk]
    transmitting.send_again(document=transmission.document, payee=Payee.objects.get(), at=timezone.now())
    listener.status = 204
    assert _send(inside).state == State.HANDED_OVER


def test_only_those_are_sent_who_are_reached(inside: Organisation, approved: Payable) -> None:
    payee = payee_of(inside, approved.member)
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert not Transmission.objects.exists()  # not registered for self-billing documents
    settings.save(organisation=inside, fields={"iban": "BE68539007547034"})
    fields = {
        "member": payee.member, "kind": "dues", "description": "Dues", "amount": Decimal(100), "supplied_on": TODAY
    }  # fmt: skip
    charging.charge(organisation=inside, fields=fields, by=approved.member, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    sale = Document.objects.get(kind=Document.Kind.SALE)  # every Belgian enterprise receives ordinary invoices
    assert [one.document for one in Transmission.objects.all()] == [sale]
    assert Transmission.objects.get().receiver == "0208:0403019261"
    for changes in ({"country": "NL"}, {"kind": Payee.Kind.PERSON}):
        other = Payee(**{"kind": "enterprise", "country": "BE"} | changes)
        assert transmissions.addresses(sale, other) is None


def test_who_sends_nothing_notes_nothing(inside: Organisation, approved: Payable) -> None:
    settings.save(organisation=inside, fields={"transport": PayoutSettings.Transport.NONE})
    payee_of(inside, approved.member, receives_self_billing=True)
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert not Transmission.objects.exists()


def test_the_administrator_chooses_the_way(inside: Organisation, client: Client) -> None:
    client.force_login(MemberFactory(organisation=inside, roles=["administrator"]).user)
    path = "/here/settings/sending/"
    page = client.post(path, {"transport": "access_point", "access_point_url": "ftp://x.example"})
    assert (page.status_code, "ftp://x.example" in page.text) == (422, True)
    assert client.post(path, {"transport": "access_point", "access_point_url": ""}).status_code == 422
    client.post(path, {"transport": "access_point", "access_point_url": "https://ap.example/in"})
    secret = payout_settings().access_point_secret
    assert secret.startswith("whsec_")
    assert secret in client.get(path).text
    client.post(path, {"transport": "folder", "access_point_url": "https://ap.example/in"})
    assert payout_settings().access_point_secret == secret
    client.post(path, {"transport": "access_point", "access_point_url": "https://other.example/in"})
    assert payout_settings().access_point_secret not in ("", secret)
