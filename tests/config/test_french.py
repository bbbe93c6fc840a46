"""French: its signs stay with their words, and its short months can be told apart."""

import gettext
import re
from datetime import date

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

LOOSE = re.compile(r"\S [:;!?»](?:\s|$)|« ")


def test_no_line_begins_with_a_sign_that_belongs_to_the_word_before() -> None:
    catalogue = vars(gettext.translation("django", str(settings.LOCALE_PATHS[0]), ["fr"]))["_catalog"]
    loose = [text for text in catalogue.values() if isinstance(text, str) and LOOSE.search(text)]
    assert loose == []


@pytest.mark.parametrize(
    ("month", "said"), [(3, "1 mars 2026"), (6, "1 juin 2026"), (7, "1 juil. 2026"), (8, "1 août 2026")]
)
def test_short_months_can_be_told_apart(month: int, said: str) -> None:
    with translation.override("fr"):
        assert date_format(date(2026, month, 1), "SHORT_DATE_FORMAT") == said
