"""Trying a draft: typed facts, a real case's facts, and mistakes said beside their rows."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from programmes.models import Draft
from tests.factories import MemberFactory
from tests.stories import Told, tell


@pytest.fixture
def told(organisation: Organisation) -> Told:
    return tell(organisation)


@pytest.fixture
def client(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(MemberFactory(organisation=organisation, roles=["administrator"]).user)
    return client


def _rows(*facts: tuple[str, str, dict[str, str]]) -> dict[str, str]:
    sent = {}
    for number, (on, kind, values) in enumerate(facts):
        sent |= {f"facts.{number}.on": on, f"facts.{number}.fact": kind}
        sent |= {f"facts.{number}.v.{name}": value for name, value in values.items()}
    return sent


STORY = (
    ("2026-01-06", "consented", {}),
    ("2026-01-15", "interviewed", {}),
    ("2026-01-29", "placed", {"placement": "1"}),
    ("2026-04-30", "worked", {"placement": "1", "days": "60"}),
)


def test_what_is_typed_is_reckoned_with_at_once(client: Client, told: Told) -> None:
    address = f"/here/programmes/drafts/{told.draft.pk}/try/"
    page = client.post(address, _rows(*STORY) | {"as_of": "2026-05-01"}).content.decode()
    assert "Earned on 30 April 2026" in page
    assert "paid by 30 May 2026" in page
    earlier = client.post(address, _rows(*STORY) | {"as_of": "2026-04-29"}).content.decode()
    assert "On the way" in earlier
    assert "Earned on" not in earlier


def test_it_begins_with_an_imagined_case_that_goes_well(client: Client, told: Told) -> None:
    page = client.get(f"/here/programmes/drafts/{told.draft.pk}/try/").content.decode()
    assert "EUR 1,200.00" in page


def test_a_real_case_can_be_loaded(client: Client, told: Told) -> None:
    address = f"/here/programmes/drafts/{told.draft.pk}/try/"
    page = client.get(address, {"case": told.case.reference.lower()}).content.decode()
    assert "42 of 60 days worked" in page
    assert "There is no such case" in client.get(address, {"case": "NOWHERE"}).content.decode()


def test_a_mistake_is_said_beside_its_row_and_nothing_is_lost(client: Client, told: Told) -> None:
    address = f"/here/programmes/drafts/{told.draft.pk}/try/"
    wrong = (*STORY[:3], ("2026-04-30", "worked", {"placement": "1", "days": "many"}))
    page = client.post(address, _rows(*wrong)).content.decode()
    assert "Give a number." in page
    assert 'value="many"' in page


def test_rows_are_added_and_taken_away(client: Client, told: Told) -> None:
    address = f"/here/programmes/drafts/{told.draft.pk}/try/"
    assert 'id="on-4"' in client.post(address, _rows(*STORY) | {"do": "add:"}).content.decode()
    assert 'id="on-3"' not in client.post(address, _rows(*STORY) | {"do": "remove:0"}).content.decode()


def test_trying_changes_nothing(organisation: Organisation, client: Client, told: Told) -> None:
    client.post(f"/here/programmes/drafts/{told.draft.pk}/try/", _rows(*STORY))
    with tenant(organisation.pk):
        assert Draft.objects.get().document == told.draft.document
        assert not told.case.facts.filter(on=date(2026, 4, 30)).exists()
        assert told.case.submitted_at < timezone.now()
