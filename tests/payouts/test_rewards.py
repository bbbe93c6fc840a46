"""Points: credited as cases bring them, redeemed for what the catalogue offers, given back when that is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices.services import send_all
from payouts.models import Account, CatalogueItem, Redemption
from payouts.selectors import books, points
from payouts.selectors.auditing.everything import differences
from payouts.services import assessing
from payouts.services import points as services
from referrals.models import Case
from referrals.pipeline import Stage
from referrals.services import consent, moves
from tests.factories import MemberFactory
from tests.stories import at, publish, recommend

TODAY = timezone.localdate()
State = Redemption.State


@pytest.fixture
def interviewed(inside: Organisation, member: Member, recruiter: Member) -> Case:
    """50 points for a candidate who was interviewed."""
    publish("it_referral_points")
    began = TODAY - timedelta(10)
    case, _token = recommend(inside, member, began)
    consent.agree(case=case, at=at(began))
    moves.accept(case=case, by=recruiter)
    for stage in (Stage.CONTACTED, Stage.INTERVIEWED):
        moves.move(case=case, seen=Stage(case.stage), to=stage, on=began, by=recruiter, at=at(began))
    _assess(inside)
    return case


def _assess(organisation: Organisation) -> None:
    Case.objects.update(next_check_on=TODAY)
    assessing._assess_batch(organisation.pk, timezone.now(), 100)


@pytest.fixture
def item(inside: Organisation) -> CatalogueItem:
    return services.save_item(item=None, fields={"name": "A book", "points": 30, "stock": 1})


@pytest.fixture
def finance(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["finance"])


def _redeem(item: CatalogueItem, member: Member) -> Redemption:
    return services.redeem(item=item, by=member, points=item.points, wish="The one on Django", at=timezone.now())


def test_points_are_credited_once_and_taken_back_with_what_they_rest_on(
    inside: Organisation, interviewed: Case, member: Member, recruiter: Member
) -> None:
    assert points.balance_of(member) == 50
    _assess(inside)
    assert points.balance_of(member) == 50
    moves.move(case=interviewed, seen=Stage.INTERVIEWED, to=Stage.CONTACTED, on=TODAY, by=recruiter, at=timezone.now())
    _assess(inside)
    assert points.balance_of(member) == 0
    assert [one.amount for one in points.movements_of(member)] == [Decimal(50), Decimal(-50)]
    assert list(differences()) == []


def test_what_is_redeemed_leaves_the_balance_and_the_stock_at_once(
    interviewed: Case, member: Member, item: CatalogueItem
) -> None:
    redemption = _redeem(item, member)
    item.refresh_from_db()
    assert (points.balance_of(member), item.stock, redemption.points) == (20, 0, 30)
    assert sum(one.balance for one in Account.objects.filter(currency="point")) == 0
    with pytest.raises(services.NotOfferedError):
        _redeem(item, member)
    assert list(differences()) == []


def test_nobody_redeems_more_than_they_have(interviewed: Case, member: Member, item: CatalogueItem) -> None:
    services.save_item(item=item, fields={"points": 51})
    with pytest.raises(services.PriceChangedError):
        _redeem(item, member)  # they saw 30
    item.refresh_from_db()
    with pytest.raises(services.NotEnoughError):
        _redeem(item, member)
    services.save_item(item=item, fields={"points": 50, "is_offered": False})
    with pytest.raises(services.NotOfferedError):
        _redeem(item, member)


def test_a_second_click_redeems_nothing(interviewed: Case, member: Member, item: CatalogueItem) -> None:
    services.save_item(item=item, fields={"stock": None, "points": 10})
    item.refresh_from_db()
    _redeem(item, member)
    with pytest.raises(services.AskedAlreadyError):
        _redeem(item, member)
    assert points.balance_of(member) == 40


def test_a_refusal_gives_points_and_stock_back_and_says_why(
    inside: Organisation, interviewed: Case, member: Member, item: CatalogueItem, finance: Member
) -> None:
    redemption = _redeem(item, member)
    services.decide(redemption=redemption, is_granted=False, said="Next year.", by=finance, at=timezone.now())
    item.refresh_from_db()
    assert (points.balance_of(member), item.stock) == (50, 1)
    with pytest.raises(services.DecidedAlreadyError):
        services.decide(redemption=redemption, is_granted=True, said="", by=finance, at=timezone.now())
    with pytest.raises(services.DecidedAlreadyError):
        services.withdraw(redemption=redemption, by=member, at=timezone.now())
    send_all(organisation_id=inside.pk)
    said = {one.to[0]: one.body for one in mail.outbox if "A book" in one.subject}
    assert "The one on Django" in said[finance.user.email]
    assert "Next year." in said[member.user.email]
    assert list(differences()) == []


def test_who_changes_their_mind_has_the_points_again(interviewed: Case, member: Member, item: CatalogueItem) -> None:
    services.withdraw(redemption=_redeem(item, member), by=member, at=timezone.now())
    assert points.balance_of(member) == 50
    assert list(differences()) == []


def test_the_audit_notices_points_out_of_nowhere(
    inside: Organisation, interviewed: Case, member: Member, item: CatalogueItem
) -> None:
    Redemption.objects.create(item=item, member=member, points=1, asked_at=timezone.now())
    assert any("redemption" in line for line in differences())


def test_who_is_named_decides_else_finance_and_never_on_ones_own(
    inside: Organisation, interviewed: Case, member: Member, item: CatalogueItem, finance: Member
) -> None:
    named = MemberFactory(organisation=inside)
    redemption = _redeem(item, member)
    assert points.decidable(finance).get() == redemption
    services.save_item(item=item, fields={"approver": named})
    assert not points.decidable(finance).exists()
    assert points.decidable(named).get() == redemption
    services.save_item(item=item, fields={"approver": member})  # who asks now themselves
    assert not points.decidable(member).exists()
    assert points.decidable(finance).get() == redemption
    with pytest.raises(IntegrityError), transaction.atomic():
        services.decide(redemption=redemption, is_granted=True, said="", by=member, at=timezone.now())


def test_points_are_no_money(inside: Organisation, interviewed: Case, item: CatalogueItem, member: Member) -> None:
    _redeem(item, member)
    _head, *rows = books.ledger_rows(TODAY.replace(day=1), {})
    assert rows == []


def test_a_member_redeems_and_finance_decides_by_their_pages(
    inside: Organisation, interviewed: Case, member: Member, item: CatalogueItem, finance: Member, client: Client
) -> None:
    client.force_login(member.user)
    assert "/here/earnings/rewards/" in client.get("/here/earnings/").text
    assert "A book" in client.get("/here/earnings/rewards/").text
    client.post(f"/here/earnings/rewards/{item.pk}/", {"wish": "On Django", "points": "30"})
    assert "out of stock" in client.get("/here/earnings/rewards/").text
    assert client.get("/here/rewards/").status_code == 404  # they decide on nothing
    redemption = Redemption.objects.get()
    decide = f"/here/rewards/{redemption.pk}/"
    assert client.post(decide, {"is_granted": "yes"}).status_code == 404
    client.force_login(finance.user)
    assert "On Django" in client.get("/here/rewards/").text
    assert client.post(decide, {"is_granted": "no", "said": ""}).status_code == 422
    client.post(decide, {"is_granted": "yes"})
    redemption.refresh_from_db()
    assert (redemption.state, redemption.decided_by) == (State.GRANTED, finance)


def test_the_administrator_keeps_the_catalogue(inside: Organisation, item: CatalogueItem, client: Client) -> None:
    client.force_login(MemberFactory(organisation=inside, roles=["administrator"]).user)
    typed = {"name": "A day off", "points": "500", "stock": "", "is_offered": "on"}
    client.post("/here/settings/rewards/", typed)
    assert CatalogueItem.objects.get(name="A day off").stock is None
    page = client.post("/here/settings/rewards/", typed)
    assert (page.status_code, "There is one of this name already." in page.text) == (422, True)
    assert client.post("/here/settings/rewards/", typed | {"name": "X", "points": "0"}).status_code == 422
    client.post(f"/here/settings/rewards/{item.pk}/", typed | {"name": "A book", "points": "40"})
    item.refresh_from_db()
    assert item.points == 40


def test_another_organisation_has_its_own(interviewed: Case, item: CatalogueItem, elsewhere: Organisation) -> None:
    with tenant(elsewhere.pk):
        assert not points.catalogue().exists()
