"""Making out what an approved amount goes with: an invoice in the payee's name, a statement, or a line for payroll.

The worker does it, each document in a short transaction of its own: the number is drawn, the document stands. Its
picture, the PDF, is made afterwards; should that fail, the number is kept and the picture tried again.
"""

from datetime import date, datetime, timedelta

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

ISSUE = "issue"
RENDER = "render"
TERM = timedelta(days=30)


def issue_all(*, organisation: Organisation, at: datetime) -> int:
    """Make out everything that is approved and complete; return how many documents and lines there were. In no transaction."""
    with tenant(organisation.pk):
        waiting = list(_waiting().order_by("approved_at", "pk").values_list("pk", flat=True))
    return sum(_issue(organisation, pk, at) for pk in waiting)


def _waiting() -> QuerySet[Payable]:
    return Payable.objects.filter(state=PayableState.APPROVED, lines=None, payroll_lines=None)


def _issue(organisation: Organisation, payable_id: int, at: datetime) -> bool:
    with tenant(organisation.pk):
        locked = Payable.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=payable_id)
        payable = locked.select_related("payee__user", "entitlement__case", "entitlement__version__programme").first()
        if not payable or not _waiting().filter(pk=payable_id).exists():
            return False
        payee = payees.payee_of(payable.payee_id)
        if payee is None or payees.missing(payee, payees.has_agreed(payee), organisation):
            return False
        if payee.kind == Payee.Kind.EMPLOYEE:
            _write_payroll_line(payable, payee, at)
        else:
            _write_document(organisation, payable, payee, at)
            work.add(organisation.pk, RENDER)
        return True


def _write_payroll_line(payable: Payable, payee: Payee, at: datetime) -> None:
    PayrollLine.objects.create(
        payable=payable,
        payee=payable.payee,
        employee_number=payee.employee_number,
        month=timezone.localdate(at).replace(day=1),
        gross=payable.amount,
        currency=payable.currency,
        written_at=at,
    )


def _write_document(organisation: Organisation, payable: Payable, payee: Payee, at: datetime) -> None:
    today, treatment = timezone.localdate(at), payees.treatment_of(payee, organisation)
    kind, earlier = _kind_of(payable, payee)
    prefix = "PS" if kind == Document.Kind.STATEMENT else "SB"
    series, sequence = numbering.draw(f"{prefix}-{payee.number:05d}-{today.year}")
    vat = treatment.on(payable.amount)
    document = Document.objects.create(
        kind=kind,
        series=series,
        sequence=sequence,
        number=f"{series.name}-{sequence:04d}",
        payee=payable.payee,
        credits=earlier,
        issued_on=today,
        supplied_on=payable.entitlement.due_on or today,
        pay_by=_pay_by(payable, today),
        currency=payable.currency,
        net=payable.amount,
        vat_case=treatment.case,
        vat_category=treatment.category,
        vat_rate=treatment.rate,
        vat=vat,
        total=payable.amount + vat,
        supplier=_supplier(payee),
        customer=_customer(organisation),
        language=payable.payee.user.language,
        issued_at=at,
        next_try_at=at,
    )
    Line.objects.create(document=document, payable=payable, description=_description(payable), amount=payable.amount)
    if vat:
        journal.post(source=document, what=Booking.INVOICED, legs=ledger.invoiced(vat), on=today, by=None, at=at)


def _kind_of(payable: Payable, payee: Payee) -> tuple[Document.Kind, Document | None]:
    """The kind of document, and for a credit note the invoice that it corrects."""
    if payee.kind == Payee.Kind.PERSON:
        return Document.Kind.STATEMENT, None
    if payable.amount > 0 or not payable.adjustment:
        return Document.Kind.INVOICE, None
    line = Line.objects.filter(payable=payable.adjustment.payable).select_related("document").first()
    return Document.Kind.CREDIT_NOTE, line.document if line else None


def _pay_by(payable: Payable, today: date) -> date:
    promised = payable.entitlement.pay_by
    return promised if promised and promised >= today and not payable.adjustment else today + TERM


def _description(payable: Payable) -> str:
    with translation.override(payable.payee.user.language):
        params = {
            "programme": payable.entitlement.version.programme.name,
            "reference": payable.entitlement.case.reference,
        }
        if payable.adjustment_id:
            return _("%(programme)s, case %(reference)s: correction") % params
        return _("%(programme)s, case %(reference)s") % params


def _supplier(payee: Payee) -> dict[str, str]:
    return {
        "name": payee.name,
        "street": payee.street,
        "postal_code": payee.postal_code,
        "city": payee.city,
        "country": payee.country,
        "enterprise_number": payee.enterprise_number,
        "vat_number": payee.vat_number,
        "iban": payee.iban_masked,
    }


def _customer(organisation: Organisation) -> dict[str, str]:
    return {
        "name": organisation.legal_name,
        "street": organisation.street,
        "postal_code": organisation.postal_code,
        "city": organisation.city,
        "country": organisation.country,
        "enterprise_number": organisation.enterprise_number,
        "vat_number": organisation.vat_number,
    }
