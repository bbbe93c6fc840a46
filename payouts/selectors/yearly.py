"""Yearly forms: whom was paid what in a year, for the tax authorities of the organisation's country."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from kernel.money import ZERO
from members.models import Organisation
from payouts.models import Document, Payee, PaymentPart, YearlyExport
from payouts.vat import VatCase

Form = YearlyExport.Form
OF_COUNTRY = {"NL": Form.UBD, "BE": Form.BE_281_50}
SALES = (Document.Kind.SALE, Document.Kind.SALE_CREDIT)
TO_MEMBERS = Q(document__kind__in=SALES)


@dataclass(frozen=True)
class PaidOut:
    """A document that was paid on a day, or lessened what was: without VAT, and with. A statement names a person."""

    number: str
    paid_on: date
    net: Decimal
    total: Decimal
    vat_case: str
    is_statement: bool


@dataclass(frozen=True)
class Person:
    """Someone a yearly form names, with what was paid to them in the year, and what was made out to them in it."""

    payee: Payee
    paid: tuple[PaidOut, ...]
    attributed: Decimal

    @property
    def net(self) -> Decimal:
        return sum((one.net for one in self.paid), ZERO)

    @property
    def total(self) -> Decimal:
        return sum((one.total for one in self.paid), ZERO)

    @property
    def is_with_vat(self) -> bool:
        """Whether all of it was invoiced with VAT."""
        return bool(self.paid) and all(one.vat_case == VatCase.STANDARD for one in self.paid)

    @property
    def lacks(self) -> bool:
        """Whether what the Dutch form asks of a person is missing."""
        return not (self.payee.bsn and self.payee.born_on and self.payee.street)


def form_of(organisation: Organisation) -> Form | None:
    """Return the yearly form of an organisation's country; None where we know none."""
    return OF_COUNTRY.get(organisation.country)


def years() -> list[int]:
    """The years in which documents were made out or paid, the newest first."""
    parts = PaymentPart.objects.filter(stands=True, payment__paid_on__isnull=False).exclude(TO_MEMBERS)
    made = Document.objects.exclude(kind__in=SALES)
    days = [*parts.dates("payment__paid_on", "year"), *made.dates("issued_on", "year")]
    return sorted({day.year for day in days}, reverse=True)


def people(form: Form, year: int) -> list[Person]:
    """Return whom a form names, by name.

    The Dutch one: natural persons who were paid without VAT on their invoice, small businesses and reverse charge included.
    The Belgian one: everyone who was paid otherwise than with wages; which of them need a fiche is for the accountant.
    """
    paid: dict[int, list[PaidOut]] = defaultdict(list)
    parts = PaymentPart.objects.filter(stands=True, payment__state="paid", payment__paid_on__year=year)
    for part in parts.exclude(TO_MEMBERS).select_related("document", "payment").order_by("payment__paid_on", "pk"):
        document, on = part.document, part.payment.paid_on
        if (form == Form.UBD and document.vat) or (form == Form.BE_281_50 and document.issued_on.year != year):
            continue
        assert on is not None
        one = PaidOut(document.number, on, document.net, document.total, document.vat_case, _is_statement(document))
        paid[document.member_id].append(one)
    attributed = _attributed(year) if form == Form.BE_281_50 else {}
    payees = Payee.objects.filter(member__in=paid.keys() | attributed.keys()).select_related("member")
    found = [
        Person(one, tuple(paid[one.member_id]), attributed.get(one.member_id, ZERO))
        for one in payees.order_by("name", "number")
    ]
    return [one for one in found if form == Form.BE_281_50 or _as_a_person(one)]


def _as_a_person(person: Person) -> bool:
    """Whether somebody was paid as a natural person: by a statement, whatever they are by now, or without VAT as one."""
    return person.payee.is_natural_person or any(one.is_statement for one in person.paid)


def _is_statement(document: Document) -> bool:
    return document.kind == Document.Kind.STATEMENT


def _attributed(year: int) -> dict[int, Decimal]:
    """Return what documents of a year gave each member the right to, without VAT."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    found = Document.objects.filter(issued_on__year=year).exclude(kind__in=SALES)
    for member, net in found.values_list("member", "net"):
        sums[member] += net
    return sums


def rows(form: Form, found: list[Person]) -> Iterator[list[object]]:
    """Yield the lines of a form's file, its head first: of the Dutch one a line for each payment, of the Belgian one for each person."""
    if form == Form.UBD:
        yield [
            _("Citizen service number (BSN)"), _("Name"), _("Date of birth"), _("Street and number"),
            _("Postal code"), _("Town"), _("Country"), _("Document"), _("Paid on"), _("Amount"),
        ]  # fmt: skip
        for person in found:
            who = person.payee
            details = [who.bsn, who.name, who.born_on or "", who.street, who.postal_code, who.city, who.country]
            yield from ([*details, one.number, one.paid_on, one.total] for one in person.paid)
        return
    yield [
        _("Number"), _("Name"), _("Street and number"), _("Postal code"), _("Town"), _("Country"),
        _("Enterprise number"), _("Nature"), _("Amount of the year, without VAT"), _("Of it paid in the year"),
        _("Invoiced with VAT"),
    ]  # fmt: skip
    for number, person in enumerate(found, 1):
        who = person.payee
        details = [who.name, who.street, who.postal_code, who.city, who.country, who.enterprise_number]
        with_vat = _("yes") if person.is_with_vat else _("no")
        yield [number, *details, _("commissions"), person.attributed, person.net, with_vat]
