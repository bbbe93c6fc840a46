"""What finance, performers and introducers read of remittances: when, why, how much by now, and what is still to come."""

from datetime import date
from decimal import Decimal

import time_machine
from django.test import Client
from django.utils import formats, timezone

from members.models import Member, Organisation
from notices.models import Message
from payouts.models import Entitlement
from payouts.selectors import earnings, forecast, payables, waiting
from payouts.selectors.assignments import of_performer as assignments_of
from payouts.selectors.settings import payout_settings
from payouts.services import charging, reminding, settings
from referrals.models import Placement
from tests.factories import MemberFactory
from tests.payouts.test_remittances import FEBRUARY, MARCH, _sale, clerk, performer, placement, sharer
from tests.stories import at
from tests.stories_of_network import earn, pay, settle

__all__ = ["clerk", "performer", "placement", "sharer"]
D = Decimal


def test_finance_and_the_member_read_when_it_is_invoiced(
    inside: Organisation, placement: Placement, clerk: Member, client: Client
) -> None:
    settings.save(organisation=inside, fields={"remittance_period": "month"})
    earn(placement, FEBRUARY, "1000.00")
    settle(inside)
    (waits,) = waiting.to_be_invoiced(payout_settings(), timezone.localdate())
    first = waiting.next_month(timezone.localdate())
    assert (waits.amount, waits.count, waits.from_day, waits.without_details) == (D("150.00"), 1, first, [])
    for reader, address in ((clerk, "/here/invoices/"), (placement.performer, "/here/membership/")):
        client.force_login(reader.user)
        page = client.get(address).text
        assert "EUR 150.00" in page
        assert formats.date_format(first, "DATE_FORMAT" if reader == clerk else "SHORT_DATE_FORMAT") in page


def test_only_what_lacks_details_waits_for_them(inside: Organisation, placement: Placement) -> None:
    other = MemberFactory(organisation=inside, name="Nobody knows where")
    for member, currency in ((placement.performer, "EUR"), (placement.performer, "USD"), (other, "EUR")):
        assert member is not None
        fields = {"member": member, "kind": "other", "description": "Room", "amount": D(10), "currency": currency}
        on = {"supplied_on": timezone.localdate()}
        charging.charge(organisation=inside, fields=fields | on, by=other, at=timezone.now())
    found = waiting.to_be_invoiced(payout_settings(), timezone.localdate())
    assert [(one.currency, one.amount, one.without_details) for one in found] == [
        ("EUR", D(10), []), ("EUR", D(10), [other]), ("USD", D(10), [])
    ]  # fmt: skip


def test_the_introducer_is_told_what_is_new_of_the_whole(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    today = timezone.localdate()
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    for amount, on in (("1089.00", today), ("500.00", today), ("589.00", today)):
        pay(inside, _sale(), amount, clerk, on=on)
    told = Message.objects.filter(to=placement.case.introducer.user.email, about__startswith="released:").order_by("pk")
    subjects = [one.subject for one in told]
    assert subjects == [f"EUR {amount} is on its way to you" for amount in ("450.00", "206.61", "243.39")]
    assert "EUR 656.61 of EUR 900.00 was paid by now" in told[1].text


def test_finance_reads_why_of_one_month_and_what_was_paid_of_it(
    inside: Organisation, placement: Placement, clerk: Member, client: Client
) -> None:
    for month, amount in ((FEBRUARY, "12000.00"), (MARCH, "4000.00")):
        earn(placement, month, amount)
    settle(inside)
    pay(inside, _sale(), str(_sale().total / 2), clerk, on=timezone.localdate())
    of_february = Entitlement.objects.get(party="introducer", revenue__on__month=2)
    assert payables.to_propose().count() == 2
    client.force_login(clerk.user)
    page = client.get(f"/here/payouts/due/{of_february.pk}/").text
    assert "February 2026" in page
    assert "12,000.00" in page
    assert "4,000.00" not in page
    assert "EUR 450.00 can be paid on by now" in page.replace("\xa0", " ")
    parts = [(one.party, one.amount) for one in payables.parts_of(of_february)]
    assert parts == [("introducer", D("900.00")), ("organisation", D("450.00")), ("pot", D("450.00"))]
    listed = client.get("/here/payouts/").text
    assert {f"{placement.case.reference}, {month} 2026" in listed for month in ("February", "March")} == {True}


def test_where_it_is_paid_at_once_nobody_reads_that_the_performer_paid(
    inside: Organisation, placement: Placement, clerk: Member, client: Client
) -> None:
    settings.save(organisation=inside, fields={"pays_introducers": "at_once"})
    earn(placement, timezone.localdate().replace(day=1), "12000.00")
    settle(inside)
    told = Message.objects.get(to=placement.case.introducer.user.email, about__startswith="released:")
    assert told.subject == "EUR 900.00 is on its way to you"
    assert "was paid by now" not in told.text
    assert "It does not wait for the remittance." in told.text
    client.force_login(clerk.user)
    page = client.get(f"/here/payouts/due/{Entitlement.objects.get(party='introducer', unit='EUR').pk}/").text
    assert "By what was paid of it" not in page
    assert "without waiting for that" in page
    assert forecast.awaited() == []
    assert earnings.awaited_by(placement.case.introducer) == []


def test_what_an_introducer_earned_is_forecast_before_it_is_paid(inside: Organisation, placement: Placement) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    assert forecast.awaited() == [("EUR", D("900.00"))]


def test_a_correction_that_was_paid_leaves_nothing_waiting(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    earn(placement, FEBRUARY, "10000.00")
    settle(inside)
    pay(inside, _sale(), str(_sale().total), clerk, on=timezone.localdate())
    settle(inside)
    assert forecast.awaited() == []
    assert earnings.awaited_by(placement.case.introducer) == []


def test_a_month_that_is_missing_can_be_said_however_long_ago(inside: Organisation, placement: Placement) -> None:
    earn(placement, FEBRUARY, "1000.00")
    (found,) = assignments_of(placement.performer, date(2028, 3, 5))
    assert [len(found.months), len(found.missing), len(found.sayable)] == [26, 25, 25]
    assert [one.turnover for one in found.sayable] == [None] * 25  # what was said two years ago is not asked for again


def test_nobody_is_asked_for_months_after_the_cap(inside: Organisation, placement: Placement) -> None:
    today = timezone.localdate()
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    (before,) = assignments_of(placement.performer, today)
    assert before.missing
    earn(placement, FEBRUARY, "99000.00")
    settle(inside)
    (after,) = assignments_of(placement.performer, today)
    assert (after.left, after.missing, [one.first for one in after.sayable]) == (D(0), [], [FEBRUARY])
    with time_machine.travel(at(today.replace(day=8)), tick=False):
        reminding.remind_performers(organisation_id=inside.pk, at=timezone.now())
    assert not Message.objects.filter(kind="reminder", to=placement.performer.user.email).exists()
