"""Opportunities: shared, changed, closed; who is interested, and who is introduced."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member
from members.roles import Role
from members.selectors.people import in_role
from programmes import selectors as programmes
from referrals.models import Case, Interest, Opportunity
from referrals.pipeline import LANDED_OR_OVER, Stage
from referrals.selectors.opportunities import led_by, shares
from referrals.selectors.timelines import live_facts
from referrals.services.beginning import begin
from referrals.services.facts import NewFact, record
from referrals.services.locking import lock, lock_all
from referrals.services.openings import client_named
from referrals.signals import (
    member_asked,
    member_interested,
    members_introduced,
    opportunities_handed_over,
    opportunity_narrowed,
    opportunity_shared,
    opportunity_silent,
    opportunity_waits_again,
)

State = Interest.State
SILENCE = "silence"
SILENT_AFTER, CLOSED_AFTER = timedelta(45), timedelta(14)
"""After how long without a sign of life who shares it is reminded; and after how long from then on it is closed."""
WAITING = (State.ASKED, State.INTERESTED)


class OverError(Exception):
    """The opportunity was closed, or somebody works there already."""


class OwnOpportunityError(Exception):
    """Nobody is interested in what they share themselves."""


class OneselfError(Exception):
    """Nobody introduces themselves."""


class NotInterestedError(Exception):
    """Somebody who is to be introduced did not say that they want it."""


@transaction.atomic
def share(
    *,
    fields: Mapping[str, Any],
    client_name: str,
    asked: Iterable[Member],
    by: Member,
    at: datetime,
    for_organisation: bool = False,
) -> Opportunity:
    """Share an opportunity, with the fields of its model, and ask some members at once; NoProgrammeError without rules."""
    today = timezone.localdate(at)
    case = begin(
        kind="opportunity",
        versions=programmes.in_force("opportunity", today),
        by=by,
        at=at,
        client=client_named(client_name) if client_name else None,
        for_organisation=for_organisation,
    )
    made = Opportunity.objects.create(case=case, moved_at=at, **fields)
    record(case=case, facts=[NewFact("submitted", today)], at=at, by=by)
    opportunity_shared.send(Opportunity, opportunity=made, at=at)
    ask(opportunity=made, members=asked, at=at)
    return made


@transaction.atomic
def change(*, opportunity: Opportunity, fields: Mapping[str, Any], client_name: str, at: datetime) -> None:
    """Change what is said of an opportunity, with the fields of its model; who sees it from now on is told of it."""
    lock(opportunity.case_id)
    before = Opportunity.objects.values_list("visibility", flat=True).get(pk=opportunity.pk)
    client = client_named(client_name) if client_name else None
    Case.objects.filter(pk=opportunity.case_id).update(client=client)
    Opportunity.objects.filter(pk=opportunity.pk).update(**fields)
    moved(opportunity, at)
    changed = Opportunity.objects.select_related("case__introducer").get(pk=opportunity.pk)
    was_narrow, is_narrow = (one == Opportunity.Visibility.CHOSEN for one in (before, changed.visibility))
    if was_narrow and not is_narrow:
        Opportunity.objects.filter(pk=changed.pk).update(widened_at=at)
        opportunity_shared.send(Opportunity, opportunity=changed, at=at)
    if is_narrow and not was_narrow:
        opportunity_narrowed.send(Opportunity, opportunity=changed, at=at)


@transaction.atomic
def ask(*, opportunity: Opportunity, members: Iterable[Member], at: datetime) -> None:
    """Ask members whether it is something for them; they see it from now on. Who was asked, or answered, is passed over."""
    _open(opportunity)
    known = set(Interest.objects.filter(opportunity=opportunity).values_list("member", flat=True))
    wanted = {one.pk: one for one in members if one.pk not in known and not shares(one, opportunity)}
    Interest.objects.bulk_create(
        Interest(opportunity=opportunity, member=member, state=State.ASKED, since=at) for member in wanted.values()
    )
    for member in wanted.values():
        member_asked.send(Interest, opportunity=opportunity, member=member, at=at)


@transaction.atomic
def say_interested(*, opportunity: Opportunity, why: str, by: Member, at: datetime) -> Interest:
    """Say that one is interested, with a line of why; said again, the line is changed. OverError, OwnOpportunityError."""
    _open(opportunity)
    if shares(by, opportunity):
        raise OwnOpportunityError
    known = Interest.objects.filter(opportunity=opportunity, member=by).first()
    if known and known.state in (State.INTRODUCED, State.INTERESTED):
        Interest.objects.filter(pk=known.pk).update(why=why)
        return known
    fields = {"state": State.INTERESTED, "why": why, "since": at}
    interest, _ = Interest.objects.update_or_create(opportunity=opportunity, member=by, defaults=fields)
    moved(opportunity, at)
    member_interested.send(Interest, opportunity=opportunity, interest=interest, at=at)
    return interest


@transaction.atomic
def withdraw(*, opportunity: Opportunity, by: Member, at: datetime) -> None:
    """Say that one is not interested after all, or that what one was asked for does not suit. OverError."""
    _open(opportunity)
    standing = Interest.objects.filter(opportunity=opportunity, member=by).exclude(state=State.NOT_CHOSEN)
    standing.update(state=State.WITHDRAWN, since=at, team="")


@transaction.atomic
def introduce(
    *, opportunity: Opportunity, interests: Collection[int], team: str, on: date, by: Member, at: datetime
) -> None:
    """Introduce members who said that they want it, by the ids of their interests; with a name, as a team.

    OverError, or NotInterestedError when one of them did not say so, or withdrew meanwhile.
    """
    case = _open(opportunity)
    found = Interest.objects.select_for_update(of=("self",)).filter(pk__in=interests, opportunity=opportunity)
    there = found.filter(state__in=(State.INTERESTED, State.INTRODUCED), member__left_on=None)
    chosen = list(there.select_related("member__user"))
    if not chosen or len(chosen) < len(set(interests)):
        raise NotInterestedError
    if by.pk in {one.member_id for one in chosen}:
        raise OneselfError
    new = [one for one in chosen if one.state != State.INTRODUCED or one.team != team]
    Interest.objects.filter(pk__in=[one.pk for one in chosen]).update(state=State.INTRODUCED, team=team, since=at)
    if case.stage == Stage.RECEIVED:
        record(case=case, facts=[NewFact("presented", on)], at=at, by=by)
    moved(opportunity, at)
    members_introduced.send(Interest, opportunity=opportunity, interests=new, at=at)


@transaction.atomic
def close(*, opportunity: Opportunity, reason: str, text: str, on: date, by: Member | None, at: datetime) -> None:
    """Close an opportunity that nobody landed: lost, gone, or silent; `text` is what all who were interested may read.

    If there were talks, and the rules say so, it brings coins. OverError when it is over, or somebody works there.
    """
    case = _open(opportunity)
    wanting = Interest.objects.filter(opportunity=opportunity, state=State.INTERESTED)
    wanting.update(state=State.NOT_CHOSEN, since=at)
    record(case=case, facts=[NewFact("closed", on, {"reason": reason}, text=text)], at=at, by=by)


@transaction.atomic
def reopen(*, opportunity: Opportunity, on: date, by: Member, at: datetime) -> None:
    """Take up an opportunity that was closed, for those too who were interested; OverError when it is open.

    What fell due with the closing stays.
    """
    case = lock(opportunity.case_id)
    if case.stage != Stage.CLOSED:
        raise OverError
    closed = live_facts([case.pk]).filter(kind="closed").latest("recorded_at", "pk")
    record(case=case, facts=[NewFact("reopened", on)], at=at, by=by)
    wait_again(opportunity, [closed.recorded_at], at)


def look_for_silence(*, organisation_id: int, at: datetime) -> None:
    """Remind those who share an opportunity with which nothing happened for a while; close what stayed silent after that."""
    with tenant(organisation_id):
        related = Opportunity.objects.select_related("case__introducer__user", "case__recruiter__user")
        waiting = related.exclude(case__stage__in=LANDED_OR_OVER)
        for one in waiting.filter(reminded_at=None, moved_at__lt=at - SILENT_AFTER):
            Opportunity.objects.filter(pk=one.pk).update(reminded_at=at)
            opportunity_silent.send(Opportunity, opportunity=one, days=CLOSED_AFTER.days, at=at)
        for one in waiting.filter(reminded_at__lt=at - CLOSED_AFTER):
            with suppress(OverError):
                close(opportunity=one, reason="silence", text="", on=timezone.localdate(at), by=None, at=at)


@transaction.atomic
def hand_over(*, leaver: Member, by: Member | None, at: datetime) -> None:
    """Give the open opportunities that a member who left shared, or led, to an administrator by name: `by`, or the first."""
    lock_all(led_by(leaver).values_list("case", flat=True))
    found = list(led_by(leaver))
    heirs = list(in_role(Role.ADMINISTRATOR).exclude(pk=leaver.pk).order_by("joined_on", "pk"))
    if found and heirs:
        heir = next((one for one in heirs if by and one.pk == by.pk), heirs[0])
        Case.objects.filter(pk__in=[one.case_id for one in found]).update(recruiter=heir)
        for one in found:
            moved(one, at)  # a sign of life: the heir has as long as anybody to take it up
        opportunities_handed_over.send(Opportunity, opportunities=found, leaver=leaver, heir=heir, at=at)


def let_go(*, leaver: Member, at: datetime) -> None:
    """Have who left want nothing any more to which they were not introduced."""
    Interest.objects.filter(member=leaver, state__in=WAITING).update(state=State.WITHDRAWN, since=at)


def wait_again(opportunity: Opportunity, since: Iterable[datetime], at: datetime) -> None:
    """Have those interested again who were turned away at some moments, because somebody landed it, or it was closed."""
    turned_away = Interest.objects.filter(opportunity=opportunity, state=State.NOT_CHOSEN, since__in=since)
    again = list(turned_away.filter(member__left_on=None).select_related("member__user"))
    Interest.objects.filter(pk__in=[one.pk for one in again]).update(state=State.INTERESTED, since=at)
    moved(opportunity, at)
    opportunity_waits_again.send(Opportunity, opportunity=opportunity, interests=again, at=at)


def moved(opportunity: Opportunity, at: datetime) -> None:
    """Note a sign of life."""
    Opportunity.objects.filter(pk=opportunity.pk).update(moved_at=at, reminded_at=None)


def _open(opportunity: Opportunity) -> Case:
    """Return the case of an opportunity that waits for somebody, locked; OverError for another."""
    case = lock(opportunity.case_id)
    if case.stage in LANDED_OR_OVER:
        raise OverError
    opportunity.case = case
    return case
