"""A network's year and month: a pot divided over 100,000 members, a month's remittances of 10,000."""

from datetime import date
from decimal import Decimal

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Account, Charge, Entitlement, Pot
from payouts.services import assessing, dividing
from programmes.models import Version
from referrals.models import Case
from tests.bench.data import TODAY, sql
from tests.bench.measuring import Bench
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import publish

MEMBERS, PERFORMERS = 100_000, 10_000
YEAR = TODAY.year - 1
CROWD = """
    SET session_replication_role = replica;
    INSERT INTO members_user (email, former_email, language, is_active, joined_at, password)
    SELECT '{slug}' || n || '@mail.example', '', 'en', true, now(), '!' FROM generate_series(1, {count}) n;
    INSERT INTO members_member (organisation_id, user_id, name, roles, joined_on)
    SELECT {org}, id, email, '{{}}', current_date FROM members_user WHERE email LIKE '{slug}%@mail.example';
"""
COINS = """
    SET session_replication_role = replica;
    INSERT INTO payouts_account (organisation_id, kind, member_id, currency, balance)
    SELECT organisation_id, 'points', id, 'coin', -(1 + id % 40) FROM members_member WHERE organisation_id = {org};
    INSERT INTO payouts_entry (organisation_id, "on", counts_for, what, entitlement_id, recorded_at)
    SELECT {org}, '{year}-06-01', {year}, 'earned', id, now() FROM payouts_account WHERE organisation_id = {org};
    INSERT INTO payouts_posting (organisation_id, entry_id, account_id, amount)
    SELECT {org}, e.id, a.id, a.balance FROM payouts_entry e JOIN payouts_account a ON a.id = e.entitlement_id
    WHERE e.organisation_id = {org};
    ANALYZE payouts_posting; ANALYZE payouts_entry; ANALYZE payouts_account;
"""
REMITTANCES = """
    SET session_replication_role = replica;
    INSERT INTO referrals_case (organisation_id, reference, kind, introducer_id, submitted_at, stage, stage_since, answer, is_over,
                                applied, for_organisation, next_check_on)
    SELECT {org}, upper(lpad(to_hex(id), 8, '0')), 'opportunity', {sharer}, now() - interval '200 days', 'working',
           current_date, '', false, false, false, current_date
    FROM members_member WHERE organisation_id = {org} AND id <> {sharer};
    INSERT INTO referrals_placement (organisation_id, case_id, key, performer_id, title, seniority)
    SELECT {org}, c.id, '1', m.id, 'Work', '' FROM referrals_case c
    JOIN members_member m ON upper(lpad(to_hex(m.id), 8, '0')) = c.reference WHERE c.organisation_id = {org};
    INSERT INTO referrals_pin (organisation_id, case_id, version_id)
    SELECT {org}, id, {version} FROM referrals_case WHERE organisation_id = {org};
    INSERT INTO referrals_fact (organisation_id, case_id, kind, "on", placement, "values", recorded_at)
    SELECT {org}, c.id, f.kind, current_date - 60 + f.day, f.placement, f.fields::jsonb, now()
    FROM referrals_case c CROSS JOIN (VALUES ('won', 0, '1', '{{}}'), ('contribution_declared', 0, '', '{{"level": "small"}}'),
        ('revenue', 30, '1', '{{"amount": "12000.00"}}')) AS f (kind, day, placement, fields)
    WHERE c.organisation_id = {org};
    ANALYZE referrals_case; ANALYZE referrals_fact; ANALYZE referrals_pin; ANALYZE referrals_placement;
"""


SHARES = """
    INSERT INTO payouts_entitlement (case_id, version_id, reward, placement, instalment, party, owed_by, state, amount, unit,
                                     member_id, coins, due_on)
    SELECT %s, %s, 'pot', member::text, 1, 'introducer', 'organisation', 'due', cents / 100.0, 'EUR', member, coins, current_date
    FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS share (member, coins, cents)
"""
BOOKED = """
    WITH entry AS (
        INSERT INTO payouts_entry (what, pot_id, "on", recorded_at) VALUES ('divided', %s, current_date, now()) RETURNING id
    ), redeemed AS (
        INSERT INTO payouts_account (kind, currency, balance) SELECT 'redeemed', 'coin', SUM(balance) FROM payouts_account RETURNING id, balance
    ), emptied AS (
        UPDATE payouts_account AS account SET balance = 0 FROM payouts_account AS before
        WHERE before.id = account.id AND account.kind = 'points' RETURNING account.id, before.balance
    )
    INSERT INTO payouts_posting (entry_id, account_id, amount)
    SELECT entry.id, emptied.id, -emptied.balance FROM entry CROSS JOIN emptied
    UNION ALL SELECT entry.id, redeemed.id, redeemed.balance FROM entry CROSS JOIN redeemed
"""


class _Pot:
    """A pot that is proposed to be divided, over members of whom each has coins."""

    def __init__(self) -> None:
        self.made = OrganisationFactory(slug="pot")
        maker, self.checker = (MemberFactory(organisation=self.made, roles=["finance"]) for _ in range(2))
        sql(CROWD.format(org=self.made.pk, slug="pot", count=MEMBERS))
        sql(COINS.format(org=self.made.pk, year=YEAR))
        now = timezone.now()
        with tenant(self.made.pk):
            publish("revenue_share", on=date(2020, 1, 1))
            self.version = Version.objects.get()
            self.case = Case.objects.create(
                reference="POTBENCH",
                kind="pot",
                introducer=maker,
                submitted_at=now,
                stage="received",
                stage_since=TODAY,
            )
            count = int(_total_coins())
            self.pot = Pot.objects.create(
                year=YEAR, brought_in=Decimal("123456.78"), set_aside=0, coins=count, objections_until=date(2020, 1, 1),
                proposed_by=maker, proposed_at=now,
            )  # fmt: skip

    def divide(self) -> int:
        with tenant(self.made.pk):
            dividing.close(organisation=self.made, pot=self.pot, by=self.checker, at=timezone.now())
            _checked_and_taken_back()
        return MEMBERS

    def numpy(self) -> int:
        """The same division on arrays, and its rows put into the same tables, in one statement each."""
        with tenant(self.made.pk), connection.cursor() as cursor:
            cursor.execute("SELECT member_id, -balance FROM payouts_account WHERE kind = 'points'")
            rows = np.array(cursor.fetchall(), dtype=np.int64)
            quotients = 12345678 * rows[:, 1]
            cents, rest = np.divmod(quotients, rows[:, 1].sum())
            order = np.argsort(-rest, kind="stable")[: 12345678 - cents.sum()]
            cents[order] += 1
            columns = [rows[:, 0].tolist(), rows[:, 1].tolist(), cents.tolist()]
            cursor.execute(SHARES, [self.case.pk, self.version.pk, *columns])
            cursor.execute(BOOKED, [self.pot.pk])
            _checked_and_taken_back()
        return MEMBERS


def _checked_and_taken_back() -> None:
    """Have the database check its keys, as it does when a transaction ends; and keep nothing of it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


def _total_coins() -> Decimal:
    return -sum(Account.objects.filter(kind="points").values_list("balance", flat=True), Decimal(0))


class _Month:
    """Members of whom each said what they invoiced: what they owe is assessed and charged."""

    def __init__(self) -> None:
        self.made: Organisation = OrganisationFactory(slug="month")
        sharer = MemberFactory(organisation=self.made)
        with tenant(self.made.pk):
            publish("revenue_share", on=date(2020, 1, 1))
            version = Version.objects.get()
        sql(CROWD.format(org=self.made.pk, slug="month", count=PERFORMERS))
        sql(REMITTANCES.format(org=self.made.pk, sharer=sharer.pk, version=version.pk))
        self.version = version

    def again(self) -> None:
        names = f"organisation_id = {self.made.pk}"
        sql(
            "SET session_replication_role = replica;"
            f"DELETE FROM payouts_charge WHERE {names}; DELETE FROM payouts_entitlement WHERE {names};"
            f"UPDATE referrals_case SET next_check_on = current_date WHERE {names};"
        )

    def settle(self) -> int:
        return assessing.assess_due(organisation_id=self.made.pk, at=timezone.now())

    def rows_alone(self) -> int:
        """As many entitlements and charges, made at once."""
        with tenant(self.made.pk):
            cases = list(Case.objects.all())
            performer = Member.objects.latest("pk")
            Entitlement.objects.bulk_create(
                Entitlement(
                    case=case, version=self.version, reward="r", placement="1", instalment=number, party="introducer",
                    owed_by="performer", state="due", amount=100, unit="EUR", due_on=TODAY,
                )
                for case in cases
                for number in (1, 2, 3)
            )  # fmt: skip
            Charge.objects.bulk_create(
                Charge(
                    member=performer,
                    kind="other",
                    description="x",
                    amount=100,
                    supplied_on=TODAY,
                    raised_at=timezone.now(),
                )
                for _ in cases
            )
            _checked_and_taken_back()
        return PERFORMERS


def benches() -> list[Bench]:
    pot, month = _Pot(), _Month()
    return [
        Bench("pot over 100,000 members, divided and booked / numpy and the rows alone", 0.5, pot.divide, pot.numpy),
        Bench(
            "remittances of 10,000 members, assessed and charged / rows alone",
            0.25,
            month.settle,
            month.rows_alone,
            month.again,
        ),
    ]
