"""Making out what an approved amount or a charge goes with: an invoice, a credit note, a statement, a payroll line.

The worker does it, each document in a short transaction of its own: it is checked, the number is drawn, the document
stands, with its UBL. Its picture, the PDF, is made afterwards; should that fail, the number is kept and the picture tried
again.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from members.services.locking import lock_organisation
from payouts.models import Charge, CreditOrder, Document, Payable, Payee, PayrollLine
from payouts.selectors import agreements, drafting, payees, payroll, remittances, waiting
from payouts.selectors.settings import payout_settings
from payouts.services import charging, documents, offsetting
from payouts.services.looking import look_again
from payouts.states import PayableState
from referrals.services.locking import lock_all

log = logging.getLogger(__name__)


class Issued(NamedTuple):
    """How many documents and lines were made out, and whether somebody else held none of what waits."""

    made: int
    nothing_held: bool


class _HeldError(Exception):
    """Somebody else works on it now."""


def issue_all(*, organisation: Organisation, at: datetime) -> Issued:
    """Make out everything that waits and is complete, what takes something back first. In no transaction."""
    count, nothing_held = 0, True
    for make in _everything(organisation, at):
        try:
            with tenant(organisation.pk):
                count += make()
        except _HeldError:
            nothing_held = False
        except Exception:  # one that cannot be made out keeps no other waiting
            log.exception("a document of organisation %s was not made out", organisation.pk)
    return Issued(count, nothing_held)


def _everything(organisation: Organisation, at: datetime) -> Iterator[Callable[[], int]]:
    with tenant(organisation.pk):
        orders = list(waiting.credit_orders().values_list("pk", flat=True))
        groups = waiting.groups(payout_settings(), timezone.localdate(at))
        charged = list(waiting.to_invoice(payout_settings(), timezone.localdate(at)).values_list("member", flat=True))
    yield from (partial(_take_back, organisation, pk, at) for pk in orders)
    yield from (partial(_issue, organisation, pks, at) for pks in groups)
    yield from (partial(_sell, organisation, member, at) for member in dict.fromkeys(charged))
    with tenant(organisation.pk):
        too_much = list(waiting.to_give_back().values_list("pk", flat=True))
    yield from (partial(_give_back, organisation, pk, at) for pk in too_much)


def _issue(organisation: Organisation, pks: list[int], at: datetime) -> int:
    """Make out what goes with amounts of one member; 0 when something is missing."""
    locked = Payable.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=pks)
    related = locked.select_related(
        "member__user", "entitlement__case", "entitlement__version__programme", "adjustment"
    )
    found = list(related.order_by("approved_at", "pk"))
    if len(found) < len(pks):
        raise _HeldError
    if waiting.payables().filter(pk__in=pks).count() < len(pks):
        return 0
    payee = payees.payee_of(found[0].member_id)
    if payee is None:
        return 0
    today, first = timezone.localdate(at), found[0]
    corrected = drafting.corrected_by(first)
    if corrected and (corrected.is_own or (first.amount > 0 and payee.invoices_itself)):
        return 0  # the member sends the document themselves
    if corrected:
        return documents.write_all([drafting.correction(organisation, first, corrected, today)], found, at)
    if payee.kind == Payee.Kind.EMPLOYEE and any(one.state == PayableState.PAID for one in found):
        return 0  # paid by the bank once, on a document: wages are no place to take it up again
    if _went_by_payroll(first) or (first.amount > 0 and payee.kind == Payee.Kind.EMPLOYEE):
        return sum(_write_payroll_line(one, payee, at) for one in found)
    agreed = agreements.agreement_of(payee) is not None
    if first.amount < 0 or payees.missing(payee, agreed, organisation):
        return 0
    return documents.write_all(drafting.self_billed(organisation, payee, found, payout_settings(), today), found, at)


def _take_back(organisation: Organisation, pk: int, at: datetime) -> int:
    """Make out the credit note of a whole document. A remittance stays owed: what replaces it is made out at once, and what was
    paid of the one counts for the other."""
    remitted = CreditOrder.objects.filter(pk=pk).values("document__lines__charge")
    _lock(organisation, Charge.objects.filter(pk__in=remitted))
    order = CreditOrder.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if order is None:
        raise _HeldError
    if not waiting.credit_orders().filter(pk=pk).exists():
        return 0
    document = Document.objects.select_related("member__user", "series").get(pk=order.document_id)
    draft = drafting.taking_back(organisation, document, order.because, timezone.localdate(at))
    with transaction.atomic():
        made = documents.write_all([draft], [], at)
        again = charging.charge_again(document, at) if made else []
        replaced = _write_sale(organisation, document.member_id, again, at) if again else 0
        if again and not replaced:
            transaction.set_rollback(True)  # what was paid of a remittance has nowhere to go
            return 0
        if document.is_sale:
            offsetting.set_off_sales(member=document.member, at=at)
    return made + replaced


def _sell(organisation: Organisation, member_id: int, at: datetime) -> int:
    """Make out the sales invoices of what a member was charged, one for each currency; 0 when something is missing."""
    _lock(organisation, Charge.objects.filter(member=member_id, lines=None))
    locked = Charge.objects.select_for_update(of=("self",), skip_locked=True).filter(member=member_id)
    ripe = waiting.to_invoice(payout_settings(), timezone.localdate(at))
    found = list(locked.filter(pk__in=ripe).order_by("supplied_on", "raised_at", "pk"))
    currencies = sorted({one.currency for one in found})
    made = sum(
        _write_sale(organisation, member_id, [one for one in found if one.currency == currency], at)
        for currency in currencies
    )
    for one in found[:1]:
        offsetting.set_off_sales(member=one.member, at=at)
    return made


def _write_sale(organisation: Organisation, member_id: int, charges: list[Charge], at: datetime) -> int:
    """Write one sales invoice; 0 when something is missing."""
    payee, settings, today = payees.payee_of(member_id), payout_settings(), timezone.localdate(at)
    if payee is None or not settings.iban or not organisation.can_be_invoiced:
        return 0
    return documents.write_all([drafting.sold(organisation, payee, charges, settings, today)], charges, at)


def _give_back(organisation: Organisation, pk: int, at: datetime) -> int:
    """Make out the credit notes of a remittance that turned out to be too much, on invoices of its case; all or none."""
    _lock(organisation, Charge.objects.filter(pk=pk))
    charge = (
        Charge.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("revenue", "member")
        .filter(pk=pk)
        .first()
    )
    if charge is None:
        raise _HeldError
    if charge.lines.exists():
        return 0
    found, made, today = remittances.invoices_of(charge), 0, timezone.localdate(at)
    with transaction.atomic():
        parts = charging.split(charge, [left for _, left in found])
        for part, (document, _) in zip(parts, found, strict=False):
            made += documents.write_all([drafting.giving_back(organisation, part, document, today)], [part], at)
        if made < len(parts):
            transaction.set_rollback(True)
            return 0
        offsetting.set_off_sales(member=charge.member, at=at)
    look_again(remittances.remitted_on([document.pk for document, _ in found]), organisation.pk, today)
    return made


def _lock(organisation: Organisation, charges: QuerySet[Charge]) -> None:
    """Lock the organisation, as who tells what was paid, and then the cases of remittances, as assessing does: what is charged,
    invoiced and paid never cross."""
    lock_organisation(organisation.pk)
    members = list(charges.values_list("member", flat=True))
    own = charges.filter(revenue__isnull=False).values_list("revenue__case", flat=True)
    lock_all({*own, *remittances.remitted_on([], members).values_list("pk", flat=True)})


def _went_by_payroll(payable: Payable) -> bool:
    """Whether what an amount corrects went with the wages: what it adjusts, or of a negative share the case's earlier parts."""
    if payable.adjustment:
        return PayrollLine.objects.filter(payable=payable.adjustment.payable).exists()
    same = PayrollLine.objects.filter(member=payable.member_id, payable__entitlement__case=payable.entitlement.case_id)
    return payable.amount < 0 and same.exists()


def _write_payroll_line(payable: Payable, payee: Payee, at: datetime) -> int:
    PayrollLine.objects.create(
        payable=payable,
        member=payable.member,
        employee_number=payee.employee_number,
        month=payroll.open_month(timezone.localdate(at)),
        gross=payable.amount,
        currency=payable.currency,
        written_at=at,
    )
    return 1
