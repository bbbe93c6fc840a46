"""Documents with numbers: invoices made in payees' names, credit notes, statements; and lines for payroll."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import LANGUAGES, Member
from payouts.models.payables import Payable


class Series(TenantModel):
    """A series of consecutive numbers without gaps, such as one payee's invoices of one year; and its last number."""

    name = models.CharField(max_length=30)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="series_once")]


class Document(TenantModel):
    """An issued document, as it was issued. Only its picture comes later: the PDF, stored once, with its hash."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Self-billed invoice")
        CREDIT_NOTE = "credit_note", _("Self-billed credit note")
        STATEMENT = "statement", _("Payment statement")

    kind = models.CharField(max_length=12, choices=Kind)
    series = models.ForeignKey(Series, models.PROTECT, related_name="documents")
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    member = models.ForeignKey(Member, models.PROTECT, related_name="documents")
    credits = models.ForeignKey("self", models.PROTECT, null=True, related_name="credit_notes")
    issued_on = models.DateField()
    supplied_on = models.DateField()
    pay_by = models.DateField()
    currency = models.CharField(max_length=3)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    vat_case = models.CharField(max_length=20)
    vat_category = models.CharField(max_length=2)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=14, decimal_places=2)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    supplier = models.JSONField()
    customer = models.JSONField()
    language = models.CharField(max_length=2, choices=LANGUAGES)
    issued_at = models.DateTimeField()
    pdf = models.FileField(upload_to="documents", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series", "sequence"], name="document_sequence"),
            models.UniqueConstraint(fields=["organisation", "number"], name="document_number"),
            models.CheckConstraint(condition=Q(total=models.F("net") + models.F("vat")), name="document_adds_up"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "next_try_at"],
                name="document_to_render",
                condition=Q(next_try_at__isnull=False),
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="document_is_final", exclude=["pdf", "sha256", "tries", "next_try_at"]),
            pgtrigger.Protect(
                name="picture_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sha256__gt="", new__sha256__df=pgtrigger.F("old__sha256")),
            ),
            pgtrigger.Protect(name="document_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number


class Line(TenantModel):
    """A line of a document: what it is for. It names the case's reference, never the person."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="lines")
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="lines")
    description = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "payable"], name="line_once")]
        triggers = [pgtrigger.Protect(name="line_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]


class PayrollLine(TenantModel):
    """An amount that goes to an employee with their wages: gross, in the month of its approval."""

    payable = models.ForeignKey(Payable, models.PROTECT, related_name="payroll_lines")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    employee_number = models.CharField(max_length=20)
    month = models.DateField()
    gross = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "payable"], name="payroll_line_once")]
        indexes = [models.Index(fields=["organisation", "month"], name="payroll_month")]
        triggers = [pgtrigger.Protect(name="payroll_line_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
