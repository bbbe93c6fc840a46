"""When two people are the same: what is compared of them, pure."""

import unicodedata
from typing import NamedTuple

import phonenumbers

REGIONS = {"BE": "BE", "NL": "NL"}


class Identity(NamedTuple):
    """What people are compared by; an empty part equals nothing."""

    email: str
    phone: str
    name: str


def email_key(email: str) -> str:
    """Return an address in the form in which addresses are compared."""
    return email.strip().lower()


def phone_key(phone: str, country: str) -> str:
    """Return a number in the form +32470123456; empty where it is none."""
    try:
        number = phonenumbers.parse(phone, REGIONS.get(country, country))
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def name_key(name: str) -> str:
    """Return a name without accents, case, punctuation and the order of its words: "Van den Bérg, An" as "an berg den van"."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(sorted(plain.split()))


def likenesses(one: Identity, other: Identity) -> list[str]:
    """Return in what two people are alike: any of `email`, `phone`, `name`."""
    return [part for part in Identity._fields if getattr(one, part) and getattr(one, part) == getattr(other, part)]
