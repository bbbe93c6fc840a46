"""The journal: double entries that the database keeps balanced and unchanged."""

import pgtrigger
from django.db import models
from django.db.models import Q

from kernel.models import TenantModel
from members.models import Member
from payouts.ledger import Account as AccountKind
from payouts.ledger import Booking
from payouts.models.catalogue import Redemption
from payouts.models.documents import Document
from payouts.models.entitlements import Entitlement
from payouts.models.payables import Payable
from payouts.models.payments import Payment
from payouts.models.pots import Pot
from payouts.models.statements import Receipt

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete
# Entries are written with all of their sides in one statement, and checked once for it, however many they are.
BALANCED = """
    IF EXISTS (
        SELECT FROM payouts_posting WHERE entry_id IN (SELECT entry_id FROM written)
        GROUP BY entry_id HAVING SUM(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'a journal entry does not balance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
WHOLE_AND_OPEN = """
    IF EXISTS (
        SELECT FROM written JOIN payouts_closedmonth AS closed ON closed.month = date_trunc('month', written."on")
    ) THEN
        RAISE EXCEPTION 'the books of that month are closed' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM written WHERE NOT EXISTS (SELECT FROM payouts_posting WHERE entry_id = written.id)
    ) THEN
        RAISE EXCEPTION 'a journal entry has no sides' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
SOURCES = ("payable", "document", "payment", "receipt", "entitlement", "redemption", "pot")


def _about_one_thing() -> Q:
    """Return the condition that exactly one of the sources is named."""
    found = Q()
    for source in SOURCES:
        found |= Q(**{f"{name}__isnull": name != source for name in SOURCES})
    return found


def _after_the_statement(name: str, check: str) -> pgtrigger.Trigger:
    """Return a trigger that looks once at all rows, `written`, that a statement inserted."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]
        func=check,
    )


class Account(TenantModel):
    """An account of the journal, with its balance, in a currency; those of points in points or coins."""

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in AccountKind])
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    currency = models.CharField(max_length=5)
    balance = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "member", "currency"], nulls_distinct=False, name="account_once"
            )
        ]


class Entry(TenantModel):
    """Something that happened to money or points, on a day; never changed: what comes back is an entry of its own.

    Points that a case brings are booked as often as they change. Coins, and what goes into a pot, count for the pot of a year,
    also where the books of that year were closed before.
    """

    on = models.DateField()
    counts_for = models.PositiveSmallIntegerField(null=True)
    what = models.CharField(max_length=12, choices=[(what.value, what.value) for what in Booking])
    payable = models.ForeignKey(Payable, models.PROTECT, null=True, related_name="entries")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="entries")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="entries")
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="entries")
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, null=True, related_name="entries")
    redemption = models.ForeignKey(Redemption, models.PROTECT, null=True, related_name="entries")
    pot = models.ForeignKey(Pot, models.PROTECT, null=True, related_name="entries", db_index=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "payable", "what"], name="entry_once"),
            models.UniqueConstraint(fields=["organisation", "document", "what"], name="entry_of_document_once"),
            models.UniqueConstraint(fields=["organisation", "payment", "what"], name="entry_of_payment_once"),
            models.UniqueConstraint(fields=["organisation", "receipt", "what"], name="entry_of_receipt_once"),
            models.UniqueConstraint(fields=["organisation", "redemption", "what"], name="entry_of_redemption_once"),
            models.UniqueConstraint(fields=["organisation", "pot", "what"], name="entry_of_pot_once"),
            models.CheckConstraint(condition=_about_one_thing(), name="entry_of_one_thing"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "counts_for"], name="entry_of_year", condition=Q(counts_for__isnull=False)
            )
        ]
        triggers = [
            pgtrigger.Protect(name="entry_is_final", operation=APPEND_ONLY),
            _after_the_statement("entries_are_whole", WHOLE_AND_OPEN),
        ]


class Posting(TenantModel):
    """One side of an entry; debits are positive, credits negative."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="posting_is_final", operation=APPEND_ONLY),
            _after_the_statement("postings_balance", BALANCED),
        ]
