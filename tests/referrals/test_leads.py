"""Business leads, personal links, and several cases at once."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Entitlement
from payouts.services import assessing
from referrals.models import Case, Opening, SavedFilter
from referrals.models import Client as Company
from referrals.services import consent, leads
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import publish, recommend

NOW = timezone.now()


def _signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def test_a_client_that_signs_earns_its_bringer_the_bonus(organisation: Organisation) -> None:
    member, recruiter = (
        MemberFactory(organisation=organisation),
        MemberFactory(organisation=organisation, roles=["recruiter"]),
    )
    with tenant(organisation.pk):
        publish("new_business")
    form = {"client_name": "Drukkerij Linde", "about": "Ask for Ms Linde."}
    assert _signed_in(member).post("/here/leads/new/", form).status_code == 302
    with tenant(organisation.pk):
        case = Case.objects.get()
    today = timezone.localdate().isoformat()
    _signed_in(recruiter).post(f"/here/leads/{case.reference}/", {"what": "won", "on": today})
    assessing.assess_due(organisation_id=organisation.pk, at=NOW)
    with tenant(organisation.pk):
        entitlement = Entitlement.objects.get()
        assert (entitlement.state, entitlement.amount) == ("due", Decimal(350))
        assert Case.objects.get().stage == "won"


def test_a_client_that_is_no_news_is_no_lead(inside: Organisation, member: Member) -> None:
    publish("new_business")
    leads.bring_in(client_name="Drukkerij Linde", about="", by=member, at=NOW)
    with pytest.raises(leads.AlreadyBroughtInError):
        leads.bring_in(client_name="Drukkerij Linde", about="", by=member, at=NOW)
    company = Company.objects.create(name="Havenbedrijf")
    Opening.objects.create(title="Tester", client=company, opened_on=timezone.localdate())
    with pytest.raises(leads.AlreadyBroughtInError):
        leads.bring_in(client_name="Havenbedrijf", about="", by=member, at=NOW)


def _link(member: Member, opening: Opening | None = None) -> str:
    page = _signed_in(member).post("/here/referrals/share/", {"opening": opening.pk if opening else ""})
    found = re.search(r"/o/[\w-]+/", page.content.decode())
    assert found
    assert "<svg" in page.content.decode()
    return found[0]


APPLICATION = {"name": "Bo Bakker", "email": "bo@mail.example"}


def test_whoever_follows_a_members_link_is_recommended_by_them_and_asked_by_mail(
    organisation: Organisation, member: Member
) -> None:
    with tenant(organisation.pk):
        publish()
    address = _link(member)
    assert _link(member) == address
    assert Client().get(address).status_code == 200
    assert "Look into your mailbox" in Client().post(address, APPLICATION).content.decode()
    with tenant(organisation.pk):
        case = Case.objects.select_related("candidate").get()
        assert (case.introducer, case.answer, str(case.candidate)) == (member, "", "Bo Bakker")


def test_a_members_link_tells_nobody_who_is_known(organisation: Organisation, member: Member) -> None:
    with tenant(organisation.pk):
        publish()
    address = _link(member)
    pages = [Client().post(address, APPLICATION).content.decode() for _ in range(2)]
    assert "Look into your mailbox" in pages[1]
    with tenant(organisation.pk):
        assert Case.objects.count() == 1


def _apply_and_recommend(organisation: Organisation, member: Member) -> tuple[Case, Case]:
    """Somebody applies by one member's link, and another recommends the same person. Return both cases."""
    with tenant(organisation.pk):
        publish()
    Client().post(_link(member), APPLICATION)
    with tenant(organisation.pk):
        other = MemberFactory(organisation=organisation)
        recommended, _ = recommend(organisation, other, timezone.localdate(), APPLICATION["email"])
        return Case.objects.get(introducer=member), recommended


def _kinds(case: Case) -> list[str]:
    return list(case.facts.order_by("pk").values_list("kind", flat=True))


def test_an_application_that_nobody_confirmed_takes_nobodys_introduction(
    organisation: Organisation, member: Member
) -> None:
    applied, recommended = _apply_and_recommend(organisation, member)
    with tenant(organisation.pk):
        assert _kinds(recommended) == ["submitted"]
        consent.agree(case=applied, at=timezone.now())
        assert _kinds(applied) == ["submitted", "duplicate_of", "consented"]
        assert _kinds(recommended) == ["submitted"]


def test_with_their_yes_the_introduction_is_whose_link_it_was(organisation: Organisation, member: Member) -> None:
    with tenant(organisation.pk):
        publish()
    Client().post(_link(member), APPLICATION)
    with tenant(organisation.pk):
        consent.agree(case=Case.objects.get(), at=timezone.now())
        other = MemberFactory(organisation=organisation)
        recommended, _ = recommend(organisation, other, timezone.localdate(), APPLICATION["email"])
        assert _kinds(recommended) == ["submitted", "duplicate_of"]


def test_their_yes_holds_for_both_who_share(organisation: Organisation, member: Member) -> None:
    with tenant(organisation.pk):
        publish(duplicates={"policy": "split"})
    Client().post(_link(member), APPLICATION)
    with tenant(organisation.pk):
        other = MemberFactory(organisation=organisation)
        recommended, _ = recommend(organisation, other, timezone.localdate(), APPLICATION["email"])
        consent.agree(case=Case.objects.get(introducer=member), at=timezone.now())
        assert list(Case.objects.values_list("shares_with", "answer").order_by("pk")) == [
            (recommended.pk, "consented"), (None, "consented")
        ]  # fmt: skip


def test_a_link_of_a_closed_opening_or_a_member_who_left_leads_nowhere(
    organisation: Organisation, member: Member
) -> None:
    with tenant(organisation.pk):
        publish()
        company = Company.objects.create(name="Havenbedrijf")
        opening = Opening.objects.create(title="Tester", client=company, opened_on=timezone.localdate())
    address, general = _link(member, opening), _link(member)
    with tenant(organisation.pk):
        Opening.objects.update(closed_on=timezone.localdate())
    assert Client().get(address).status_code == 404
    assert Client().get(general).status_code == 200
    with tenant(organisation.pk):
        Member.objects.filter(pk=member.pk).update(left_on=timezone.localdate())
    assert Client().get(general).status_code == 404


def test_another_organisations_opening_cannot_be_shared(organisation: Organisation, member: Member) -> None:
    elsewhere = OrganisationFactory()
    with tenant(elsewhere.pk):
        company = Company.objects.create(name="Havenbedrijf")
        opening = Opening.objects.create(title="Tester", client=company, opened_on=timezone.localdate())
    assert _signed_in(member).post("/here/referrals/share/", {"opening": opening.pk}).status_code == 404


@pytest.fixture
def several(inside: Organisation, member: Member) -> list[Case]:
    publish()
    cases = []
    for number in range(3):
        case, _ = recommend(inside, member, timezone.localdate() - timedelta(2), f"person{number}@mail.example")
        if number:
            consent.agree(case=case, at=NOW)
        cases.append(case)
    return cases


def test_several_are_moved_and_who_cannot_move_is_named(several: list[Case], recruiter: Member) -> None:
    form = {"chosen": [case.pk for case in several], "to": "interviewed", "query": "words=an", "view": "list"}
    response = _signed_in(recruiter).post("/here/pipeline/move/", form, follow=True)
    assert response.redirect_chain[0][0] == "/here/pipeline/list/?words=an"
    page = response.content.decode()
    assert "2 cases: Interviewed." in page
    assert "has not agreed yet" in page
    assert list(Case.objects.order_by("pk").values_list("stage", flat=True)) == [
        "received", "interviewed", "interviewed"
    ]  # fmt: skip


def test_several_are_rejected_with_one_reason(several: list[Case], recruiter: Member) -> None:
    form = {"chosen": [case.pk for case in several], "reason": "filled", "text": "Someone else signed."}
    _signed_in(recruiter).post("/here/pipeline/reject/", form)
    assert set(Case.objects.values_list("stage", flat=True)) == {"rejected"}


def test_nothing_is_rejected_without_words(several: list[Case], recruiter: Member) -> None:
    chosen = [case.pk for case in several[:2]]
    form = {"chosen": chosen, "reason": "filled", "text": ""}
    for view, query in (("board", ""), ("list", f"words={several[0].reference}")):
        answer = _signed_in(recruiter).post("/here/pipeline/reject/", form | {"view": view, "query": query})
        assert answer.status_code == 422
        assert "This field is required." in answer.text
        checked = [pk for pk in chosen if re.search(rf'value="{pk}"\s+form="several"\s+checked', answer.text)]
        hidden = [pk for pk in chosen if f'<input type="hidden" name="chosen" value="{pk}">' in answer.text]
        assert sorted(checked + hidden) == chosen
        assert len(hidden) == (1 if query else 0)
        assert f'value="{query}"' in answer.text
    assert set(Case.objects.values_list("stage", flat=True)) == {"received"}


def test_pages_of_a_refused_list_keep_its_filters(
    several: list[Case], recruiter: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referrals.views.board.PER_PAGE", 1)
    form = {"chosen": [several[0].pk], "reason": "filled", "text": "", "view": "list", "query": "stage=received"}
    answer = _signed_in(recruiter).post("/here/pipeline/reject/", form)
    assert 'href="/here/pipeline/list/?stage=received&amp;page=2"' in answer.text


def test_a_view_without_a_name_says_so_beside_its_field(several: list[Case], recruiter: Member) -> None:
    form = {"name": " ", "query": "stage=interviewed", "view": "list"}
    answer = _signed_in(recruiter).post("/here/pipeline/views/", form)
    assert answer.status_code == 422
    assert 'id="view-name_error"' in answer.text
    assert 'hx-get="/here/pipeline/list/"' in answer.text
    assert not SavedFilter.objects.exists()


def test_a_view_is_kept_for_oneself(inside: Organisation, recruiter: Member) -> None:
    client = _signed_in(recruiter)
    client.post("/here/pipeline/views/", {"name": "Mine", "query": "stage=interviewed", "view": "list"})
    other = MemberFactory(organisation=inside, roles=["recruiter"])
    saved = SavedFilter.objects.get()
    assert "Mine" in client.get("/here/pipeline/list/").content.decode()
    assert "Mine" not in _signed_in(other).get("/here/pipeline/list/").content.decode()
    assert _signed_in(other).post(f"/here/pipeline/views/{saved.pk}/").status_code == 404


@pytest.mark.parametrize("query", ["words=peeters", "client=1", "programme=1", "stage=rejected", "stage=nonsense"])
def test_no_filter_fails(several: list[Case], recruiter: Member, query: str) -> None:
    for page in ("", "list/"):
        assert _signed_in(recruiter).get(f"/here/pipeline/{page}?{query}").status_code == 200


def test_an_erased_person_is_not_approached_again(inside: Organisation, member: Member, several: list[Case]) -> None:
    consent.forget(organisation=inside, case=several[0], at=NOW)
    form = {"name": "An", "email": "PERSON0@mail.example", "known_as": "Again.", "language": "en"}
    page = _signed_in(member).post("/here/referrals/new/", form).content.decode()
    assert "asked not to be approached" in page
    assert Case.objects.count() == 3
