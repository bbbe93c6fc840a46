"""Account numbers as they may be shown; pure."""


def masked(iban: str) -> str:
    """Return an account number by its country and its last four digits; empty for none.

    >>> masked("BE68539007547034")
    'BE·· ···· 7034'
    """
    return f"{iban[:2]}·· ···· {iban[-4:]}" if iban else ""
