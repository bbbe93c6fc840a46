"""Admission into a network: for one's experience, or told why not; known by who brought one in, whichever way one joins."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Application, Invitation, Member, Organisation, User
from members.selectors import applications
from members.services import applying, joining
from notices.models import Message
from payouts.models import Charge
from privacy.services import erasing
from tests.factories import UserFactory
from tests.stories import publish
from tests.stories_of_joining import EMPTIED, SAID, apply, ask, cost, enter, let_in


def test_who_is_admitted_is_invited_in_their_language_and_has_their_account_in_it(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = apply(client, ask(client, femke))
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
    made = apply(client, ask(client, femke))
    said = {"because": "We look for more years."}
    enter(client, sander).post(f"/here/members/applications/{made.pk}/refuse/", said)
    assert "We look for more years." in Message.objects.get(about=f"refused:{made.pk}").text
    made.refresh_from_db()
    assert {name: getattr(made, name) for name in EMPTIED} == EMPTIED


def test_nobody_decides_on_whom_they_brought_in_themselves(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = apply(client, ask(client, sander))
    with pytest.raises(applying.OwnApplicantError):
        let_in(inside, made, sander)
    assert "another administrator decides" in enter(client, sander).get(f"/here/members/applications/{made.pk}/").text


def test_two_decisions_are_one(inside: Organisation, femke: Member, sander: Member, client: Client) -> None:
    made = apply(client, ask(client, femke))
    let_in(inside, made, sander)
    with pytest.raises(applying.AnsweredAlreadyError):
        applying.refuse(application=made, because="No.", by=sander, at=timezone.now())


def test_only_administrators_read_applications(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = apply(client, ask(client, femke))
    for path in ("", f"{made.pk}/"):
        assert enter(client, femke).get(f"/here/members/applications/{path}").status_code == 403


def test_an_erased_member_leaves_nothing_in_their_application(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    noor = let_in(inside, apply(client, ask(client, femke)), sander)
    Member.objects.filter(pk=noor.pk).update(left_on=timezone.localdate())
    noor.refresh_from_db()
    erasing.erase_member(member=noor, at=timezone.now())
    one = Application.objects.get()
    assert (one.name, one.email, one.experience, one.found) == ("", "", "", "")
    assert applications.brought_in(femke) == []


def test_who_was_invited_in_vain_is_asked_again(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = apply(client, ask(client, femke))
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    joining.withdraw_invitation(organisation=inside, invitation=Invitation.objects.get(), at=timezone.now())
    said = {"name": "Noor", "email": "noor@mail.example", "language": "nl", "note": ""}
    assert enter(client, femke).post("/here/directory/bring-in/", said).status_code == 302


def test_who_joined_by_another_way_meanwhile_is_known_all_the_same(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = apply(client, ask(client, femke))
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    user = UserFactory(email="noor@mail.example")
    joining.join(organisation=inside, user=user, name="Noor", at=timezone.now())
    invitation = Invitation.objects.get()
    noor = joining.accept_invitation(organisation=inside, invitation_id=invitation.pk, user=user, at=timezone.now())
    assert applications.brought_in(femke) == [noor]


def test_who_was_admitted_and_comes_by_the_open_link_joins_for_what_they_agreed_to(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    cost("50")
    address = ask(client, femke)
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
    apply(client, ask(client, femke))
    said = {"name": "Noor", "email": "Noor@mail.example", "team": ""}
    answer = enter(client, sander).post("/here/members/invite/", said)
    assert answer.status_code == 422
    assert "see Applications" in answer.text
    assert not Invitation.objects.exists()


def test_who_was_admitted_is_not_invited_beside_it_and_joins_for_what_they_agreed_to(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    made = apply(client, ask(client, femke))
    applying.admit(organisation=inside, application=made, found="18 years", by=sander, at=timezone.now())
    said = {"name": "Noor", "email": "Noor@mail.example", "team": ""}
    answer = enter(client, sander).post("/here/members/invite/", said)
    assert answer.status_code == 422
    assert "invited already" in answer.text
    here = enter(client, sander).post("/here/members/invite/", said | {"email": femke.user.email.upper()})
    assert "They are a member already." in here.text
    later = {"organisation": inside, "email": "noor@mail.example", "name": "Noor", "roles": []}
    joining.invite(**later, by=sander, at=timezone.now())
    user = UserFactory(email="noor@mail.example")
    found = joining.invited(organisation=inside, user=user, at=timezone.now())
    assert found == Application.objects.get().invitation_id


def test_who_is_invited_into_a_network_reads_what_it_is_and_what_it_costs(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    cost("50", "25")
    said = {"name": "Noor", "email": "noor@mail.example", "team": ""}
    answer = enter(client, sander).post("/here/members/invite/", said)
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
    made = apply(client, ask(client, sander))
    assert Message.objects.filter(to=sander.user.email, kind="application").count() == 1
    page = enter(client, sander).get(f"/here/members/applications/{made.pk}/").text
    assert "Give the role to another member." in page
