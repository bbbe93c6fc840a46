"""The one service that writes the journal."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from members.models import Member
from payouts.ledger import Account as AccountKind
from payouts.ledger import Booking, Leg, reversal
from payouts.models import Account, Document, Entry, Payable, Posting


@transaction.atomic
def post(
    *, source: Payable | Document, what: Booking, legs: list[Leg], on: date, by: Member | None, at: datetime
) -> Entry:
    """Record an entry about a payable or a document, with its postings, and move the balances of its accounts."""
    named = {"document": source} if isinstance(source, Document) else {"payable": source}
    entry = Entry.objects.create(what=what, on=on, recorded_by=by, recorded_at=at, **named)
    _post(entry, source, legs)
    return entry


@transaction.atomic
def reverse(*, entry: Entry, on: date, by: Member, at: datetime) -> Entry:
    """Take an entry back by its opposite."""
    source = entry.document or entry.payable
    assert source is not None
    postings = entry.postings.select_related("account").order_by("pk")
    legs = [Leg(AccountKind(posting.account.kind), posting.amount) for posting in postings]
    opposite = Entry.objects.create(
        payable=entry.payable,
        document=entry.document,
        what=Booking.REVERSAL,
        reverses=entry,
        on=on,
        recorded_by=by,
        recorded_at=at,
    )
    _post(opposite, source, reversal(legs))
    return opposite


def _post(entry: Entry, source: Payable | Document, legs: list[Leg]) -> None:
    accounts = [_account(leg.account, source) for leg in legs]
    Posting.objects.bulk_create(
        Posting(entry=entry, account=account, amount=leg.amount) for leg, account in zip(legs, accounts, strict=True)
    )
    for leg, account in sorted(zip(legs, accounts, strict=True), key=lambda pair: pair[1].pk):  # one order: no deadlock
        Account.objects.filter(pk=account.pk).update(balance=F("balance") + leg.amount)


def _account(kind: AccountKind, source: Payable | Document) -> Account:
    member = source.payee if kind is AccountKind.PAYABLE else None
    return Account.objects.get_or_create(kind=kind, member=member, currency=source.currency)[0]
