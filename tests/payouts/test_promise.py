"""Whose move it is when a promise comes near, how promises were kept, and who is reminded."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices.services import send_all
from payouts.models import Batch, Document, Entitlement, Payable
from payouts.selectors import promise
from payouts.sepa import calendar
from payouts.services import answering, batching, issuing, paying, reminding, settings
from tests.stories import payee_of

TODAY = timezone.localdate()


def _moves(organisation: Organisation, within: int = 60) -> list[str]:
    return [one.move for one in promise.late(organisation, timezone.now(), TODAY, within)]


def test_it_is_said_whose_move_it_is_all_the_way(
    inside: Organisation, due: Entitlement, maker: Member, checker: Member
) -> None:
    now = timezone.now()
    moves = [_moves(inside)]
    (payable,) = paying.propose(entitlements=[due.pk], by=maker, at=now)
    moves.append(_moves(inside))
    paying.approve(payables=[payable.pk], on=TODAY, by=checker, at=now)
    moves.append(_moves(inside))
    payee_of(inside, payable.member)
    moves.append(_moves(inside))
    issuing.issue_all(organisation=inside, at=now)
    moves.append(_moves(inside))
    settings.save(organisation=inside, fields={"iban": "BE68539007547034"})
    day = calendar.next_settlement(TODAY)
    batch = batching.propose(organisation=inside, until=None, execute_on=day, by=maker, at=now)
    moves.append(_moves(inside))
    batching.approve(batch=batch, by=checker, at=now)
    moves.append(_moves(inside))
    batching.mark_executed(batch=Batch.objects.get(), on=TODAY, by=checker, at=now)
    moves.append(_moves(inside))
    assert moves == [
        ["propose"], ["approve"], ["member"], ["product"], ["pay"], ["approve_batch"], ["bank"], []
    ]  # fmt: skip


def test_a_contest_is_for_finance_to_answer(inside: Organisation, invoiced: Payable) -> None:
    answering.contest(document=Document.objects.get(), because="X", by=invoiced.member, at=timezone.now())
    assert _moves(inside) == ["settle"]


def test_what_is_promised_for_later_is_not_named(inside: Organisation, due: Entitlement) -> None:
    Entitlement.objects.update(pay_by=TODAY + timedelta(8))
    assert _moves(inside, within=7) == []
    assert _moves(inside, within=8) == ["propose"]


@pytest.mark.parametrize(("days", "in_time"), [(0, 1), (-1, 0)])
def test_a_promise_is_kept_when_it_was_paid_by_its_day(
    inside: Organisation, invoiced: Payable, maker: Member, days: int, in_time: int
) -> None:
    Entitlement.objects.update(due_on=TODAY - timedelta(12))
    Payable.objects.update(pay_by=TODAY + timedelta(days))
    paying.mark_paid(payable=invoiced, on=TODAY, reference="X", by=maker, at=timezone.now())
    (row,) = promise.kept(TODAY.year)
    assert (row.payments, row.in_time, row.share, row.average_days) == (1, in_time, 100 * in_time, 12)
    assert promise.years() == [TODAY.year]


def test_finance_is_reminded_once_a_day(organisation: Organisation, due: Entitlement, maker: Member) -> None:
    with tenant(organisation.pk):
        Entitlement.objects.update(pay_by=TODAY - timedelta(1), amount=Decimal(1200))
    now = timezone.now()
    assert [reminding.remind(organisation_id=organisation.pk, at=now) for _ in range(2)] == [1, 1]
    send_all(organisation_id=organisation.pk)
    told = [sent for sent in mail.outbox if maker.user.email in sent.to]
    assert [one.subject for one in told] == ["Promised: what finance has to do now"]
    assert "1 of them is late." in told[0].body


def test_nobody_is_reminded_of_what_waits_for_a_member(organisation: Organisation, approved: Payable) -> None:
    with tenant(organisation.pk):
        Payable.objects.update(pay_by=TODAY)
    assert reminding.remind(organisation_id=organisation.pk, at=timezone.now()) == 0
