from datetime import date

import pytest

from kernel.periods import Period


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2026, 1, 20), "P18M", date(2027, 7, 20)),
        (date(2026, 1, 20), "P30D", date(2026, 2, 19)),
        (date(2026, 1, 20), "P2W", date(2026, 2, 3)),
        (date(2026, 1, 31), "P1M1D", date(2026, 3, 1)),
        (date(2026, 1, 20), "P0D", date(2026, 1, 20)),
        (date(9999, 12, 1), "P2M", date.max),
    ],
)
def test_a_period_after_a_day_follows_the_calendar(start: date, period: str, end: date) -> None:
    assert Period.parse(period).after(start) == end


@pytest.mark.parametrize("text", ["", "P", "1M", "P1", "P1H", "PT1H", "P-1M", "p1m", "P1M ", "P1.5M"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text or "^$"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["P1M", "P1Y6M", "P30D", "P0D"])
def test_a_period_is_written_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text
