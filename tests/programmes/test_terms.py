"""Rules read as sentences, in each language."""

import pytest
from django.utils.translation import override

from programmes import documents, wording
from programmes.engine.facts import KINDS
from programmes.engine.rules import RuleSet
from programmes.terms import terms_of


def test_each_kind_of_fact_can_be_named_and_said_to_have_come_or_not() -> None:
    assert set(wording.FACTS) == set(wording.CLAUSES) == set(KINDS)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "3 coins",
                "Earned once it was closed.",
                "Only if talks were held.",
                "Only if no assignment was landed.",
                "It counts for the pot of the year, as soon as it is earned.",
            ],
        ),
        (
            "nl",
            [
                "3 munten",
                "Verdiend zodra het werd afgesloten.",
                "Alleen als er gesprekken waren.",
                "Alleen als er geen opdracht werd binnengehaald.",
                "Het telt mee voor de pot van het jaar, zodra het verdiend is.",
            ],
        ),
        (
            "fr",
            [
                "3 jetons",
                "Gagné quand le dossier a été clôturé.",
                "Seulement si des discussions ont eu lieu.",
                "Seulement si aucune mission n’a été décrochée.",
                "Cela compte pour la cagnotte de l’année, dès que c’est acquis.",
            ],
        ),
    ],
)
def test_coins_for_talks_read_as_sentences(language: str, said: list[str]) -> None:
    with override(language):
        terms = terms_of(RuleSet.read(documents.preset("coins_talks")))
    (reward,) = terms.rewards
    assert [*reward.amounts, *reward.moments, *terms.conditions, terms.payment] == said
