"""What goes to employees with their wages, month by month."""

import pgtrigger
from django.db import models

from kernel.models import TenantModel
from members.models import Member
from payouts.models.payables import Payable

FINAL = pgtrigger.Update | pgtrigger.Delete


class PayrollLine(TenantModel):
    """An amount that goes to an employee with their wages: gross, in the first month after its approval that is open.

    One that corrects an earlier one is negative, in a later month.
    """

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
        triggers = [pgtrigger.Protect(name="payroll_line_is_final", operation=FINAL)]


class PayrollExport(TenantModel):
    """That a month's lines were handed to payroll: by whom, how many, as which file."""

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    month = models.DateField()
    format = models.CharField(max_length=4, choices=Format)
    lines = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    exported_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    exported_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="payroll_export_is_final", operation=FINAL)]


class PayrollRun(TenantModel):
    """That payroll processed a month: it takes no more lines, and its amounts are paid."""

    month = models.DateField()
    paid_on = models.DateField()
    processed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    processed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "month"], name="payroll_run_once")]
        triggers = [pgtrigger.Protect(name="payroll_run_is_final", operation=FINAL)]
