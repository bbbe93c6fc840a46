"""What an organisation says of itself: name and languages, look, invoices."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from members.models import Organisation
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(MemberFactory(organisation=organisation, roles=["administrator"]).user)
    return client


def picture(size: tuple[int, int] = (900, 300), kind: str = "JPEG") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", size, "#1f5f5b").save(written, kind)
    return SimpleUploadedFile("logo.bin", written.getvalue())


def save_look(client: Client, **fields: Any) -> Any:
    return client.post("/here/settings/look/", {"colour": "#aa2200"} | fields)


def test_name_and_languages_are_kept(client: Client, organisation: Organisation) -> None:
    said = {"name": "De Kade", "language": "nl", "languages": ["nl", "fr"], "second_factor_required": "on"}
    client.post("/here/settings/", said)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.language, organisation.languages) == ("De Kade", "nl", ["nl", "fr"])
    assert organisation.second_factor_required


def test_the_first_language_is_one_of_them(client: Client) -> None:
    page = client.post("/here/settings/", {"name": "De Kade", "language": "en", "languages": ["nl"]})
    assert (page.status_code, "The first language is one of them." in page.content.decode()) == (422, True)


def test_people_are_only_written_to_in_the_organisations_languages(client: Client, organisation: Organisation) -> None:
    Organisation.objects.update(languages=["nl", "fr"], language="nl")
    page = client.get("/here/referrals/new/").content.decode()
    assert ('<option value="fr"' in page, '<option value="en"' in page) == (True, False)
    page = client.post("/here/referrals/share/").content.decode()
    assert ('value="fr"' in page, 'value="en"' in page) == (True, False)


def test_a_logo_is_made_small_and_anew_and_everyone_sees_it(client: Client, organisation: Organisation) -> None:
    assert save_look(client, logo=picture()).status_code == 302
    organisation.refresh_from_db()
    assert organisation.colour == "#aa2200"
    response = Client().get(organisation.logo_url)
    shown = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert (response.headers["Content-Type"], shown.format, shown.size) == ("image/png", "PNG", (288, 96))
    assert organisation.logo_url in client.get("/here/referrals/").content.decode()


def test_a_new_logo_does_away_with_the_old_one(
    client: Client, organisation: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    save_look(client, logo=picture())
    organisation.refresh_from_db()
    before = organisation.logo.path
    with django_capture_on_commit_callbacks(execute=True):
        save_look(client, logo=picture((100, 100), "PNG"))
    organisation.refresh_from_db()
    assert (Path(before).exists(), Path(organisation.logo.path).exists()) == (False, True)
    save_look(client, without_logo="on")
    organisation.refresh_from_db()
    assert organisation.logo_url == ""


@pytest.mark.parametrize(
    "content", [b"<svg onload='alert(1)'/>", b"GIF89a", b"\x89PNG broken", b"x" * (2 * 1024**2 + 1)]
)
def test_what_is_no_picture_is_refused(client: Client, organisation: Organisation, content: bytes) -> None:
    page = save_look(client, logo=SimpleUploadedFile("logo.png", content))
    assert (page.status_code, "This is no picture that we can show" in page.content.decode()) == (422, True)


def test_a_colour_is_shown_before_it_is_kept(client: Client) -> None:
    page = client.get("/here/settings/look/preview/", {"colour": "#ffee00"}).content.decode()
    assert 'fill="#ffee00"' in page
    assert client.get("/here/settings/look/preview/", {"colour": '"><script>'}).status_code == 404


def test_words_for_the_foot_of_documents_are_kept_by_language(client: Client, organisation: Organisation) -> None:
    fields = {"legal_name": "De Kade bv", "enterprise_number": "0403.019.261", "text_nl": "Dank u.", "text_fr": ""}
    client.post("/here/settings/invoicing/", fields)
    organisation.refresh_from_db()
    assert (organisation.invoice_texts, organisation.enterprise_number) == ({"nl": "Dank u."}, "0403019261")


def test_a_wrong_enterprise_number_is_said_and_kept_as_typed(client: Client) -> None:
    page = client.post("/here/settings/invoicing/", {"enterprise_number": "0403.019.262"})
    assert page.status_code == 422
    assert 'value="0403.019.262"' in page.content.decode()
