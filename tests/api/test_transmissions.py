"""Whoever sends invoices on says what became of them."""

import pytest
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from members.scopes import Scope
from payouts.models import Document, Transmission
from tests.api.conftest import Give
from tests.stories import Told
from tests.stories_of_money import tell_of_money


@pytest.fixture
def transmission(told: Told) -> Transmission:
    tell_of_money(told)
    with tenant(told.organisation.pk):
        document, now = Document.objects.get(), timezone.now()
        return Transmission.objects.create(
            document=document, sender="0208:1", receiver="0208:2", noted_at=now, state="handed_over", handed_over_at=now
        )


def test_what_became_of_an_invoice_is_said_once(told: Told, transmission: Transmission, give: Give) -> None:
    program, path = give(told.organisation, Scope.TRANSMISSIONS), f"transmissions/{transmission.key}/"
    assert program.post(path, {"state": "refused"}).status_code == 400
    said = program.post(path, {"state": "delivered"})
    assert (said.status_code, said.json()["state"], said.json()["sender"]) == (200, "delivered", "0208:1")
    assert program.post(path, {"state": "delivered"}).status_code == 200
    assert program.post(path, {"state": "refused", "reason": "No."}).status_code == 409
    assert give(told.organisation, Scope.CASES).post(path, {"state": "delivered"}).status_code == 403


def test_a_refusal_carries_its_reason(told: Told, transmission: Transmission, give: Give) -> None:
    path = f"transmissions/{transmission.key}/"
    said = give(told.organisation).post(path, {"state": "refused", "reason": "Not registered."}).json()
    assert (said["state"], said["answer"]) == ("refused", "Not registered.")


def test_an_organisation_answers_only_its_own(transmission: Transmission, elsewhere: Organisation, give: Give) -> None:
    program = give(elsewhere, Scope.TRANSMISSIONS)
    assert program.post(f"transmissions/{transmission.key}/", {"state": "delivered"}).status_code == 404
