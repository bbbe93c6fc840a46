"""Membership as a member sees it: what it cost, what is open, and what leaving would mean."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kernel.money import ZERO
from members.models import Application, Member, MembershipTerms
from members.models.membership import DuesPeriod
from members.selectors.applications import admission_of
from members.selectors.membership import membership_terms
from payouts.models import Charge, Payee
from payouts.selectors import assignments, pot
from payouts.selectors.assignments import Assignment
from payouts.selectors.settings import payout_settings
from payouts.selectors.statements import every_sale
from payouts.selectors.waiting import charges, invoiced_from
from referrals.models import Opportunity
from referrals.pipeline import OVER, Stage

if TYPE_CHECKING:
    from payouts.selectors.statements import UnpaidSale


@dataclass(frozen=True)
class Standing:
    """How a member came in, what membership costs, their invoices with what is left of each, and what is not invoiced yet."""

    admission: Application | None
    terms: MembershipTerms
    period: DuesPeriod | None
    next_dues_on: date | None
    sales: "list[UnpaidSale]"
    charged: list[tuple[Charge, date]]
    """Each with the day from which on it can be invoiced."""
    has_details: bool

    @property
    def to_be_invoiced(self) -> Decimal:
        """What was charged and is not invoiced yet, without VAT."""
        return sum((one.amount for one, _from in self.charged), ZERO)

    @property
    def left(self) -> Decimal:
        """What is open of invoices; below zero, what is to be given back."""
        return sum((one.left for one in self.sales), ZERO)


def standing_of(member: Member, today: date) -> Standing:
    """Return where a member stands."""
    terms = membership_terms()
    settings = payout_settings()
    owes = bool(terms.dues) and member.pays_dues
    period = terms.period_of(today) if owes else None
    return Standing(
        admission=admission_of(member),
        terms=terms,
        period=period if period and member.joined_on <= period.first else None,
        next_dues_on=_next_dues_on(terms, today) if owes and not member.leaves_on and not member.left_on else None,
        sales=sorted(
            every_sale().filter(member=member).order_by("-pk"), key=lambda one: one.left <= 0
        ),  # open ones first
        charged=[(one, invoiced_from(one, settings, today)) for one in charges().filter(member=member, amount__gt=0)],
        has_details=Payee.objects.filter(member=member).exists(),
    )


@dataclass(frozen=True)
class Leaving:
    """What goes on when a member leaves: assignments of which they remit, opportunities that they share, this year's coins."""

    running: list[Assignment]
    shared: list[Opportunity]
    coins: int


def leaving_of(member: Member, today: date) -> Leaving:
    """Return what a member leaves behind."""
    running = [one for one in assignments.of_performer(member, today) if one.over_on is None and one.left != 0]
    open_ones = Opportunity.objects.filter(case__introducer=member).exclude(case__stage__in=[*OVER, Stage.WORKING])
    return Leaving(running, list(open_ones.order_by("pk")), pot.coins(today.year).get(member.pk, 0))


def _next_dues_on(terms: MembershipTerms, today: date) -> date | None:
    """Return the first day of the next period."""
    period = terms.period_of(today)
    if period is None:
        return terms.dues_from
    following = terms.period_of(date.fromordinal(period.last.toordinal() + 1))
    return following.first if following else None
