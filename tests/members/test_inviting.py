"""Inviting by mail, one or many: every line looked at, all or nobody, and the link works."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.tables import UnreadableError
from kernel.tenancy import tenant
from members import people_file
from members.models import Invitation, Member, Organisation, Team
from notices.models import Message
from tests.factories import MemberFactory

FILE = (
    "Naam;E-mail;Team;Rollen\nAn Peeters;AN@mail.example;Data;\nBo Bakker;bo@mail.example;Data;recruiter, beheerder\n"
)


@pytest.fixture
def client(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(MemberFactory(organisation=organisation, roles=["administrator"]).user)
    return client


def _look(client: Client, text: str, name: str = "people.csv") -> str:
    upload = SimpleUploadedFile(name, text.encode())
    return client.post("/here/members/import/", {"file": upload}).content.decode()


def _signed(page: str) -> str:
    found = re.search(r'name="signed" value="([^"]+)"', page)
    assert found
    return found[1]


def test_lines_are_read_as_people_write_them() -> None:
    first, second = people_file.read("people.csv", FILE.encode())
    assert (first.name, first.email, first.team, first.roles) == ("An Peeters", "an@mail.example", "Data", [])
    assert second.roles == ["administrator", "recruiter"]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (";x@mail.example;;", "no_name"),
        ("An;nothing;;", "no_email"),
        ("An;x@mail.example;;king", "unknown_role"),
        (f"An;x@mail.example;{'t' * 90};", "long_team"),
        ("An;known@mail.example;;", "known"),
        ("An;no@mail.example;;", "declined"),
        ("An;an@mail.example;;\nAn;an@mail.example;;", "repeated"),
    ],
)
def test_each_line_says_what_is_wrong_with_it(cells: str, problem: str) -> None:
    read = people_file.read("p.csv", f"name;email;team;roles\n{cells}".encode())
    lines = people_file.compared(read, {"known@mail.example"}, {"no@mail.example"})
    assert lines[-1].problems == [problem]


def test_a_file_without_the_columns_is_none_of_ours() -> None:
    with pytest.raises(UnreadableError, match="headings"):
        people_file.read("p.csv", b"one;two\n1;2")


def test_everyone_of_a_file_is_invited_by_mail_with_their_team(organisation: Organisation, client: Client) -> None:
    signed = _signed(_look(client, FILE))
    with tenant(organisation.pk):
        assert not Invitation.objects.exists()
    client.post("/here/members/import/save/", {"signed": signed})
    with tenant(organisation.pk):
        assert Team.objects.get().name == "Data"
        assert list(Invitation.objects.order_by("pk").values_list("email", "team__name")) == [
            ("an@mail.example", "Data"), ("bo@mail.example", "Data")
        ]  # fmt: skip
        assert Message.objects.filter(kind="invited").count() == 2
    again = client.post("/here/members/import/save/", {"signed": signed}, follow=True)
    assert "nobody was invited" in again.content.decode()


def test_one_bad_line_and_nobody_is_invited(organisation: Organisation, client: Client) -> None:
    page = _look(client, FILE + "Cas;nowhere;;\n")
    assert "no e-mail address" in page
    assert 'name="signed"' not in page
    client.post("/here/members/import/save/", {"signed": "made:up"})
    with tenant(organisation.pk):
        assert not Invitation.objects.exists()


def test_the_mailed_link_lets_its_addressee_join_with_the_team(organisation: Organisation, client: Client) -> None:
    client.post("/here/members/import/save/", {"signed": _signed(_look(client, FILE))})
    with tenant(organisation.pk):
        text = Message.objects.get(to="bo@mail.example").text
    found = re.search(r"/join/[\w-]+/", text)
    assert found
    elsewhere = MemberFactory(organisation=organisation)
    with tenant(organisation.pk):
        Member.objects.filter(pk=elsewhere.pk).delete()
    elsewhere.user.email = "bo@mail.example"
    elsewhere.user.save()
    newcomer = Client()
    newcomer.force_login(elsewhere.user)
    newcomer.post(found[0])
    with tenant(organisation.pk):
        joined = Member.objects.select_related("team").get(user=elsewhere.user)
        assert joined.team is not None
        assert (joined.team.name, joined.roles) == ("Data", ["administrator", "recruiter"])
