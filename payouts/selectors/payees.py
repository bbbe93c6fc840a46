"""What is known of those who are paid, what is missing, and what finance should look at twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Max, Q
from django.utils import timezone

from members.models import Member, Organisation
from payouts import readiness
from payouts.models import Document, Payable, Payee
from payouts.readiness import Caution, Missing, PayeeKind
from payouts.selectors import agreements
from payouts.selectors.waiting import LIVE
from payouts.states import PayableState
from payouts.vat import NoTreatmentError, Regime, Treatment, treatment
from referrals.models import Fact


class Outgoing(NamedTuple):
    """An amount that is to go to a member, for a case."""

    member: int
    case: int
    amount: Decimal


@dataclass(frozen=True)
class Look:
    """What finance is told about an amount before it goes on."""

    missing: list[Missing]
    warnings: list[Caution]


def merged(looks: Iterable[Look]) -> Look:
    """Return several looks as one: each thing said once."""
    found = list(looks)
    missing = dict.fromkeys(code for look in found for code in look.missing)
    return Look(list(missing), list(dict.fromkeys(code for look in found for code in look.warnings)))


def payee_of(member_id: int) -> Payee | None:
    """Return a member's details for being paid."""
    return Payee.objects.prefetch_related("vat_positions").filter(member_id=member_id).first()


def last_supply_of(member: Member) -> date | None:
    """Return the newest day of supply of what was invoiced for a member and stands: VAT on it is settled up to there."""
    standing = LIVE.filter(document__member=member, payable__isnull=False).values("document")
    found: date | None = Document.objects.filter(pk__in=standing).aggregate(last=Max("supplied_on"))["last"]
    return found


def treatment_of(payee: Payee, organisation: Organisation, on: date) -> Treatment:
    """Return how what a payee supplies on a day is taxed; NoTreatmentError for what the rules do not know."""
    position = payee.vat_on(on) if payee.kind == Payee.Kind.ENTERPRISE else None
    regime = Regime(position.regime) if position else Regime.NOT_TAXABLE
    return treatment(supplier=payee.country, customer=organisation.country, regime=regime)


def missing(payee: Payee | None, agreed: bool, organisation: Organisation) -> list[Missing]:
    """Return what is missing before a document can be made for a payee."""
    return readiness.missing(
        kind=PayeeKind(payee.kind) if payee else None,
        invoices_itself=payee is not None and payee.route == Payee.Route.OWN_INVOICE,
        has_account=bool(payee and payee.iban),
        agreed=agreed,
        customer_complete=organisation.can_be_invoiced,
        vat_known=payee is not None and _vat_is_known(payee, organisation),
    )


def _vat_is_known(payee: Payee, organisation: Organisation) -> bool:
    try:
        treatment_of(payee, organisation, timezone.localdate())
    except NoTreatmentError:
        return False
    return True


def missing_of(member: Member, organisation: Organisation) -> list[Missing]:
    """Return what a member still has to give before they can be paid."""
    payee = payee_of(member.pk)
    return missing(payee, payee is not None and agreements.agreement_of(payee) is not None, organisation)


def looks(amounts: Iterable[Outgoing], organisation: Organisation, now: datetime) -> list[Look]:
    """Return what finance is told of each amount, in their order, in a fixed number of queries."""
    wanted = list(amounts)
    members = {one.member for one in wanted}
    found_payees = Payee.objects.filter(member__in=members).prefetch_related("vat_positions")
    payees = {one.member_id: one for one in found_payees}
    agreed = agreements.agreed_among(payees.values())
    last = last_paid(members)
    own = _recorded_by_introducers({one.case for one in wanted})
    found = []
    for one in wanted:
        payee = payees.get(one.member)
        cautions = of_account(payee, last.get(one.member), now) if payee else []
        cautions += readiness.amount_cautions(
            amount=one.amount, limit=organisation.payout_limit, own_case=one.case in own
        )
        found.append(Look(missing(payee, payee is not None and payee.pk in agreed, organisation), cautions))
    return found


def last_paid(members: Iterable[int]) -> dict[int, date]:
    """Return when each of these members was last paid; nothing for who never was."""
    paid = Payable.objects.filter(member__in=list(members), state=PayableState.PAID)
    return dict(paid.values_list("member").annotate(last=Max("paid_on")))


def of_account(payee: Payee, last_paid: date | None, now: datetime) -> list[Caution]:
    """Return what finance should look at twice in a payee's account."""
    by_bank = payee.iban and payee.kind != Payee.Kind.EMPLOYEE
    changed = payee.iban_changed_at if by_bank else None
    on = timezone.localdate(changed) if changed else None
    return readiness.account_cautions(changed_at=changed, changed_on=on, last_paid=last_paid, now=now)


EARNED_BY = ("won", "contribution_declared", "revenue")
"""What an introducer earns by, of an opportunity."""


def _recorded_by_introducers(cases: set[int]) -> set[int]:
    """Cases in which whoever earns by them recorded what happened."""
    told = Fact.objects.filter(case__in=cases).exclude(kind="submitted")
    told = told.exclude(~Q(kind__in=EARNED_BY), case__kind="opportunity")  # who shares one says what becomes of it
    sharing = Q(recorded_by=F("case__introducer")) | Q(recorded_by=F("case__joined__introducer"))
    return set(told.filter(sharing).values_list("case", flat=True))
