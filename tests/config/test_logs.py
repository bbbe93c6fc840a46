import logging

import pytest

from config.logs import WithoutKeys


@pytest.mark.parametrize(
    ("message", "args", "logged"),
    [
        ("Forbidden (%s): %s", ("no cookie", "/c/Zx9_-secret/"), "Forbidden (no cookie): /c/…/"),
        ("Internal Server Error: /join/Zx9secret/", (), "Internal Server Error: /join/…/"),
        ("GET /here/pipeline/", (), "GET /here/pipeline/"),
    ],
)
def test_logs_carry_no_keys(message: str, args: tuple[str, ...], logged: str) -> None:
    record = logging.LogRecord("django", logging.WARNING, "", 1, message, args, None)
    WithoutKeys().filter(record)
    assert record.getMessage() == logged
