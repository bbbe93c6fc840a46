"""Bank statements: imported once, matched by themselves as far as that goes, the rest by finance."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from kernel.money import ZERO
from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts.models import Movement, Payment, Statement
from payouts.selectors import own_money
from payouts.selectors.remittances import remitted_on
from payouts.selectors.settings import payout_settings
from payouts.selectors.statements import (
    can_be_taken_back,
    every_sale,
    live_receipts,
    open_sales,
    received_of,
)
from payouts.sepa import camt
from payouts.sepa.sharing import DoesNotFitError, given_back, shared_out
from payouts.services import matching, offsetting, paying, settling
from referrals.services.locking import lock_all

State = Movement.State


class Imported(NamedTuple):
    """How many movements were new, how many of them were matched by themselves, and how many were told of before."""

    new: int
    matched: int
    known: int


class NotOurAccountError(Exception):
    """A statement of an account that the organisation did not name; carries its masked number."""


class DoesNotAddUpError(Exception):
    """Balances and movements of a statement do not agree: some of it is missing; carries its identifier."""


class NotYetError(Exception):
    """A statement tells of a day that is still to come; the message names it."""


class ImportedAlreadyError(Exception):
    """Exactly this file was imported before."""


class CannotBeMatchedError(Exception):
    """A movement does not fit what it is to be matched with, or somebody else decided on it meanwhile."""


class OpenAlreadyError(Exception):
    """A movement is to be matched already: somebody took back what it was matched with."""


class CannotBeTakenBackError(Exception):
    """What a movement was matched with stands: more followed from it than can be booked back."""


class OwnMoneyError(Exception):
    """Nobody says of their own money that it came back, or came in."""


@transaction.atomic
def import_file(*, organisation: Organisation, content: bytes, by: Member, at: datetime) -> Imported:
    """Import all statements of a file, or none. What was told of before, in whichever file, is passed over.

    RefusedXmlError, NotCamtError for a file that is none; NotOurAccountError, DoesNotAddUpError, NotYetError, ImportedAlreadyError.
    """
    read = camt.read(content)
    ours = payout_settings().iban
    for one in read:
        if one.iban != ours:
            raise NotOurAccountError(one.iban)
        if not one.adds_up:
            raise DoesNotAddUpError(one.identifier)
        if any(movement.on > timezone.localdate(at) for movement in one.movements):
            raise NotYetError(one.identifier)
    lock_organisation(organisation.pk)  # one import after another
    sha256 = hashlib.sha256(content).hexdigest()
    if Statement.objects.filter(sha256=sha256).exists():
        raise ImportedAlreadyError
    new = [movement for one in read for movement in _keep(one, sha256, by, at)]
    known = len({movement.key for one in read for movement in one.movements}) - len(new)
    return Imported(len(new), matching.match(new, by, at), known)


def _keep(read: camt.Statement, sha256: str, by: Member, at: datetime) -> list[tuple[Movement, camt.Movement]]:
    days = sorted(one.on for one in read.movements)
    statement = Statement.objects.create(
        sha256=sha256,
        identifier=read.identifier[:140],
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
        opened=read.opened,
        closed=read.closed,
        imported_by=by,
        imported_at=at,
    )
    told = {one.key: one for one in read.movements}
    known = set(Movement.objects.filter(key__in=told).values_list("key", flat=True))
    made = Movement.objects.bulk_create(
        Movement(
            statement=statement,
            key=one.key,
            on=one.on,
            amount=one.amount,
            currency=one.currency,
            name=one.name,
            iban=one.iban,
            end_to_end_id=one.end_to_end_id,
            reference=one.reference,
            text=one.text,
            is_return=one.is_return,
            return_reason=one.return_reason,
        )
        for one in told.values()
        if one.key not in known
    )
    return [(one, told[one.key]) for one in made]


@transaction.atomic
def match_payment(*, movement: Movement, payment: Payment, by: Member, at: datetime) -> None:
    """Say that a movement is a payment that went, or one that came back.

    CannotBeMatchedError when it does not fit; OwnMoneyError for a payment to oneself.
    """
    lock_organisation(movement.organisation_id)
    movement = _locked(movement)
    payment = Payment.objects.select_for_update(of=("self",)).select_related("batch").get(pk=payment.pk)
    if payment.member_id == by.pk:
        raise OwnMoneyError
    if not (_went(payment, movement, by, at) or _came_back(payment, movement, by, at)):
        raise CannotBeMatchedError
    matching.settled(movement, payment, by, at)


def _went(payment: Payment, movement: Movement, by: Member, at: datetime) -> bool:
    if movement.amount > 0 or payment.state != Payment.State.PLANNED or not matching.is_of(payment, movement):
        return False
    return bool(settling.settle(payments=[payment.pk], on=movement.on, by=by, at=at))


def _came_back(payment: Payment, movement: Movement, by: Member, at: datetime) -> bool:
    return movement.amount > 0 and matching.is_same(payment, movement) and matching.take_back(payment, movement, by, at)


@transaction.atomic
def match_sales(
    *, movement: Movement, documents: Sequence[int], by: Member, at: datetime, keeps_rest: bool = False
) -> None:
    """Say which invoices a movement pays, or gives back, by their ids: the oldest as a whole, the last as far as it reaches.

    What was paid too much of some of them counts for the others, of the same member. With `keeps_rest` more may have come
    than they want: the rest counts for the member's other invoices, or is to be given back; and more may have gone than was
    paid too much: they are open again. CannotBeMatchedError when it does not fit; OwnMoneyError where one's own money or
    coins follow.
    """
    lock_organisation(movement.organisation_id)  # what is left is reckoned once
    movement = _locked(movement)
    sales = every_sale() if keeps_rest else open_sales()
    chosen = list(sales.filter(pk__in=list(documents), currency=movement.currency))
    lock_all(remitted_on(list(documents), [one.member_id for one in chosen]).values_list("pk", flat=True))
    reached = [*chosen, *open_sales().filter(member__in=[one.member_id for one in chosen])] if keeps_rest else chosen
    if own_money.moved_by(by, [one.pk for one in reached]):
        raise OwnMoneyError
    is_one_members = keeps_rest or movement.amount < 0 or any(document.left < 0 for document in chosen)
    if is_one_members and len({document.member_id for document in chosen}) > 1:
        raise CannotBeMatchedError
    try:
        left = [document.left for document in chosen]
        if movement.amount < 0 and keeps_rest:
            received = received_of(document.pk for document in chosen)
            shares = given_back(movement.amount, left, [received.get(document.pk, ZERO) for document in chosen])
        else:
            shares = shared_out(movement.amount, left, keeps_rest=keeps_rest)
    except DoesNotFitError as error:
        raise CannotBeMatchedError from error
    matching.book(
        [
            matching.receipt(movement, document, share, by, at)
            for document, share in zip(chosen, shares, strict=True)
            if share
        ]
    )
    matching.settled(movement, None, by, at)
    if movement.amount > 0:
        for member in {document.member_id: document.member for document in chosen}.values():
            offsetting.set_off_sales(member=member, at=at)


@transaction.atomic
def match_paid_back(
    *, organisation: Organisation, movement: Movement, member: Member, by: Member, at: datetime
) -> None:
    """Say that a movement is what a member paid back, of documents that leave less than nothing.

    CannotBeMatchedError when it is not exactly that; OwnMoneyError for one's own.
    """
    lock_organisation(organisation.pk)
    movement = _locked(movement)
    if member.pk == by.pk:
        raise OwnMoneyError
    try:
        payment = paying.set_off(
            organisation=organisation,
            member=member,
            amount=movement.amount,
            currency=movement.currency,
            on=movement.on,
            reference=movement.text[:140] or movement.name[:140],
            by=by,
            at=at,
        )
    except paying.NotPayableError as error:
        raise CannotBeMatchedError from error
    matching.settled(movement, payment, by, at)


@transaction.atomic
def ignore(*, movement: Movement, because: str, by: Member, at: datetime) -> None:
    """Say that a movement is about nothing here: bank costs, another business of the organisation."""
    movement = _locked(movement)
    Movement.objects.filter(pk=movement.pk).update(state=State.IGNORED, note=because, settled_by=by, settled_at=at)


@transaction.atomic
def take_back(*, movement: Movement, by: Member, at: datetime) -> None:
    """Say that a movement was matched with the wrong invoices, or put aside wrongly: what it paid is booked back, and it is open again.

    OpenAlreadyError; CannotBeTakenBackError for one that settled a payment, or a registration fee for which coins were given;
    OwnMoneyError where one's own money or coins followed.
    """
    lock_organisation(movement.organisation_id)
    found = Movement.objects.select_for_update(of=("self",)).get(pk=movement.pk)
    if found.state == State.OPEN:
        raise OpenAlreadyError
    if not can_be_taken_back(found):
        raise CannotBeTakenBackError
    receipts = list(live_receipts(found).select_related("document__member", "movement"))
    documents = {one.document_id for one in receipts}
    if own_money.moved_by(by, documents):
        raise OwnMoneyError
    members = {one.member_id: one.document.member for one in receipts}
    lock_all(remitted_on(documents, members).values_list("pk", flat=True))
    matching.book([matching.counter(one, by, timezone.localdate(at), at) for one in receipts])
    Movement.objects.filter(pk=found.pk).update(state=State.OPEN, note="", settled_by=None, settled_at=None)
    for member in members.values():
        offsetting.take_back(member=member, documents=documents, at=at)
        offsetting.set_off_sales(member=member, at=at)


def _locked(movement: Movement) -> Movement:
    found = Movement.objects.select_for_update(of=("self",)).filter(pk=movement.pk, state=State.OPEN).first()
    if not found:
        raise CannotBeMatchedError
    return found
