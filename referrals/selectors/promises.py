"""What recommending someone for an opening can bring at most: computed from the rules in force, never typed."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from programmes.engine.assess import assess
from programmes.engine.timeline import Fact, Timeline
from programmes.models import Version
from referrals.models import Opening

PLACEMENT = "1"


def promise(version: Version, attributes: dict[str, str], on: date) -> tuple[str, Decimal] | None:
    """Return the unit and the most that a programme can bring an introducer for a placement with these attributes."""
    imagined = Timeline(
        [
            Fact(on, "submitted", "", {}, 1),
            Fact(on, "consented", "", {}, 2),
            Fact(on, "interviewed", "", {}, 3),
            Fact(on, "placed", PLACEMENT, attributes, 4),
        ]
    )
    found = [one for one in assess(version.rule_set, imagined, on).entitlements if one.to == "introducer"]
    amounts = [one.at_most if one.amount is None else one.amount for one in found]
    total = sum((amount for amount in amounts if amount), Decimal(0))
    return (found[0].unit, total) if total else None


def with_promises(
    openings: Iterable[Opening], versions: list[Version], on: date
) -> list[tuple[Opening, list[tuple[str, Decimal]]]]:
    """Return openings, each with what the programmes in force can bring for it at most."""
    found = []
    for opening in openings:
        attributes = {"seniority": opening.seniority} if opening.seniority else {}
        promises = [promise(version, attributes, on) for version in versions]
        found.append((opening, [one for one in promises if one]))
    return found
