"""Membership as a member sees it: what it cost, what is open, and what leaving would mean."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from members.models import Application, Member, MembershipTerms
from members.models.membership import DuesPeriod
from members.selectors.applications import admission_of
from members.selectors.membership import membership_terms
from payouts.models import Charge, Payee
from payouts.selectors import assignments, pot
from payouts.selectors.landed import Assignment
from payouts.selectors.settings import payout_settings
from payouts.selectors.statements import every_sale
from payouts.selectors.waiting import charges, invoiced_from
from referrals.models import Opportunity
from referrals.selectors.opportunities import led_by

if TYPE_CHECKING:
    from payouts.selectors.statements import UnpaidSale


@dataclass(frozen=True)
class Standing:
    """How a member came in, what membership costs, their invoices with what is left of each, and what is not invoiced yet."""

    admission: Application | None
    terms: MembershipTerms
    period: DuesPeriod | None
    period_dues: Decimal | None
    """What was charged for the period that runs."""
    next_dues_on: date | None
    sales: "list[UnpaidSale]"
    charged: list[tuple[Charge, date]]
    """Each with the day from which on it can be invoiced."""
    has_details: bool

    @property
    def to_be_invoiced(self) -> dict[str, Decimal]:
        """What was charged and is not invoiced yet, without VAT, by currency."""
        return _sums((one.currency, one.amount) for one, _from in self.charged)

    @property
    def left(self) -> dict[str, Decimal]:
        """What is open of invoices, by currency; below zero, what is to be given back."""
        return _sums((one.currency, one.left) for one in self.sales)


def standing_of(member: Member, today: date) -> Standing:
    """Return where a member stands."""
    terms = membership_terms()
    settings = payout_settings()
    owes = bool(terms.dues) and member.pays_dues
    charged = _last_charged(member)
    last = DuesPeriod(charged.period_from, charged.supplied_on) if charged and charged.period_from else None
    following = _next_dues_on(terms, last, today) if owes and not member.left_on else None
    if following and member.leaves_on and member.leaves_on < following:
        following = None
    return Standing(
        admission=admission_of(member),
        terms=terms,
        period=_period(member, terms, last, today) if owes else None,
        period_dues=charged.amount if charged and last and last.first <= today <= last.last else None,
        next_dues_on=following,
        sales=sorted(
            every_sale().filter(member=member).order_by("-pk"), key=lambda one: one.left <= 0
        ),  # open ones first
        charged=[(one, invoiced_from(one, settings, today)) for one in charges().filter(member=member, amount__gt=0)],
        has_details=Payee.objects.filter(member=member).exists(),
    )


@dataclass(frozen=True)
class Leaving:
    """What goes on when a member leaves: assignments of which they remit, opportunities that they lead, this year's coins."""

    running: list[Assignment]
    shared: list[Opportunity]
    coins: int


def leaving_of(member: Member, today: date) -> Leaving:
    """Return what a member leaves behind."""
    running = [one for one in assignments.of_performer(member, today) if one.over_on is None and one.left != 0]
    return Leaving(running, list(led_by(member)), pot.coins(today.year).get(member.pk, 0))


def _last_charged(member: Member) -> Charge | None:
    """Return the dues of the last period of which a member was charged them, under the terms of then."""
    found = Charge.objects.filter(member=member, kind=Charge.Kind.DUES, period_from__isnull=False)
    return found.order_by("-supplied_on").first()


def _period(member: Member, terms: MembershipTerms, last: DuesPeriod | None, today: date) -> DuesPeriod | None:
    """Return the period that runs for a member: the one that was charged, or else that of the terms, if they pay for it."""
    if last and last.first <= today <= last.last:
        return last
    period = terms.period_of(today)
    return period if period and member.pays_dues_of(period.first) else None


def _next_dues_on(terms: MembershipTerms, last: DuesPeriod | None, today: date) -> date | None:
    """Return the first day of the next period, after what was charged already."""
    covered = max(today, last.last) if last else today
    period = terms.period_of(covered)
    if period is None:
        return terms.dues_from
    following = terms.period_of(period.last + timedelta(1))
    return following.first if following else None


def _sums(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in amounts:
        found[currency] += amount
    return dict(sorted(found.items()))
