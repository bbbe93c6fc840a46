"""What an opening can bring, computed from the rules in force."""

from datetime import date
from decimal import Decimal

import pytest

from members.models import Organisation
from programmes import selectors as programmes
from referrals.selectors.promises import promise
from tests.stories import publish

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("preset", "attributes", "most"),
    [
        ("cooptation_bonus", {}, ("EUR", Decimal(1200))),
        ("it_referral_bonus", {"seniority": "senior"}, ("EUR", Decimal(5000))),
        ("it_referral_bonus", {"seniority": "junior"}, ("EUR", Decimal(1000))),
    ],
)
def test_the_promise_of_an_opening_follows_from_the_rules(
    inside: Organisation, preset: str, attributes: dict[str, str], most: tuple[str, Decimal]
) -> None:
    publish(preset)
    (version,) = programmes.in_force("referral", TODAY)
    assert promise(version, attributes, TODAY) == most
