"""What becomes of an opportunity: talks, who landed it, the contribution that they declare, and their turnover."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from kernel.money import ZERO
from kernel.periods import last_day_of
from members.models import Member
from referrals.models import Case, Fact, Interest, Opportunity, Placement, Turnover
from referrals.pipeline import OVER, Stage
from referrals.selectors.assignments import declared_in, declares, levels_of, shares_of, turnover_of, won_on
from referrals.selectors.opportunities import sayable
from referrals.selectors.timelines import live_facts
from referrals.services.facts import Change, NewFact, change, record, retract
from referrals.services.locking import lock, lock_all
from referrals.services.opportunities import (
    NotInterestedError,
    OverError,
    OwnOpportunityError,
    moved,
    wait_again,
)
from referrals.signals import assignment_won, landing_taken_back, talks_told


class NotWonError(Exception):
    """Only who landed an opportunity declares, and has turnover; and nothing of it is before they landed it."""


class TurnoverExistsError(Exception):
    """What brought turnover was won: that cannot be taken back any more."""


class DeclaredError(Exception):
    """Another of the team declared the contribution: it is theirs to change."""


class NotALevelError(Exception):
    """No programme of the case knows this level of contribution."""


class Month(NamedTuple):
    """A month's turnover of a placement, without VAT; `month` is its first day."""

    placement: Placement
    month: date
    amount: Decimal


@transaction.atomic
def hold_talks(*, opportunity: Opportunity, performer: Member, on: date, by: Member, at: datetime) -> None:
    """Record that a member talked about the opportunity with who offers it; said by another, it waits for the member's word.

    Talks bring coins to who shared it, so it is not for them alone to say. OverError, OwnOpportunityError, NotInterestedError.
    """
    case = _case_of(opportunity, [performer], by)
    if by.pk == performer.pk:
        _record_talks(case, opportunity, performer, on, at)
        return
    interest = Interest.objects.get(opportunity=opportunity, member=performer)
    Interest.objects.filter(pk=interest.pk).update(talked_on=on)
    moved(opportunity, at)
    talks_told.send(Interest, opportunity=opportunity, interest=interest, by=by, at=at)


@transaction.atomic
def confirm_talks(*, opportunity: Opportunity, is_so: bool, by: Member, at: datetime) -> None:
    """Say of oneself whether the talks that another told of were held, also after the opportunity was closed.

    NotInterestedError when nobody told of any.
    """
    case = lock(opportunity.case_id)
    told = Interest.objects.filter(opportunity=opportunity, member=by, talked_on__isnull=False).first()
    if told is None or told.talked_on is None:
        raise NotInterestedError
    if is_so:
        _record_talks(case, opportunity, by, told.talked_on, at)
    else:
        Interest.objects.filter(pk=told.pk).update(talked_on=None)


def _record_talks(case: Case, opportunity: Opportunity, performer: Member, on: date, at: datetime) -> None:
    placement = _placement(case, opportunity, performer)
    record(
        case=case, facts=[NewFact("talks_held", on, {"performer": performer.pk}, placement.key)], at=at, by=performer
    )
    Interest.objects.filter(opportunity=opportunity, member=performer).update(talked_on=None)
    moved(opportunity, at)


@transaction.atomic
def win(
    *, opportunity: Opportunity, performers: Collection[Member], title: str, on: date, by: Member, at: datetime
) -> list[Placement]:
    """Record that members landed an assignment, also another than the one that was offered; return their placements.

    One that was closed is opened again by this: what fell due with its closing stays. Who landed it before is passed over.
    """
    case = _case_of(opportunity, performers, by, closed_too=True)
    placements = [_placement(case, opportunity, one, title) for one in performers]
    known = set(live_facts([case.pk]).filter(kind="won").values_list("placement", flat=True))
    new = [one for one in placements if one.key not in known]
    facts = [NewFact("won", on, {"performer": str(one.performer_id)}, one.key) for one in new]
    if case.stage == Stage.CLOSED and facts:
        # later than the closing, whenever it was landed
        facts.append(NewFact("reopened", max(timezone.localdate(at), case.stage_since)))
    if facts:
        record(case=case, facts=facts, at=at, by=by)
        interests = Interest.objects.filter(opportunity=opportunity)
        interests.filter(member__in=performers).update(state=Interest.State.INTRODUCED)
        interests.filter(state=Interest.State.INTERESTED).update(state=Interest.State.NOT_CHOSEN, since=at)
        moved(opportunity, at)
        assignment_won.send(Opportunity, opportunity=opportunity, placements=new, at=at)
    return placements


@transaction.atomic
def take_back(*, placement: Placement, by: Member, at: datetime) -> None:
    """Say that a member did not land it after all; TurnoverExistsError when there was turnover already.

    If nobody else landed it, it is as it was before anybody did: closed, or open for those who were interested. Of a team, what
    they declared for all stays.
    """
    case = lock(placement.case_id)
    own = live_facts([case.pk]).filter(placement=placement.key)
    if own.filter(kind="revenue").exists():
        raise TurnoverExistsError
    wins = list(live_facts([case.pk]).filter(kind="won"))
    won = next((one for one in wins if one.placement == placement.key), None)
    if won is None:
        return
    again: list[Fact] = []
    declared: list[Fact] = []
    # also of those that were taken back before: who was turned away, or what was opened again, because of them
    landings = Fact.objects.filter(case=case, kind="won").values_list("recorded_at", flat=True)
    if len(wins) == 1:
        again = list(live_facts([case.pk]).filter(kind="reopened", recorded_at__in=landings))
        declared = list(live_facts([case.pk]).filter(kind="contribution_declared"))
    retract(case=case, facts=[*own.filter(kind__in=("won", "left")), *declared, *again], at=at, by=by)
    opportunity = Opportunity.objects.select_related("case__introducer__user").get(case=case)
    landing_taken_back.send(Opportunity, opportunity=opportunity, placement=placement, by=by, at=at)
    if len(wins) == 1 and not again:
        wait_again(opportunity, landings, at)


@transaction.atomic
def declare(*, placement: Placement, level: str, on: date, by: Member, at: datetime) -> None:
    """Declare how much the contribution of who shared it was worth; said again, it takes the place of what was said.

    Of a team, who declared it first does so for all, as long as they are of it; `by` is who landed it, or says it for who left.
    NotWonError for who did not land it, NotALevelError, DeclaredError.
    """
    case = lock(placement.case_id)
    _check_won(placement)
    if level not in levels_of(shares_of([case.pk])[case.pk]):
        raise NotALevelError
    known = list(live_facts([case.pk]).filter(kind__in=("won", "contribution_declared")))
    earlier, alone = declared_in(known), declares(known)
    if alone and alone != placement.performer:
        raise DeclaredError
    if earlier and earlier.values["level"] == level and (alone or earlier.recorded_by == by):
        return
    day = earlier.on if earlier else on  # corrected, it counts from the day on which it was declared first
    new = NewFact("contribution_declared", day, {"level": level})
    change([Change(case, [earlier] if earlier else [], [new])], at=at, by=by)


def set_turnover(*, placement: Placement, month: date, amount: Decimal, by: Member, at: datetime) -> None:
    """Say what a placement's turnover of a month was, without VAT; said again, the difference is recorded."""
    set_many_turnovers(months=[Month(placement, month.replace(day=1), amount)], by=by, at=at)


@transaction.atomic
def add_turnover(*, placement: Placement, on: date, amount: Decimal, by: Member, at: datetime) -> None:
    """Add what was invoiced on a day to the turnover of its month. NotWonError."""
    lock(placement.case_id)  # of two who add at once, the second adds to what the first made of it
    month = on.replace(day=1)
    before = turnover_of([placement.pk]).get((placement.pk, month), ZERO)
    set_turnover(placement=placement, month=month, amount=before + amount, by=by, at=at)


@transaction.atomic
def set_many_turnovers(*, months: Iterable[Month], by: Member, at: datetime) -> None:
    """The same for many placements and months, in a fixed number of queries.

    A month that is said for the first time counts on its last day; a correction on the day on which it is made, so that
    what was billed stays as it is. NotWonError records nothing.
    """
    months = list(months)
    cases = {one.placement.case_id: one.placement.case for one in months}
    lock_all(cases)
    known = turnover_of({one.placement.pk for one in months})
    won = won_on(cases)
    today = timezone.localdate(at)
    new: list[tuple[Month, NewFact]] = []
    for one in months:
        since = won.get((one.placement.case_id, one.placement.key))
        if since is None or one.month < since.replace(day=1) or one.month > today:
            raise NotWonError
        before = known.get((one.placement.pk, one.month))
        difference = one.amount - (before or ZERO)
        if difference or before is None:  # that there was nothing is said too
            on = min(last_day_of(one.month), today) if before is None else today
            new.append((one, NewFact("revenue", max(on, since), {"amount": difference}, one.placement.key)))
            known[one.placement.pk, one.month] = one.amount
    _record_turnover(new, cases, by, at)


@transaction.atomic
def end(*, placement: Placement, on: date, by: Member, at: datetime) -> None:
    """Record that an assignment ended: no months are missing after it. NotWonError."""
    lock(placement.case_id)
    _check_won(placement)
    if not live_facts([placement.case_id]).filter(kind="left", placement=placement.key).exists():
        record(case=placement.case, facts=[NewFact("left", on, {}, placement.key)], at=at, by=by)


@transaction.atomic
def resume(*, placement: Placement, by: Member, at: datetime) -> None:
    """Say that an assignment that ended goes on."""
    lock(placement.case_id)
    over = live_facts([placement.case_id]).filter(kind="left", placement=placement.key)
    retract(case=placement.case, facts=list(over), at=at, by=by)


def _case_of(opportunity: Opportunity, performers: Collection[Member], by: Member, *, closed_too: bool = False) -> Case:
    case = lock(opportunity.case_id)
    if case.stage in OVER and not (closed_too and case.stage == Stage.CLOSED):
        raise OverError
    if not performers or (case.introducer_id in {one.pk for one in performers} and not case.for_organisation):
        raise OwnOpportunityError
    wanting = sayable(opportunity, by).values_list("member", flat=True)
    if {one.pk for one in performers} - set(wanting):
        raise NotInterestedError
    return case


def _placement(case: Case, opportunity: Opportunity, performer: Member, title: str = "") -> Placement:
    known = Placement.objects.filter(case=case, performer=performer).first()
    if known is None:
        return Placement.objects.create(
            case=case,
            key=str(case.placements.count() + 1),
            client_id=case.client_id,
            performer=performer,
            title=title or opportunity.title,
        )
    if title and known.title != title:
        known.title = title
        known.save(update_fields=["title"])
    return known


def _check_won(placement: Placement) -> None:
    if (placement.case_id, placement.key) not in won_on([placement.case_id]):
        raise NotWonError


def _record_turnover(new: list[tuple[Month, NewFact]], cases: dict[int, Case], by: Member, at: datetime) -> None:
    of_case: dict[int, list[tuple[Month, NewFact]]] = {}
    for one in new:
        of_case.setdefault(one[0].placement.case_id, []).append(one)
    ordered = [one for found in of_case.values() for one in found]
    stored: list[Fact] = change(
        [Change(cases[pk], facts=[fact for _, fact in found]) for pk, found in of_case.items()], at=at, by=by
    )
    Turnover.objects.bulk_create(
        Turnover(placement=month.placement, month=month.month, amount=Decimal(fact.values["amount"]), fact=fact)
        for (month, _), fact in zip(ordered, stored, strict=True)
    )
