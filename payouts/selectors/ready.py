"""What can be paid by bank now, member by member; and what cannot, with the reason."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from kernel.money import ZERO
from members.models import Member, Organisation
from payouts import readiness
from payouts.models import Document, Payee, Payment, PaymentPart
from payouts.readiness import Caution, LeftOut
from payouts.selectors import payees
from payouts.selectors.unsettled import knots, unsettled
from payouts.selectors.waiting import CONTESTS, credit_orders


@dataclass(frozen=True)
class Ready:
    """What a member is paid: documents, and credit notes that lessen them; why not, or what to look at twice.

    A document with a structured reference is paid by itself, so that the member finds it by that; unless something
    lessens it.
    """

    member: Member
    payee: Payee | None
    documents: tuple[Document, ...]
    left_out: LeftOut | None
    cautions: tuple[Caution, ...]

    @property
    def amount(self) -> Decimal:
        return sum((document.total for document in self.documents), ZERO)

    @property
    def pay_by(self) -> date:
        return min(document.pay_by for document in self.documents)


def ready(organisation: Organisation, currency: str, now: datetime) -> list[Ready]:
    """Return everything that stands on documents and was not paid, the oldest promise first: a fixed number of queries."""
    documents = list(_documents(currency))
    members = Member.objects.in_bulk({one.member_id for one in documents})
    known = {one.member_id: one for one in Payee.objects.filter(member__in=members)}
    last_paid = payees.last_paid(members)
    again, apart = came_back(one.pk for one in documents), _apart(documents)
    rows = []
    for together in _together(documents, apart):
        member = members[together[0].member_id]
        row = Ready(member, known.get(member.pk), together, apart.get(together[0].pk), ())
        if not row.left_out:
            cautions = tuple(_cautions(row, organisation, last_paid.get(member.pk), again, now))
            row = replace(row, left_out=_left_out(row, now), cautions=cautions)
        rows.append(row)
    return sorted(rows, key=lambda row: (row.pay_by, row.member.pk))


def left_over(organisation: Organisation, currency: str, now: datetime) -> list[Ready]:
    """Return whose documents leave nothing to pay, or something that the member is to pay back."""
    return [row for row in ready(organisation, currency, now) if row.left_out is LeftOut.NOTHING_LEFT]


def _documents(currency: str) -> QuerySet[Document]:
    """Documents that no payment settled, and none is to settle; without their parties."""
    found = unsettled().filter(currency=currency).exclude(total=0)
    found = found.exclude(Exists(PaymentPart.objects.filter(document=OuterRef("pk"), stands=True)))
    found = found.exclude(pk__in=credit_orders().values("document"))
    return found.defer("supplier", "customer").order_by("pk")


def _apart(documents: Sequence[Document]) -> dict[int, LeftOut]:
    """Return why some documents, by their ids, wait by themselves: and with each, all that is settled together with it."""
    contested = CONTESTS.filter(document__in=documents).values_list("document", flat=True)
    waits = dict.fromkeys(contested, LeftOut.CONTESTED)
    left = knots([one.pk for one in documents])
    while held := [knot for knot in left if knot.is_missing or not waits.keys().isdisjoint(knot.documents)]:
        waits = dict.fromkeys((pk for knot in held for pk in knot.documents), LeftOut.NOT_REPLACED) | waits
        left = [knot for knot in left if knot not in held]
    return waits


def _together(documents: Sequence[Document], apart: Container[int]) -> list[tuple[Document, ...]]:
    """Return the documents that are paid together: those of a member of which one takes something back, or of one reference."""
    lessened = {one.member_id for one in documents if one.total < 0 and one.pk not in apart}
    found: dict[tuple[int, str, int], list[Document]] = defaultdict(list)
    for one in documents:
        reference = "" if one.member_id in lessened else one.reference
        found[one.member_id, reference, one.pk if one.pk in apart else 0].append(one)
    return [tuple(together) for together in found.values()]


def came_back(documents: Iterable[int]) -> set[int]:
    """Return which documents, by their ids, were paid before, and the payment came back."""
    returned = PaymentPart.objects.filter(document__in=list(documents), payment__state=Payment.State.RETURNED)
    return set(returned.values_list("document", flat=True))


def _left_out(row: Ready, now: datetime) -> LeftOut | None:
    if row.amount <= 0:
        return LeftOut.NOTHING_LEFT
    if row.payee is None or not row.payee.iban:
        return LeftOut.NO_ACCOUNT
    if row.payee.iban_rests_until and row.payee.iban_rests_until > now:
        return LeftOut.RESTING
    return None


def _cautions(
    row: Ready, organisation: Organisation, last_paid: date | None, again: set[int], now: datetime
) -> Iterable[Caution]:
    if row.payee:
        yield from payees.of_account(row.payee, last_paid, now)
    if any(document.pk in again for document in row.documents):
        yield Caution.RETURNED_BEFORE
    limit = organisation.payout_limit
    yield from readiness.amount_cautions(amount=row.amount, limit=limit, own_case=False)
