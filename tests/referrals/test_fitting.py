"""Who fits an opportunity, and why; and what came of what somebody shared."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from members.models import Organisation
from referrals import fitting
from referrals.fitting import Reason
from referrals.selectors import quality
from referrals.services import assignments
from tests.factories import MemberFactory
from tests.stories_of_network import network, share, win

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("distance", "is_remote", "reasons"),
    [(12, False, [Reason.NEAR]), (250, False, [Reason.FAR]), (60, False, []), (250, True, []), (None, False, [])],
)
def test_how_far_away_somebody_lives_counts_unless_the_work_is_done_anywhere(
    distance: int | None, is_remote: bool, reasons: list[Reason]
) -> None:
    wanted = fitting.Wanted(["Finance"], None, None, is_remote)
    fit = fitting.fit(wanted, fitting.Offered(["Law"], 1, None, None, distance), TODAY)
    assert list(fit.reasons) == reasons


def test_fewer_days_and_a_later_start_are_told_and_count_less() -> None:
    wanted = fitting.Wanted(["finance"], date(2026, 4, 1), Decimal(4), False)
    fits = [
        fitting.fit(wanted, fitting.Offered(["Finance"], 20, available, days, None), TODAY)
        for available, days in ((date(2026, 4, 1), Decimal(4)), (date(2026, 9, 1), Decimal(2)))
    ]
    assert list(fits[0].reasons) == [Reason.DISCIPLINES, Reason.EXPERIENCE, Reason.AVAILABLE]
    assert list(fits[1].reasons)[2:] == [Reason.AVAILABLE_LATER, Reason.FEWER_DAYS]
    assert fits[0].score > fits[1].score


def test_what_was_taken_back_is_no_quality(inside: Organisation) -> None:
    network(inside)
    femke, bas = (MemberFactory(organisation=inside) for _ in range(2))
    (placement,) = win(share(femke), bas)
    share(femke)
    assert quality.of_member(femke) == (2, 0, 1)
    assignments.take_back(placement=placement, by=bas, at=timezone.now())
    assert quality.of_member(femke) == (2, 0, 0)
