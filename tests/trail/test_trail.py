"""The audit log: everything once, newest first, searched and taken along."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Payable, Pot
from referrals.models import Interest
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import Told, recommend, tell
from tests.stories_of_money import tell_of_money
from tests.stories_of_network import tell_of_network
from trail import selectors
from trail.selectors import Place, Wanted, trail, whole_trail
from trail.sources import SOURCES, Group
from trail.wording import label, said, value

SAME_IN_FRENCH = ("logo", "document", "client", "points", "payable")

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Told:
    told = tell(OrganisationFactory(slug="here"))
    tell_of_money(told)
    tell_of_network(told)
    return told


@pytest.fixture
def administrator(told: Told) -> Member:
    return MemberFactory(organisation=told.organisation, roles=["administrator"])


@pytest.fixture
def client(administrator: Member) -> Client:
    client = Client()
    client.force_login(administrator.user)
    return client


def test_pages_of_the_trail_hold_everything_once_and_in_order(told: Told) -> None:
    with tenant(told.organisation.pk):
        everything = [row.place for row in whole_trail(told.organisation, Wanted())]
        places, before = [], None
        while True:
            page = trail(told.organisation, Wanted(before=before), 7)
            places += [row.place for row in page.rows]
            if not (before := page.next):
                break
    assert places == everything
    assert len(set(places)) == len(places) >= 30
    assert [place.at for place in places] == sorted((place.at for place in places), reverse=True)


def test_every_source_has_words(told: Told) -> None:
    with tenant(told.organisation.pk):
        rows = list(whole_trail(told.organisation, Wanted()))
    wordless = {(row.place.source, row.what) for row in rows if said(row.place.source, row.what) == row.what}
    assert wordless == set()
    absent = {"acceptance", "accepted", "apicall", "deletion", "unmerge", "withdrawn"}
    absent |= {
        "agreementtext",
        "creditorder",
        "potanswer",
        "documentanswer",
        "settled",
        "movement",
        "payrollexport",
        "payrollrun",
        "closedmonth",
        "transmission",
        "yearlyexport",
        "sent",
    }
    assert {row.place.source for row in rows} == {source.name for source in SOURCES} - absent


def test_a_change_says_what_it_was_and_became(client: Client, told: Told, administrator: Member) -> None:
    client.post(f"/here/members/{told.recruiter.pk}/", {"name": "Joris", "roles": ["recruiter", "finance"]})
    with tenant(told.organisation.pk):
        rows = trail(told.organisation, Wanted(group=Group.PEOPLE)).rows
        row = next(row for row in rows if row.place.source == "member")
    assert (row.who, row.about) == (administrator.user_id, "Joris")
    assert [(str(label), old, new) for label, old, new in row.changes] == [
        ("name", told.recruiter.name, "Joris"),
        ("roles", "Recruiter", "Finance, Recruiter"),
    ]


def test_what_is_secret_is_named_but_not_shown(client: Client, told: Told) -> None:
    from tests.stories import payee_of

    with tenant(told.organisation.pk):
        payee_of(told.organisation, told.introducer, iban="BE71096123456769")
    page = client.get("/here/settings/audit-log/", {"group": "money"}).content.decode()
    assert "account number (IBAN)" in page
    assert "BE71" not in page


def test_it_is_searched_by_person_and_day(client: Client, told: Told, administrator: Member) -> None:
    client.post("/here/members/teams/", {"name": "Cloud"})
    with tenant(told.organisation.pk):
        rows = trail(told.organisation, Wanted(who=administrator)).rows
        assert [(row.place.source, row.about) for row in rows] == [("team", "Cloud")]
        later = timezone.now() + timedelta(2)  # the story plans something for later today
        assert trail(told.organisation, Wanted(since=later)).rows == []
        assert trail(told.organisation, Wanted(until=later)) == trail(told.organisation, Wanted())
    page = client.get("/here/settings/audit-log/", {"since": "soon"})
    assert page.status_code == 422


def test_every_kind_of_change_can_be_read(client: Client, told: Told) -> None:
    said = {"text_en": "Thank you.", "legal_name": "De Kade bv"}
    client.post("/here/settings/invoicing/", said)
    client.post(
        "/here/settings/", {"name": "X", "language": "nl", "languages": ["nl", "fr"], "second_factor_required": ""}
    )
    client.post(f"/here/settings/keys/{told.api_key.pk}/revoke/")
    page = client.get("/here/settings/audit-log/", {"group": "settings"}).content.decode()
    assert "words on documents" in page
    assert "en: Thank you." in page
    assert "Dutch, French" in page


def test_every_field_that_changes_has_a_name_in_every_language() -> None:
    tracked = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    with override("fr"):
        nameless = {
            f"{model.__name__}.{field.name}"
            for model in tracked
            for field in model._meta.concrete_fields
            if not field.name.startswith("pgh_") and field.name not in ("id", "organisation", *SAME_IN_FRENCH)
            if str(label(field)) == field.name.replace("_", " ")
        }
    assert nameless == set()


def test_a_state_is_said_in_the_words_of_its_own_table() -> None:
    with override("fr"):
        assert str(value(Interest._meta.get_field("state"), "introduced")) == "présenté"
        assert str(value(Pot._meta.get_field("state"), "proposed")) == "ouverte aux objections"
        assert str(value(Payable._meta.get_field("state"), "proposed")) == "Attend l'approbation"


def test_every_table_that_tells_of_changes_is_a_source() -> None:
    tracked = {model.pgh_tracked_model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    assert {source.events.pgh_tracked_model for source in SOURCES if source.events} == tracked


def test_an_export_of_a_filter_that_is_none_is_no_export(client: Client, told: Told) -> None:
    assert client.get("/here/settings/audit-log/export/", {"since": "soon"}).status_code == 422
    assert client.get("/here/settings/audit-log/export/", {"until": "9999-12-31"}).status_code == 422


def test_an_export_says_that_there_is_more(client: Client, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "LONGEST_EXPORT", 5)
    lines = client.get("/here/settings/audit-log/export/").content.decode().splitlines()
    assert (len(lines), lines[-1]) == (7, "There is more before this; export it by days.")


def test_it_is_taken_along_as_a_table(client: Client, told: Told) -> None:
    text = client.get("/here/settings/audit-log/export/", {"group": "rules"}).content.decode("utf-8-sig")
    assert text.splitlines()[0] == "at,by,what,about,changed"
    assert "Version published,cooptation_bonus 1" in text
    assert "Case made" not in text


def test_another_organisations_trail_is_not_there(client: Client, told: Told) -> None:
    tell(OrganisationFactory(slug="elsewhere", name="Elsewhere"))
    text = client.get("/here/settings/audit-log/export/").content.decode()
    assert "Elsewhere" not in text
    assert text.count("Organisation made") == 1


def test_a_page_asks_as_often_for_much_as_for_little(client: Client, told: Told) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/here/settings/audit-log/")
        return len(asked)

    client.get("/here/settings/audit-log/")
    few = queries()
    with tenant(told.organisation.pk):
        for number in range(10):
            recommend(told.organisation, told.introducer, timezone.localdate(), email=f"m{number}@mail.example")
    assert queries() <= few


@pytest.mark.parametrize("text", ["", "x", "2026-01-01~fact~1~2", "2026-01-01T00:00:00+00:00~nothing~1", "~fact~9"])
def test_a_place_that_is_none_is_the_beginning(text: str, organisation: Organisation) -> None:
    assert Place.parse(text) is None
