"""Mails stop by the link that stands in each of them: by a click or by the mail program, without signing in."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from members.services import thanking
from members.services.people import leave
from notices import services, unsubscribing
from notices.kinds import CHOSEN, OPTIONAL, Kind
from notices.models import Message, Preference
from tests.factories import MemberFactory, OrganisationFactory

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def femke(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Femke", user__language="nl")


@pytest.fixture
def bas(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Bas")


def _thank(to: Member, by: Member) -> list[mail.EmailMessage]:
    """Have somebody thanked; return the mails that were sent of it."""
    mail.outbox.clear()
    thanking.thank(to=to, text="For the introduction.", by=by, at=timezone.now())
    services.send_all(organisation_id=to.organisation_id)
    return list(mail.outbox)


def _path(member: Member, kind: Kind) -> str:
    address = unsubscribing.address_for(member=member, kind=kind, at=timezone.now())
    return "/" + address.split("/", 3)[3]


def test_a_mail_program_stops_a_kind_of_mails_by_the_address_in_the_header(femke: Member, bas: Member) -> None:
    (sent,) = _thank(femke, bas)
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in sent.body
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/" + address.split("/", 3)[3], ONE_CLICK).status_code == 200
    Message.objects.all().delete()
    assert _thank(femke, bas) == []
    assert len(_thank(bas, femke)) == 1


def test_looking_stops_nothing_and_speaks_the_language_of_the_reader(femke: Member) -> None:
    path = _path(femke, Kind.THANKED)
    page = Client().get(path)
    assert "Iemand bedankt mij" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert not Preference.objects.exists()
    assert "Quelqu’un me remercie" in Client().post(path + "?language=fr").text
    assert Preference.objects.get(member=femke).muted == ["thanked"]


@pytest.mark.parametrize("kind", CHOSEN)
def test_stopping_one_kind_leaves_the_others(femke: Member, kind: Kind) -> None:
    Preference.objects.create(member=femke, muted=["moved"], digest=Preference.Digest.MONTHLY)
    for _ in range(2):
        assert Client().post(_path(femke, kind), ONE_CLICK).status_code == 200
    own = Preference.objects.get(member=femke)
    assert set(own.muted) == {"moved", kind} & set(OPTIONAL)
    assert (own.digest == Preference.Digest.NEVER) is (kind == Kind.DIGEST)
    assert (own.fitting == Preference.Fitting.DIGEST) is (kind == Kind.FITTING)


def test_a_link_stops_its_own_kind_alone_and_none_about_money(femke: Member) -> None:
    token = _path(femke, Kind.THANKED).split("/")[3]
    for address in (f"/u/digest/{token}/", f"/u/paid/{token}/", f"/u/nothing/{token}/", "/u/thanked/none/"):
        assert Client().post(address, ONE_CLICK).status_code == 404
    assert not Preference.objects.exists()


def test_mails_that_always_come_offer_no_stop(femke: Member, bas: Member) -> None:
    services.write_to_member(
        organisation=femke.organisation,
        member=femke,
        about="money",
        letter=lambda: services.Letter(Kind.PAID, "Paid", ["It was paid."], "Look", "/"),
        at=timezone.now(),
    )
    mail.outbox.clear()
    services.send_all(organisation_id=femke.organisation_id)
    (sent,) = mail.outbox
    assert "List-Unsubscribe" not in sent.extra_headers
    assert "/u/" not in sent.body


def test_who_left_is_answered_and_nothing_is_kept(inside: Organisation, femke: Member, bas: Member) -> None:
    path = _path(femke, Kind.THANKED)
    MemberFactory(organisation=inside, roles=["administrator"])
    leave(organisation=inside, member=femke, on=timezone.localdate() - timedelta(1), by=bas, at=timezone.now())
    assert Client().post(path, ONE_CLICK).status_code == 200
    assert not Preference.objects.exists()


def test_the_address_is_forgotten_when_the_mail_was_sent(femke: Member, bas: Member) -> None:
    _thank(femke, bas)
    assert not Message.objects.exclude(unsubscribe="").exists()


def test_who_chose_no_news_hears_that_nothing_is_mailed_of_opportunities(
    organisation: Organisation, client: Client
) -> None:
    network = OrganisationFactory(slug="there", runs=["opportunity"])
    member = MemberFactory(organisation=network)
    client.force_login(member.user)
    said = {"fitting": "digest", "digest": "never", "wanted": ["meeting"]}
    page = client.post("/there/mails/", said, follow=True)
    assert "No mail tells you of new opportunities now" in page.text
