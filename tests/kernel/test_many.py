"""Many rows by one statement: inserted without their defaults, changed each to its own, and told of in their history."""

from datetime import timedelta

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pghistory.models import Context

from kernel.history import history_of
from kernel.postgres.many import update_each
from members.models import Member, Organisation
from referrals.models import Deletion
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def _deletions(count: int) -> list[Deletion]:
    return [Deletion(kind=Deletion.Kind.CVS, count=n, deleted_at=timezone.now()) for n in range(1, count + 1)]


def test_many_rows_go_as_one_array_for_each_column_and_come_back_in_order(inside: Organisation) -> None:
    with CaptureQueriesContext(connection) as queries:
        made = Deletion.objects.bulk_create(_deletions(3))
    (insert,) = [one["sql"] for one in queries if one["sql"].startswith("INSERT")]
    assert "UNNEST" in insert
    assert '"organisation_id"' not in insert.partition("RETURNING")[0]
    assert [(one.organisation_id, one.count) for one in made] == [(inside.pk, 1), (inside.pk, 2), (inside.pk, 3)]
    assert list(Deletion.objects.order_by("pk").values_list("pk", flat=True)) == [one.pk for one in made]


def test_each_row_gets_its_own_value_and_all_the_same(inside: Organisation) -> None:
    first, second, other = Deletion.objects.bulk_create(_deletions(3))
    then = first.deleted_at - timedelta(days=1)
    update_each(Deletion, "count", {first.pk: 10, second.pk: 20}, deleted_at=then)
    rows = Deletion.objects.order_by("pk").values_list("count", "deleted_at")
    assert list(rows) == [(10, then), (20, then), (3, other.deleted_at)]


def test_a_history_tells_of_each_row_that_changed_and_who_changed_it(inside: Organisation) -> None:
    people = [MemberFactory(organisation=inside, name=name) for name in ("An", "Bo", "Cy")]
    with pghistory.context(user=people[0].user_id):
        Member.objects.filter(pk__in=[one.pk for one in people]).exclude(name="Cy").update(name="Bo")
    changes = history_of(Member).filter(pgh_label="update").values_list("pgh_obj", "name", "pgh_context__user")
    assert list(changes) == [(people[0].pk, "Bo", people[0].user_id)]  # Bo was Bo before
    assert not Context.objects.exists()  # which belongs to no organisation
