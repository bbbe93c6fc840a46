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
from payouts.counting import Counted, counted
from payouts.ledger import Booking
from payouts.models import Charge, Entitlement, PayoutSettings
from payouts.selectors import parts, pot, remittances
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
    paid = remittances.paid(owed)
    _promise_at_once(found)
    _charge({one.revenue_id: one for one in found}, charged, owed, paid, at)
    released = {one.pk: remittances.released(one, owed, paid) for one in found}
    _set_aside(found, released, owed, paid, at)
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


def _promise_at_once(found: list[Entitlement]) -> None:
    """Note what introducers need not wait for until the performer pays; that stays so, should the organisation decide otherwise
    later. The other parts, and the pot, follow what was paid.
    """
    if payout_settings().pays_introducers == PayoutSettings.Introducers.AT_ONCE:
        own = [one for one in found if one.party == "introducer" and one.state == "due"]
        new = {one.pk: one.amount for one in own if one.promised != one.amount}
        update_each(Entitlement, "promised", new)
        for one in found:
            one.promised = new.get(one.pk, one.promised)


def _release(found: list[Entitlement], released: Mapping[int, Decimal], at: datetime) -> None:
    """Write what can be paid on by now; it is promised from today on, but not later than what waits since before."""
    today, changed = timezone.localdate(at), [one for one in found if one.released != released[one.pk]]
    update_each(Entitlement, "released", {one.pk: released[one.pk] for one in changed})
    more = [one for one in changed if one.party == "introducer" and abs(released[one.pk]) > abs(one.released or ZERO)]
    proposed = parts.proposed(one.pk for one in more)
    new = [one for one in more if not one.pay_by or abs(proposed[one.pk]) >= abs(one.released or ZERO)]
    update_each(Entitlement, "pay_by", {one.pk: one.version.rule_set.payment.within.after(today) for one in new})
    if more:
        gained = {one.pk: released[one.pk] - (one.released or ZERO) for one in more}
        remittances_released.send(Entitlement, gained=gained, at=at)


def _set_aside(
    found: list[Entitlement],
    released: Mapping[int, Decimal],
    owed: Mapping[int, Owed],
    paid: Mapping[int, Paid],
    at: datetime,
) -> None:
    """Book what goes into the pot: as far as it was paid, on the day on which it was, while that year is open."""
    of_pot = [one for one in found if one.party == "pot"]
    before = pot.counted(one.pk for one in of_pot)
    today, first = timezone.localdate(at), pot.first_open_year()
    entries = []
    for one in of_pot:
        known, days = before.get((one.pk, None), {}), paid.get(one.revenue_id or 0, NOTHING_PAID)
        rest = released[one.pk] - sum(known.values(), ZERO)
        new = _of_earlier_years(one, rest, owed, days, known, first)
        rest -= sum((part.amount for part in new), ZERO)
        new += counted(rest, max(one.due_on or today, days.last_on or date.min), known, first, today)
        entries += [
            NewEntry(one, Booking.SET_ASIDE, ledger.set_aside(amount), on, None, at, counts_for=year)
            for year, on, amount in new
        ]
    journal.post_all(entries)


def _of_earlier_years(
    one: Entitlement, rest: Decimal, owed: Mapping[int, Owed], paid: Paid, known: Mapping[int, Decimal], first: int
) -> list[Counted]:
    """Return what of a rest that counts for no year yet counts for open years before the last in which something was paid: what was
    paid in them, and is learned of now, with what was paid since.
    """
    due_on = one.due_on or date.max
    found: list[Counted] = []
    for year in sorted(paid.by_year)[:-1]:
        if year < first or year < due_on.year:
            continue
        then = {one.revenue_id or 0: Paid(paid.invoiced, paid.by_year[year].paid, {})}
        counts = sum((amount for of, amount in known.items() if of <= year), ZERO)
        more = min(remittances.released(one, owed, then) - counts, rest) - sum((part.amount for part in found), ZERO)
        if more > 0:
            found.append(Counted(year, max(due_on, paid.by_year[year].on), more))
    return found
