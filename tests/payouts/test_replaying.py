"""Replaying real cases under a draft: sums and explanations side by side, and nothing changed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kernel.models import Work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Entitlement, Replay
from payouts.services import assessing, replaying
from programmes.engine.mistakes import Refused
from programmes.models import Draft, Programme
from programmes.services import draft_of, start_draft
from tests.factories import MemberFactory
from tests.payouts.test_assessing import _work_until_due
from tests.stories import Told, tell
from tests.stories_of_network import earn, network, share, win


@pytest.fixture
def told(organisation: Organisation) -> Told:
    told = tell(organisation)
    _work_until_due(told)
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    return told


@pytest.fixture
def administrator(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, roles=["administrator"])


def _replayed(organisation: Organisation, told: Told, by: Member, **reward: Any) -> Replay:
    """Replay the draft with one reward changed, over the last year."""
    today = timezone.localdate()
    with tenant(organisation.pk):
        draft = Draft.objects.get(pk=told.draft.pk)
        draft.document["rewards"][0] |= reward
        draft.save()
        asked = replaying.ask(draft=draft, since=today - timedelta(365), until=today, by=by, at=timezone.now())
    assert replaying.replay_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        return Replay.objects.get(pk=asked.pk)


FIXED = {"kind": "fixed", "amount": "500.00"}


def test_sums_stand_beside_what_was_owed(organisation: Organisation, told: Told, administrator: Member) -> None:
    with tenant(organisation.pk):
        before = list(Entitlement.objects.values())
    replay = _replayed(organisation, told, administrator, amount=FIXED)
    assert replay.result["totals"] == {"EUR": ["1200.00", "500.00"]}
    assert list(replay.result["rewards"].values()) == [["1200.00", "500.00"]]
    assert replay.result["differing"] == [[told.case.pk, "EUR", "1200.00", "500.00"]]
    with tenant(organisation.pk):
        assert list(Entitlement.objects.values()) == before


def test_the_same_rules_say_the_same(organisation: Organisation, told: Told, administrator: Member) -> None:
    replay = _replayed(organisation, told, administrator)
    with tenant(organisation.pk):
        owed = sum((one.amount or Decimal(0) for one in Entitlement.objects.filter(state="due")), Decimal(0))
    assert replay.result["totals"] == {"EUR": [str(owed), str(owed)]}
    assert replay.result["differing"] == []


def test_cases_outside_the_period_are_not_looked_at(
    organisation: Organisation, told: Told, administrator: Member
) -> None:
    with tenant(organisation.pk):
        old = date(2019, 1, 1)
        asked = replaying.ask(
            draft=told.draft, since=old, until=old + timedelta(9), by=administrator, at=timezone.now()
        )
    replaying.replay_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        assert Replay.objects.get(pk=asked.pk).cases == 0


def test_it_says_which_fact_cases_lack(organisation: Organisation, told: Told, administrator: Member) -> None:
    amount = {"kind": "by_attribute", "attribute": "diploma", "amounts": {"master": "900.00"}}
    replay = _replayed(organisation, told, administrator, amount=amount)
    assert replay.result["lacking"] == {"diploma": 1}


def test_both_explanations_and_the_table(organisation: Organisation, told: Told, administrator: Member) -> None:
    replay = _replayed(organisation, told, administrator, amount=FIXED)
    client = Client()
    client.force_login(administrator.user)
    address = f"/here/programmes/drafts/{told.draft.pk}/replay/{replay.pk}/"
    page = client.get(address).content.decode()
    assert "EUR -700.00" in page
    assert told.case.reference in page
    case = client.get(f"{address}{told.case.reference}/").content.decode()
    assert "EUR 1,200.00: the placement" in case
    assert "The amount is EUR 500.00." in case
    lines = client.get(f"{address}csv/").content.decode().splitlines()
    assert lines[1] == f"{told.case.reference},EUR,1200.00,500.00,-700.00"


def test_a_run_is_left_and_come_back_to(organisation: Organisation, told: Told, administrator: Member) -> None:
    client = Client()
    client.force_login(administrator.user)
    address = f"/here/programmes/drafts/{told.draft.pk}/replay/"
    today = timezone.localdate()
    page = client.post(address, {"since": today - timedelta(365), "until": today}, follow=True).content.decode()
    assert "You can leave this page" in page
    assert Work.objects.filter(kind="replay").exists()
    replaying.replay_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        replay = Replay.objects.get()
    polled = client.get(f"{address}{replay.pk}/", headers={"HX-Request": "true"})
    assert polled.headers["HX-Refresh"] == "true"


def test_a_run_that_somebody_holds_is_left_to_them_until_they_are_silent(
    organisation: Organisation, told: Told, administrator: Member
) -> None:
    with tenant(organisation.pk):
        today = timezone.localdate()
        replay = replaying.ask(draft=told.draft, since=today, until=today, by=administrator, at=timezone.now())
        Replay.objects.update(looked_at=timezone.now())
    assert not replaying.replay_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        Replay.objects.update(looked_at=timezone.now() - replaying.ABANDONED * 2)
    assert replaying.replay_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        assert Replay.objects.get(pk=replay.pk).finished_at


def test_a_draft_with_mistakes_is_not_replayed(organisation: Organisation, told: Told, administrator: Member) -> None:
    with tenant(organisation.pk):
        told.draft.document["currency"] = "nothing"
        told.draft.save()
        with pytest.raises(Refused):
            replaying.ask(
                draft=told.draft, since=date(2026, 1, 1), until=date(2026, 2, 1), by=administrator, at=timezone.now()
            )


def test_of_a_share_everything_is_replayed_that_fell_due_in_the_period(
    inside: Organisation, administrator: Member
) -> None:
    network(inside)
    sharer, performer = MemberFactory(organisation=inside), MemberFactory(organisation=inside)
    (placement,) = win(share(sharer, date(2024, 3, 1)), performer, on=date(2024, 4, 1))
    for month in (date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)):
        earn(placement, month, "1000.00")
    programme = Programme.objects.get(case_kind="opportunity", name="Share")
    draft = draft_of(programme=programme, by=administrator, at=timezone.now())
    draft.document["rewards"][0]["amount"]["rate"] = "10%"
    draft.save()
    since, until = date(2025, 1, 1), date(2025, 12, 31)
    asked = replaying.ask(draft=draft, since=since, until=until, by=administrator, at=timezone.now())
    assert replaying.replay_all(organisation_id=inside.pk)
    result = Replay.objects.get(pk=asked.pk).result
    assert result["totals"] == {"EUR": ["300.00", "200.00"]}
    assert result["parties"]["introducer EUR"] == ["150.00", "100.00"]
    assert set(result["months"]) == {"2025-01 EUR", "2025-02 EUR"}


def test_a_new_programme_stands_beside_everything_that_was_owed(
    organisation: Organisation, told: Told, administrator: Member
) -> None:
    with tenant(organisation.pk):
        document = Draft.objects.get(pk=told.draft.pk).document | {}
        document["rewards"][0]["amount"] = FIXED
        now, today = timezone.now(), timezone.localdate()
        draft = start_draft(name="Another", document=document, by=administrator, at=now)
        asked = replaying.ask(draft=draft, since=today - timedelta(365), until=today, by=administrator, at=now)
    replaying.replay_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        result = Replay.objects.get(pk=asked.pk).result
    assert result["totals"] == {"EUR": ["1200.00", "500.00"]}
    assert result["parties"] == {"introducer EUR": ["1200.00", "500.00"]}
