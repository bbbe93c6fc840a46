"""What membership costs becomes charges: the registration fee when somebody joins, dues as each period begins."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, MembershipTerms, Organisation
from members.models.membership import DuesPeriod
from members.selectors.membership import membership_terms, paying
from payouts.models import Charge
from payouts.selectors import dues
from payouts.services import charging
from payouts.services.documents import ISSUE
from payouts.services.looking import DUES
from programmes import wording
from referrals.services import activities


def charge_registration(*, member: Member, fee: Decimal | None, at: datetime) -> None:
    """Charge who joined the registration fee that they accepted; where they accepted none, what it is now."""
    if fee is None:
        fee = membership_terms().registration_fee
    if not fee:
        work.add(member.organisation_id, DUES)  # nothing to wait for
        return
    with translation.override(member.user.language):
        description = _("Registration fee")
    fields = {
        "member": member,
        "kind": Charge.Kind.REGISTRATION,
        "description": description,
        "amount": fee,
        "supplied_on": timezone.localdate(at),
    }
    organisation = Organisation.objects.get(pk=member.organisation_id)
    charging.charge(organisation=organisation, fields=fields, by=None, at=at)


def charge_dues(*, organisation_id: int, at: datetime) -> int:
    """Charge the dues of the period that runs, to who was not charged for it, or for some of it; return how many charges.

    A period that began before somebody joined, or was to pay dues, or begins after their last day, is not theirs to pay.
    """
    with tenant(organisation_id):
        terms, today = membership_terms(), timezone.localdate(at)
        period = terms.period_of(today) if terms.dues else None
        if period is None:
            return 0
        charged = Charge.objects.filter(period_from__isnull=False, supplied_on__gte=period.first).values("member")
        owing = paying(period.first).exclude(leaves_on__lt=period.first).exclude(pk__in=charged)
        new = [_dues(member, terms, period, at) for member in owing]
        before = Charge.objects.filter(period_from=period.first).count()
        Charge.objects.bulk_create(new, ignore_conflicts=True)
        made = Charge.objects.filter(period_from=period.first).count() - before
        if made:
            work.add(organisation_id, ISSUE)
        return made


def note_paid_registrations(*, organisation_id: int, at: datetime) -> int:
    """Record who joined, once their registration fee is paid: it brings coins to who brought them in. Return how many."""
    with tenant(organisation_id):
        paid = dues.paid_registrations()
        for joining, on in paid:
            activities.note_joined(joining=joining, on=min(on, timezone.localdate(at)), at=at)
        return len(paid)


def _dues(member: Member, terms: MembershipTerms, period: DuesPeriod, at: datetime) -> Charge:
    with translation.override(member.user.language):
        params = {"first": wording.day(period.first), "last": wording.day(period.last)}
        description = _("Dues from %(first)s to %(last)s") % params
    return Charge(
        member=member,
        kind=Charge.Kind.DUES,
        description=description,
        amount=terms.dues,
        supplied_on=period.last,
        period_from=period.first,
        raised_at=at,
    )
