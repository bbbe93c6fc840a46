import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from members.slugs import RESERVED, validate_slug


def test_no_organisation_can_take_the_first_word_of_an_address_of_ours() -> None:
    words = {str(pattern.pattern).split("/", 1)[0] for pattern in get_resolver().url_patterns}
    ours = {word for word in words if word and not word.startswith("<")}
    assert ours <= RESERVED


@pytest.mark.parametrize("slug", ["brugwerk", "de-waterkant", "a1b"])
def test_good_names_are_accepted(slug: str) -> None:
    validate_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "ab", "Brug", "1brug", "brug_werk", "brug--werk", "-brug", "brug-", "accounts", "x" * 41]
)
def test_bad_and_reserved_names_are_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        validate_slug(slug)
