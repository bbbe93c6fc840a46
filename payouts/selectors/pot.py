"""The pot: what was set aside for it, which coins there are for a year, and what each is worth."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MINYEAR, date
from decimal import Decimal
from itertools import takewhile

from django.db.models import Case as Case_
from django.db.models import Max, Q, QuerySet, Sum, When

from kernel.money import CURRENCIES, ZERO, apportion
from members.models import Member
from payouts.counting import worth
from payouts.ledger import Account as Kind
from payouts.ledger import Booking
from payouts.models import Entitlement, Entry, Posting, Pot, PotObjection
from programmes.selectors import filling_the_pot
from referrals.models import Case, Joining, Publicity
from referrals.selectors.opportunities import visible_to

COIN = "coin"
COUNTING = (Kind.POT, Kind.POINTS)
COINS = Q(account__kind=Kind.POINTS, account__currency=COIN)
State = Pot.State


def first_open_year() -> int:
    """Return the first year whose pot is neither divided nor proposed to be; what comes later counts from then on."""
    last: int | None = Pot.objects.exclude(state=State.WITHDRAWN).aggregate(last=Max("year"))["last"]
    return last + 1 if last else MINYEAR


def counted(entitlements: Iterable[int]) -> dict[tuple[int, int | None], dict[int, Decimal]]:
    """Return what counts for which year's pot: of each entitlement, by its id, money; of it and each member, coins."""
    found = Posting.objects.filter(
        entry__entitlement__in=list(entitlements), entry__counts_for__isnull=False, account__kind__in=COUNTING
    )
    sums = found.values_list("entry__entitlement", "account__member", "entry__counts_for").annotate(sum=Sum("amount"))
    years: dict[tuple[int, int | None], dict[int, Decimal]] = defaultdict(dict)
    for entitlement, member, year, amount in sums:
        years[entitlement, member][year] = -amount
    return years


def currency() -> str:
    """Return the currency of the pot: that of the rules which fill it."""
    version = filling_the_pot()
    return version.rule_set.currency if version else "EUR"


def pots() -> QuerySet[Pot]:
    """Pots that were divided, or are proposed to be, the newest first."""
    found = Pot.objects.exclude(state=State.WITHDRAWN).select_related("proposed_by", "closed_by", "case")
    return found.order_by("-year")


def pot_of(year: int) -> Pot | None:
    """Return the pot of a year, if it was divided, or is proposed to be."""
    return pots().filter(year=year).first()


def pot_with(case_id: int) -> Pot | None:
    """Return the pot whose shares are those of a case, if it is one of a pot."""
    return pots().filter(case=case_id).first()


def brought_in(year: int) -> Decimal:
    """Return what the pots before a year could not divide."""
    last = next(iter(_carried_into(year)), None)
    return last.carried_over if last else ZERO


def content(year: int) -> Decimal:
    """Return what was set aside in a year."""
    found: Decimal | None = _set_aside_in(year).aggregate(sum=Sum("amount"))["sum"]
    return -(found or ZERO)


def coins(year: int) -> dict[int, int]:
    """Return the coins of each member who has any for a year, by their id; what was taken back is not below zero."""
    return {member: int(amount) for member, amount in balances(year).items() if amount > 0}


def balances(year: int) -> dict[int, Decimal]:
    """Return what each member earned for a year, by their id; negative where more was taken back.

    Coins of years in whose pot nothing was to be divided count for the next; what was taken back in one of them is taken off.
    """
    found = _coins_in(year).values_list("account__member").annotate(sum=Sum("amount"))
    return {member: -amount for member, amount in found}


def with_coins_to_come(members: Iterable[int]) -> set[int]:
    """Return which of some members, by their ids, have coins of a year whose pot was not divided yet."""
    wanted = set(members)
    return {member for (member, _year), coins in undivided().items() if coins > 0 and member in wanted}


def undivided() -> dict[tuple[int, int], Decimal]:
    """Return the coins that no pot was divided over yet, by their member and the year for whose pot they count by now."""
    last: int | None = Pot.objects.filter(state=State.CLOSED).aggregate(last=Max("year"))["last"]
    first = last + 1 if last else MINYEAR
    waits = Q(entry__counts_for__gte=first) | Q(entry__counts_for__in=_years_with(first))
    sums = Posting.objects.filter(COINS, waits).values_list("account__member", "entry__counts_for")
    found: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for member, year, amount in sums.annotate(sum=Sum("amount")):
        found[member, max(year, first)] -= amount
    return found


def shares(total: Decimal, coins_of: dict[int, int], currency: str) -> dict[int, Decimal]:
    """Divide a pot over members by their coins, exactly: the order in which they are given changes nothing.

    Cents that are left over go to the largest remainders, of equal ones to who was a member first. Nothing without coins, or
    for a pot that is empty.
    """
    members = sorted(coins_of)
    if not members or total <= 0:
        return {}
    parts = apportion(total, [Decimal(coins_of[member]) for member in members], CURRENCIES[currency])
    return dict(zip(members, parts, strict=True))


@dataclass(frozen=True)
class Source:
    """An opportunity by which something came into the pot: its case, what it was, and how much; late, of a year that was closed."""

    reference: str
    title: str
    amount: Decimal
    is_late: bool


@dataclass(frozen=True)
class Earned:
    """Coins that a member earned, for what and when; taken back, when they are negative. For a new member: who `joined`.

    Late, they were earned in a year that was closed, and count for the next. They count `for_year`: an earlier one than that
    whose pot they are in, where nothing was to be divided in that one.
    """

    member: Member
    on: date
    coins: int
    case: Case
    title: str
    link: str
    joined: str
    is_late: bool
    for_year: int


@dataclass(frozen=True)
class Share:
    """What a member has of a pot: their coins, and the amount that they bring."""

    member: Member
    coins: int
    amount: Decimal


@dataclass(frozen=True)
class Standing:
    """A year's pot: as it stands, or as it was divided; with what members held against each proposal."""

    year: int
    pot: Pot | None
    objections: list[PotObjection]
    currency: str
    brought_in: Decimal
    set_aside: Decimal
    sources: list[Source]
    earned: list[Earned]
    shares: list[Share]

    @property
    def total(self) -> Decimal:
        return self.brought_in + self.set_aside

    @property
    def coins(self) -> int:
        return sum(share.coins for share in self.shares)

    @property
    def worth(self) -> Decimal | None:
        """What a coin is worth, in whole cents; None without coins, or in an empty pot."""
        return worth(self.total, self.coins)


def standing(year: int, reader: Member) -> Standing:
    """Return a year's pot with where each amount came from, who earned which coins, and what they bring: a fixed number of queries.

    Titles of opportunities that the reader may not see are left out.
    """
    pot = pot_of(year)
    before, inside = (pot.brought_in, pot.set_aside) if pot else (brought_in(year), content(year))
    unit = pot.currency if pot else currency()
    shares_of = _shares(year, pot, before + inside, unit)
    said = list(objections(year).select_related("member", "answered_by"))
    return Standing(year, pot, said, unit, before, inside, sources(year, reader), earned(year, reader), shares_of)


def sources(year: int, reader: Member) -> list[Source]:
    """Return by which cases something came into the pot of a year, the most first."""
    late = Q(
        entry__on=date(year, 1, 1), entry__entitlement__due_on__lt=date(year, 1, 1)
    )  # banks settle nothing on New Year
    sums = list(
        _set_aside_in(year)
        .annotate(late=Case_(When(late, then=True), default=False))
        .values_list("entry__entitlement__case", "entry__entitlement__case__reference", "late")
        .annotate(sum=Sum("amount"))
    )
    titles = _titles((row[0] for row in sums), reader)
    found = [Source(reference, titles.get(case, ""), -amount, late) for case, reference, late, amount in sums if amount]
    return sorted(found, key=lambda one: (one.is_late, -one.amount, one.reference))


def earned(year: int, reader: Member) -> list[Earned]:
    """Return who earned coins in a year, for what, the newest first."""
    found = list(
        _coins_in(year).select_related("account__member", "entry__entitlement__case").order_by("-entry__on", "-pk")
    )
    cases = {one.entry.entitlement.case_id for one in found if one.entry.entitlement}
    titles, links = _titles(cases, reader), dict(Publicity.objects.filter(case__in=cases).values_list("case", "link"))
    joined = dict(Joining.objects.filter(case__in=cases).values_list("case", "member__name"))
    rows = []
    for one in found:
        assert one.account.member is not None
        assert one.entry.entitlement is not None
        assert one.entry.counts_for is not None
        case, coins, for_year = one.entry.entitlement.case, int(-one.amount), one.entry.counts_for
        title, link, who = titles.get(case.pk, ""), links.get(case.pk, ""), joined.get(case.pk, "")
        due_on = one.entry.entitlement.due_on if coins > 0 else None
        is_late = due_on is not None and due_on.year < for_year
        on = due_on if due_on and is_late else one.entry.on
        rows.append(Earned(one.account.member, on, coins, case, title, link, who, is_late, for_year))
    return rows


def is_counting(today: date) -> bool:
    """Whether something was recorded of which the worker reckons just now what it brings."""
    return Case.objects.filter(kind__in=("opportunity", "activity"), next_check_on__lte=today).exists()


def unconfirmed(year: int) -> QuerySet[Publicity]:
    """Publicity up to the end of a year of which nobody decided whether it brings coins."""
    found = Publicity.objects.filter(on__year__lte=year, case__is_over=False)
    return found.select_related("case__introducer__user").order_by("on", "pk")


def years() -> list[int]:
    """Return the years in which something came into a pot, or coins were earned, the newest first."""
    found = Entry.objects.filter(counts_for__isnull=False).values_list("counts_for", flat=True).distinct()
    return sorted((year for year in found if year), reverse=True)


def objections(year: int) -> QuerySet[PotObjection]:
    """Objections to the division of a year's pot, also to a proposal that was taken back: it may have been because of them."""
    return PotObjection.objects.filter(pot__year=year)


def _shares(year: int, pot: Pot | None, total: Decimal, unit: str) -> list[Share]:
    """Return what everybody has of a pot: as it was divided, else as it would be."""
    if pot and pot.case_id:
        rows = Entitlement.objects.filter(case=pot.case_id).select_related("member")
        found = [Share(one.member, one.coins or 0, one.amount or ZERO) for one in rows if one.member]
        if found:
            return sorted(found, key=lambda one: (-one.coins, one.member.name, one.member.pk))
    own = coins(year)
    members = Member.objects.in_bulk(own)
    amounts = shares(total, own, unit)
    found = [Share(members[pk], count, amounts.get(pk, ZERO)) for pk, count in own.items()]
    return sorted(found, key=lambda one: (-one.coins, one.member.name, one.member.pk))


def _set_aside_in(year: int) -> QuerySet[Posting]:
    return Posting.objects.filter(account__kind=Kind.POT, entry__what=Booking.SET_ASIDE, entry__counts_for=year)


def _coins_in(year: int) -> QuerySet[Posting]:
    return Posting.objects.filter(COINS, entry__counts_for__in=_years_with(year))


def _years_with(year: int) -> list[int]:
    """Return the years whose coins a year's pot is divided over: its own, and those before in whose pot nothing was to be divided."""
    return [year, *(one.year for one in takewhile(lambda one: one.coins, _carried_into(year)))]


def _carried_into(year: int) -> list[Pot]:
    """Return the pots that could not be divided and go on into a year, the last one first; none while a year between is open."""
    before = list(Pot.objects.filter(state=State.CLOSED, year__lt=year).order_by("-year"))
    if not before or any(before[0].year < other < year for other in years()):
        return []
    return list(takewhile(lambda one: one.case_id is None, before))


def _titles(cases: Iterable[int], reader: Member) -> dict[int, str]:
    """What cases are about, as far as a member may know; of publicity, what it is."""
    wanted = list(cases)
    found = dict(Publicity.objects.filter(case__in=wanted).values_list("case", "about"))
    return found | dict(visible_to(reader).filter(case__in=wanted).values_list("case", "title"))
