"""Documents with numbers: invoices, credit notes, payment statements; their lines, and what they were made out from."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import LANGUAGES, Member
from payouts.models.charges import Charge
from payouts.models.payables import Payable

FINAL = pgtrigger.Update | pgtrigger.Delete


class Series(TenantModel):
    """A series of consecutive numbers without gaps, such as one payee's invoices of one year; and its last number."""

    name = models.CharField(max_length=30)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="series_once")]


class Document(TenantModel):
    """An issued document, as it was issued. Only its picture comes later: the PDF, stored once, with its hash.

    What a member made out themselves has no series of ours.
    `member` is the other party: the supplier of what is self-billed, the customer of a sale. Amounts of credit notes are
    negative. `answer_by` is the last day on which the member can contest it; None where there is nothing to contest.
    Kept long enough, it is emptied of everything but its number, days and amounts.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Self-billed invoice")
        CREDIT_NOTE = "credit_note", _("Self-billed credit note")
        STATEMENT = "statement", _("Payment statement")
        SALE = "sale", _("Sales invoice")
        SALE_CREDIT = "sale_credit", _("Sales credit note")
        OWN_INVOICE = "own_invoice", _("Invoice of the member")
        OWN_CREDIT = "own_credit", _("Credit note of the member")

    kind = models.CharField(max_length=12, choices=Kind)
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="documents")
    sequence = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=40)
    member = models.ForeignKey(Member, models.PROTECT, related_name="documents")
    credits = models.ForeignKey("self", models.PROTECT, null=True, related_name="credit_notes")
    because = models.CharField(max_length=400, blank=True)
    issued_on = models.DateField()
    supplied_on = models.DateField()
    pay_by = models.DateField()
    answer_by = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    vat_case = models.CharField(max_length=20)
    vat_category = models.CharField(max_length=2)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=14, decimal_places=2)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    supplier = models.JSONField()
    customer = models.JSONField()
    reference = models.CharField(max_length=25, blank=True)
    buyer_reference = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    issued_at = models.DateTimeField()
    pdf = models.FileField(upload_to="documents", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series", "sequence"], name="document_sequence"),
            models.UniqueConstraint(
                fields=["organisation", "number"], name="document_number", condition=Q(series__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["organisation", "member", "number"],
                name="document_of_member_number",
                condition=Q(series__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["own_invoice", "own_credit"], series__isnull=True, sequence__isnull=True)
                | ~Q(kind__in=["own_invoice", "own_credit"]) & Q(series__isnull=False, sequence__isnull=False),
                name="document_in_a_series_of_ours",
            ),
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="document_reference", condition=Q(kind="sale")
            ),
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

    @property
    def is_sale(self) -> bool:
        """Whether the organisation is the supplier."""
        return self.kind in (self.Kind.SALE, self.Kind.SALE_CREDIT)

    @property
    def is_self_billed(self) -> bool:
        """Whether it was made out in the member's name."""
        return self.kind in (self.Kind.INVOICE, self.Kind.CREDIT_NOTE)

    @property
    def is_own(self) -> bool:
        """Whether the member made it out themselves, under a number of their own."""
        return self.kind in (self.Kind.OWN_INVOICE, self.Kind.OWN_CREDIT)


class Ubl(TenantModel):
    """A document as UBL 2.1: what was issued. Written with the number, in one transaction; the PDF is its picture."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "document"], name="ubl_once")]
        triggers = [pgtrigger.Protect(name="ubl_is_final", operation=FINAL)]


class Line(TenantModel):
    """A line of a document: what it is for. It names the case's reference, never the person.

    It is about a payable or a charge. A document that was credited as a whole has its lines taken back, each by a line
    that reverses it; the same payable or charge can stand on another document then, in its next `round`.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="lines")
    payable = models.ForeignKey(Payable, models.PROTECT, null=True, related_name="lines")
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, related_name="lines")
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    round = models.PositiveSmallIntegerField(default=1)
    description = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payable", "round"], name="line_of_payable_once", condition=Q(reverses=None)
            ),
            models.UniqueConstraint(
                fields=["organisation", "charge", "round"], name="line_of_charge_once", condition=Q(reverses=None)
            ),
            models.UniqueConstraint(fields=["organisation", "reverses"], name="line_reversed_once"),
            models.CheckConstraint(
                condition=Q(payable__isnull=True, charge__isnull=False) | Q(payable__isnull=False, charge__isnull=True),
                name="line_of_one_thing",
            ),
        ]
        triggers = [pgtrigger.Protect(name="line_is_final", operation=FINAL)]
