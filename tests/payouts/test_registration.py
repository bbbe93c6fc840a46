"""Coins for who brings a member in, once they paid to join: whoever says so, and whatever else becomes of the invoice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from members.models import Invitation, Member, Organisation
from members.selectors.membership import membership_terms
from members.services import applying, joining, membership
from members.services.people import leave
from payouts.models import Document, Movement
from payouts.selectors import pot
from payouts.selectors.auditing.everything import differences
from payouts.selectors.statements import every_sale
from payouts.services import assessing, charging, crediting, dues, statements
from referrals.models import Case
from referrals.services import activities
from tests.factories import MemberFactory, UserFactory
from tests.payouts.test_dues import femke, sander
from tests.stories import payee_of
from tests.stories_of_network import earn, pay, settle, share, win

__all__ = ["femke", "sander"]
D = Decimal


def _join(organisation: Organisation, by: Member, sander: Member) -> Member:
    """Have somebody brought in, admitted, and join."""
    now = timezone.now()
    made = applying.bring_in(
        organisation=organisation, name="Noor", email="noor@mail.example", language="en", note="", by=by, at=now
    )
    applying.apply(application=made, fields={"years": 12, "experience": "Ports."}, terms=membership_terms(), at=now)
    applying.admit(organisation=organisation, application=made, found="12 years of ports", by=sander, at=now)
    invitation = Invitation.objects.get()
    user = UserFactory(email="noor@mail.example")
    return joining.accept_invitation(organisation=organisation, invitation_id=invitation.pk, user=user, at=now)


def _note(organisation: Organisation) -> int:
    return dues.note_paid_registrations(organisation_id=organisation.pk, at=timezone.now())


def test_a_new_member_brings_coins_once_they_paid_to_join(inside: Organisation, femke: Member, sander: Member) -> None:
    noor = _join(inside, femke, sander)
    payee_of(inside, noor)
    settle(inside)
    assert _note(inside) == 0
    assert pot.coins(timezone.localdate().year) == {}
    sale = Document.objects.get(kind="sale")
    assert (sale.member, sale.net) == (noor, D("50.00"))
    pay(inside, sale, "60.50", sander)
    assert _note(inside) == 1
    assert _note(inside) == 0
    settle(inside)
    assert pot.coins(timezone.localdate().year) == {femke.pk: 10}
    assert [one.joined for one in pot.earned(timezone.localdate().year, femke)] == ["Noor"]
    assert not list(differences())


def test_what_paid_a_registration_fee_is_taken_back_until_it_brought_coins(
    inside: Organisation, femke: Member, sander: Member
) -> None:
    payee_of(inside, _join(inside, femke, sander))
    settle(inside)
    pay(inside, Document.objects.get(kind="sale"), "60.50", sander)
    said = {"movement": Movement.objects.get(), "by": sander, "at": timezone.now()}
    statements.take_back(**said)
    assert _note(inside) == 0
    statements.match_sales(documents=[Document.objects.get(kind="sale").pk], **said)
    assert _note(inside) == 1
    with pytest.raises(statements.CannotBeTakenBackError):
        statements.take_back(**said)


def test_a_fee_that_was_paid_brings_coins_though_something_else_of_its_invoice_was_taken_back(
    inside: Organisation, femke: Member, sander: Member
) -> None:
    noor = _join(inside, femke, sander)
    (placement,) = win(share(femke), noor)
    earn(placement, date(2026, 2, 1), "1000.00")
    dues_and_share = assessing.assess_due(organisation_id=inside.pk, at=timezone.now())
    assert dues_and_share
    payee_of(inside, noor)
    settle(inside)
    sale = Document.objects.get(kind="sale")
    assert sale.lines.count() == 2
    earn(placement, date(2026, 2, 1), "900.00")
    settle(inside)
    assert Document.objects.get(kind="sale_credit").credits == sale
    pay(inside, sale, str(every_sale().get(pk=sale.pk).left), sander)
    assert _note(inside) == 1


def test_a_fee_that_stands_on_another_invoice_since_brings_coins(
    inside: Organisation, femke: Member, sander: Member
) -> None:
    noor = _join(inside, femke, sander)
    (placement,) = win(share(femke), noor)
    earn(placement, date(2026, 2, 1), "1000.00")
    assessing.assess_due(organisation_id=inside.pk, at=timezone.now())
    payee_of(inside, noor)
    settle(inside)
    sale = Document.objects.get(kind="sale")
    pay(inside, sale, str(sale.total), sander)
    crediting.order(document=sale, because="Another address.", by=sander, at=timezone.now())
    settle(inside)
    assert Document.objects.filter(kind="sale").count() == 2
    assert _note(inside) == 1


def test_a_fee_that_was_taken_back_brings_nothing(inside: Organisation, femke: Member, sander: Member) -> None:
    payee_of(inside, _join(inside, femke, sander))
    settle(inside)
    sale = Document.objects.get(kind="sale")
    pay(inside, sale, "60.50", sander)
    crediting.order(document=sale, because="Waived.", by=sander, at=timezone.now())
    settle(inside)
    assert Document.objects.filter(kind="sale_credit").exists()
    assert _note(inside) == 0


def test_nobody_says_that_a_fee_by_which_they_earn_was_paid(
    inside: Organisation, femke: Member, sander: Member
) -> None:
    Member.objects.filter(pk=femke.pk).update(roles=["finance"])
    payee_of(inside, _join(inside, femke, sander))
    settle(inside)
    sale = Document.objects.get(kind="sale")
    pay(inside, sale, "60.50", femke)
    said = {"movement": Movement.objects.get(state="open"), "documents": [sale.pk], "at": timezone.now()}
    with pytest.raises(statements.OwnMoneyError):
        statements.match_sales(by=femke, **said)
    assert _note(inside) == 0
    statements.match_sales(by=sander, **said)
    assert _note(inside) == 1


def test_a_fee_that_who_earns_by_it_charged_brings_nothing(inside: Organisation, femke: Member, sander: Member) -> None:
    noor = _join(inside, femke, sander)
    payee_of(inside, noor)
    settle(inside)
    fields = {"member": noor, "kind": "registration", "description": "Fee", "supplied_on": timezone.localdate()}
    for by, notes in ((femke, 0), (sander, 0)):
        charging.charge(organisation=inside, fields=fields | {"amount": D("0.10")}, by=by, at=timezone.now())
        settle(inside)
        pay(inside, Document.objects.latest("pk"), "0.12", sander)
        assert _note(inside) == notes
    pay(inside, Document.objects.earliest("pk"), "60.50", sander)
    assert _note(inside) == 1


def test_where_joining_costs_nothing_the_coins_come_at_once(
    inside: Organisation, femke: Member, sander: Member
) -> None:
    membership.save_terms(fields={"registration_fee": D(0)})
    _join(inside, femke, sander)
    assert _note(inside) == 1


def test_who_leaves_before_paying_brings_nothing(inside: Organisation, femke: Member, sander: Member) -> None:
    noor = _join(inside, femke, sander)
    leave(organisation=inside, member=noor, on=timezone.localdate(), by=sander, at=timezone.now())
    assert Case.objects.get(kind="activity").is_over
    assert _note(inside) == 0


def test_nobody_brings_coins_to_themselves_nor_to_who_left(inside: Organisation, femke: Member, sander: Member) -> None:
    Member.objects.filter(pk=femke.pk).update(left_on=timezone.localdate())
    femke.refresh_from_db()
    noor = _join(inside, femke, sander)
    activities.begin_joining(member=noor, brought_by=noor, at=timezone.now())
    assert not Case.objects.filter(kind="activity").exists()


@pytest.mark.parametrize("days", [1, 0])
def test_a_fee_of_who_left_since_brings_its_coins_whenever_it_was_paid(
    inside: Organisation, femke: Member, sander: Member, days: int
) -> None:
    noor = _join(inside, femke, sander)
    payee_of(inside, noor)
    settle(inside)
    today = timezone.localdate()
    leave(organisation=inside, member=noor, on=today, by=noor, at=timezone.now())
    settle(inside)
    assert _note(inside) == 0
    pay(inside, Document.objects.get(kind="sale"), "60.50", sander, on=today - timedelta(days))
    assert _note(inside) == 1
    assert _note(inside) == 0
    settle(inside)
    assert sum(pot.coins((today - timedelta(days)).year).values()) == 10
    assert not list(differences())


def test_a_fee_of_another_time_that_somebody_joined_brings_no_coins_for_the_first(
    inside: Organisation, femke: Member, sander: Member
) -> None:
    """Who left unpaid, and was brought in once more by another, brings that other coins."""
    other, noor = MemberFactory(organisation=inside), _join(inside, femke, sander)
    payee_of(inside, noor)
    settle(inside)
    today, first = timezone.localdate(), Document.objects.get(kind="sale")
    crediting.order(document=first, because="Left.", by=sander, at=timezone.now())
    settle(inside)
    leave(organisation=inside, member=noor, on=today, by=noor, at=timezone.now())
    noor.refresh_from_db()
    activities.begin_joining(member=noor, brought_by=other, at=timezone.now())
    dues.charge_registration(member=noor, fee=D(50), at=timezone.now())
    settle(inside)
    second = Document.objects.filter(kind="sale").latest("pk")
    assert second != first
    pay(inside, second, str(second.total), sander)
    assert _note(inside) == 1
    settle(inside)
    assert pot.coins(today.year) == {other.pk: 10}
