"""Dividing a year's pot over its coins: proposed by one, open to objections, closed by another."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from kernel.money import ZERO
from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Pot, PotObjection
from payouts.selectors import pot as selectors
from payouts.selectors.settings import payout_settings
from payouts.services import journal
from payouts.services.journal import NewEntry
from payouts.signals import objection_answered, pot_closed, pot_objected, pot_proposed
from programmes.models import Version
from programmes.selectors import filling_the_pot
from referrals import references
from referrals.models import Case
from referrals.pipeline import Stage

State = Pot.State
# One statement for all members of a network: thousands of shares are a second, not a minute.
STORE = """
    INSERT INTO payouts_entitlement (
        case_id, version_id, reward, placement, instalment, party, owed_by, state, amount, unit, member_id, coins, due_on, learned_at, pay_by)
    SELECT %s, %s, 'pot', member::text, 1, 'introducer', 'organisation', 'due', amount, %s, member, coins, %s, %s, %s
    FROM unnest(%s::bigint[], %s::int[], %s::numeric[]) AS share (member, coins, amount)
"""


class CannotBeDividedError(Exception):
    """The message says why in a word: a key of `wording.NOT_DIVIDED`."""


class FourEyesError(Exception):
    """Who proposed to divide a pot does not close it."""


@transaction.atomic
def propose(*, organisation: Organisation, year: int, by: Member, at: datetime) -> Pot:
    """Propose to divide a year's pot. From now on what comes late counts for the next year. CannotBeDividedError."""
    lock_organisation(organisation.pk)  # one after another
    today = timezone.localdate(at)
    if year >= today.year:
        raise CannotBeDividedError("running")
    standing = selectors.pot_of(year)
    if standing:
        raise CannotBeDividedError("closed" if standing.state == State.CLOSED else "proposed")
    closed = set(Pot.objects.filter(state=State.CLOSED).values_list("year", flat=True))
    earlier = [one for one in selectors.years() if one < year and one not in closed]
    if earlier and any(one > max(closed, default=0) for one in earlier):
        raise CannotBeDividedError("earlier")
    if selectors.unconfirmed(year).exists():
        raise CannotBeDividedError("unconfirmed")
    if selectors.is_counting(today):
        raise CannotBeDividedError("assessing")
    made = Pot.objects.create(
        year=year,
        currency=selectors.currency(),
        brought_in=selectors.brought_in(year),
        set_aside=selectors.content(year),
        coins=sum(selectors.coins(year).values()),
        objections_until=today + timedelta(payout_settings().objection_days),
        proposed_by=by,
        proposed_at=at,
    )
    pot_proposed.send(Pot, pot=made, at=at)
    return made


@transaction.atomic
def withdraw(*, pot: Pot) -> None:
    """Take a proposal back: the year is open again, and an objection can be followed. CannotBeDividedError once it is closed.

    What came in while it was proposed stays in the next year.
    """
    if not Pot.objects.filter(pk=pot.pk, state=State.PROPOSED).update(state=State.WITHDRAWN):
        raise CannotBeDividedError("closed")


@transaction.atomic
def object_to(*, pot: Pot, text: str, by: Member, at: datetime) -> PotObjection:
    """Say what is wrong with a division, while it is open to objections; CannotBeDividedError when it is not."""
    standing = Pot.objects.select_for_update(of=("self",)).get(pk=pot.pk)
    if standing.state != State.PROPOSED:
        raise CannotBeDividedError("closed")
    if timezone.localdate(at) > standing.objections_until:
        raise CannotBeDividedError("late")
    made = PotObjection.objects.create(pot=pot, member=by, text=text, said_at=at)
    pot_objected.send(PotObjection, objection=made, at=at)
    return made


@transaction.atomic
def answer(*, objection: PotObjection, text: str, by: Member, at: datetime) -> None:
    """Answer an objection; the first answer stands. FourEyesError for one's own."""
    if objection.member_id == by.pk:
        raise FourEyesError
    standing = PotObjection.objects.filter(pk=objection.pk, answered_at=None)
    if standing.update(answer=text, answered_by=by, answered_at=at):
        objection.refresh_from_db()
        objection_answered.send(PotObjection, objection=objection, at=at)


@transaction.atomic
def close(*, organisation: Organisation, pot: Pot, by: Member, at: datetime) -> Pot:
    """Divide a pot that was proposed by somebody else, once nobody objects any more: everybody's share is an entitlement.

    Without coins it is carried over to the next year; with nothing in it, its coins are. FourEyesError, CannotBeDividedError.
    """
    lock_organisation(organisation.pk)
    standing = Pot.objects.select_for_update(of=("self",)).get(pk=pot.pk)
    today = timezone.localdate(at)
    coins = selectors.coins(standing.year)
    _check(standing, coins, by, today)
    shares = selectors.shares(standing.total, coins, standing.currency)
    version = filling_the_pot() if shares else None
    standing.case = _store(standing, coins, shares, version, at) if version else None
    standing.carried_over = ZERO if standing.case else standing.total
    standing.state, standing.closed_by, standing.closed_at = State.CLOSED, by, at
    standing.save()
    if not standing.carries_coins:
        _book_off(standing, today, by, at)
    pot_closed.send(Pot, pot=standing, at=at)
    return standing


def _book_off(pot: Pot, on: date, by: Member, at: datetime) -> None:
    """Book that nobody has the coins of a pot any more; what was taken back below zero is forgotten with them."""
    legs = ledger.coins_divided(selectors.balances(pot.year))
    if legs:
        journal.post_all([NewEntry(pot, Booking.DIVIDED, legs, on, by, at, unit=selectors.COIN)])


def _check(pot: Pot, coins: Mapping[int, int], by: Member, today: date) -> None:
    if pot.state != State.PROPOSED:
        raise CannotBeDividedError("closed")
    if pot.proposed_by_id == by.pk:
        raise FourEyesError
    if today <= pot.objections_until:
        raise CannotBeDividedError("early")
    if selectors.objections(pot.year).filter(answered_at=None).exists():
        raise CannotBeDividedError("objections")
    if selectors.unconfirmed(pot.year).exists():
        raise CannotBeDividedError("unconfirmed")
    if (selectors.content(pot.year), sum(coins.values())) != (pot.set_aside, pot.coins):
        raise CannotBeDividedError("changed")


def _store(pot: Pot, coins: dict[int, int], shares: dict[int, Decimal], version: Version, at: datetime) -> Case:
    today = timezone.localdate(at)
    case = Case.objects.create(
        reference=references.new(),
        kind="pot",
        introducer=pot.proposed_by,
        submitted_at=at,
        stage=Stage.RECEIVED,
        stage_since=today,
        is_over=True,
    )
    pay_by = version.rule_set.payment.within.after(today)
    members = list(shares)
    with connection.cursor() as cursor:
        cursor.execute(
            STORE,
            [
                case.pk, version.pk, pot.currency, today, at, pay_by,
                members, [coins[one] for one in members], [shares[one] for one in members],
            ],
        )  # fmt: skip
    return case
