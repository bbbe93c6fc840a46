"""What is owed, on its way to whom it is owed: entitlements, payables, the journal."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from payouts.ledger import Account as AccountKind
from payouts.states import PayableState
from programmes.engine.assessment import Standing
from programmes.models import Version
from referrals.models import Case, Fact

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


class Entitlement(TenantModel):
    """One party's part of one instalment, as the newest assessment of its case says.

    A share's instalment is keyed by the revenue fact that it follows from, and keeps number 0.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entitlements")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    reward = models.CharField(max_length=40)
    placement = models.CharField(max_length=20)
    instalment = models.PositiveSmallIntegerField()
    revenue = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+")
    party = models.CharField(max_length=12)
    owed_by = models.CharField(max_length=12)
    state = models.CharField(max_length=6, choices=[(state, state) for state in Standing])
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    at_most = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=5)
    due_on = models.DateField(null=True)
    learned_at = models.DateTimeField(null=True)
    pay_by = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "organisation", "case", "version", "reward", "placement", "instalment", "revenue", "party"
                ],
                nulls_distinct=False,
                name="entitlement_once",
            ),
            models.CheckConstraint(
                condition=Q(state="due", due_on__isnull=False, amount__isnull=False) | ~Q(state="due"),
                name="entitlement_due_has_amount",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation", "due_on", "id"], name="entitlement_due", condition=Q(state="due"))
        ]


class Payable(TenantModel):
    """An amount on its way to a member: proposed by one person, approved by another, paid. The amount is frozen."""

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="payables")
    payee = models.ForeignKey(Member, models.PROTECT, related_name="payables")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=[(s, s) for s in PayableState], default=PayableState.PROPOSED)
    proposed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    sent_back_because = models.CharField(_("reason"), max_length=400, blank=True)
    paid_on = models.DateField(null=True)
    payment_reference = models.CharField(_("reference of the payment"), max_length=140, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "entitlement"], name="payable_once", condition=~Q(state="sent_back")
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="payable_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("payee")), name="payable_not_ones_own"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "paid"], approved_by__isnull=False)
                | Q(state__in=["proposed", "sent_back"], approved_by__isnull=True),
                name="payable_approved_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "id"], name="payable_state")]


class Adjustment(TenantModel):
    """A difference between what was approved and what a later assessment says; finance decides on it."""

    payable = models.ForeignKey(Payable, models.PROTECT, related_name="adjustments")
    difference = models.DecimalField(max_digits=14, decimal_places=2)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("what was decided"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payable"], name="adjustment_open_once", condition=Q(settled_at=None)
            )
        ]


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
    what = models.CharField(max_length=12, choices=[("owed", "owed"), ("paid", "paid"), ("reversal", "reversal")])
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="entries")
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payable", "what"], name="entry_once", condition=~Q(what="reversal")
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
