"""Members are found by what they say of themselves; a photo is theirs to put and to take away."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from members.models import Member, MemberProfile, Organisation
from members.services import people, profiles
from tests.factories import MemberFactory
from tests.stories_of_network import network

TODAY = timezone.localdate()


@pytest.fixture
def inside(inside: Organisation) -> Organisation:
    network(inside)
    return inside


def _member(inside: Organisation, name: str, **said: Any) -> Member:
    member = MemberFactory(organisation=inside, name=name)
    fields = {"headline": "I close books", "disciplines": ["Finance"], "years": 12, "languages": ["nl"]} | said
    profiles.save_profile(member=member, fields=fields, at=timezone.now())
    return member


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "lille"}, ["Imke"]),
        ({"words": "ferries"}, ["Bas"]),
        ({"words": "finance imke"}, ["Imke"]),
        ({"discipline": "Planning"}, ["Bas"]),
        ({"language": "fr"}, ["Imke"]),
        ({"available": "now"}, ["Bas"]),
        ({"available": "soon"}, ["Bas", "Imke"]),
        ({"words": "nobody"}, []),
    ],
)
def test_members_are_found(inside: Organisation, client: Client, asked: dict[str, str], found: list[str]) -> None:
    soon = {"available_from": TODAY + timedelta(20), "days_a_week": 3}
    _member(inside, "Imke", town="Lille", languages=["fr"], **soon)
    now = {"available_from": TODAY - timedelta(2), "days_a_week": 2}
    bas = _member(inside, "Bas", disciplines=["Planning"], about="I plan ferries.", **now)
    client.force_login(bas.user)
    assert [one.name for one in client.get("/here/directory/", asked).context["page"]] == found


def _picture(colour: str) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(content, "PNG")
    return SimpleUploadedFile("me.png", content.getvalue(), "image/png")


def _saved(client: Client, **more: Any) -> None:
    said = {
        "headline": "I close books",
        "disciplines": "Finance",
        "years": "12",
        "experience": "Ports.",
        "languages": "nl",
    }
    assert client.post("/here/directory/me/", said | more).status_code == 302


def test_a_photo_is_shown_to_members_replaced_and_taken_away(
    inside: Organisation, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    bas, imke = (MemberFactory(organisation=inside, name=name) for name in ("Bas", "Imke"))
    address = f"/here/directory/{bas.pk}/photo/"
    client.force_login(bas.user)
    _saved(client, photo=_picture("red"))
    first = MemberProfile.objects.get(member=bas).photo
    with django_capture_on_commit_callbacks(execute=True):
        _saved(client, photo=_picture("blue"))
    assert not first.storage.exists(first.name)
    client.force_login(imke.user)
    shown = client.get(address)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(shown.streaming_content))).size == (320, 320)
    client.force_login(bas.user)
    second = MemberProfile.objects.get(member=bas).photo
    with django_capture_on_commit_callbacks(execute=True):
        _saved(client, without_photo="on")
    assert not second.storage.exists(second.name)
    assert client.get(address).status_code == 404


def test_the_photo_of_who_left_is_shown_to_nobody(inside: Organisation, client: Client) -> None:
    bas, sander = MemberFactory(organisation=inside), MemberFactory(organisation=inside, roles=["administrator"])
    client.force_login(bas.user)
    _saved(client, photo=_picture("red"))
    people.leave(organisation=inside, member=bas, on=TODAY, by=sander, at=timezone.now())
    client.force_login(sander.user)
    assert client.get(f"/here/directory/{bas.pk}/photo/").status_code == 404
