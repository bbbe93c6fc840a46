"""Membership: what it costs is typed as people write it; who cancels reads what is still owed; the day is theirs or it is not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, MembershipTerms, Organisation
from members.services import people
from members.services.membership import save_terms
from payouts.selectors.membership import standing_of
from payouts.services import charging, dues
from programmes import wording
from tests.factories import MemberFactory
from tests.stories_of_network import network

TODAY = timezone.localdate()
D = Decimal


@pytest.fixture
def sander(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, roles=["administrator"])


@pytest.fixture
def bas(inside: Organisation, sander: Member) -> Member:
    return MemberFactory(organisation=inside, name="Bas")


@pytest.mark.parametrize(
    ("typed", "kept"), [("62,50", D("62.50")), ("62.50", D("62.50")), ("62.500", None), ("9000", None), ("1e5", None)]
)
def test_dues_are_read_as_they_are_typed_or_asked_again(
    inside: Organisation, sander: Member, client: Client, typed: str, kept: Decimal | None
) -> None:
    client.force_login(sander.user)
    said = {"registration_fee": "50", "dues": typed, "dues_every": "3", "dues_from": TODAY.isoformat()}
    answer = client.post("/here/settings/membership/", said)
    if kept is None:
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.text
        assert not MembershipTerms.objects.exists()
    else:
        assert MembershipTerms.objects.get().dues == kept
    assert 'inputmode="decimal"' in client.get("/here/settings/membership/").text


def test_who_cancels_reads_which_dues_a_later_day_brings_and_what_is_to_be_invoiced(
    inside: Organisation, sander: Member, bas: Member, client: Client
) -> None:
    first = TODAY.replace(day=1) - timedelta(days=400)
    save_terms(fields={"dues": D(50), "dues_every": 3, "dues_from": first.replace(day=1)})
    fields = {"member": bas, "kind": "other", "description": "A book", "amount": D(20), "supplied_on": TODAY}
    charging.charge(organisation=inside, fields=fields, by=sander, at=timezone.now())
    following = standing_of(bas, TODAY).next_dues_on
    assert following
    client.force_login(bas.user)
    page = client.get("/here/membership/cancel/").text
    assert "or later? Then those of the period that begins on that day are owed too: EUR 50.00" in page
    assert "EUR 20.00 without VAT was charged to you and is still to be invoiced" in page
    for last_day, next_dues_on in ((following + timedelta(3), following), (following - timedelta(1), None)):
        people.plan_leaving(organisation=inside, member=bas, last_day=last_day, by=bas)
        bas.refresh_from_db()
        assert standing_of(bas, TODAY).next_dues_on == next_dues_on


def test_other_dues_are_said_to_hold_from_the_next_period_on(
    inside: Organisation, sander: Member, bas: Member, client: Client
) -> None:
    terms = {"dues_every": 3, "dues_from": (TODAY - timedelta(10))}
    save_terms(fields={"dues": D(50), **terms})
    Member.objects.update(joined_on=TODAY - timedelta(400))
    dues.charge_dues(organisation_id=inside.pk, at=timezone.now())
    client.force_login(bas.user)
    following = standing_of(bas, TODAY).next_dues_on
    assert following
    words = f"from {wording.day(following)} on"
    assert words not in client.get("/here/membership/").text
    save_terms(fields={"dues": D("62.50"), **terms})
    assert words in client.get("/here/membership/").text


@pytest.mark.parametrize("days", [0, 1])
def test_nobody_leaves_before_the_day_that_an_administrator_said(
    inside: Organisation, sander: Member, bas: Member, client: Client, days: int
) -> None:
    day = TODAY + timedelta(60)
    people.plan_leaving(organisation=inside, member=bas, last_day=day, by=sander)
    client.force_login(bas.user)
    answer = client.post("/here/membership/cancel/", {"last_day": (TODAY + timedelta(days)).isoformat()})
    assert answer.status_code == 422
    assert "An administrator said when you leave." in answer.text
    bas.refresh_from_db()
    assert (bas.left_on, bas.leaves_on) == (None, day)
