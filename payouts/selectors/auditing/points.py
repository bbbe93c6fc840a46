"""Points: what was credited is what cases bring, what was redeemed is what was granted or waits; coins are divided once."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from django.db.models import Sum

from kernel.money import SAVED, ZERO
from payouts.ledger import Account as Kind
from payouts.ledger import Booking
from payouts.models import Account, Entitlement, Entry, Posting, Pot, Redemption
from payouts.selectors.parts import parts
from payouts.selectors.points import credited
from payouts.selectors.pot import COIN, balances, pots, undivided

AT_ONCE = 1000
BOOKED = {
    Redemption.State.ASKED: {Booking.REDEEMED},
    Redemption.State.GRANTED: {Booking.REDEEMED},
    Redemption.State.REFUSED: {Booking.REDEEMED, Booking.GIVEN_BACK},
    Redemption.State.WITHDRAWN: {Booking.REDEEMED, Booking.GIVEN_BACK},
}


def points() -> Iterator[str]:
    """Yield what does not agree about points and coins."""
    saved = Entitlement.objects.filter(unit__in=SAVED, party="introducer", owed_by="organisation")
    found = iter(saved.order_by("pk").iterator(chunk_size=AT_ONCE))
    while chunk := list(islice(found, AT_ONCE)):
        due, booked = parts(chunk), credited(chunk)
        for key in sorted(due.keys() | booked.keys()):
            if due.get(key, ZERO) != booked.get(key, ZERO):
                said = f"entitlement {key[0]}, member {key[1]}"
                yield f"{said}: brings {due.get(key, ZERO)} points, credited were {booked.get(key, ZERO)}"
    entries: dict[int, set[str]] = defaultdict(set)
    for redemption, what in Entry.objects.filter(redemption__isnull=False).values_list("redemption", "what"):
        entries[redemption].add(what)
    for one in Redemption.objects.all():
        if entries[one.pk] != BOOKED[Redemption.State(one.state)]:
            yield f"redemption {one.pk} is {one.state}, booked is {sorted(entries[one.pk])}"
    yield from _coins()


def _coins() -> Iterator[str]:
    """Yield what does not agree about the coins that pots were divided over, and those that they are still to be divided over."""
    for closed in pots().filter(state=Pot.State.CLOSED):
        if not closed.carries_coins:
            yield from _division(closed)
    for booked in Pot.objects.filter(entries__isnull=False):
        if booked.state != Pot.State.CLOSED or booked.carries_coins:
            yield f"pot of {booked.year}: its coins are booked off, but it was not divided"
    waiting: dict[int | None, Decimal] = defaultdict(Decimal)
    for (member, _year), coins in undivided().items():
        waiting[member] += coins
    for account in Account.objects.filter(kind=Kind.POINTS, currency=COIN):
        if -account.balance != waiting[account.member_id]:
            said = f"member {account.member_id} has {-account.balance} coins"
            yield f"{said}, still to be divided over are {waiting[account.member_id]}"


def _division(divided: Pot) -> Iterator[str]:
    """Yield what does not agree about the coins over which a pot was divided."""
    postings = Posting.objects.filter(entry__pot=divided, account__kind=Kind.POINTS)
    booked = dict(postings.values_list("account__member").annotate(coins=Sum("amount")))
    earned = {member: coins for member, coins in balances(divided.year).items() if coins}
    if booked != earned:
        yield f"pot of {divided.year}: coins of {len(earned)} members, booked are those of {len(booked)}, or others"
    shares = dict(Entitlement.objects.filter(case=divided.case_id).values_list("member", "coins"))
    if divided.coins != sum(coins or 0 for coins in shares.values()) or shares != {
        pk: coins for pk, coins in earned.items() if coins > 0
    }:
        yield f"pot of {divided.year}: its shares are not of the coins that were earned"
