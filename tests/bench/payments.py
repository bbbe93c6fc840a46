"""Payments by the thousand: UBL written and checked, a batch proposed and written, a statement read and booked."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone
from lxml import etree

from kernel.tenancy import tenant
from members.models import Member
from payouts.models import Batch, Document, Entitlement, Line, Payable, Payment
from payouts.selectors.batches import order_of
from payouts.sepa import calendar, camt, pain, references
from payouts.services import batching, settings, statements
from payouts.ubl import checks
from payouts.ubl.writing import write
from payouts.vat import VatCase
from programmes.models import Version
from referrals.models import Case
from tests.bank import OURS, Entry, camt_of
from tests.bench.data import organisation
from tests.bench.measuring import ROUNDS, Bench
from tests.factories import MemberFactory
from tests.payouts.ubl.papers import TODAY, paper
from tests.stories import payee_of

PAYMENTS, DOCUMENTS = 10_000, 1_000
AMOUNT = Decimal("121.00")


class _Bank:
    """Documents to pay, made ready before each round; and the statement that tells of their payment."""

    def __init__(self) -> None:
        self.made = organisation("bank", PAYMENTS * 2 * (ROUNDS + 2), 0)
        self.maker, self.checker = (MemberFactory(organisation=self.made, roles=["finance"]) for _ in range(2))
        self.number = 0
        with tenant(self.made.pk):
            self.member = Member.objects.get(name="Introducer")
            payee_of(self.made, self.member, route="own_invoice")
            settings.save(organisation=self.made, fields={"iban": OURS})
            self.version = Version.objects.get()
            self.cases = list(Case.objects.order_by("pk").values_list("pk", flat=True))

    def make_ready(self) -> None:
        """Approve and invoice so many amounts, each with a reference of its own, so that each is a payment of its own."""
        cases = self.cases[self.number : self.number + PAYMENTS]
        now, today = timezone.now(), timezone.localdate()
        with tenant(self.made.pk):
            owed = Entitlement.objects.bulk_create(
                Entitlement(
                    case_id=case, version=self.version, reward="bonus", placement="1", instalment=1, party="introducer",
                    owed_by="organisation", state="due", amount=100, unit="EUR", due_on=today,
                )
                for case in cases
            )  # fmt: skip
            payables = Payable.objects.bulk_create(
                Payable(
                    entitlement=one, member=self.member, amount=100, currency="EUR", state="approved", proposed_by=self.maker,
                    proposed_at=now, approved_by=self.checker, approved_at=now,
                )
                for one in owed
            )  # fmt: skip
            documents = Document.objects.bulk_create(
                Document(
                    kind="own_invoice", number=f"N{self.number + place}", member=self.member, issued_on=today, supplied_on=today,
                    pay_by=today + timedelta(30), currency="EUR", net=100, vat_case="standard", vat_category="S", vat_rate=21,
                    vat=21, total=AMOUNT, supplier={}, customer={}, reference=references.ogm(self.number + place),
                    language="en", issued_at=now,
                )
                for place in range(PAYMENTS)
            )  # fmt: skip
            Line.objects.bulk_create(
                Line(document=document, payable=payable, description="Bonus", amount=100)
                for document, payable in zip(documents, payables, strict=True)
            )
        self.number += PAYMENTS

    def batch(self) -> int:
        """Propose, approve, and write the file."""
        day = calendar.next_settlement(timezone.localdate())
        with tenant(self.made.pk):
            made = batching.propose(
                organisation=self.made, until=None, execute_on=day, by=self.maker, at=timezone.now()
            )
            batching.approve(batch=made, by=self.checker, at=timezone.now())
            made.refresh_from_db()
            batching.fetch(batch=made, at=timezone.now())
        return PAYMENTS

    def write_again(self) -> int:
        """Write the file of the last batch alone."""
        with tenant(self.made.pk):
            batch = Batch.objects.filter(state="approved").order_by("-number").first()
            assert batch is not None
            pain.write(order_of(batch))
        return PAYMENTS

    def make_statement(self) -> None:
        self.make_ready()
        self.batch()
        with tenant(self.made.pk):
            ids = (
                Payment.objects.filter(state="planned")
                .order_by("-pk")
                .values_list("end_to_end_id", flat=True)[:PAYMENTS]
            )
            entries = [Entry(-AMOUNT, one, bank_reference=f"{self.number}-{one}") for one in ids]
        self.content = camt_of(entries, identifier=f"S{self.number}")
        self.content = self.content.replace(b">1000.00<", b">10000000.00<", 1)
        closed = Decimal(10_000_000) - AMOUNT * PAYMENTS
        before = f"{abs(Decimal(1000) - AMOUNT * PAYMENTS)}</Amt><CdtDbtInd>DBIT".encode()
        self.content = self.content.replace(before, f"{closed}</Amt><CdtDbtInd>CRDT".encode(), 1)

    def read(self) -> int:
        """Import the statement, with everything that it settles."""
        with tenant(self.made.pk):
            done = statements.import_file(
                organisation=self.made, content=self.content, by=self.maker, at=timezone.now()
            )
        assert done.matched == PAYMENTS
        return PAYMENTS

    def read_only(self) -> int:
        """Read the file alone."""
        return len(camt.read(self.content)[0].movements)


def benches() -> list[Bench]:
    invoice = paper(VatCase.STANDARD)
    written = write(invoice)

    def ours() -> int:
        for _ in range(DOCUMENTS):
            assert not checks.problems(invoice, TODAY)
            write(invoice)
        return DOCUMENTS

    def lxml_alone() -> int:
        for _ in range(DOCUMENTS):
            etree.tostring(etree.fromstring(written), pretty_print=True)
        return DOCUMENTS

    bank = _Bank()
    return [
        Bench("UBL, checked and written / lxml parsing and writing it", 0.2, ours, lxml_alone),
        Bench(
            "10,000 payments: batch, approved, file / the file alone",
            0.2,
            bank.batch,
            bank.write_again,
            _every_other(bank.make_ready),
        ),
        Bench(
            "10,000 lines: statement read and booked / read alone",
            0.1,
            bank.read,
            bank.read_only,
            _every_other(bank.make_statement),
        ),
    ]


def _every_other(make_ready: Callable[[], None]) -> Callable[[], None]:
    """Make ready before ours only: the baseline takes the same again."""
    turns = count()

    def before() -> None:
        if next(turns) % 2 == 0:
            make_ready()

    return before
