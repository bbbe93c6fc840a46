"""What a member earned, year by year, and where each amount stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kernel.money import ZERO
from members.models import Member
from payouts.models import Document, Entitlement, Entry, Payable, Pot
from payouts.selectors.documents import Answered, answered
from payouts.selectors.parts import comes_by_and_by, to_pay
from payouts.selectors.pot import COIN
from payouts.states import FROZEN, PayableState
from referrals.models import Case
from referrals.selectors.titles import Titles


@dataclass(frozen=True)
class Earning:
    """A member's part of an entitlement that fell due, or a correction of it, and how far it is on its way.

    `title` is what a network's member landed, shared, or did for it; empty for who recommended somebody. `year` is that of the pot
    from which it comes, or for which its coins count.
    """

    case: Case
    entitlement: Entitlement
    amount: Decimal
    payable: Payable | None
    title: str
    year: int | None

    @property
    def state(self) -> str:
        return self.payable.state if self.payable else ""

    @property
    def pay_by(self) -> date | None:
        """The day by which it is paid, as it was promised."""
        return self.payable.pay_by if self.payable else self.entitlement.pay_by

    @property
    def is_correction(self) -> bool:
        return bool(self.payable and self.payable.adjustment_id)

    @property
    def on(self) -> date:
        """The day on which it was earned, or corrected."""
        if self.payable and (self.is_correction or not self.entitlement.due_on):
            return timezone.localdate(self.payable.proposed_at)
        assert self.entitlement.due_on is not None
        return self.entitlement.due_on

    @property
    def in_year(self) -> int:
        """The year under which it is listed: of coins that for whose pot they count, also where they came too late for their own."""
        return self.year if self.year and self.entitlement.unit == COIN else self.on.year


@dataclass(frozen=True)
class Year:
    """A year's earnings and their sums by unit."""

    year: int
    earnings: list[Earning]

    @property
    def sums(self) -> dict[str, Decimal]:
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for one in self.earnings:
            totals[one.entitlement.unit] += one.amount
        return dict(totals)


def years_of(member: Member) -> list[Year]:
    """Return what fell due to a member and its corrections by year, the newest first: a fixed number of queries."""
    own = {case.shares_with_id or case.pk: case for case in _cases_of(member)}
    moving = Payable.objects.filter(member=member).exclude(state=PayableState.SENT_BACK).order_by("pk")
    promised = Exists(moving.filter(entitlement=OuterRef("pk"), state__in=FROZEN))
    mine = Q(case__in=own, member=None) | Q(member=member)
    found = Entitlement.objects.filter(Q(state="due") | promised, mine, party="introducer")
    paid_on = Q(owed_by="performer") & ~Q(released=0) & Q(released__isnull=False)
    wanted = found.filter(Q(owed_by="organisation") | paid_on | promised)
    known = list(wanted.select_related("version__programme", "case__candidate", "case__client"))
    left = to_pay(known)
    payables: dict[int, list[Payable]] = defaultdict(list)
    for payable in moving.filter(entitlement__in=known):
        payables[payable.entitlement_id].append(payable)
    earned: list[Earning] = []
    titles, years = Titles({one.case_id for one in known}), _years(known)
    for one in known:
        case, rest = own.get(one.case_id, one.case), left.get((one.pk, member.pk), ZERO)
        moves, title = payables[one.pk], titles.of(one.case, one.placement if one.revenue_id else "")
        if not any(payable.adjustment_id is None for payable in moves) or (rest and comes_by_and_by(one, rest)):
            earned.append(Earning(case, one, rest, None, title, years.get(one.pk)))
        earned += [Earning(case, one, payable.amount, payable, title, years.get(one.pk)) for payable in moves]
    earned.sort(key=lambda earning: (earning.in_year, earning.on, earning.entitlement.pk), reverse=True)
    return [Year(year, list(group)) for year, group in groupby(earned, key=lambda earning: earning.in_year)]


def _years(found: list[Entitlement]) -> dict[int, int]:
    """Return of which year's pot entitlements are, or for which year their coins count, by their ids."""
    pots = dict(Pot.objects.filter(case__in={one.case_id for one in found}).values_list("case", "year"))
    coins = Entry.objects.filter(entitlement__in=found, counts_for__isnull=False)
    shares = {one.pk: pots[one.case_id] for one in found if one.case_id in pots}
    counted = coins.order_by("pk").values_list("entitlement", "counts_for")
    return {pk: year for pk, year in counted if pk and year} | shares


@dataclass(frozen=True)
class Awaited:
    """What was earned by work that another member does, and is paid once they paid it; by what they landed."""

    case: Case
    title: str
    amount: Decimal
    unit: str


def awaited_by(member: Member) -> list[Awaited]:
    """Return what waits for who remits it, the newest case first: a fixed number of queries."""
    owed = list(
        Entitlement.objects.filter(
            case__introducer=member, case__for_organisation=False, party="introducer", owed_by="performer", state="due"
        ).select_related("case")
    )
    titles = Titles({one.case_id for one in owed})
    waiting: dict[tuple[Case, str, str], Decimal] = defaultdict(Decimal)
    for one in owed:
        waiting[one.case, titles.of(one.case, one.placement), one.unit] += (one.amount or ZERO) - (one.released or ZERO)
    found = [Awaited(case, title, amount, unit) for (case, title, unit), amount in waiting.items() if amount > 0]
    return sorted(found, key=lambda one: one.case.pk, reverse=True)


def documents_of(member: Member, today: date) -> list[tuple[Document, Answered]]:
    """Return the documents made out in a member's name and to them, the newest first, with what became of each."""
    found = Document.objects.filter(member=member).prefetch_related("answers").order_by("-issued_at", "-pk")
    return [(document, answered(document, next(iter(document.answers.all()), None), today)) for document in found]


def _cases_of(member: Member) -> list[Case]:
    return list(Case.objects.filter(introducer=member).select_related("candidate", "client"))
