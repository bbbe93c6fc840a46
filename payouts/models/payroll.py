"""What goes to employees with their wages."""

import pgtrigger
from django.db import models

from kernel.models import TenantModel
from members.models import Member
from payouts.models.payables import Payable


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
