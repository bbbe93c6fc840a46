"""Making out what an approved amount goes with: an invoice in the payee's name, a statement, or a line for payroll.

The worker does it, each document in a short transaction of its own: the number is drawn, the document stands. Its
picture, the PDF, is made afterwards; should that fail, the number is kept and the picture tried again.
"""

import logging
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kernel import work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Document, Line, Payable, Payee, PayrollLine
from payouts.selectors import payees
from payouts.services import journal, numbering
from payouts.states import PayableState
from payouts.vat import Treatment, VatCase

log = logging.getLogger(__name__)

ISSUE = "issue"
RENDER = "render"
TERM = timedelta(days=30)


class Issued(NamedTuple):
    """How many documents and lines were made out, and whether somebody else held none of what waits."""

    made: int
    nothing_held: bool


class _HeldError(Exception):
    """Somebody else works on it now."""


def issue_all(*, organisation: Organisation, at: datetime) -> Issued:
    """Make out everything that is approved and complete, what corrects something after it. In no transaction."""
    with tenant(organisation.pk):
        waiting = list(_waiting().order_by("approved_at", "pk").values_list("pk", flat=True))
    count, nothing_held = 0, True
    for pk in waiting:
        try:
            count += _issue(organisation, pk, at)
        except _HeldError:
            nothing_held = False
        except Exception:  # one that cannot be made out keeps no other waiting
            log.exception("payable %s was not made out", pk)
    return Issued(count, nothing_held)


def _waiting() -> QuerySet[Payable]:
    return Payable.objects.filter(state=PayableState.APPROVED, lines=None, payroll_lines=None)


def _issue(organisation: Organisation, payable_id: int, at: datetime) -> bool:
    """Make out one; False when somebody else has it, or something is missing."""
    with tenant(organisation.pk):
        locked = Payable.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=payable_id)
        payable = locked.select_related("member__user", "entitlement__case", "entitlement__version__programme").first()
        if not payable:
            raise _HeldError
        if not _waiting().filter(pk=payable_id).exists():
            return False
        payee = payees.payee_of(payable.member_id)
        if payee is None:
            return False
        corrected = _corrected(payable)
        if corrected:
            _write_document(organisation, payable, payee, at, corrected)
        elif _went_by_payroll(payable) or (payable.amount > 0 and payee.kind == Payee.Kind.EMPLOYEE):
            _write_payroll_line(payable, payee, at)
        elif payable.amount < 0 or payees.missing(payee, payees.has_agreed(payee), organisation):
            return False
        else:
            _write_document(organisation, payable, payee, at, None)
        return True


def _corrected(payable: Payable) -> Document | None:
    """Return the document that an amount corrects: that of its adjustment, or the case's last for a negative part."""
    lines = Line.objects.select_related("document").order_by("-pk")
    if payable.adjustment:
        line = lines.filter(payable=payable.adjustment.payable).first()
    elif payable.amount < 0:
        same = lines.filter(payable__entitlement__case=payable.entitlement.case, payable__member=payable.member)
        line = same.filter(amount__gt=0).first()
    else:
        return None
    return line.document if line else None


def _went_by_payroll(payable: Payable) -> bool:
    base = payable.adjustment.payable if payable.adjustment else None
    return base is not None and PayrollLine.objects.filter(payable=base).exists()


def _write_payroll_line(payable: Payable, payee: Payee, at: datetime) -> None:
    PayrollLine.objects.create(
        payable=payable,
        member=payable.member,
        employee_number=payee.employee_number,
        month=timezone.localdate(at).replace(day=1),
        gross=payable.amount,
        currency=payable.currency,
        written_at=at,
    )


def _write_document(
    organisation: Organisation, payable: Payable, payee: Payee, at: datetime, corrected: Document | None
) -> None:
    """Draw the number and write the document. A correction follows what it corrects, whatever the payee is by now."""
    today = timezone.localdate(at)
    if corrected:
        treatment = Treatment(VatCase(corrected.vat_case), corrected.vat_category, corrected.vat_rate)
        supplier, statement = corrected.supplier, corrected.kind == Document.Kind.STATEMENT
    else:
        treatment, supplier = payees.treatment_of(payee, organisation), _supplier(payee)
        statement = payee.kind == Payee.Kind.PERSON
    series, sequence = numbering.draw(f"{'PS' if statement else 'SB'}-{payee.number:05d}-{today.year}")
    vat = treatment.on(payable.amount)
    invoice = Document.Kind.CREDIT_NOTE if payable.amount < 0 else Document.Kind.INVOICE
    document = Document.objects.create(
        kind=Document.Kind.STATEMENT if statement else invoice,
        series=series,
        sequence=sequence,
        number=f"{series.name}-{sequence:04d}",
        member=payable.member,
        credits=corrected,
        issued_on=today,
        supplied_on=corrected.supplied_on if corrected else payable.entitlement.due_on or today,
        pay_by=_pay_by(payable, today),
        currency=payable.currency,
        net=payable.amount,
        vat_case=treatment.case,
        vat_category=treatment.category,
        vat_rate=treatment.rate,
        vat=vat,
        total=payable.amount + vat,
        supplier=supplier,
        customer=_customer(organisation, payable.member.user.language),
        language=payable.member.user.language,
        issued_at=at,
        next_try_at=at,
    )
    Line.objects.create(document=document, payable=payable, description=_description(payable), amount=payable.amount)
    if vat:
        journal.post(source=document, what=Booking.INVOICED, legs=ledger.invoiced(vat), on=today, by=None, at=at)
    work.add(organisation.pk, RENDER)


def _pay_by(payable: Payable, today: date) -> date:
    promised = payable.entitlement.pay_by
    return promised if promised and promised >= today and not payable.adjustment else today + TERM


def _description(payable: Payable) -> str:
    with translation.override(payable.member.user.language):
        params = {
            "programme": payable.entitlement.version.programme.name,
            "reference": payable.entitlement.case.reference,
        }
        if payable.adjustment_id:
            return _("%(programme)s, case %(reference)s: correction") % params
        return _("%(programme)s, case %(reference)s") % params


def _supplier(payee: Payee) -> dict[str, str]:
    taxable = payee.kind == Payee.Kind.ENTERPRISE
    return {
        "name": payee.name,
        "street": payee.street,
        "postal_code": payee.postal_code,
        "city": payee.city,
        "country": payee.country,
        "enterprise_number": payee.enterprise_number if taxable else "",
        "vat_number": payee.vat_number if taxable else "",
        "iban": payee.iban_masked,
    }


def _customer(organisation: Organisation, language: str) -> dict[str, str]:
    return {
        "name": organisation.legal_name,
        "street": organisation.street,
        "postal_code": organisation.postal_code,
        "city": organisation.city,
        "country": organisation.country,
        "enterprise_number": organisation.enterprise_number,
        "vat_number": organisation.vat_number,
        "text": organisation.invoice_texts.get(language, ""),
    }
