"""What a performer owes is paid on in releases: whatever is sent back, corrected or taken back between them, nobody gets more or less."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kernel.periods import Period
from members.models import Member, Organisation
from notices.models import Message
from payouts.models import Adjustment, Document, Entitlement, Movement, Payable
from payouts.selectors import payables, promise
from payouts.selectors.auditing.everything import differences
from payouts.selectors.documents import paper_of
from payouts.selectors.forecast import forecast
from payouts.selectors.statements import open_sales
from payouts.services import charging, crediting, paying, settings, statements
from payouts.services.rendering import page_of
from referrals.models import Fact, Placement
from referrals.services.facts import retract
from tests.bank import Entry, camt_of
from tests.payouts.test_remittances import (
    FEBRUARY,
    MARCH,
    _due_to_introducers,
    _propose_and_approve,
    _sale,
    _sales,
    checker,
    clerk,
    performer,
    placement,
    sharer,
)
from tests.stories_of_network import earn, pay, settle

__all__ = ["checker", "clerk", "performer", "placement", "sharer"]
D = Decimal


@pytest.fixture
def half_paid(inside: Organisation, placement: Placement, clerk: Member) -> Placement:
    """A month's remittance is invoiced, and EUR 413.22 of the introducer's EUR 900 can be paid on."""
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "1000.00", clerk)
    return placement


def _pay_the_rest(inside: Organisation, by: Member) -> None:
    pay(inside, _sale(), "1178.00", by, on=timezone.localdate())


def _propose(by: Member) -> Payable:
    wanted = list(payables.to_propose().values_list("pk", flat=True))
    (made,) = paying.propose(entitlements=wanted, by=by, at=timezone.now())
    return made


def test_a_release_that_was_sent_back_is_proposed_again(
    inside: Organisation, half_paid: Placement, clerk: Member, checker: Member
) -> None:
    one = _propose(clerk)
    _pay_the_rest(inside, clerk)
    two = _propose(clerk)
    paying.send_back(payable=one, because="Not now.", on=timezone.localdate(), by=checker)
    paying.approve(payables=[two.pk], on=timezone.localdate(), by=checker, at=timezone.now())
    settle(inside)
    assert _propose(clerk).amount == D("413.22")


def test_two_releases_are_not_approved_together_beyond_what_was_paid(
    inside: Organisation, half_paid: Placement, clerk: Member, checker: Member
) -> None:
    one = _propose(clerk)
    _pay_the_rest(inside, clerk)
    two = _propose(clerk)
    Entitlement.objects.filter(party="introducer", unit="EUR").update(released=D("600.00"))
    with pytest.raises(paying.NotPayableError):
        paying.approve(payables=[one.pk, two.pk], on=timezone.localdate(), by=checker, at=timezone.now())


def test_who_earns_by_a_remittance_does_not_say_that_it_was_paid(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earner = placement.case.introducer
    Member.objects.filter(pk=earner.pk).update(roles=["finance"])
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    sale = _sale()
    pay(inside, sale, "2178.00", earner)
    movement, said = Movement.objects.get(state="open"), {"at": timezone.now(), "keeps_rest": True}
    with pytest.raises(statements.OwnMoneyError):
        statements.match_sales(movement=movement, documents=[sale.pk], by=earner, **said)
    fee = {"member": placement.performer, "kind": "other", "description": "Fee", "amount": D("10.00")}
    charging.charge(
        organisation=inside, by=clerk, at=timezone.now(), fields=fee | {"supplied_on": timezone.localdate()}
    )
    settle(inside)
    other = Document.objects.latest("pk")
    with pytest.raises(statements.OwnMoneyError):  # what is left would pay it
        statements.match_sales(movement=movement, documents=[other.pk], by=earner, **said)
    statements.match_sales(movement=movement, documents=[sale.pk], by=clerk, **said)
    settle(inside)
    assert _due_to_introducers() == [D("900.00")]


def test_what_waits_keeps_its_promised_day_when_more_is_paid(
    inside: Organisation, half_paid: Placement, clerk: Member, checker: Member
) -> None:
    today = timezone.localdate()
    owed = Entitlement.objects.filter(party="introducer", unit="EUR")
    owed.update(pay_by=today)  # as if it was released long ago
    pay(inside, _sale(), "78.00", clerk, on=today)
    assert owed.get().pay_by == today
    one = _propose(clerk)
    assert one.pay_by == today
    pay(inside, _sale(), "1100.00", clerk, on=today)
    assert owed.get().pay_by == Period(0, 30).after(today)
    assert _propose(clerk).pay_by == Period(0, 30).after(today)
    assert {late.pay_by for late in promise.late(inside, timezone.now(), today, within=0)} == {today}
    paying.send_back(payable=one, because="Not now.", on=today, by=checker)
    assert owed.get().pay_by == today


def test_who_waits_already_is_not_promised_a_day_that_is_over(
    inside: Organisation, half_paid: Placement, clerk: Member
) -> None:
    Entitlement.objects.update(pay_by=timezone.localdate() - timedelta(1))
    _pay_the_rest(inside, clerk)
    first, second = Message.objects.filter(about__startswith="released:").order_by("pk")
    assert ["at the latest" in mail.text for mail in (first, second)] == [True, False]


def test_the_forecast_owes_what_was_released_and_not_proposed_yet(
    inside: Organisation, half_paid: Placement, clerk: Member
) -> None:
    def owed() -> Decimal:
        return sum((one.owed for one in forecast(inside, timezone.localdate())["EUR"]), D(0))

    assert owed() == D("413.22")
    _propose(clerk)
    assert owed() == D("413.22")
    _pay_the_rest(inside, clerk)
    assert owed() == D("900.00")


def test_the_audit_knows_that_more_was_paid_since(
    inside: Organisation, half_paid: Placement, clerk: Member, checker: Member
) -> None:
    _propose_and_approve(clerk, checker)
    _pay_the_rest(inside, clerk)
    assert list(differences()) == []


def test_what_is_claimed_back_of_several_releases_is_claimed_once(
    inside: Organisation, half_paid: Placement, clerk: Member, checker: Member
) -> None:
    _propose_and_approve(clerk, checker)
    _pay_the_rest(inside, clerk)
    _propose_and_approve(clerk, checker)
    settle(inside)
    retract(case=half_paid.case, facts=list(Fact.objects.filter(kind="revenue")), at=timezone.now())
    settle(inside)
    settle(inside)
    assert list(Adjustment.objects.values_list("difference", flat=True)) == [D("-900.00")]
    assert list(differences()) == []


def test_an_invoice_that_nobody_paid_releases_nothing_when_it_is_corrected_to_nothing(
    inside: Organisation, placement: Placement
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    earn(placement, FEBRUARY, "0.00")
    settle(inside)
    settle(inside)
    assert _due_to_introducers() == []


def test_a_month_that_waits_for_its_invoice_is_corrected_on_it(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "6000.00", on=date(2026, 3, 2))
    settle(inside, date(2026, 3, 2))
    pay(inside, _sale(), "1089.00", clerk, on=date(2026, 3, 20))
    settings.save(organisation=inside, fields={"remittance_period": "month"})
    for day, amount in ((3, "12000.00"), (4, "8000.00")):
        earn(placement, MARCH, amount, on=date(2026, 4, day))
        settle(inside, date(2026, 4, day))
    assert _sales() == [("sale", D("900.00"))]
    settle(inside, date(2026, 5, 1))
    assert _sales()[1:] == [("sale", D("1200.00"))]


def test_an_invoice_that_was_paid_is_replaced_with_what_was_paid_of_it(
    inside: Organisation, placement: Placement, clerk: Member, checker: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "2178.00", clerk)
    _propose_and_approve(clerk, checker)
    settle(inside)
    crediting.order(document=_sale(), because="Another address.", by=clerk, at=timezone.now())
    settle(inside)
    settle(inside)
    assert _sales() == [("sale", D("1800.00")), ("sale_credit", D("-1800.00")), ("sale", D("1800.00"))]
    assert not open_sales().exists()
    assert not Adjustment.objects.exists()
    assert Entitlement.objects.get(party="introducer", unit="EUR").released == D("900.00")
    assert list(differences()) == []


def test_what_was_paid_of_a_replaced_invoice_in_part_stays_that_part(
    inside: Organisation, half_paid: Placement, clerk: Member
) -> None:
    crediting.order(document=_sale(), because="Another address.", by=clerk, at=timezone.now())
    settle(inside)
    settle(inside)
    assert [one.left for one in open_sales()] == [D("1178.00")]
    assert paper_of(_sale()).to_pay == D("1178.00")
    assert "Set off" not in page_of(Document.objects.earliest("pk"))
    assert _due_to_introducers() == [D("413.22")]
    _pay_the_rest(inside, clerk)
    assert _due_to_introducers() == [D("900.00")]
    assert list(differences()) == []


def test_what_was_paid_too_much_counts_for_the_next_invoice(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "2178.00", clerk)
    earn(placement, FEBRUARY, "10000.00")
    settle(inside)
    assert [one.left for one in open_sales()] == [D("-363.00")]
    earn(placement, MARCH, "4000.00")
    settle(inside)
    assert [one.left for one in open_sales()] == [D("363.00")]
    paper = paper_of(_sale())
    assert (paper.total, paper.prepaid, paper.to_pay) == (D("726.00"), D("363.00"), D("363.00"))
    assert "Set off: paid too much before" in page_of(_sale())
    settle(inside)
    assert _due_to_introducers() == [D("750.00"), D("150.00")]
    assert list(differences()) == []


def test_who_was_promised_their_part_at_once_keeps_it_when_the_organisation_waits_from_now_on(
    inside: Organisation, placement: Placement, clerk: Member, checker: Member
) -> None:
    settings.save(organisation=inside, fields={"pays_introducers": "at_once"})
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    _propose_and_approve(clerk, checker)
    settings.save(organisation=inside, fields={"pays_introducers": "after_payment"})
    earn(placement, MARCH, "12000.00")
    settle(inside)
    assert not Adjustment.objects.exists()
    assert sum(one.released or D(0) for one in Entitlement.objects.filter(party="introducer")) == D("900.00")
    assert list(differences()) == []


def _back(inside: Organisation, amount: str, by: Member) -> Movement:
    """Have the bank tell that the organisation gave a member something back."""
    went = Entry(D(amount), bank_reference=f"back{amount}")
    statements.import_file(organisation=inside, content=camt_of([went]), by=by, at=timezone.now())
    return Movement.objects.get(state="open")


def test_what_went_back_while_it_was_set_off_opens_the_invoice_again(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "2178.00", clerk)
    earn(placement, FEBRUARY, "10000.00")
    settle(inside)
    first = open_sales().get()
    earn(placement, MARCH, "4000.00")
    settle(inside)
    chosen, movement = [first.pk, _sale().pk], _back(inside, "-363.00", clerk)
    statements.match_sales(movement=movement, documents=chosen, by=clerk, at=timezone.now(), keeps_rest=True)
    settle(inside)
    assert [one.left for one in open_sales()] == [D("726.00")]
    assert list(differences()) == []


def test_no_more_goes_back_than_was_received(inside: Organisation, half_paid: Placement, clerk: Member) -> None:
    movement = _back(inside, "-1000.01", clerk)
    with pytest.raises(statements.CannotBeMatchedError):
        statements.match_sales(movement=movement, documents=[_sale().pk], by=clerk, at=timezone.now(), keeps_rest=True)


def test_only_what_was_promised_at_once_stays_promised(inside: Organisation, placement: Placement) -> None:
    settings.save(organisation=inside, fields={"pays_introducers": "at_once"})
    earn(placement, FEBRUARY, "1000.00")
    settle(inside)
    settings.save(organisation=inside, fields={"pays_introducers": "after_payment"})
    earn(placement, FEBRUARY, "30000.00")
    settle(inside)
    assert Entitlement.objects.get(party="introducer", unit="EUR").released == D("75.00")


def test_what_was_paid_twice_pays_another_invoice_that_is_open(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    first = _sale()
    pay(inside, first, "2178.00", clerk)
    earn(placement, MARCH, "12000.00")
    settle(inside)
    came = Entry(D("2178.00"), reference=first.reference, bank_reference="twice")
    statements.import_file(organisation=inside, content=camt_of([came]), by=clerk, at=timezone.now())
    movement = Movement.objects.get(state="open")
    statements.match_sales(movement=movement, documents=[first.pk], by=clerk, at=timezone.now(), keeps_rest=True)
    settle(inside)
    assert not open_sales().exists()


def test_what_stood_with_a_remittance_on_an_invoice_is_charged_again_too(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    fee = {"member": placement.performer, "kind": "other", "description": "Fee", "amount": D("100.00")}
    fields = fee | {"supplied_on": timezone.localdate()}
    charging.charge(organisation=inside, by=clerk, at=timezone.now(), fields=fields)
    settle(inside)
    pay(inside, _sale(), "2299.00", clerk)
    crediting.order(document=_sale(), because="Another address.", by=clerk, at=timezone.now())
    settle(inside)
    assert not open_sales().exists()
    assert _sales()[-1] == ("sale", D("1900.00"))


def test_a_remittance_is_not_taken_back_when_nothing_can_replace_it(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    settings.save(organisation=inside, fields={"iban": ""})
    with pytest.raises(crediting.CannotBeCreditedError, match="incomplete"):
        crediting.order(document=_sale(), because="x", by=clerk, at=timezone.now())


def test_a_correction_is_credited_on_the_invoice_of_its_month(inside: Organisation, placement: Placement) -> None:
    for month in (FEBRUARY, MARCH):
        earn(placement, month, "6000.00")
        settle(inside)
    earn(placement, FEBRUARY, "5000.00")
    settle(inside)
    assert Document.objects.get(kind="sale_credit").credits == Document.objects.filter(kind="sale").earliest("pk")
