"""Remittances: what performers are charged follows from what cases say; what is paid on, from what they paid.

Runs in the transaction of the assessment, which holds the cases: so nothing is charged, released or set aside twice.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernel import work
from kernel.money import ZERO
from kernel.postgres.many import update_each
from members.models import Member
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Charge, Entitlement
from payouts.selectors import pot, remittances
from payouts.selectors.remittances import NOTHING_PAID, Owed, Paid
from payouts.selectors.settings import payout_settings
from payouts.services import journal
from payouts.services.documents import ISSUE
from payouts.services.journal import NewEntry
from payouts.signals import remittances_released

SAME = ("member_id", "kind", "description", "currency", "supplied_on")
"""What the charges of one turnover have in common."""


def settle(*, case_ids: Iterable[int], at: datetime) -> None:
    """Charge performers what differs from what stands on their invoices, and release to the others what they paid."""
    cases = list(case_ids)
    found = remittances.entitlements(cases)
    charged = remittances.charged(cases)
    if not found and not charged:
        return
    owed = {revenue: Owed(one.member_id, ZERO) for revenue, one in charged.items()} | remittances.owed(found)
    paid, settings = remittances.paid(owed), payout_settings()
    _charge({one.revenue_id: one for one in found}, charged, owed, paid, at)
    released = {one.pk: remittances.released(one, owed, paid, settings) for one in found}
    _set_aside(found, released, paid, at)
    _release(found, released, at)


def _charge(
    found: Mapping[int | None, Entitlement],
    charged: Mapping[int, Charge],
    owed: Mapping[int, Owed],
    paid: Mapping[int, Paid],
    at: datetime,
) -> None:
    """Have the charge that waits of each turnover be what is owed of it beyond what was invoiced."""
    waiting = remittances.waiting(owed)
    members = Member.objects.select_related("user").in_bulk({one.performer for one in owed.values()})
    new, changed, gone = [], {}, []
    for revenue, (performer, amount) in sorted(owed.items()):
        difference = amount - paid.get(revenue, NOTHING_PAID).invoiced
        one = waiting.get(revenue)
        if one and not difference:
            gone.append(one.pk)
        elif one and one.amount != difference:
            changed[one.pk] = difference
        elif difference and not one:
            like = charged[revenue] if revenue in charged else _new(found[revenue], members[performer])
            fields = {name: getattr(like, name) for name in SAME}
            new.append(Charge(revenue_id=revenue, amount=difference, raised_at=at, **fields))
    Charge.objects.filter(pk__in=gone).delete()
    update_each(Charge, "amount", changed)
    for made in Charge.objects.bulk_create(new)[:1]:
        work.add(made.organisation_id, ISSUE)


def _new(entitlement: Entitlement, performer: Member) -> Charge:
    """Return the first charge of a turnover, as it stands on the invoice in the performer's language; without an amount."""
    assert entitlement.revenue is not None
    with translation.override(performer.user.language):
        params = {
            "programme": entitlement.version.programme.name,
            "reference": entitlement.case.reference,
            "month": date_format(entitlement.revenue.on, "YEAR_MONTH_FORMAT"),
        }
        description = _("%(programme)s, case %(reference)s: turnover of %(month)s") % params
    return Charge(
        member=performer,
        kind=Charge.Kind.REMITTANCE,
        description=description,
        currency=entitlement.unit,
        supplied_on=entitlement.revenue.on,
    )


def _release(found: list[Entitlement], released: Mapping[int, Decimal], at: datetime) -> None:
    """Write what can be paid on by now; it is promised from today on."""
    today, changed = timezone.localdate(at), [one for one in found if one.released != released[one.pk]]
    update_each(Entitlement, "released", {one.pk: released[one.pk] for one in changed})
    more = [one for one in changed if one.party == "introducer" and abs(released[one.pk]) > abs(one.released or ZERO)]
    days = {one.pk: one.version.rule_set.payment.within.after(today) for one in more}
    update_each(Entitlement, "pay_by", days)
    if more:
        remittances_released.send(Entitlement, entitlements=list(days), at=at)


def _set_aside(
    found: list[Entitlement], released: Mapping[int, Decimal], paid: Mapping[int, Paid], at: datetime
) -> None:
    """Book what goes into the pot: as far as it was paid, on the day on which it was, while that year is open."""
    of_pot = [one for one in found if one.party == "pot"]
    ids = [one.pk for one in of_pot]
    before, booked, today, first = pot.set_aside(ids), pot.booked_on(ids), timezone.localdate(at), pot.first_open_day()

    def counts_on(one: Entitlement) -> date:
        last = paid.get(one.revenue_id or 0, NOTHING_PAID).last_on or date.min
        return max(min(max(one.due_on or booked.get(one.pk, today), last), today), first)

    journal.post_all(
        [
            NewEntry(one, Booking.SET_ASIDE, ledger.set_aside(difference), counts_on(one), None, at)
            for one in of_pot
            if (difference := released[one.pk] - before.get(one.pk, ZERO))
        ]
    )
