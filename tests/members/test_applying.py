"""Coming into a network: asked by a member, one applies or declines, and is admitted for one's experience, or told why not."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from members.models import Application, Invitation, Member, MemberProfile, MembershipTerms, Organisation, User
from members.people_file import Line
from members.selectors import applications
from members.services import applying, joining, membership
from notices.models import Message
from payouts.models import Charge
from privacy.services import erasing
from tests.factories import MemberFactory, UserFactory
from tests.stories import publish

SAID = {
    "name": "Noor Visser",
    "disciplines": "Finance, Audit",
    "years": "18",
    "experience": "I closed the books of three ports.",
    "why": "I like to work with others.",
    "link": "noor.example",
}
EMPTIED = {"name": "", "email": "", "experience": "", "why": "", "link": "", "years": None}


@pytest.fixture
def femke(inside: Organisation) -> Member:
    publish("revenue_share", name="Share")
    inside.refresh_from_db()
    return MemberFactory(organisation=inside, name="Femke")


@pytest.fixture
def sander(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Sander", roles=["administrator"])


def _as(client: Client, member: Member) -> Client:
    client.force_login(member.user)
    return client


def _ask(client: Client, by: Member, email: str = "noor@mail.example") -> str:
    """Have a member ask somebody, and return the address that they were mailed."""
    said = {"name": "Noor", "email": email, "language": "nl", "note": "We work well together."}
    assert _as(client, by).post("/here/directory/bring-in/", said).status_code == 302
    mail = Message.objects.get(to=email, kind="application")
    found = re.search(r"/a/[\w-]+/", mail.text)
    assert found
    return found[0]


def _apply(client: Client, address: str) -> Application:
    assert Client().post(address, SAID).status_code == 200
    return Application.objects.get(state="applied")


def _admit(organisation: Organisation, application: Application, by: Member) -> Member:
    applying.admit(
        organisation=organisation, application=application, found="18 years of finance", by=by, at=timezone.now()
    )
    user = UserFactory(email=application.email)
    invitation = Invitation.objects.get(email=application.email)
    return joining.accept_invitation(
        organisation=organisation, invitation_id=invitation.pk, user=user, at=timezone.now()
    )


def test_who_is_asked_applies_is_admitted_and_known_by_who_brought_them_in(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    address = _ask(client, femke)
    page = Client().get(address)
    assert "Femke wil je graag bij" in page.text
    assert page.headers["Referrer-Policy"] == "strict-origin"
    made = _apply(client, address)
    assert Message.objects.filter(to=sander.user.email, kind="application").count() == 1
    assert "I closed the books" in _as(client, sander).get(f"/here/members/applications/{made.pk}/").text
    noor = _admit(inside, made, sander)
    profile = MemberProfile.objects.get(member=noor)
    assert (profile.years, profile.disciplines, profile.links) == (18, ["Finance", "Audit"], ["https://noor.example"])
    assert applications.brought_in(femke) == [noor]
    page = _as(client, femke).get(f"/here/directory/{noor.pk}/").text
    assert "Brought in by" in page
    assert "18 years of finance" not in page
    assert "18 years of finance" in _as(client, sander).get(f"/here/directory/{noor.pk}/").text
    assert Message.objects.filter(to=femke.user.email, subject="Noor Visser joined").exists()
    assert Client().get(address).status_code == 404


def test_a_form_with_something_missing_keeps_what_was_typed(
    inside: Organisation, femke: Member, client: Client
) -> None:
    answer = Client().post(_ask(client, femke), SAID | {"years": ""})
    assert answer.status_code == 422
    assert "I closed the books" in answer.text
    assert not Application.objects.filter(state="applied").exists()


def _costs(fee: str, dues: str = "0") -> MembershipTerms:
    terms = {"registration_fee": Decimal(fee), "dues": Decimal(dues), "dues_from": date(2026, 1, 1)}
    return membership.save_terms(fields=terms)


def test_who_applies_agrees_to_what_it_costs_and_joins_for_that(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    _costs("50", "45")
    address = _ask(client, femke)
    shown = re.search(r'name="terms" value="([^"]*)"', Client().get(address).text)
    assert shown
    said = SAID | {"terms": shown[1]}
    assert Client().post(address, said).status_code == 422
    assert Client().post(address, said | {"accepted": "on"}).status_code == 200
    made = Application.objects.get()
    assert (made.accepted_fee, made.accepted_dues, made.accepted_every) == (Decimal("50.00"), Decimal("45.00"), 3)
    page = _as(client, sander).get(f"/here/members/applications/{made.pk}/")
    assert "EUR 45.00 every quarter" in page.text
    _costs("80")
    noor = _admit(inside, made, sander)
    assert Charge.objects.get(member=noor).amount == Decimal("50.00")


def test_who_applies_reads_again_what_changed_meanwhile(inside: Organisation, femke: Member, client: Client) -> None:
    _costs("50")
    address = _ask(client, femke)
    shown = re.search(r'name="terms" value="([^"]*)"', Client().get(address).text)
    assert shown
    _costs("80")
    answer = Client().post(f"{address}?language=en", SAID | {"terms": shown[1], "accepted": "on"})
    assert answer.status_code == 422
    assert "has changed meanwhile" in answer.text
    assert "I closed the books" in answer.text
    again = re.search(r'name="terms" value="([^"]*)"', answer.text)
    assert again
    assert Client().post(address, SAID | {"terms": again[1], "accepted": "on"}).status_code == 200
    assert Application.objects.get().accepted_fee == Decimal("80.00")


def test_who_declines_is_erased(inside: Organisation, femke: Member, client: Client) -> None:
    address = _ask(client, femke)
    assert Client().post(address, {"decline": ""}).status_code == 200
    one = Application.objects.get()
    assert one.state == "declined"
    assert {name: getattr(one, name) for name in EMPTIED} == EMPTIED
    assert Client().get(address).status_code == 404


def test_who_declined_is_not_asked_again_soon(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    Client().post(_ask(client, femke), {"decline": ""})
    said = {"name": "Noor", "email": "Noor@mail.example", "language": "nl", "note": ""}
    answer = _as(client, sander).post("/here/directory/bring-in/", said)
    assert answer.status_code == 422
    assert "said no not long ago" in answer.text
    with time_machine.travel(timezone.now() + applying.NOT_ASKED_FOR + timedelta(1)):
        assert _as(client, sander).post("/here/directory/bring-in/", said).status_code == 302


def test_who_declined_is_not_invited_by_another_way(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    Client().post(_ask(client, femke), {"decline": ""})
    answer = _as(client, sander).post("/here/members/invite/", {"name": "Noor", "email": "Noor@mail.example"})
    assert answer.status_code == 422
    assert "said no not long ago" in answer.text
    upload = SimpleUploadedFile("people.csv", b"name;email\nNoor;noor@mail.example")
    assert "said no not long ago" in client.post("/here/members/import/", {"file": upload}).text
    with pytest.raises(joining.ProblemsError):
        joining.invite_many(
            organisation=inside, lines=[Line(1, "Noor", "noor@mail.example")], by=sander, at=timezone.now()
        )


def test_who_takes_an_application_back_can_be_asked_again(inside: Organisation, femke: Member, client: Client) -> None:
    address = _ask(client, femke)
    _apply(client, address)
    assert "nobody asks you again" not in Client().get(f"{address}?language=en").text
    Client().post(address, {"decline": ""})
    said = {"name": "Noor", "email": "noor@mail.example", "language": "nl", "note": ""}
    assert _as(client, femke).post("/here/directory/bring-in/", said).status_code == 302


def test_who_applied_hears_that_it_arrived_and_how_to_change_it(
    inside: Organisation, femke: Member, client: Client
) -> None:
    address = _ask(client, femke)
    made = _apply(client, address)
    mail = Message.objects.get(about=f"arrived:{made.pk}")
    assert mail.to == "noor@mail.example"
    assert mail.subject == f"Je aanmelding bij {inside.name}"
    assert address in mail.text
    assert "I closed the books of three ports." in Client().get(address).text
    Client().post(address, SAID | {"why": "For the coffee."})
    assert Message.objects.filter(about=f"arrived:{made.pk}").count() == 1
    Client().post(address, {"decline": ""})
    mail.refresh_from_db()
    assert (mail.to, mail.text) == ("", "")


def test_who_is_asked_reads_the_terms_before_they_apply(inside: Organisation, femke: Member, client: Client) -> None:
    address = _ask(client, femke)
    page = Client().get(f"{address}terms/")
    assert page.status_code == 200
    assert "Share" in page.text
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert '<html lang="nl"' in page.text
    own = re.search(r'href="([^"]+/terms/[^"]*)"', Client().get(f"{address}?language=fr").text)
    assert own
    assert '<html lang="fr"' in (page := Client().get(own[1])).text
    assert f'href="{address}?language=fr"' in page.text
    Client().post(address, {"decline": ""})
    assert Client().get(f"{address}terms/").status_code == 404
    assert Client().get("/a/made-up/terms/").status_code == 404


def test_who_is_admitted_is_invited_in_their_language_and_has_their_account_in_it(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, femke))
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    mail = Message.objects.get(kind="invited", to="noor@mail.example")
    assert "toegelaten" in mail.text
    found = re.search(r"/join/[\w-]+/", mail.text)
    assert found
    browser = Client(HTTP_ACCEPT_LANGUAGE="nl")
    browser.get(found[0])
    said = {"email": "noor@mail.example", "password1": "long-enough-to-hold", "password2": "long-enough-to-hold"}
    assert browser.post("/accounts/signup/", said).status_code == 302
    assert User.objects.get(email="noor@mail.example").language == "nl"


def test_who_is_refused_reads_why_and_is_erased(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, femke))
    said = {"because": "We look for more years."}
    _as(client, sander).post(f"/here/members/applications/{made.pk}/refuse/", said)
    assert "We look for more years." in Message.objects.get(about=f"refused:{made.pk}").text
    made.refresh_from_db()
    assert {name: getattr(made, name) for name in EMPTIED} == EMPTIED


def test_nobody_decides_on_whom_they_brought_in_themselves(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, sander))
    with pytest.raises(applying.OwnApplicantError):
        _admit(inside, made, sander)
    assert "another administrator decides" in _as(client, sander).get(f"/here/members/applications/{made.pk}/").text


def test_two_decisions_are_one(inside: Organisation, femke: Member, sander: Member, client: Client) -> None:
    made = _apply(client, _ask(client, femke))
    _admit(inside, made, sander)
    with pytest.raises(applying.AnsweredAlreadyError):
        applying.refuse(application=made, because="No.", by=sander, at=timezone.now())


def test_who_is_here_or_was_asked_is_not_asked_again(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    _ask(client, femke)
    for email in ("NOOR@mail.example", sander.user.email):
        said = {"name": "Noor", "email": email, "language": "nl", "note": ""}
        answer = _as(client, sander).post("/here/directory/bring-in/", said)
        assert answer.status_code == 422
        assert "somebody asked them" in answer.text


def test_what_was_asked_is_taken_back_by_who_asked(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    address = _ask(client, femke)
    one = Application.objects.get()
    assert _as(client, sander).post(f"/here/directory/bring-in/{one.pk}/").status_code == 404
    assert _as(client, femke).post(f"/here/directory/bring-in/{one.pk}/").status_code == 302
    assert Client().get(address).status_code == 404


def test_who_never_answers_is_forgotten(inside: Organisation, femke: Member, client: Client) -> None:
    _ask(client, femke)
    assert applying.forget_unfinished(timezone.now()) == 0
    assert applying.forget_unfinished(timezone.now() + timedelta(61)) == 1
    assert Application.objects.get().email == ""


def test_only_administrators_read_applications(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, femke))
    for path in ("", f"{made.pk}/"):
        assert _as(client, femke).get(f"/here/members/applications/{path}").status_code == 403


def test_an_erased_member_leaves_nothing_in_their_application(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    noor = _admit(inside, _apply(client, _ask(client, femke)), sander)
    Member.objects.filter(pk=noor.pk).update(left_on=timezone.localdate())
    noor.refresh_from_db()
    erasing.erase_member(member=noor, at=timezone.now())
    one = Application.objects.get()
    assert (one.name, one.email, one.experience, one.found) == ("", "", "", "")
    assert applications.brought_in(femke) == []


def test_who_is_not_decided_on_or_never_joins_is_forgotten(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, femke))
    assert applying.forget_unfinished(timezone.now() + timedelta(100)) == 0
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    assert applying.forget_unfinished(timezone.now() + timedelta(29)) == 0
    assert applying.forget_unfinished(timezone.now() + timedelta(31)) == 1
    made.refresh_from_db()
    assert (made.state, made.email, made.experience, made.found) == ("admitted", "", "", "")
    second = _apply(client, _ask(client, femke, "lotte@mail.example"))
    assert applying.forget_unfinished(timezone.now() + timedelta(181)) == 1
    second.refresh_from_db()
    assert (second.state, second.name) == ("withdrawn", "")


def test_who_was_invited_in_vain_is_asked_again(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, femke))
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    joining.withdraw_invitation(organisation=inside, invitation=Invitation.objects.get(), at=timezone.now())
    said = {"name": "Noor", "email": "noor@mail.example", "language": "nl", "note": ""}
    assert _as(client, femke).post("/here/directory/bring-in/", said).status_code == 302


def test_who_joined_by_another_way_meanwhile_is_known_all_the_same(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, femke))
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    user = UserFactory(email="noor@mail.example")
    joining.join(organisation=inside, user=user, name="Noor", at=timezone.now())
    invitation = Invitation.objects.get()
    noor = joining.accept_invitation(organisation=inside, invitation_id=invitation.pk, user=user, at=timezone.now())
    assert applications.brought_in(femke) == [noor]


def test_who_was_admitted_and_comes_by_the_open_link_joins_for_what_they_agreed_to(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    _costs("50")
    address = _ask(client, femke)
    shown = re.search(r'name="terms" value="([^"]*)"', Client().get(address).text)
    assert shown
    Client().post(address, SAID | {"terms": shown[1], "accepted": "on"})
    applying.admit(
        organisation=inside, application=Application.objects.get(), found="18 years", by=sander, at=timezone.now()
    )
    token = joining.renew_open_link(organisation=inside, expires_at=timezone.now() + timedelta(9))
    client.force_login(UserFactory(email="noor@mail.example"))
    assert "50.00" in client.get(f"/join/{token}/").text
    assert client.post(f"/join/{token}/").status_code == 302
    noor = Member.objects.get(user__email="noor@mail.example")
    assert (noor.name, Charge.objects.get(member=noor).amount) == ("Noor Visser", Decimal("50.00"))
    assert applications.brought_in(femke) == [noor]


def test_who_applied_is_not_invited_beside_it(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    _apply(client, _ask(client, femke))
    said = {"name": "Noor", "email": "Noor@mail.example", "team": ""}
    answer = _as(client, sander).post("/here/members/invite/", said)
    assert answer.status_code == 422
    assert "see Applications" in answer.text
    assert not Invitation.objects.exists()


def test_who_was_admitted_is_not_invited_beside_it_and_joins_for_what_they_agreed_to(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = _apply(client, _ask(client, femke))
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    said = {"name": "Noor", "email": "Noor@mail.example", "team": ""}
    answer = _as(client, sander).post("/here/members/invite/", said)
    assert answer.status_code == 422
    assert "invited already" in answer.text
    here = _as(client, sander).post("/here/members/invite/", said | {"email": femke.user.email.upper()})
    assert "They are a member already." in here.text
    later = {"organisation": inside, "email": "noor@mail.example", "name": "Noor", "roles": []}
    joining.invite(**later, by=sander, at=timezone.now())
    user = UserFactory(email="noor@mail.example")
    found = joining.invited(organisation=inside, user=user, at=timezone.now())
    assert found == Application.objects.get().invitation_id


def test_who_is_invited_into_a_network_reads_what_it_is_and_what_it_costs(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    _costs("50", "25")
    said = {"name": "Noor", "email": "noor@mail.example", "team": ""}
    answer = _as(client, sander).post("/here/members/invite/", said)
    assert "It was mailed to noor@mail.example." in answer.text
    mail = Message.objects.get(to="noor@mail.example", kind="invited")
    assert "recommend people" not in mail.subject + mail.text
    found = re.search(r"/join/[\w-]+/", mail.text)
    assert found
    assert "dues of EUR 25.00 every quarter" in Client().get(found[0]).text
    client.force_login(UserFactory(email="noor@mail.example"))
    assert "dues of EUR 25.00 every quarter" in client.get(found[0]).text


def test_an_only_administrator_hears_of_whom_they_brought_in_and_what_to_do(
    inside: Organisation, sander: Member, client: Client
) -> None:
    publish("revenue_share", name="Share")
    inside.refresh_from_db()
    made = _apply(client, _ask(client, sander))
    assert Message.objects.filter(to=sander.user.email, kind="application").count() == 1
    page = _as(client, sander).get(f"/here/members/applications/{made.pk}/").text
    assert "Give the role to another member." in page


def test_what_was_taken_back_is_not_mailed(inside: Organisation, femke: Member, client: Client) -> None:
    _ask(client, femke)
    one = Application.objects.get()
    _as(client, femke).post(f"/here/directory/bring-in/{one.pk}/")
    mail = Message.objects.get(about=f"application:{one.pk}")
    assert (mail.to, mail.text, mail.next_try_at) == ("", "", None)


def test_a_link_that_was_used_up_this_very_moment_says_so(
    inside: Organisation, femke: Member, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _ask(client, femke)

    def decided(*_: object, **__: object) -> bool:
        Application.objects.update(state="withdrawn")
        return True

    monkeypatch.setattr("members.views.applying.limits.within", decided)
    assert Client().post(address, SAID).status_code == 410
