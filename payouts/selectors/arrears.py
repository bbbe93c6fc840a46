"""Arrears: sales invoices that members are late to pay."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from kernel.money import ZERO
from members.models import Member
from payouts.models import PaymentReminder
from payouts.selectors.statements import unpaid_sales

if TYPE_CHECKING:
    from payouts.selectors.statements import UnpaidSale

AFTER = (timedelta(7), timedelta(21))
"""How long after the last day of paying the first and the second reminder go."""
BETWEEN = timedelta(7)
"""How long at least a member is left in peace between two reminders of one invoice."""


@dataclass(frozen=True)
class Late:
    """An invoice that is late, with the reminders that were sent of it, the last one first."""

    sale: "UnpaidSale"
    reminders: list[PaymentReminder]


@dataclass(frozen=True)
class Arrears:
    """What a member is late to pay, the oldest first, in one currency."""

    member: Member
    currency: str
    late: list[Late]

    @property
    def amount(self) -> Decimal:
        return sum((one.sale.left for one in self.late), ZERO)

    @property
    def since(self) -> date | None:
        """The last day of paying of the oldest."""
        return self.late[0].sale.pay_by


def late(today: date) -> list[Late]:
    """Return the invoices whose last day of paying is over, the oldest first: a fixed number of queries."""
    sales = list(unpaid_sales().filter(pay_by__lt=today).select_related("member__user"))
    sent: dict[int, list[PaymentReminder]] = defaultdict(list)
    for one in PaymentReminder.objects.filter(document__in=[sale.pk for sale in sales]).order_by("-number"):
        sent[one.document_id].append(one)
    return [Late(sale, sent[sale.pk]) for sale in sales]


def arrears(today: date) -> list[Arrears]:
    """Return what each member is late to pay, who is the latest first."""
    found: dict[tuple[int, str], list[Late]] = defaultdict(list)
    for one in late(today):
        found[one.sale.member_id, one.sale.currency].append(one)
    return [Arrears(rows[0].sale.member, currency, rows) for (_member, currency), rows in found.items()]


def to_remind(today: date) -> list[tuple["UnpaidSale", int]]:
    """Return the invoices of which a member is to be reminded today, with which reminder it is."""
    found = []
    for one in late(today):
        number = len(one.reminders)
        if number == len(AFTER) or one.sale.pay_by is None or today < one.sale.pay_by + AFTER[number]:
            continue
        if one.reminders and today < timezone.localdate(one.reminders[0].sent_at) + BETWEEN:
            continue
        found.append((one.sale, number + 1))
    return found
