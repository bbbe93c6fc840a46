"""What is missing before a payee can be paid, and what to look at twice; pure."""

from enum import StrEnum


class Missing(StrEnum):
    """Without these no document is made, and so nothing is paid."""

    DETAILS = "details"
    IBAN = "iban"
    AGREEMENT = "agreement"
    ORGANISATION = "organisation"
    VAT = "vat"


class Caution(StrEnum):
    """What finance should look at twice."""

    IBAN_RECENT = "iban_recent"
    IBAN_FIRST = "iban_first"
    OVER_LIMIT = "over_limit"
    OWN_CASE = "own_case"
