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
from payouts.legal import AGREEMENT_VERSION
from payouts.models import Agreement, Payable, Payee
from payouts.readiness import Caution, Missing, PayeeKind
from payouts.states import PayableState
from payouts.vat import NoTreatmentError, Regime, Treatment, treatment
from referrals.models import Fact


class Payment(NamedTuple):
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
    return Payee.objects.filter(member_id=member_id).first()


def has_agreed(payee: Payee) -> bool:
    """Whether a payee accepted the self-billing agreement in its present version, as the enterprise they are now."""
    return agreement_of(payee) is not None


def agreement_of(payee: Payee) -> Agreement | None:
    """Return the agreement that holds for a payee now."""
    agreed = Agreement.objects.filter(payee=payee, version=AGREEMENT_VERSION)
    return agreed.filter(enterprise_number=payee.enterprise_number).first()


def treatment_of(payee: Payee, organisation: Organisation) -> Treatment:
    """Return how what a payee supplies is taxed; NoTreatmentError for what the rules do not know."""
    return treatment(
        supplier=payee.country,
        customer=organisation.country,
        taxable=payee.kind == Payee.Kind.ENTERPRISE,
        regime=Regime(payee.vat_regime),
    )


def missing(payee: Payee | None, agreed: bool, organisation: Organisation) -> list[Missing]:
    """Return what is missing before a document can be made for a payee."""
    return readiness.missing(
        kind=PayeeKind(payee.kind) if payee else None,
        has_account=bool(payee and payee.iban),
        agreed=agreed,
        customer_complete=organisation.can_be_invoiced,
        vat_known=payee is not None and _vat_is_known(payee, organisation),
    )


def _vat_is_known(payee: Payee, organisation: Organisation) -> bool:
    try:
        treatment_of(payee, organisation)
    except NoTreatmentError:
        return False
    return True


def missing_of(member: Member, organisation: Organisation) -> list[Missing]:
    """Return what a member still has to give before they can be paid."""
    payee = payee_of(member.pk)
    return missing(payee, bool(payee) and has_agreed(payee), organisation)  # type: ignore[arg-type]


def looks(amounts: Iterable[Payment], organisation: Organisation, now: datetime) -> list[Look]:
    """Return what finance is told of each amount, in their order, in a fixed number of queries."""
    wanted = list(amounts)
    members = {one.member for one in wanted}
    payees = {one.member_id: one for one in Payee.objects.filter(member__in=members)}
    present = Agreement.objects.filter(payee__in=payees.values(), version=AGREEMENT_VERSION)
    agreements = present.filter(enterprise_number=F("payee__enterprise_number"))
    agreed = set(agreements.values_list("payee__member", flat=True))
    paid = Payable.objects.filter(member__in=members, state=PayableState.PAID)
    last_paid = dict(paid.values_list("member").annotate(last=Max("paid_on")))
    own = _recorded_by_introducers({one.case for one in wanted})
    found = []
    for one in wanted:
        payee = payees.get(one.member)
        cautions = _of_account(payee, last_paid.get(one.member), now) if payee else []
        cautions += readiness.amount_cautions(
            amount=one.amount, limit=organisation.payout_limit, own_case=one.case in own
        )
        found.append(Look(missing(payee, one.member in agreed, organisation), cautions))
    return found


def _of_account(payee: Payee, last_paid: date | None, now: datetime) -> list[Caution]:
    by_bank = payee.iban and payee.kind != Payee.Kind.EMPLOYEE
    changed = payee.iban_changed_at if by_bank else None
    on = timezone.localdate(changed) if changed else None
    return readiness.account_cautions(changed_at=changed, changed_on=on, last_paid=last_paid, now=now)


def _recorded_by_introducers(cases: set[int]) -> set[int]:
    """Cases in which whoever earns by them recorded what happened."""
    told = Fact.objects.filter(case__in=cases).exclude(kind="submitted")
    sharing = Q(recorded_by=F("case__introducer")) | Q(recorded_by=F("case__joined__introducer"))
    return set(told.filter(sharing).values_list("case", flat=True))
