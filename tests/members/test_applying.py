"""Applying to a network: asked by a member, one applies or declines, once, and is forgotten when nothing comes of it."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from members.models import Application, Member, MemberProfile, Organisation
from members.people_file import Line
from members.selectors import applications
from members.services import applying, joining
from notices.models import Message
from payouts.models import Charge
from tests.stories_of_joining import EMPTIED, SAID, apply, ask, cost, enter, let_in


def test_who_is_asked_applies_is_admitted_and_known_by_who_brought_them_in(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    address = ask(client, femke)
    page = Client().get(address)
    assert "Femke wil je graag bij" in page.text
    assert page.headers["Referrer-Policy"] == "strict-origin"
    made = apply(client, address)
    assert Message.objects.filter(to=sander.user.email, kind="application").count() == 1
    assert "I closed the books" in enter(client, sander).get(f"/here/members/applications/{made.pk}/").text
    noor = let_in(inside, made, sander)
    profile = MemberProfile.objects.get(member=noor)
    assert (profile.years, profile.disciplines, profile.links) == (18, ["Finance", "Audit"], ["https://noor.example"])
    assert applications.brought_in(femke) == [noor]
    page = enter(client, femke).get(f"/here/directory/{noor.pk}/").text
    assert "Brought in by" in page
    assert "18 years of finance" not in page
    assert "18 years of finance" in enter(client, sander).get(f"/here/directory/{noor.pk}/").text
    assert Message.objects.filter(to=femke.user.email, subject="Noor Visser joined").exists()
    assert Client().get(address).status_code == 404


def test_a_form_with_something_missing_keeps_what_was_typed(
    inside: Organisation, femke: Member, client: Client
) -> None:
    answer = Client().post(ask(client, femke), SAID | {"years": ""})
    assert answer.status_code == 422
    assert "I closed the books" in answer.text
    assert not Application.objects.filter(state="applied").exists()


def test_who_applies_agrees_to_what_it_costs_and_joins_for_that(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    cost("50", "45")
    address = ask(client, femke)
    shown = re.search(r'name="terms" value="([^"]*)"', Client().get(address).text)
    assert shown
    said = SAID | {"terms": shown[1]}
    assert Client().post(address, said).status_code == 422
    assert Client().post(address, said | {"accepted": "on"}).status_code == 200
    made = Application.objects.get()
    assert (made.accepted_fee, made.accepted_dues, made.accepted_every) == (Decimal("50.00"), Decimal("45.00"), 3)
    page = enter(client, sander).get(f"/here/members/applications/{made.pk}/")
    assert "EUR 45.00 every quarter" in page.text
    cost("80")
    noor = let_in(inside, made, sander)
    assert Charge.objects.get(member=noor).amount == Decimal("50.00")


def test_who_applies_reads_again_what_changed_meanwhile(inside: Organisation, femke: Member, client: Client) -> None:
    cost("50")
    address = ask(client, femke)
    shown = re.search(r'name="terms" value="([^"]*)"', Client().get(address).text)
    assert shown
    cost("80")
    answer = Client().post(f"{address}?language=en", SAID | {"terms": shown[1], "accepted": "on"})
    assert answer.status_code == 422
    assert "has changed meanwhile" in answer.text
    assert "I closed the books" in answer.text
    again = re.search(r'name="terms" value="([^"]*)"', answer.text)
    assert again
    assert Client().post(address, SAID | {"terms": again[1], "accepted": "on"}).status_code == 200
    assert Application.objects.get().accepted_fee == Decimal("80.00")


def test_who_declines_is_erased(inside: Organisation, femke: Member, client: Client) -> None:
    address = ask(client, femke)
    assert Client().post(address, {"decline": ""}).status_code == 200
    one = Application.objects.get()
    assert one.state == "declined"
    assert {name: getattr(one, name) for name in EMPTIED} == EMPTIED
    assert Client().get(address).status_code == 404


def test_who_declined_is_not_asked_again_soon(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    Client().post(ask(client, femke), {"decline": ""})
    said = {"name": "Noor", "email": "Noor@mail.example", "language": "nl", "note": ""}
    answer = enter(client, sander).post("/here/directory/bring-in/", said)
    assert answer.status_code == 422
    assert "said no not long ago" in answer.text
    with time_machine.travel(timezone.now() + applying.NOT_ASKED_FOR + timedelta(1)):
        assert enter(client, sander).post("/here/directory/bring-in/", said).status_code == 302


def test_who_declined_is_not_invited_by_another_way(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    Client().post(ask(client, femke), {"decline": ""})
    answer = enter(client, sander).post("/here/members/invite/", {"name": "Noor", "email": "Noor@mail.example"})
    assert answer.status_code == 422
    assert "said no not long ago" in answer.text
    upload = SimpleUploadedFile("people.csv", b"name;email\nNoor;noor@mail.example")
    assert "said no not long ago" in client.post("/here/members/import/", {"file": upload}).text
    with pytest.raises(joining.ProblemsError):
        joining.invite_many(
            organisation=inside, lines=[Line(1, "Noor", "noor@mail.example")], by=sander, at=timezone.now()
        )


def test_who_takes_an_application_back_can_be_asked_again(inside: Organisation, femke: Member, client: Client) -> None:
    address = ask(client, femke)
    apply(client, address)
    assert "nobody asks you again" not in Client().get(f"{address}?language=en").text
    Client().post(address, {"decline": ""})
    said = {"name": "Noor", "email": "noor@mail.example", "language": "nl", "note": ""}
    assert enter(client, femke).post("/here/directory/bring-in/", said).status_code == 302


def test_who_applied_hears_that_it_arrived_and_how_to_change_it(
    inside: Organisation, femke: Member, client: Client
) -> None:
    address = ask(client, femke)
    made = apply(client, address)
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
    address = ask(client, femke)
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


def test_who_is_here_or_was_asked_is_not_asked_again(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    ask(client, femke)
    for email in ("NOOR@mail.example", sander.user.email):
        said = {"name": "Noor", "email": email, "language": "nl", "note": ""}
        answer = enter(client, sander).post("/here/directory/bring-in/", said)
        assert answer.status_code == 422
        assert "somebody asked them" in answer.text


def test_what_was_asked_is_taken_back_by_who_asked(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    address = ask(client, femke)
    one = Application.objects.get()
    assert enter(client, sander).post(f"/here/directory/bring-in/{one.pk}/").status_code == 404
    assert enter(client, femke).post(f"/here/directory/bring-in/{one.pk}/").status_code == 302
    assert Client().get(address).status_code == 404


def test_who_never_answers_is_forgotten(inside: Organisation, femke: Member, client: Client) -> None:
    ask(client, femke)
    assert applying.forget_unfinished(timezone.now()) == 0
    assert applying.forget_unfinished(timezone.now() + timedelta(61)) == 1
    assert Application.objects.get().email == ""


def test_who_is_not_decided_on_or_never_joins_is_forgotten(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = apply(client, ask(client, femke))
    assert applying.forget_unfinished(timezone.now() + timedelta(100)) == 0
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    assert applying.forget_unfinished(timezone.now() + timedelta(29)) == 0
    assert applying.forget_unfinished(timezone.now() + timedelta(31)) == 1
    made.refresh_from_db()
    assert (made.state, made.email, made.experience, made.found) == ("admitted", "", "", "")
    second = apply(client, ask(client, femke, "lotte@mail.example"))
    assert applying.forget_unfinished(timezone.now() + timedelta(181)) == 1
    second.refresh_from_db()
    assert (second.state, second.name) == ("withdrawn", "")


def test_what_was_taken_back_is_not_mailed(inside: Organisation, femke: Member, client: Client) -> None:
    ask(client, femke)
    one = Application.objects.get()
    enter(client, femke).post(f"/here/directory/bring-in/{one.pk}/")
    mail = Message.objects.get(about=f"application:{one.pk}")
    assert (mail.to, mail.text, mail.next_try_at) == ("", "", None)


def test_a_link_that_was_used_up_this_very_moment_says_so(
    inside: Organisation, femke: Member, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ask(client, femke)

    def decided(*_: object, **__: object) -> bool:
        Application.objects.update(state="withdrawn")
        return True

    monkeypatch.setattr("members.views.applying.limits.within", decided)
    assert Client().post(address, SAID).status_code == 410
