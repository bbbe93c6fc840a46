"""Writing, publishing, agreeing to, retiring programmes: what administrators do, and what members are told."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices.broadcasting import broadcast_all
from notices.models import Message
from programmes import documents, selectors, services
from programmes.builder.shapes import rule_set
from programmes.builder.tree import tree
from programmes.models import Acceptance, Draft, Programme, Version
from tests.factories import MemberFactory
from tests.programmes.test_builder import sent_by
from tests.stories import publish, recommend

TODAY = timezone.localdate


@pytest.fixture
def administrator(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, roles=["administrator"])


@pytest.fixture
def client(administrator: Member) -> Client:
    client = Client()
    client.force_login(administrator.user)
    return client


@pytest.fixture
def draft(organisation: Organisation, administrator: Member) -> Draft:
    with tenant(organisation.pk):
        publish()
        return services.draft_of(programme=Programme.objects.get(), by=administrator, at=timezone.now())


def _form(organisation: Organisation, draft: Draft, **changes: str) -> dict[str, Any]:
    """Return what the builder's form sends, as the draft stands now."""
    with tenant(organisation.pk):
        draft = Draft.objects.get(pk=draft.pk)
    sent = sent_by(tree(rule_set(), draft.document)) | {"base": [json.dumps(services.content(draft))]}
    return sent | {name.replace("__", "."): [value] for name, value in changes.items()}


def _address(draft: Draft, what: str = "") -> str:
    return f"/here/programmes/drafts/{draft.pk}/{what}"


def _publish(client: Client, draft: Draft, on: date | str, note: str = "", seen: str | None = None) -> Any:
    """Publish a draft, by default on the page as it stands now."""
    page = client.get(_address(draft, "publish/")).text if seen is None else seen
    shown = dict(re.findall(r'name="(draft|before)" value="(\w+)"', page))
    return client.post(_address(draft, "publish/"), shown | {"effective_on": on, "note": note})


def _amounts(organisation: Organisation, draft: Draft) -> list[str]:
    with tenant(organisation.pk):
        document = Draft.objects.get(pk=draft.pk).document
    return [tier["amount"] for tier in document["rewards"][0]["amount"]["tiers"]]


FIRST, SECOND = "rewards__0__amount__tiers__0__amount", "rewards__0__amount__tiers__1__amount"


def test_a_change_is_kept_and_read_back_in_three_languages(
    organisation: Organisation, client: Client, draft: Draft
) -> None:
    form = _form(organisation, draft, **{FIRST: "1500"})
    page = client.post(_address(draft), form, headers={"HX-Request": "true"}).content.decode()
    assert _amounts(organisation, draft) == ["1500", "800.00"]
    for sentence in ("EUR 1,500.00 if the placement", "EUR 1.500,00 als de plaatsing", "1 500,00 si"):
        assert sentence.split(" ", 1)[1].split()[0] in page
    assert 'lang="fr"' in page


def test_a_mistake_is_said_beside_its_field_and_kept_as_typed(
    organisation: Organisation, client: Client, draft: Draft
) -> None:
    page = client.post(_address(draft), _form(organisation, draft, **{FIRST: "much"})).content.decode()
    assert "Give an amount such as" in page
    assert _amounts(organisation, draft) == ["much", "800.00"]
    assert "left to mend" in client.get(_address(draft, "publish/")).content.decode()


def test_two_who_edit_one_draft_both_keep_what_they_did(
    organisation: Organisation, client: Client, draft: Draft
) -> None:
    mine, theirs = _form(organisation, draft, **{FIRST: "1500"}), _form(organisation, draft, **{SECOND: "900"})
    client.post(_address(draft), mine)
    other = Client()
    other.force_login(MemberFactory(organisation=organisation, roles=["administrator"]).user)
    page = other.post(_address(draft), theirs).content.decode()
    assert "changed this draft meanwhile" in page
    assert _amounts(organisation, draft) == ["1500", "900"]


def test_of_two_changes_of_one_place_the_second_sees_the_first_and_keeps_their_own(
    organisation: Organisation, client: Client, draft: Draft, administrator: Member
) -> None:
    mine, theirs = _form(organisation, draft, **{FIRST: "1500"}), _form(organisation, draft, **{FIRST: "1600"})
    client.post(_address(draft), mine)
    other = Client()
    other.force_login(MemberFactory(organisation=organisation, roles=["administrator"]).user)
    page = other.post(_address(draft), theirs).content.decode()
    assert f"{administrator.name} changed the same place meanwhile" in page
    assert "1600" in page
    assert _amounts(organisation, draft) == ["1500", "800.00"]


def test_rows_are_added_without_scripts_too(organisation: Organisation, client: Client, draft: Draft) -> None:
    form = _form(organisation, draft) | {"do": ["add:rewards.0.amount.tiers"]}
    assert "Tier 3" in client.post(_address(draft), form).content.decode()
    again = _form(organisation, draft) | {"do": ["remove:rewards.0.amount.tiers.2"]}
    assert "Tier 3" not in client.post(_address(draft), again).content.decode()
    nowhere = _form(organisation, draft) | {"do": ["remove:rewards.7"]}
    assert "not there any more" in client.post(_address(draft), nowhere, follow=True).content.decode()


def test_text_is_checked_like_the_form(organisation: Organisation, client: Client, draft: Draft) -> None:
    page = client.get(_address(draft, "yaml/")).content.decode()
    assert page.index("schema: 1") < page.index("eligibility:") < page.index("rewards:")
    text = "schema: 1\ncase: referral\ncurrency: EUR\nrewards: []\nmore: 1"
    wrong = client.post(_address(draft, "yaml/"), {"text": text})
    assert wrong.status_code == 422
    assert "more: 1" in wrong.content.decode()


@pytest.mark.parametrize("start", ["blank", "it_referral_points"])
def test_a_programme_is_begun_written_and_published(
    organisation: Organisation, client: Client, administrator: Member, start: str
) -> None:
    client.post("/here/programmes/new/", {"name": "Points for all", "start": start})
    with tenant(organisation.pk):
        draft = Draft.objects.get()
    _publish(client, draft, TODAY())
    with tenant(organisation.pk):
        assert not Draft.objects.exists()
        assert Version.objects.get().programme.name == "Points for all"
    assert "Points for all" in client.get("/here/programmes/").content.decode()


def test_a_file_of_another_organisation_is_a_beginning(organisation: Organisation, client: Client) -> None:
    with tenant(organisation.pk):
        publish()
        programme = Programme.objects.get()
    exported = client.get(f"/here/programmes/{programme.pk}/versions/1/export/").content
    form = {"name": "Imported", "start": "blank", "file": SimpleUploadedFile("x.yaml", exported)}
    client.post("/here/programmes/new/", form)
    with tenant(organisation.pk):
        assert Draft.objects.get().document["rewards"][0]["amount"]["kind"] == "tiered"
    bad = SimpleUploadedFile("x.yaml", b"schema: 1\ncase: nothing")
    refused = client.post("/here/programmes/new/", {"name": "Bad", "start": "blank", "file": bad})
    assert refused.status_code == 422
    assert "case:" in refused.content.decode()


def test_a_second_version_is_told_to_every_member_and_running_cases_keep_theirs(
    organisation: Organisation, client: Client, draft: Draft
) -> None:
    member, gone = MemberFactory(organisation=organisation), MemberFactory(organisation=organisation)
    with tenant(organisation.pk):
        Member.objects.filter(pk=gone.pk).update(left_on=TODAY())
        case, _token = recommend(organisation, member, TODAY() - timedelta(3))
    client.post(_address(draft), _form(organisation, draft, **{FIRST: "1500"}))
    _publish(client, draft, TODAY(), "More for the quick.")
    for _ in range(2):
        broadcast_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        mails = Message.objects.filter(kind="terms")
        assert mails.filter(to=member.user.email).count() == 1
        assert not mails.filter(to=gone.user.email).exists()
        text = mails.get(to=member.user.email).text
        assert "More for the quick." in text
        assert "New: EUR 1,500.00" in text
        assert [pin.version.number for pin in case.pins.select_related("version")] == [1]
        later, _token = recommend(organisation, member, TODAY(), "other@mail.example")
        assert [pin.version.number for pin in later.pins.select_related("version")] == [2]


def test_a_version_that_says_nothing_new_is_not_published(
    organisation: Organisation, client: Client, draft: Draft
) -> None:
    page = _publish(client, draft, TODAY())
    assert "says already" in page.content.decode()
    early = _publish(client, draft, TODAY() - timedelta(1))
    assert "from today at the earliest" in early.content.decode()


def test_a_newer_version_takes_the_place_of_one_that_was_to_follow_it(inside: Organisation) -> None:
    today = TODAY()
    for days, within in ((-9, "P10D"), (90, "P20D"), (30, "P30D")):
        payment = {"routes": ["invoice"], "within": within}
        publish("new_business", on=today + timedelta(days), name="Premium", payment=payment)
    first, second, third = Version.objects.order_by("number")
    programme = first.programme
    assert selectors.not_replaced([first, second, third]) == [first, third]
    assert selectors.current(programme, today) == first
    assert selectors.coming(programme, today) == third
    assert selectors.before(third) == first
    assert selectors.all_in_force(today + timedelta(100)) == [third]
    (listed,) = selectors.listed(MemberFactory(organisation=inside), today)
    assert (listed.version, listed.coming) == (first, third)
    assert selectors.coming(programme, today + timedelta(31)) is None


def test_who_publishes_reads_what_it_replaces_and_what_adds_up_with_it(
    organisation: Organisation, client: Client, administrator: Member
) -> None:
    with tenant(organisation.pk):
        publish("revenue_share", name="Share")
        publish("revenue_share", name="Share", on=TODAY() + timedelta(60), payment={"within": "P14D"})
        draft = services.draft_of(programme=Programme.objects.get(), by=administrator, at=timezone.now())
    page = client.get(_address(draft, "publish/")).text
    assert "Version 2 is to follow on" in page
    assert "is in force too" not in page
    with tenant(organisation.pk):
        publish("revenue_share", name="Other share")
    assert "“Other share” is in force too" in client.get(_address(draft, "publish/")).text
    far = _publish(client, draft, "2199-01-01")
    assert "Is this the right year?" in far.text


def test_nothing_is_published_that_was_not_shown(organisation: Organisation, client: Client, draft: Draft) -> None:
    client.post(_address(draft), _form(organisation, draft, **{FIRST: "1500"}))
    seen = client.get(_address(draft, "publish/")).text
    client.post(_address(draft), _form(organisation, draft, **{FIRST: "15000"}))
    again = _publish(client, draft, TODAY(), "A word", seen)
    assert again.status_code == 422
    assert "The draft was changed meanwhile." in again.text
    assert "A word" in again.text
    assert "EUR 15,000.00" in again.text
    assert _publish(client, draft, TODAY(), "A word", again.text).status_code == 302
    with tenant(organisation.pk):
        assert Version.objects.latest("pk").rules["rewards"][0]["amount"]["tiers"][0]["amount"] == "15000"


def test_what_changes_is_said_against_the_version_that_holds_on_the_first_day(
    organisation: Organisation, client: Client, administrator: Member
) -> None:
    with tenant(organisation.pk):
        for days, within in ((-9, "P10D"), (30, "P20D")):
            publish("new_business", on=TODAY() + timedelta(days), name="Premium", payment={"within": within})
        draft = services.draft_of(programme=Programme.objects.get(), by=administrator, at=timezone.now())
        Draft.objects.filter(pk=draft.pk).update(document=draft.document | {"payment": {"within": "P30D"}})
    page = client.get(_address(draft, "publish/")).text
    assert "within 10 days" in page
    later = _publish(client, draft, TODAY() + timedelta(31), seen=page)
    assert later.status_code == 422
    assert "On that day another version holds." in later.text
    assert "within 20 days" in later.text
    assert _publish(client, draft, TODAY() + timedelta(31), seen=later.text).status_code == 302


def test_what_is_to_come_is_brought_forward(organisation: Organisation, client: Client, administrator: Member) -> None:
    with tenant(organisation.pk):
        for days, within in ((-9, "P10D"), (30, "P20D")):
            publish("new_business", on=TODAY() + timedelta(days), name="Premium", payment={"within": within})
        draft = services.draft_of(programme=Programme.objects.get(), by=administrator, at=timezone.now())
    later = TODAY() + timedelta(40)
    assert "says already" in _publish(client, draft, later, seen=_publish(client, draft, later).text).text
    assert _publish(client, draft, TODAY() + timedelta(9)).status_code == 302


def test_the_history_says_which_version_never_held_for_a_day(organisation: Organisation, client: Client) -> None:
    with tenant(organisation.pk):
        programme = services.publish(
            name="Premium", rules=documents.preset("new_business"), effective_on=TODAY(), at=timezone.now(), by=None
        ).programme
        for days, within in ((30, "P10D"), (0, "P20D")):
            rules = documents.preset("new_business") | {"payment": {"within": within}}
            on = TODAY() + timedelta(days)
            services.publish(name="Premium", rules=rules, effective_on=on, at=timezone.now(), by=None)
    page = client.get(f"/here/programmes/{programme.pk}/history/").text
    assert page.count("replaced on the day on which it began") == 1
    assert page.count("replaced before it began") == 1


def test_a_programme_stays_for_its_kind_of_case(organisation: Organisation, client: Client, draft: Draft) -> None:
    page = client.post(_address(draft), _form(organisation, draft, case="lead")).content.decode()
    assert "kind of case that it began with" in page


def test_a_member_reads_what_changed_and_agrees(organisation: Organisation, client: Client, draft: Draft) -> None:
    member = MemberFactory(organisation=organisation)
    reader = Client()
    reader.force_login(member.user)
    with tenant(organisation.pk):
        address = f"/here/programmes/{Programme.objects.get().pk}/"
    reader.post(address + "accept/", {"version": "1"})
    assert "You agreed to this version" in reader.get(address).content.decode()
    client.post(_address(draft), _form(organisation, draft, **{FIRST: "1500"}))
    _publish(client, draft, TODAY())
    page = reader.get(address).content.decode()
    assert "What changed since version 1" in page
    assert "<ins>EUR 1,500.00 if the placement" in page
    reader.post(address + "accept/", {"version": "2"})
    with tenant(organisation.pk):
        assert Acceptance.objects.filter(member=member).count() == 2
        with pytest.raises(ProgrammingError), transaction.atomic():
            Acceptance.objects.update(accepted_at=timezone.now())
    assert reader.post(address + "accept/", {"version": "9"}).status_code == 404


def test_members_see_no_drafts_and_no_version_that_is_not_in_force_as_theirs(
    organisation: Organisation, client: Client, draft: Draft
) -> None:
    reader = Client()
    reader.force_login(MemberFactory(organisation=organisation).user)
    assert reader.get(_address(draft)).status_code == 403
    client.post(_address(draft), _form(organisation, draft, **{FIRST: "1500"}))
    _publish(client, draft, TODAY() + timedelta(9))
    with tenant(organisation.pk):
        address = f"/here/programmes/{Programme.objects.get().pk}/"
    page = reader.get(address).content.decode()
    assert "EUR 1,200.00" in page
    assert "Version 2 follows" in page


def test_a_retired_programme_takes_nothing_new(organisation: Organisation, client: Client, draft: Draft) -> None:
    with tenant(organisation.pk):
        programme = Programme.objects.get()
    client.post(f"/here/programmes/{programme.pk}/retire/", {"on": TODAY()})
    with tenant(organisation.pk):
        assert selectors.all_in_force(TODAY()) == []
        assert not Draft.objects.exists()


def test_the_pages_of_programmes_make_as_many_queries_for_many_as_for_one(
    organisation: Organisation, client: Client, draft: Draft, django_assert_max_num_queries: Any
) -> None:
    with tenant(organisation.pk):
        rules = Version.objects.get().rules
        for number in range(8):
            services.publish(name=f"P{number}", rules=rules, effective_on=TODAY(), at=timezone.now(), by=None)
    with django_assert_max_num_queries(20):
        assert client.get("/here/programmes/").status_code == 200
