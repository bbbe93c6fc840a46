"""Numbers that the law gives to enterprises: checked, and in the form in which they are kept; pure."""

import re
from collections.abc import Callable

from stdnum import exceptions
from stdnum.be import vat as belgian_vat
from stdnum.eu import vat as european_vat
from stdnum.nl import bsn

KVK = re.compile(r"\d{8}")


def enterprise_number(country: str, text: str) -> str:
    """Return a Belgian enterprise number (10 digits, checked) or a Dutch KvK number (8 digits); ValueError for neither.

    Numbers of other countries are kept as they are: there the VAT number is what identifies an enterprise.
    """
    plain = re.sub(r"[\s.\-]", "", text)
    if country == "BE":
        return _checked(belgian_vat.validate, plain)
    if country == "NL" and not KVK.fullmatch(plain):
        raise ValueError(text)
    return plain


def vat_number(country: str, text: str) -> str:
    """Return a VAT number of a country of the European Union with its prefix: BE0403019261; ValueError for none."""
    number = _checked(european_vat.validate, text)
    prefix = "EL" if country == "GR" else country
    if not number.startswith(prefix):
        raise ValueError(text)
    return number


def citizen_number(text: str) -> str:
    """Return a Dutch citizen service number (BSN), nine digits, checked; ValueError for none."""
    return _checked(bsn.validate, text)


def _checked(validate: Callable[[str], str], text: str) -> str:
    try:
        return str(validate(text))
    except exceptions.ValidationError as error:
        raise ValueError(text) from error
