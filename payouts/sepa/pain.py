"""Credit transfers for the bank: pain.001.001.09, as the European Payments Council narrows it; pure.

The same order gives the same bytes, however often it is written.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from lxml import etree

from kernel.money import ZERO
from payouts.sepa import references

SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
"""Letters that every bank of the SEPA understands."""
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "&": "+"}
)


@dataclass(frozen=True)
class Transfer:
    """One payment. `reference` is a structured one, plain; else `text` says what it is for."""

    end_to_end_id: str
    name: str
    city: str
    country: str
    iban: str
    amount: Decimal
    reference: str
    text: str


@dataclass(frozen=True)
class Order:
    """Payments from one account on one day."""

    message_id: str
    made_at: datetime
    name: str
    iban: str
    execute_on: date
    currency: str
    transfers: Sequence[Transfer]


class InvalidFileError(Exception):
    """What was written is not what the schema wants; a mistake of ours. Nothing of it leaves."""


def write(order: Order) -> bytes:
    """Return the order as a file for the bank, checked against its schema; InvalidFileError when it is not valid."""
    spaces: Any = {None: SPACE}
    root = etree.Element(f"{{{SPACE}}}Document", nsmap=spaces)
    initiation = _add(root, "CstmrCdtTrfInitn")
    count, total = str(len(order.transfers)), sum((one.amount for one in order.transfers), ZERO)
    header = _add(initiation, "GrpHdr")
    _add(header, "MsgId", order.message_id)
    _add(header, "CreDtTm", order.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(header, "NbOfTxs", count)
    _add(header, "CtrlSum", f"{total:.2f}")
    _add(_add(header, "InitgPty"), "Nm", latin(order.name, 70))
    payment = _add(initiation, "PmtInf")
    _add(payment, "PmtInfId", order.message_id)
    _add(payment, "PmtMtd", "TRF")
    _add(payment, "NbOfTxs", count)
    _add(payment, "CtrlSum", f"{total:.2f}")
    _add(_add(_add(payment, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _add(_add(payment, "ReqdExctnDt"), "Dt", order.execute_on.isoformat())
    _add(_add(payment, "Dbtr"), "Nm", latin(order.name, 70))
    _account(_add(payment, "DbtrAcct"), order.iban)
    _add(_add(_add(_add(payment, "DbtrAgt"), "FinInstnId"), "Othr"), "Id", "NOTPROVIDED")
    _add(payment, "ChrgBr", "SLEV")
    for one in order.transfers:
        _transfer(payment, one, order.currency)
    content = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    try:
        _schema().assertValid(root)
    except etree.DocumentInvalid as error:
        raise InvalidFileError(str(error)) from error
    return content


def latin(text: str, longest: int) -> str:
    """Return a text in letters that every bank understands, without accents, and no longer than so much.

    >>> latin("Éditions Müller & Søn", 70)
    'Editions Muller + Son'
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter in LATIN else " " for letter in plain).split())[:longest].strip() or "-"


def _transfer(parent: etree._Element, one: Transfer, currency: str) -> None:
    element = _add(parent, "CdtTrfTxInf")
    _add(_add(element, "PmtId"), "EndToEndId", one.end_to_end_id)
    _add(_add(element, "Amt"), "InstdAmt", f"{one.amount:.2f}", Ccy=currency)
    creditor = _add(element, "Cdtr")
    _add(creditor, "Nm", latin(one.name, 70))
    if one.city and one.country:  # structured, or none at all
        address = _add(creditor, "PstlAdr")
        _add(address, "TwnNm", latin(one.city, 35))
        _add(address, "Ctry", one.country)
    _account(_add(element, "CdtrAcct"), one.iban)
    remittance = _add(element, "RmtInf")
    if not one.reference:
        _add(remittance, "Ustrd", latin(one.text, 140))
        return
    reference = _add(_add(remittance, "Strd"), "CdtrRefInf")
    kind = _add(reference, "Tp")
    _add(_add(kind, "CdOrPrtry"), "Cd", "SCOR")
    _add(kind, "Issr", "BBA" if references.is_ogm(one.reference) else "ISO")
    _add(reference, "Ref", one.reference)


def _account(parent: etree._Element, iban: str) -> None:
    _add(_add(parent, "Id"), "IBAN", iban)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{SPACE}}}{name}", attrib=attributes)
    element.text = text
    return element


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    with as_file(files("sepaxml") / "schemas/pain.001.001.09.xsd") as path:
        return etree.XMLSchema(file=str(path))
