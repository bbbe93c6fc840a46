"""What recruiters work on: the inbox, the board, the list, and openings."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from members.models import Member
from referrals.identity import name_key
from referrals.models import Case, Client, Opening, Pin, Placement, SavedFilter
from referrals.pipeline import COLUMNS, Stage, moves_from

CARDS = 20
"""Cards that a column shows at once."""

NEWEST = ("-stage_since", "-pk")


@dataclass(frozen=True)
class Filters:
    """What a board or list shows; empty parts do not restrict it."""

    opening: int | None = None
    client: int | None = None
    programme: int | None = None
    recruiter: int | None = None
    words: str = ""

    def apply(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """Restrict cases to what is asked for."""
        if self.opening:
            cases = cases.filter(opening=self.opening)
        if self.client:
            placed = Placement.objects.filter(client=self.client).values("case")
            cases = cases.filter(Q(opening__client=self.client) | Q(pk__in=placed))
        if self.programme:
            pinned = Pin.objects.filter(version__programme=self.programme).values("case")
            cases = cases.filter(pk__in=pinned)
        if self.recruiter:
            cases = cases.filter(recruiter=self.recruiter)
        for word in self.words.split():
            named = Q(candidate__name_key__contains=key) if (key := name_key(word)) else Q()
            cases = cases.filter(named | Q(reference=word.upper()))
        return cases


@dataclass(frozen=True)
class Column:
    """A stage with how many cases stand in it, and the first of them."""

    stage: Stage
    count: int
    cases: list[Case]

    @property
    def moves(self) -> list[Stage]:
        """Where cases of this stage can go by a date alone, once their person agreed."""
        return moves_from(self.stage, "consented")


def running() -> QuerySet[Case]:
    """Referrals that are not over, with what a card shows."""
    found = Case.objects.filter(kind="referral", is_over=False, shares_with=None)
    return found.select_related("candidate", "introducer", "recruiter", "opening__client")


def inbox() -> QuerySet[Case]:
    """Recommendations that no recruiter has taken in charge, the oldest first."""
    return running().filter(recruiter=None).order_by("submitted_at", "pk")


def board(filters: Filters) -> list[Column]:
    """The columns of the board, each with its first cards: two queries, however many cases there are.

    Which cards come first is read off an index, column by column; only those are then fetched with what they show.
    """
    found = filters.apply(Case.objects.filter(kind="referral", is_over=False, shares_with=None))
    counts = dict(found.values_list("stage").annotate(count=Count("pk")))
    firsts = [found.filter(stage=stage).order_by(*NEWEST).values_list("pk")[:CARDS] for stage in COLUMNS]
    shown = firsts[0].union(*firsts[1:], all=True)
    cards: dict[str, list[Case]] = {stage: [] for stage in COLUMNS}
    for case in running().filter(pk__in=shown).order_by(*NEWEST):
        cards[case.stage].append(case)
    return [Column(stage, counts.get(stage, 0), cards[stage]) for stage in COLUMNS]


def column(filters: Filters, stage: Stage, after: int) -> Column:
    """More cards of one column, after so many."""
    found = filters.apply(running()).filter(stage=stage).order_by(*NEWEST)
    return Column(stage, found.count(), list(found[after : after + CARDS]))


def listed(filters: Filters, stage: Stage | None) -> QuerySet[Case]:
    """The board's cases as a list, those that moved last first; with a stage, also one that ends a case."""
    related = Case.objects.filter(kind="referral", shares_with=None)
    found = related.filter(stage=stage) if stage else related.filter(is_over=False)
    shown = found.select_related("candidate", "introducer", "recruiter", "opening__client")
    return filters.apply(shown).order_by(*NEWEST)


def leads() -> QuerySet[Case]:
    """Clients that members brought in, those under way first."""
    found = Case.objects.filter(kind="lead").select_related("client", "introducer", "recruiter")
    return found.prefetch_related("notes").order_by("is_over", "-submitted_at", "-pk")


def saved_filters(member: Member) -> QuerySet[SavedFilter]:
    """A recruiter's own views of the board."""
    return SavedFilter.objects.filter(member=member)


def clients() -> QuerySet[Client]:
    """Clients that cases can be filtered by."""
    return Client.objects.filter(
        Q(openings__isnull=False) | Q(placements__isnull=False, placements__performer=None)
    ).distinct()


def openings() -> QuerySet[Opening]:
    """Openings for which people can be recommended, with how many cases run for each."""
    running_cases = Count("cases", filter=Q(cases__is_over=False))
    return Opening.objects.filter(closed_on=None).select_related("client").annotate(running=running_cases)
