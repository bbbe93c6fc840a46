"""Telling members of their cases and of their money."""

from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices import services
from notices.models import PaidNotice
from notices.writing import money as writing
from payouts.models import Payable
from payouts.states import PayableState
from referrals import addresses
from referrals.models import Case
from referrals.selectors.joined import joined_with

TELL_PAID = "tell_paid"
AT_ONCE = 200


def tell_of_payable(organisation: Organisation, payable: Payable, at: datetime) -> None:
    """Tell a member that an amount was approved, or paid."""
    line = payable.line
    write = {
        PayableState.APPROVED: partial(writing.approved, payable),
        PayableState.PAID: partial(writing.paid, payable, line.document if line else None),
    }.get(PayableState(payable.state))
    if write:
        leading = payable.entitlement.case
        case = next((one for one in joined_with(leading) if one.introducer_id == payable.member_id), leading)
        by_turnover = payable.entitlement.revenue_id is not None
        year = next((pot.year for pot in case.pots.all()), None)
        page = page_of(case, organisation, payable.member, by_turnover=by_turnover, year=year)
        about = f"payable:{payable.pk}" + (
            f":{payable.paid_on}" if payable.paid_on else ""
        )  # paid again after a return
        services.write_to_member(
            organisation=organisation,
            member=payable.member,
            about=about,
            letter=partial(write, page),
            at=at,
            sender=case.recruiter,
        )


def tell_of_payments(*, organisation_id: int) -> bool:
    """Write to everyone who was paid and was not told yet; must run in no transaction. Each mail is there once."""
    organisation = Organisation.objects.get(pk=organisation_id)
    with tenant(organisation_id):
        waiting = list(PaidNotice.objects.filter(told_at=None).order_by("pk"))
    for one in waiting:
        for start in range(0, len(one.payables), AT_ONCE):
            with tenant(organisation_id):
                related = Payable.objects.select_related("member__user", "entitlement__case__candidate")
                found = related.filter(pk__in=one.payables[start : start + AT_ONCE]).prefetch_related(
                    "lines__document", "entitlement__case__pots"
                )
                for payable in found.order_by("pk"):
                    tell_of_payable(organisation, payable, one.paid_at)
        with tenant(organisation_id):
            PaidNotice.objects.filter(pk=one.pk).update(told_at=timezone.now())
    return True


def tell_member(organisation: Organisation, member: Member, about: str, letter: Any, at: datetime) -> None:
    """Write to a member, in nobody's name."""
    services.write_to_member(organisation=organisation, member=member, about=about, letter=letter, at=at)


def tell(organisation: Organisation, case: Case, about: str, letter: Any, at: datetime) -> None:
    """Write to a case's introducer."""
    services.write_to_member(
        organisation=organisation,
        member=case.introducer,
        about=about,
        letter=letter,
        at=at,
        sender=case.recruiter,
    )


def page_of(
    case: Case,
    organisation: Organisation,
    reader: Member | None = None,
    *,
    by_turnover: bool = False,
    year: int | None = None,
) -> str:
    """Return the page on which an introducer, or another reader, sees a case; see `addresses.of_case`."""
    if (reader or case.introducer).left_on:
        return reverse("earning_list", args=[organisation.slug])  # their own money is all that they still see
    return addresses.of_case(case, organisation.slug, by_turnover=by_turnover, year=year)
