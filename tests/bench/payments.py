"""Payments by the thousand: UBL written and checked, a batch proposed and written, a statement read and booked."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count

from django.utils import timezone
from lxml import etree

from kernel.tenancy import tenant
from members.models import Member
from payouts.models import Batch, Payment
from payouts.selectors.batches import order_of
from payouts.sepa import calendar, camt, pain
from payouts.services import batching, settings, statements
from payouts.ubl import checks
from payouts.ubl.writing import write
from payouts.vat import VatCase
from programmes.models import Version
from tests.bank import OURS, Entry, camt_of
from tests.bench.data import organisation, sql
from tests.bench.measuring import ROUNDS, Bench
from tests.factories import MemberFactory
from tests.payouts.ubl.papers import TODAY, paper
from tests.stories import payee_of

PAYMENTS, DOCUMENTS = 10_000, 1_000
AMOUNT = Decimal("121.00")
READY = """
    SET session_replication_role = replica;
    WITH owed AS (
        INSERT INTO payouts_entitlement (organisation_id, case_id, version_id, reward, placement, instalment, party, owed_by,
                                         state, amount, unit, due_on)
        SELECT {org}, id, {version}, 'bonus', '1', 1, 'introducer', 'organisation', 'due', 100, 'EUR', current_date
        FROM referrals_case WHERE organisation_id = {org} ORDER BY id OFFSET {first} LIMIT {count} RETURNING id
    ), approved AS (
        INSERT INTO payouts_payable (organisation_id, entitlement_id, member_id, amount, currency, state, proposed_by_id,
                                     proposed_at, approved_by_id, approved_at, sent_back_because, problems, payment_reference)
        SELECT {org}, id, {member}, 100, 'EUR', 'approved', {maker}, now(), {checker}, now(), '', '', '' FROM owed RETURNING id
    ), papers AS (
        INSERT INTO payouts_document (organisation_id, kind, number, member_id, because, issued_on, supplied_on, pay_by, currency,
                                      net, vat_case, vat_category, vat_rate, vat, total, supplier, customer, reference,
                                      buyer_reference, language, issued_at, pdf, sha256, tries)
        SELECT {org}, 'own_invoice', 'N' || n, {member}, '', current_date, current_date, current_date + 30, 'EUR',
               100, 'standard', 'S', 21, 21, {total}, '{{}}', '{{}}', lpad(n::text, 10, '0') || lpad((1 + (n - 1) % 97)::text, 2, '0'),
               '', 'en', now(), '', '', 0
        FROM generate_series({first} + 1, {first} + {count}) n RETURNING id
    )
    INSERT INTO payouts_line (organisation_id, document_id, payable_id, round, description, amount)
    SELECT {org}, paper.id, payable.id, 0, 'Bonus', 100
    FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM papers) paper
    JOIN (SELECT id, row_number() OVER (ORDER BY id) n FROM approved) payable USING (n);
    ANALYZE payouts_entitlement, payouts_payable, payouts_document, payouts_line, payouts_payment, payouts_paymentpart;
"""


class _Bank:
    """Documents to pay, made ready before each round; and the statement that tells of their payment."""

    def __init__(self) -> None:
        self.made = organisation("bank", PAYMENTS * 2 * (ROUNDS + 2), 0)
        self.maker, self.checker = (MemberFactory(organisation=self.made, roles=["finance"]) for _ in range(2))
        self.number = 0
        with tenant(self.made.pk):
            member = Member.objects.get(name="Introducer")
            payee_of(self.made, member, route="own_invoice")
            settings.save(organisation=self.made, fields={"iban": OURS})
            self.member, self.version = member.pk, Version.objects.get().pk

    def make_ready(self) -> None:
        """Have so many amounts approved and invoiced, each with a reference of its own: each is a payment of its own."""
        names = {"org": self.made.pk, "version": self.version, "member": self.member, "first": self.number}
        people = {"maker": self.maker.pk, "checker": self.checker.pk}
        sql(READY.format(**names, **people, count=PAYMENTS, total=AMOUNT))
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
