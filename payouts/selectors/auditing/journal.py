"""The journal: entries sum to zero, and balances are the sums of their postings."""

from collections.abc import Iterator

from django.db.models import Sum

from payouts.models import Account, Entry, Posting


def journal() -> Iterator[str]:
    """Yield what does not agree in the journal."""
    for entry in Entry.objects.annotate(total=Sum("postings__amount")).exclude(total=0):
        yield f"journal entry {entry.pk} sums to {entry.total}"
    sums = dict(Posting.objects.values_list("account").annotate(total=Sum("amount")))
    for account in Account.objects.all():
        if account.balance != sums.get(account.pk, 0):
            said = f"account {account.kind} {account.currency} {account.pk}"
            yield f"{said}: balance {account.balance}, postings {sums.get(account.pk, 0)}"
