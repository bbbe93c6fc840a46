"""Two at once, and one that fails: nobody waits in a circle, and no organisation's trouble is another's."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kernel import work
from kernel.models import Work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Entitlement
from referrals.models import Case
from referrals.services import leads
from tests.factories import MemberFactory, OrganisationFactory
from tests.faults.test_money import _at_once
from tests.stories import publish, recommend

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory(slug="here")


def test_work_that_somebody_held_is_not_forgotten(organisation: Organisation) -> None:
    member = MemberFactory(organisation=organisation)
    with tenant(organisation.pk):
        publish()
        case, _ = recommend(organisation, member, timezone.localdate())
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with tenant(organisation.pk):
            Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
            held.set()
            free.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    work.run(organisation.pk, "assess")
    free.set()
    holder.join()
    work.sweep()
    with tenant(organisation.pk):
        assert Entitlement.objects.exists()
    assert not Work.objects.filter(kind="assess", due_at__lte=timezone.now()).exists()


def test_one_organisations_trouble_is_no_others(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    other, done = OrganisationFactory(slug="other"), []

    def handle(organisation_id: int) -> bool:
        if organisation_id == organisation.pk:
            raise RuntimeError
        done.append(organisation_id)
        return True

    monkeypatch.setitem(work._handlers, "trying", handle)
    for one in (organisation, other):
        work.add(one.pk, "trying")
    work.sweep()
    assert done == [other.pk]
    assert list(Work.objects.filter(kind="trying").values_list("organisation", flat=True)) == [organisation.pk]


def test_of_two_who_bring_in_one_client_at_once_one_does(organisation: Organisation) -> None:
    people = [MemberFactory(organisation=organisation) for _ in range(4)]
    with tenant(organisation.pk):
        publish("new_business")
    said: list[Any] = []

    def bring_in(number: int) -> None:
        try:
            with tenant(organisation.pk):
                case = leads.bring_in(client_name="Linde", about="", by=people[number], at=timezone.now())
                said.append(case)
        except leads.AlreadyBroughtInError:
            said.append(None)

    _at_once(bring_in, len(people))
    assert sum(one is not None for one in said) == 1
