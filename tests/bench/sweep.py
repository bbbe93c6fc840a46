"""The sweep: what is due decides what it costs, not how many cases there are; and storing what it found."""

from collections.abc import Iterator
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from kernel.models import Work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Entitlement
from payouts.services import assessing
from programmes.engine.assess import assess
from programmes.models import Version
from referrals.models import Case
from referrals.selectors.timelines import timelines
from tests.bench.data import DUE, TODAY, organisation
from tests.bench.measuring import Bench

FEW, MANY, STORED = 10_000, 1_000_000, 2_000


def _make_due(made: Organisation) -> None:
    """Let the told cases be due, and nothing be stored of them."""
    with tenant(made.pk), connection.cursor() as cursor:
        cursor.execute("DELETE FROM payouts_entitlement")
        cursor.execute(
            "UPDATE referrals_case SET next_check_on = %s WHERE reference <= upper(lpad(to_hex(%s), 8, '0'))",
            [TODAY, DUE],
        )
    Work.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE referrals_case")


def _sweep(made: Organisation) -> int:
    return assessing.assess_due(organisation_id=made.pk, at=timezone.now())


def _engine_alone(made: Organisation) -> int:
    with tenant(made.pk):
        ids = list(Case.objects.filter(next_check_on__lte=TODAY).values_list("pk", flat=True))
        rules, lines = Version.objects.get().rule_set, timelines(ids)
    for case_id in ids:
        assess(rules, lines[case_id], TODAY)
    return len(ids)


class _Storing:
    """The same rows stored by our statement and by Django's, all of them different each time."""

    def __init__(self, made: Organisation) -> None:
        self.made, self.amounts = made, self._amounts()
        with tenant(made.pk):
            self.cases = list(Case.objects.order_by("pk").values_list("pk", flat=True)[:STORED])
            self.version = Version.objects.get().pk

    @staticmethod
    def _amounts() -> Iterator[Decimal]:
        number = 0
        while True:
            number += 1
            yield Decimal(number)

    def _key(self, case: int) -> dict[str, object]:
        return {"case_id": case, "version_id": self.version, "reward": "bonus", "placement": "1", "instalment": 1}

    def ours(self) -> int:
        amount, at = next(self.amounts), timezone.now()
        said = {"revenue_id": None, "party": "introducer", "owed_by": "organisation", "state": "open", "amount": amount}
        rest = {"at_most": None, "unit": "EUR", "due_on": None, "learned_at": None, "pay_by": None}
        rows = [{**self._key(case), **said, **rest} for case in self.cases]
        columns = [[row[name] for row in rows] for name, _ in assessing.COLUMNS]
        with tenant(self.made.pk), connection.cursor() as cursor:
            cursor.execute(assessing.UPSERT, columns)
        assert at
        return STORED

    def djangos(self) -> int:
        amount = next(self.amounts)
        rows = [
            Entitlement(
                **self._key(case),
                party="introducer",
                owed_by="organisation",
                state="open",
                amount=amount,
                unit="EUR",
            )
            for case in self.cases
        ]
        with tenant(self.made.pk):
            Entitlement.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["organisation", *assessing.KEY],
                update_fields=list(assessing.SAID),
            )
        return STORED


def benches() -> list[Bench]:
    few = organisation("few", FEW, DUE)
    many = organisation("many", MANY, DUE)
    storing = _Storing(few)

    def both_due() -> None:
        _make_due(few)
        _make_due(many)

    return [
        Bench(
            f"sweep {DUE:,} due of {MANY:,} cases / of {FEW:,}",
            0.83,
            lambda: _sweep(many),
            lambda: _sweep(few),
            both_due,
        ),
        Bench(
            f"sweep {DUE:,} due of {MANY:,}, stored / loaded and assessed alone",
            0.5,
            lambda: _sweep(many),
            lambda: _engine_alone(few),
            both_due,
        ),
        Bench("store entitlements, all different / bulk_create(update_conflicts)", 2.0, storing.ours, storing.djangos),
    ]
