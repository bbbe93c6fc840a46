"""Who lands an opportunity remits a share: invoiced by the month, paid on as it is paid, set aside for the pot, to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Account, Adjustment, Charge, Document, Entitlement, Payable, Ubl
from payouts.selectors import earnings, payables, pot
from payouts.selectors.assignments import of_everyone
from payouts.selectors.auditing.everything import differences
from payouts.selectors.statements import open_sales
from payouts.services import adjusting, paying, settings
from payouts.ubl import checks, reading
from referrals.models import Fact, Placement
from referrals.services import assignments
from referrals.services.facts import retract
from tests.factories import MemberFactory
from tests.stories_of_network import earn, network, pay, settle, share, want, win, with_payees

D = Decimal
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.fixture
def sharer(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Sharer")


@pytest.fixture
def performer(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Performer")


@pytest.fixture
def clerk(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["finance"])


@pytest.fixture
def checker(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["finance"])


@pytest.fixture
def placement(inside: Organisation, sharer: Member, performer: Member) -> Placement:
    network(inside)
    with_payees(inside, [sharer, performer])
    return win(share(sharer), performer)[0]


def _sales() -> list[tuple[str, Decimal]]:
    found = Document.objects.filter(kind__in=["sale", "sale_credit"]).order_by("pk")
    return [(one.kind, one.net) for one in found]


def _sale() -> Document:
    return Document.objects.filter(kind="sale").latest("pk")


def _due_to_introducers() -> list[Decimal]:
    clerkless = payables.to_propose()
    return [one.released or D(0) for one in clerkless]


def _pot() -> Decimal:
    return -Account.objects.get(kind="pot").balance


def test_turnover_is_billed_to_the_performer(inside: Organisation, placement: Placement) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    assert _sales() == [("sale", D("1800.00"))]
    assert _sale().member == placement.performer
    assert "Share, case" in _sale().lines.get().description
    assert not list(differences())


def test_several_months_stand_on_one_invoice_made_when_the_month_is_over(
    inside: Organisation, placement: Placement
) -> None:
    settings.save(organisation=inside, fields={"remittance_period": "month"})
    earn(placement, FEBRUARY, "1000.00", on=date(2026, 4, 3))
    earn(placement, MARCH, "2000.00", on=date(2026, 4, 4))
    settle(inside, date(2026, 4, 30))
    assert _sales() == []
    settle(inside, date(2026, 5, 1))
    assert _sales() == [("sale", D("450.00"))]
    assert _sale().lines.count() == 2


def test_finance_finds_every_assignment_and_invoice(
    inside: Organisation, placement: Placement, clerk: Member, client: Client
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    client.force_login(clerk.user)
    page = client.get("/here/assignments/everyone/").text
    assert placement.case.reference in page
    assert "EUR 3,200.00" in page
    number = _sale().number
    assert number in client.get(f"/here/invoices/?q={number[-4:]}").text
    assert number in client.get("/here/invoices/?q=perform").text
    assert "Nothing was found." in client.get("/here/invoices/?q=nobody").text
    client.force_login(placement.performer.user)
    assert client.get("/here/assignments/everyone/").status_code == 403


def test_what_was_only_talked_about_is_nobodys_assignment(
    inside: Organisation, placement: Placement, sharer: Member, performer: Member, clerk: Member, client: Client
) -> None:
    shared = share(sharer, title="Only talked about")
    want(shared, performer)
    assignments.hold_talks(
        opportunity=shared, performer=performer, on=timezone.localdate(), by=sharer, at=timezone.now()
    )
    assert list(of_everyone()) == [placement]
    client.force_login(clerk.user)
    assert "Only talked about" not in client.get("/here/assignments/everyone/").text


def test_nothing_is_remitted_beyond_the_cap(inside: Organisation, placement: Placement) -> None:
    for month in (FEBRUARY, MARCH, APRIL, date(2026, 5, 1)):
        earn(placement, month, "12000.00")
    settle(inside)
    assert sum(net for _, net in _sales()) == D("5000.00")
    assert sum(one.amount or D(0) for one in Entitlement.objects.filter(party="introducer", unit="EUR")) == D("2500.00")


def test_the_introducer_waits_for_the_performer(
    inside: Organisation, placement: Placement, clerk: Member, checker: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    assert _due_to_introducers() == []
    pay(inside, _sale(), "2178.00", clerk)
    assert _due_to_introducers() == [D("900.00")]
    _propose_and_approve(clerk, checker)
    settle(inside)
    assert Document.objects.get(kind="invoice").net == D("900.00")
    assert _due_to_introducers() == []
    assert not list(differences())


def test_an_introducer_sees_what_waits_for_the_performer(
    inside: Organisation, placement: Placement, clerk: Member, checker: Member, client: Client
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    introducer = placement.case.introducer
    (waiting,) = earnings.awaited_by(introducer)
    assert (waiting.case, waiting.amount, waiting.unit) == (placement.case, D("900.00"), "EUR")
    client.force_login(introducer.user)
    assert "Earned, waiting for who remits it" in client.get("/here/earnings/").text
    assert earnings.awaited_by(placement.performer) == []
    pay(inside, _sale(), "1089.00", clerk)
    assert [one.amount for one in earnings.awaited_by(introducer)] == [D("450.00")]
    pay(inside, _sale(), "1089.00", clerk, on=timezone.localdate())
    assert earnings.awaited_by(introducer) == []


def test_a_month_that_cannot_be_read_keeps_what_was_typed_at_its_field(
    inside: Organisation, placement: Placement, client: Client
) -> None:
    client.force_login(placement.performer.user)
    address = f"/here/assignments/{placement.case.reference}/turnover/"
    answer = client.post(address, {"month": "2026-02-01", "amount": "12.000"})
    assert answer.status_code == 422
    assert "Which amount is “12.000”?" in answer.text
    field = answer.text[answer.text.index(f'id="amount-{placement.pk}-2026-02-01"') :]
    assert 'value="12.000"' in field[: field.index(">")]
    for month, wrong in (("2021-02-01", "1.00"), ("nonsense", "1.00")):
        answer = client.post(address, {"month": month, "amount": wrong})
        assert answer.status_code == 422
        assert "does not stand here any more" in answer.text
        assert answer.text.count('role="alert"') == 1
    assert client.post(address, {"month": "2026-02-01", "amount": "12.000,00"}).status_code == 302
    assert Fact.objects.get(kind="revenue").values["amount"] == "12000.00"


def test_a_part_that_was_paid_releases_the_same_part(
    inside: Organisation, placement: Placement, clerk: Member, checker: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "1000.00", clerk)
    assert _due_to_introducers() == [D("413.22")]
    assert _pot() == D("206.61")
    _propose_and_approve(clerk, checker)
    pay(inside, _sale(), "1178.00", clerk, on=timezone.localdate())
    assert [one.amount for one in payables.due(payables.to_propose(), inside, timezone.now())] == [D("486.78")]
    assert not Adjustment.objects.exists()
    _propose_and_approve(clerk, checker)
    assert [one.amount for one in Payable.objects.order_by("release")] == [D("413.22"), D("486.78")]
    assert _pot() == D("450.00")
    assert not list(differences())


def test_an_organisation_can_pay_introducers_at_once_while_the_pot_waits(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    settings.save(organisation=inside, fields={"pays_introducers": "at_once"})
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    assert _due_to_introducers() == [D("900.00")]
    assert not Account.objects.filter(kind="pot").exists()
    pay(inside, _sale(), "1089.00", clerk)
    assert _due_to_introducers() == [D("900.00")]
    assert _pot() == D("225.00")


def test_a_correction_gives_a_credit_note_and_leaves_the_invoice(inside: Organisation, placement: Placement) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    earn(placement, FEBRUARY, "10000.00")
    settle(inside)
    assert _sales() == [("sale", D("1800.00")), ("sale_credit", D("-300.00"))]
    assert Document.objects.get(kind="sale_credit").credits == _sale()
    assert not list(differences())


def test_an_invoice_that_is_credited_in_parts_leaves_no_cent_of_vat(inside: Organisation, placement: Placement) -> None:
    for turnover in ("1000.20", "500.13", "0.00"):
        earn(placement, FEBRUARY, turnover)
        settle(inside)
    found = list(Document.objects.order_by("pk").values_list("net", "vat"))
    assert [checks.problems(reading.read(bytes(one.content)), timezone.localdate()) for one in Ubl.objects.all()] == [
        []
    ] * 3
    assert found == [(D("150.03"), D("31.51")), (D("-75.01"), D("-15.76")), (D("-75.02"), D("-15.75"))]
    assert not open_sales().exists()
    assert not list(differences())


def test_what_was_paid_of_a_corrected_month_is_exact_for_every_party(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    earn(placement, FEBRUARY, "10000.00")
    settle(inside)
    pay(inside, _sale(), "1815.00", clerk)
    assert sum(one.released or D(0) for one in Entitlement.objects.filter(party="introducer")) == D("750.00")
    assert _pot() == D("375.00")
    assert not list(differences())


def test_what_an_introducer_got_too_much_is_found(
    inside: Organisation, placement: Placement, clerk: Member, checker: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "2178.00", clerk)
    _propose_and_approve(clerk, checker)
    settle(inside)
    earn(placement, FEBRUARY, "10000.00")
    settle(inside)
    settle(inside)
    made = adjusting.correct(adjustment=Adjustment.objects.get(), note="Too much.", by=clerk, at=timezone.now())
    assert made.amount == D("-150.00")
    paying.approve(payables=[made.pk], on=timezone.localdate(), by=checker, at=timezone.now())
    settle(inside)
    assert Document.objects.get(kind="credit_note").net == D("-150.00")
    assert not list(differences())


def test_a_month_that_was_not_invoiced_yet_is_simply_charged_otherwise(
    inside: Organisation, placement: Placement
) -> None:
    settings.save(organisation=inside, fields={"remittance_period": "month"})
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    retract(case=placement.case, facts=list(Fact.objects.filter(kind="revenue")), at=timezone.now())
    settle(inside)
    assert not Charge.objects.exists()


def test_what_the_organisation_itself_shared_earns_no_introducer(
    inside: Organisation, sharer: Member, performer: Member, clerk: Member
) -> None:
    network(inside)
    with_payees(inside, [performer])
    (placement,) = win(share(sharer, for_organisation=True), performer)
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "2178.00", clerk)
    assert _due_to_introducers() == []
    assert _pot() == D("450.00")
    assert not list(differences())


def test_another_declaration_moves_the_cap_and_what_is_owed(inside: Organisation, placement: Placement) -> None:
    for month in (FEBRUARY, MARCH, APRIL):
        earn(placement, month, "20000.00")
    settle(inside)
    assignments.declare(
        placement=placement, level="medium", on=date(2026, 6, 1), by=placement.performer, at=timezone.now()
    )
    settle(inside)
    assert sum(net for _, net in _sales()) == D("7500.00")
    assignments.declare(
        placement=placement, level="small", on=date(2026, 6, 2), by=placement.performer, at=timezone.now()
    )
    settle(inside)
    assert sum(net for _, net in _sales()) == D("5000.00")
    assert not list(differences())


@pytest.fixture
def second(inside: Organisation) -> Member:
    member = MemberFactory(organisation=inside, name="Second")
    with_payees(inside, [member])
    return member


def _owed_by() -> dict[str, Decimal]:
    owed: dict[str, Decimal] = {}
    for one in Charge.objects.select_related("member"):
        owed[one.member.name] = owed.get(one.member.name, D(0)) + one.amount
    return owed


def test_in_a_team_with_one_cap_nobody_owes_of_turnover_that_was_taken_back(
    inside: Organisation, sharer: Member, performer: Member, second: Member
) -> None:
    network(inside)
    with_payees(inside, [sharer, performer])
    first, other = win(share(sharer), performer, second)
    earn(first, FEBRUARY, "30000.00")
    earn(other, MARCH, "10000.00")
    settle(inside)
    assert _owed_by() == {"Performer": D("4500.00"), "Second": D("500.00")}
    earn(first, FEBRUARY, "0.00")
    settle(inside)
    assert _owed_by() == {"Performer": D("0.00"), "Second": D("1500.00")}
    earn(other, MARCH, "0.00")
    settle(inside)
    assert _owed_by() == {"Performer": D("0.00"), "Second": D("0.00")}
    assert not Charge.objects.filter(lines=None).exists()
    assert not list(differences())


def test_a_month_is_said_on_its_invoice_whenever_it_was_corrected(inside: Organisation, placement: Placement) -> None:
    earn(placement, FEBRUARY, "1000.00", on=date(2026, 3, 2))
    settle(inside, date(2026, 3, 2))
    earn(placement, FEBRUARY, "2000.00", on=date(2026, 6, 2))
    settle(inside, date(2026, 6, 2))
    said = [line.description for one in Document.objects.filter(kind="sale") for line in one.lines.all()]
    assert len(said) == 2
    assert all("February 2026" in text for text in said)


def _propose_and_approve(clerk: Member, checker: Member) -> None:
    wanted = list(payables.to_propose().values_list("pk", flat=True))
    made = paying.propose(entitlements=wanted, by=clerk, at=timezone.now())
    paying.approve(payables=[one.pk for one in made], on=timezone.localdate(), by=checker, at=timezone.now())


def test_the_pot_of_each_turnover_can_be_told(inside: Organisation, placement: Placement, clerk: Member) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, _sale(), "2178.00", clerk)
    (one,) = Entitlement.objects.filter(party="pot")
    assert pot.counted([one.pk]) == {(one.pk, None): {timezone.localdate().year: D("450.00")}}
