"""What can be paid by bank now, member by member; and what cannot, with the reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from kernel.money import ZERO
from members.models import Member, Organisation
from payouts import readiness
from payouts.models import Document, Payee, Payment, PaymentPart
from payouts.readiness import Caution, LeftOut
from payouts.selectors import payees
from payouts.selectors.waiting import LIVE, credit_orders
from payouts.states import PayableState


@dataclass(frozen=True)
class Ready:
    """What a member is paid: documents, and credit notes that lessen them; why not, or what to look at twice.

    A document with a structured reference is paid by itself, so that the member finds it by that.
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
    found: dict[tuple[int, str], list[Document]] = defaultdict(list)
    contested: list[Document] = []
    for document in _documents(currency).select_related("member"):
        if any(answer.is_open_contest for answer in document.answers.all()):
            contested.append(document)
        else:
            found[document.member_id, "" if document.total < 0 else document.reference].append(document)
    members = {member for member, _reference in found} | {document.member_id for document in contested}
    known = {one.member_id: one for one in Payee.objects.filter(member__in=members)}
    last_paid = payees.last_paid(members)
    again = came_back(document.pk for documents in found.values() for document in documents)
    rows = [Ready(one.member, known.get(one.member_id), (one,), LeftOut.CONTESTED, ()) for one in contested]
    for (member_id, _reference), documents in found.items():
        row = Ready(documents[0].member, known.get(member_id), tuple(documents), None, ())
        cautions = tuple(_cautions(row, organisation, last_paid.get(member_id), again, now))
        rows.append(Ready(row.member, row.payee, row.documents, _left_out(row, now), cautions))
    return sorted(rows, key=lambda row: (row.pay_by, row.member.pk))


def _documents(currency: str) -> QuerySet[Document]:
    """Documents with something on them that is approved and unpaid, and that stand in no payment."""
    unpaid = LIVE.filter(document=OuterRef("pk"), payable__state=PayableState.APPROVED)
    found = Document.objects.filter(Exists(unpaid), currency=currency).exclude(total=0)
    found = found.exclude(Exists(PaymentPart.objects.filter(document=OuterRef("pk"), stands=True)))
    found = found.exclude(pk__in=credit_orders().values("document"))
    return found.prefetch_related("answers").order_by("pk")


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
