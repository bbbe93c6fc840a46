"""The journal: double entries that the database keeps balanced and unchanged."""

import pgtrigger
from django.db import models
from django.db.models import Q

from kernel.models import TenantModel
from members.models import Member
from payouts.ledger import Account as AccountKind
from payouts.ledger import Booking
from payouts.models.documents import Document
from payouts.models.payables import Payable

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete
# Checked when the transaction commits, when the organisation may have been left again: so it enters the row's own.
BALANCED = """
    PERFORM set_config('app.organisation_id', NEW.organisation_id::text, true);
    total := (SELECT SUM(amount) FROM payouts_posting WHERE entry_id = {entry});
    PERFORM set_config('app.organisation_id', COALESCE(entered, ''), true);
    IF total IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'journal entry % does not balance', {entry} USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def balanced(name: str, entry: str) -> pgtrigger.Trigger:
    """Return the trigger that checks, when the transaction commits, that an entry sums to zero."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        declare=[("total", "numeric"), ("entered", "text := current_setting('app.organisation_id', true)")],
        func=BALANCED.format(entry=entry),
    )


class Account(TenantModel):
    """An account of the journal, with its balance."""

    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in AccountKind])
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    currency = models.CharField(max_length=3)
    balance = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "member", "currency"], nulls_distinct=False, name="account_once"
            )
        ]


class Entry(TenantModel):
    """Something that happened to money, on a day; never changed, at most reversed by another entry."""

    on = models.DateField()
    what = models.CharField(max_length=12, choices=[(what, what) for what in Booking])
    payable = models.ForeignKey(Payable, models.PROTECT, null=True, related_name="entries")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="entries")
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payable", "what"], name="entry_once", condition=~Q(what="reversal")
            ),
            models.UniqueConstraint(
                fields=["organisation", "document", "what"],
                name="entry_of_document_once",
                condition=~Q(what="reversal"),
            ),
            models.CheckConstraint(
                condition=Q(payable__isnull=True, document__isnull=False)
                | Q(payable__isnull=False, document__isnull=True),
                name="entry_of_one_thing",
            ),
            models.UniqueConstraint(fields=["organisation", "reverses"], name="entry_reversed_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="entry_is_final", operation=APPEND_ONLY),
            balanced("entry_balances", "NEW.id"),
        ]


class Posting(TenantModel):
    """One side of an entry; debits are positive, credits negative."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="posting_is_final", operation=APPEND_ONLY),
            balanced("posting_balances", "NEW.entry_id"),
        ]
