"""Sentences with a meaning in law: ours say what the law prescribes, in every language; an organisation's may replace them."""

import pytest

from payouts import legal


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("code", list(legal.PRESCRIBED))
def test_our_own_sentences_say_what_the_law_prescribes(code: str, language: str) -> None:
    assert legal.keeps_the_law(code, language, legal.sentence(code, {}, language))


def test_an_organisations_own_words_go_first() -> None:
    words = {legal.SELF_BILLING: {"nl": "Factuur uitgereikt door afnemer, art. 9"}}
    assert legal.sentence(legal.SELF_BILLING, words, "nl") == "Factuur uitgereikt door afnemer, art. 9"
    assert legal.sentence(legal.SELF_BILLING, words, "fr") == "Autofacturation"


def test_names_and_days_are_filled_in() -> None:
    text = legal.filled("{supplier} and {customer}: {days}", customer="Brugwerk", supplier="An {days}", days=14)
    assert text == "An 14 and Brugwerk: 14"
