"""The journal, entry by entry, beside django-hordak's."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from hordak.models import Account as HordakAccount
from hordak.models import Leg, Transaction
from moneyed import Money

from kernel.tenancy import tenant
from members.models import Member
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Account, Entitlement, Payable
from payouts.services import journal
from payouts.services.journal import NewEntry
from programmes.models import Version
from referrals.models import Case
from tests.bench.data import TODAY, organisation, recruiter_of
from tests.bench.measuring import Bench

ENTRIES = 200
BALANCES = 500


class _Ours:
    """Payables to post an entry about, made ready before each round."""

    def __init__(self) -> None:
        self.made = organisation("books", 6_000, 0)
        self.payables: list[Payable] = []
        self.cases = iter(())  # type: ignore[var-annotated]
        with tenant(self.made.pk):
            self.member = Member.objects.get(name="Introducer")
            self.version = Version.objects.get()
            self.cases = iter(list(Case.objects.all()))
        self.by = recruiter_of(self.made)

    def make_ready(self) -> None:
        if self.payables:
            return
        with tenant(self.made.pk):
            owed = Entitlement.objects.bulk_create(
                Entitlement(
                    case=next(self.cases), version=self.version, reward="bonus", placement="1", instalment=1,
                    party="introducer", owed_by="organisation", state="due", amount=100, unit="EUR", due_on=TODAY,
                )
                for _ in range(ENTRIES)
            )  # fmt: skip
            self.payables = Payable.objects.bulk_create(
                Payable(
                    entitlement=one, member=self.member, amount=100, currency="EUR", proposed_by=self.by,
                    proposed_at=timezone.now(),
                )
                for one in owed
            )  # fmt: skip

    def post(self) -> int:
        for payable in self.payables:
            with tenant(self.made.pk):
                legs = ledger.owed(Decimal(100))
                journal.post(source=payable, what=Booking.OWED, legs=legs, on=TODAY, by=self.by, at=timezone.now())
        self.payables = []
        return ENTRIES

    def post_all(self) -> int:
        with tenant(self.made.pk):
            legs, now = ledger.owed(Decimal(100)), timezone.now()
            journal.post_all([NewEntry(one, Booking.OWED, legs, TODAY, self.by, now) for one in self.payables])
        self.payables = []
        return ENTRIES

    def balance(self) -> int:
        with tenant(self.made.pk):
            for _ in range(BALANCES):
                Account.objects.values_list("balance", flat=True).get(kind="payable", member=self.member)
        return BALANCES


class _Hordak:
    def __init__(self) -> None:
        options = {"currencies": ["EUR"]}
        self.expense = HordakAccount.objects.create(name="Bonuses", code="1", type="EX", **options)
        self.debt = HordakAccount.objects.create(name="Payable", code="2", type="LI", **options)

    def post(self) -> int:
        for _ in range(ENTRIES):
            with transaction.atomic():
                self.debt.transfer_to(self.expense, Money(100, "EUR"))
        return ENTRIES

    def post_all(self) -> int:
        with transaction.atomic():
            made = Transaction.objects.bulk_create(Transaction() for _ in range(ENTRIES))
            sides = ((self.debt, 100, 0), (self.expense, 0, 100))
            Leg.objects.bulk_create(
                Leg(transaction=one, account=account, debit=Money(debit, "EUR") if debit else None,
                    credit=Money(credit, "EUR") if credit else None)
                for one in made
                for account, debit, credit in sides
            )  # fmt: skip
        return ENTRIES

    def balance(self) -> int:
        for _ in range(BALANCES):
            self.debt.get_balance()
        return BALANCES


def benches() -> list[Bench]:
    ours, hordak = _Ours(), _Hordak()
    return [
        Bench("journal, entry by entry / django-hordak", 3.0, ours.post, hordak.post, ours.make_ready),
        Bench(
            "journal, in bulk / django-hordak's models in bulk", 6.0, ours.post_all, hordak.post_all, ours.make_ready
        ),
        Bench("journal, a balance / django-hordak", 3.0, ours.balance, hordak.balance),
    ]
