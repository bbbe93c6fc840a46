"""Points: credited as assessments say, redeemed, and given back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kernel.money import SAVED, ZERO
from members.models import Member
from payouts import ledger
from payouts.counting import Counted, counted
from payouts.ledger import Account as Kind
from payouts.ledger import Booking
from payouts.models import Account, CatalogueItem, Entitlement, Redemption
from payouts.models.catalogue import POINT
from payouts.selectors import points as selectors
from payouts.selectors import pot
from payouts.selectors.parts import parts
from payouts.services import journal
from payouts.services.journal import NewEntry
from payouts.signals import redemption_asked, redemption_decided

State = Redemption.State


class NotEnoughError(Exception):
    """It costs more points than the member has."""


class AskedAlreadyError(Exception):
    """The member asked for the same thing before, and nobody decided on that yet."""


class PriceChangedError(Exception):
    """It costs something else by now than the member saw."""


class NotOfferedError(Exception):
    """It is not offered any more, or out of stock."""


class DecidedAlreadyError(Exception):
    """Somebody else decided on it meanwhile, or it was withdrawn."""


def credit(*, case_ids: Iterable[int], at: datetime) -> None:
    """Book what differs between what cases bring in points or coins now, and what was credited for them before.

    Coins count for the year in which they fell due; points, when they are learned of.
    Runs in the transaction of their assessment, which holds the cases: so nothing is credited twice.
    """
    found = {one.pk: one for one in Entitlement.objects.filter(case__in=list(case_ids), unit__in=SAVED)}
    owed = [one for one in found.values() if (one.party, one.owed_by) == ("introducer", "organisation")]
    if not owed:
        return
    due, before, years = parts(owed), selectors.credited(owed), pot.counted(found)
    today, first = timezone.localdate(at), pot.first_open_year()
    entries = []
    for pk, member in sorted(due.keys() | before.keys()):
        one = found[pk]
        difference = due.get((pk, member), ZERO) - before.get((pk, member), ZERO)
        if one.unit == pot.COIN:
            booked = counted(difference, one.due_on or today, years.get((pk, member), {}), first, today)
        else:
            booked = [Counted(None, today, difference)] if difference else []
        entries += [
            NewEntry(one, Booking.EARNED, ledger.earned(points), on, None, at, member, year)
            for year, on, points in booked
        ]
    journal.post_all(entries)


def save_item(*, item: CatalogueItem | None, fields: Mapping[str, Any]) -> CatalogueItem:
    """Put something into the catalogue, or change it: what was redeemed before keeps its price."""
    if item is None:
        return CatalogueItem.objects.create(**fields)
    if fields:
        CatalogueItem.objects.filter(pk=item.pk).update(**fields)
    return item


@transaction.atomic
def redeem(*, item: CatalogueItem, by: Member, points: int, wish: str, at: datetime) -> Redemption:
    """Ask for something, for the points that the member saw: they leave the balance, and it the stock, at once."""
    standing = CatalogueItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not standing.is_offered or standing.stock == 0:
        raise NotOfferedError
    if standing.points != points:
        raise PriceChangedError
    if Redemption.objects.filter(item=item, member=by, state=State.ASKED).exists():
        raise AskedAlreadyError
    list(Account.objects.select_for_update().filter(kind=Kind.POINTS, member=by, currency=POINT))
    if selectors.balance_of(by) < standing.points:
        raise NotEnoughError
    CatalogueItem.objects.filter(pk=item.pk, stock__isnull=False).update(stock=F("stock") - 1)
    made = Redemption.objects.create(item=standing, member=by, points=standing.points, wish=wish, asked_at=at)
    _book(made, Booking.REDEEMED, by, at)
    redemption_asked.send(Redemption, redemption=made, at=at)
    return made


@transaction.atomic
def decide(*, redemption: Redemption, is_granted: bool, said: str, by: Member, at: datetime) -> None:
    """Grant it, or refuse it and give the points back; DecidedAlreadyError for who comes second."""
    state = State.GRANTED if is_granted else State.REFUSED
    _end(redemption, by, at, state=state, decided_by=by, decided_at=at, said=said)
    redemption.refresh_from_db()
    redemption_decided.send(Redemption, redemption=redemption, at=at)


@transaction.atomic
def withdraw(*, redemption: Redemption, by: Member, at: datetime) -> None:
    """The member does not want it after all; DecidedAlreadyError when it was granted meanwhile."""
    _end(redemption, by, at, state=State.WITHDRAWN)


def _end(redemption: Redemption, by: Member, at: datetime, **changes: Any) -> None:
    if not Redemption.objects.filter(pk=redemption.pk, state=State.ASKED).update(**changes):
        raise DecidedAlreadyError
    if changes["state"] != State.GRANTED:
        CatalogueItem.objects.filter(pk=redemption.item_id, stock__isnull=False).update(stock=F("stock") + 1)
        _book(redemption, Booking.GIVEN_BACK, by, at)


def _book(redemption: Redemption, what: Booking, by: Member, at: datetime) -> None:
    legs = ledger.redeemed if what is Booking.REDEEMED else ledger.given_back
    today = timezone.localdate(at)
    journal.post(source=redemption, what=what, legs=legs(Decimal(redemption.points)), on=today, by=by, at=at)
