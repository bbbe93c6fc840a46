"""Whose own money moves when a sales invoice is paid: nobody says of their own that it came in."""

from collections.abc import Iterable

from django.db.models import Q

from members.models import Member
from payouts.models import Charge, Document, Line
from referrals.selectors import joinings


def moved_by(member: Member, documents: Iterable[int]) -> set[int]:
    """Return which of some sales invoices, by their ids, bring a member money or coins when they are paid, or free them of it.

    Those to themselves; those with remittances of what they shared; registration fees of whom they brought in.
    """
    wanted = list(documents)
    brought_in = joinings.not_noted().filter(case__introducer=member, until=None).values("member")
    shared = Q(charge__revenue__case__introducer=member, charge__revenue__case__for_organisation=False)
    joined = Q(charge__kind=Charge.Kind.REGISTRATION, charge__member__in=brought_in)
    lines = Line.objects.filter(shared | joined, document__in=wanted).values_list("document", flat=True)
    return {*Document.objects.filter(pk__in=wanted, member=member).values_list("pk", flat=True), *lines}
