"""A new organisation: four steps, and nothing of it before the last."""

from typing import Any

import pytest
from django.test import Client

from kernel.tenancy import tenant
from members.models import Invitation, Member, Organisation, User
from members.roles import Role
from notices.models import Message
from programmes.models import Draft, Version
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ORGANISATION = {"name": "De Kade", "slug": "", "country": "BE", "language": "nl"}
LEGAL = {"legal_name": "De Kade bv", "enterprise_number": "0403.019.261"}
PROGRAMME = {"begin_with": "cooptation_bonus", "name": "Aanbrengbonus", "is_in_force": "on"}
PEOPLE = {"founder": "Noor Claes", "invited": "An Peeters <an@mail.example>\nbo@mail.example"}
ANSWERS = {"organisation": ORGANISATION, "legal": LEGAL, "programme": PROGRAMME, "people": PEOPLE}


@pytest.fixture
def founder() -> User:
    return UserFactory(email="noor@mail.example")


@pytest.fixture
def client(founder: User) -> Client:
    client = Client()
    client.force_login(founder)
    return client


def answer(client: Client, **changes: dict[str, Any]) -> Any:
    """Answer every step and return what the last one says."""
    for step, answers in ANSWERS.items():
        response = client.post(f"/start/{step}/", answers | changes.get(step, {}))
        if response.status_code != 302:
            break
    return response


def test_four_steps_make_an_organisation_with_its_rules_and_its_people(client: Client, founder: User) -> None:
    assert answer(client).headers["Location"] == "/de-kade/programmes/"
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.enterprise_number) == ("De Kade", "0403019261")
    with tenant(organisation.pk):
        member = Member.objects.get()
        assert (member.user, member.name, member.roles) == (founder, "Noor Claes", sorted(Role))
        assert (Version.objects.get().programme.name, Draft.objects.count()) == ("Aanbrengbonus", 0)
        assert set(Invitation.objects.values_list("name", "email")) == {
            ("An Peeters", "an@mail.example"), ("bo", "bo@mail.example")
        }  # fmt: skip
        assert Invitation.objects.filter(invited_by=member).count() == 2


def test_a_network_begins_with_everything_that_a_network_runs(client: Client) -> None:
    answer(client, programme={"begin_with": "network", "name": ""})
    organisation = Organisation.objects.get()
    assert organisation.is_network
    assert not organisation.recruits
    with tenant(organisation.pk):
        names = set(Version.objects.values_list("programme__name", flat=True))
        assert names == {"Share of turnover", "Coins for talks", "Coins for publicity", "Coins for new members"}
        assert Member.objects.get().roles == ["administrator", "finance"]
    assert client.get("/de-kade/", follow=True).status_code == 200


@pytest.mark.parametrize("is_in_force", ["on", ""])
def test_who_is_invited_into_a_new_network_reads_what_it_is(client: Client, is_in_force: str) -> None:
    answer(client, programme={"begin_with": "network", "name": "", "is_in_force": is_in_force})
    with tenant(Organisation.objects.get().pk):
        mail = Message.objects.get(to="bo@mail.example", kind="invited")
    assert "aanbeveelt" not in mail.text


def test_programmes_that_begin_together_have_different_names(client: Client) -> None:
    wrong = answer(client, programme={"begin_with": "network", "name": "coins for TALKS"})
    assert wrong.status_code == 422
    assert "Another programme of this beginning is called so." in wrong.text
    assert not Organisation.objects.exists()


def test_a_programme_can_begin_as_a_draft_or_not_at_all(client: Client) -> None:
    answer(client, programme={"is_in_force": ""})
    answer(client, organisation={"name": "Other"}, programme={"begin_with": "none"})
    for slug, drafts in (("de-kade", 1), ("other", 0)):
        with tenant(Organisation.objects.get(slug=slug).pk):
            assert (Version.objects.count(), Draft.objects.count()) == (0, drafts)


def test_who_stops_midway_leaves_nothing_and_finds_what_they_typed(client: Client) -> None:
    client.post("/start/organisation/", ORGANISATION)
    client.post("/start/legal/", LEGAL)
    assert Organisation.objects.count() == 0
    assert client.get("/start/people/").headers["Location"] == "/start/programme/"
    assert 'value="De Kade bv"' in client.get("/start/legal/").content.decode()


@pytest.mark.parametrize(
    ("step", "field", "value", "said"),
    [
        ("organisation", "slug", "api", "taken by the product"),
        ("organisation", "name", "", "required"),
        ("organisation", "name", "株式会社", "Use 3 to 40 lower-case letters"),
        ("people", "invited", "@" * 9000 + " x", "Line 1: no e-mail address"),
        ("people", "invited", "\n\nnobody", "Line 3: no e-mail address"),
        ("legal", "enterprise_number", "0403019262", "no enterprise number"),
        ("programme", "begin_with", "lottery", "not one of"),
        ("people", "invited", "An <an@mail.example>\nnobody", "Line 2: no e-mail address"),
        ("people", "invited", "me <noor@mail.example>", "Line 1: is a member already"),
        ("people", "invited", "a@b.example\na@b.example", "Line 2: stands above already"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_kept(
    client: Client, step: str, field: str, value: str, said: str
) -> None:
    response = answer(client, **{step: {field: value}})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert Organisation.objects.count() == 0


def test_an_address_of_another_organisation_is_not_given_twice(client: Client) -> None:
    answer(client)
    assert "Another organisation has this name" in answer(client).content.decode()
    assert Organisation.objects.count() == 1


def test_an_organisation_that_was_faster_sends_one_back_to_the_name(client: Client, monkeypatch: Any) -> None:
    from members.services import organisations

    make = organisations.create_organisation

    def slower(**fields: Any) -> Organisation:
        make(slug="de-kade", name="Faster", country="BE", language="nl")
        return make(**fields)

    monkeypatch.setattr(organisations, "create_organisation", slower)
    assert answer(client).headers["Location"] == "/start/organisation/"
    page = client.get("/start/organisation/").content.decode()
    assert "took this name a moment ago" in page
    assert 'value="De Kade"' in page


def test_only_what_a_step_asks_is_kept(client: Client) -> None:
    client.post("/start/organisation/", ORGANISATION | {"name": "x" * 100_000, "more": "y" * 100_000})
    (kept,) = client.session["founding"].values()
    assert kept.keys() == ORGANISATION.keys()
    assert len(kept["name"][0]) == 12_000


def test_three_a_day_are_enough(client: Client) -> None:
    for number in range(3):
        assert answer(client, organisation={"name": f"Kade {number}"}).status_code == 302
    assert "Go on tomorrow" in answer(client, organisation={"name": "Kade 9"}).content.decode()
    assert Organisation.objects.count() == 3


def test_who_comes_without_an_account_can_make_one_and_comes_back(db: None) -> None:
    client = Client()
    assert client.get("/start/organisation/").status_code == 302
    assert "Make an account" in client.get("/start/").content.decode()
    page = client.get("/accounts/signup/").content.decode()
    assert 'name="email"' in page
    client.force_login(UserFactory())
    assert client.get("/start/").headers["Location"] == "/start/organisation/"
