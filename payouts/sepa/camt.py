"""Bank statements: camt.053 read into movements, whichever version a bank writes; pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from kernel.money import ZERO
from kernel.xml import parse
from payouts.sepa import references

LARGEST = Decimal(10) ** 12
MOST_MOVEMENTS = 100_000
BOOKED = "BOOK"
NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NONREF", "NONE"})
IN_TEXT = re.compile(r"(?<![\w])(?:[+*]{3}\s?\d{3}/\d{4}/\d{5}\s?[+*]{3}|\d{12}|RF\d{2}[ A-Z0-9]{1,26})(?![\w])")


@dataclass(frozen=True)
class Movement:
    """Money that came, positive, or went, negative. `key` is the same in every statement that tells of it.

    `batch_id` names the message of ours that the bank booked in one sum.
    """

    key: str
    on: date
    amount: Decimal
    currency: str
    name: str
    iban: str
    end_to_end_id: str
    batch_id: str
    reference: str
    text: str
    is_return: bool
    return_reason: str


@dataclass(frozen=True)
class Statement:
    """What happened on one account, between two balances."""

    identifier: str
    iban: str
    opened: Decimal
    closed: Decimal
    movements: tuple[Movement, ...]

    @property
    def adds_up(self) -> bool:
        """Whether both balances and everything between them agree."""
        return self.opened + sum((one.amount for one in self.movements), ZERO) == self.closed


WHO = "/Nm", "/Pty/Nm", "Acct/Id/IBAN"
"""Where an entry says who is on its other side."""


class NotCamtError(ValueError):
    """A file that is no camt.053 that we understand; the message names the element."""


def read(content: bytes) -> list[Statement]:
    """Return the statements of a file; RefusedXmlError for no harmless XML, NotCamtError for anything else."""
    root = parse(content)
    space = etree.QName(root).namespace or ""
    if "camt.053." not in space:
        raise NotCamtError(etree.QName(root).localname)
    unnumbered: Counter[str] = Counter()
    found = [_statement(element, unnumbered) for element in root.iterfind("{*}BkToCstmrStmt/{*}Stmt")]
    if not found:
        raise NotCamtError("Stmt")
    return found


def _statement(element: etree._Element, unnumbered: Counter[str]) -> Statement:
    iban = _want(element, "Acct/Id/IBAN").replace(" ", "")
    identifier = _want(element, "Id")
    movements: list[Movement] = []
    numbered: Counter[str] = Counter()
    for entry in element.iterfind("{*}Ntry"):
        if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) == BOOKED:
            key, seen = _key(entry, iban), numbered if _has_number(entry) else unnumbered
            seen[key] += 1
            movements += _movements(entry, f"{key}|{seen[key]}")
        if len(movements) > MOST_MOVEMENTS:
            raise NotCamtError("Ntry")
    balances = {_text(one, "Tp/CdOrPrtry/Cd"): _signed(one) for one in element.iterfind("{*}Bal")}
    opened, closed = balances.get("OPBD", balances.get("PRCD")), balances.get("CLBD")
    if opened is None or closed is None:
        raise NotCamtError("Bal")
    return Statement(identifier, iban, opened, closed, tuple(movements))


def _key(entry: etree._Element, iban: str) -> str:
    """Return what is the same of an entry in every statement that tells of it: the bank's reference, or what it says.

    Two entries of a day that say the same, also of whom they come from, are told apart by their order: with a reference in
    the statement, so that a file may tell of one entry in several; without one in the file.
    """
    own = _text(entry, "AcctSvcrRef")
    if not _has_number(entry):
        detail = "NtryDtls/TxDtls"
        said = (
            f"{detail}/Refs/EndToEndId",
            f"{detail}/RmtInf/Ustrd",
            f"{detail}/RmtInf/Strd/CdtrRefInf/Ref",
            "AddtlNtryInf",
            *(f"{detail}/RltdPties/{side}{what}" for side in ("Dbtr", "Cdtr") for what in WHO),
        )
        own = "|".join(_text(entry, path) for path in said)
    return f"{iban}|{own}|{_booked_on(entry)}|{_signed(entry)}"


def _has_number(entry: etree._Element) -> bool:
    """Whether the bank gave an entry a reference of its own."""
    return _text(entry, "AcctSvcrRef").upper() not in NO_REFERENCE


def _booked_on(entry: etree._Element) -> date:
    return _day(_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")[:10] or _text(entry, "ValDt/Dt"))


def _movements(entry: etree._Element, key: str) -> Iterator[Movement]:
    """Yield one movement for each detail of an entry; the entry itself where its details do not make it up."""
    total, currency, on = _signed(entry), _currency(entry), _booked_on(entry)
    is_return = _text(entry, "RvslInd") == "true"
    details = list(entry.iterfind("{*}NtryDtls/{*}TxDtls"))
    amounts = [_detail_amount(one, total, len(details)) for one in details]
    batch = _text(entry, "NtryDtls/Btch/MsgId") or _text(entry, "NtryDtls/Btch/PmtInfId")
    if not details or None in amounts or sum(filter(None, amounts), ZERO) != total:
        yield _movement(entry, entry, _hashed(key), on, total, currency, is_return, batch)
        return
    for number, (detail, amount) in enumerate(zip(details, amounts, strict=True)):
        assert amount is not None
        yield _movement(entry, detail, _hashed(f"{key}|{number}"), on, amount, currency, is_return, batch)


def _movement(
    entry: etree._Element,
    detail: etree._Element,
    key: str,
    on: date,
    amount: Decimal,
    currency: str,
    is_return: bool,
    batch: str,
) -> Movement:
    side = "Dbtr" if amount > 0 else "Cdtr"
    name = _text(detail, f"RltdPties/{side}/Nm") or _text(detail, f"RltdPties/{side}/Pty/Nm")
    text = " ".join(filter(None, (one.text for one in detail.iterfind("{*}RmtInf/{*}Ustrd"))))
    text = " ".join((text or _text(detail, "AddtlTxInf") or _text(entry, "AddtlNtryInf")).split())
    reason = " ".join(
        filter(
            None,
            (_text(detail, "RtrInf/Rsn/Cd") or _text(detail, "RtrInf/Rsn/Prtry"), _text(detail, "RtrInf/AddtlInf")),
        )
    )
    end_to_end_id = _text(detail, "Refs/EndToEndId")
    return Movement(
        key=key,
        on=on,
        amount=amount,
        currency=currency,
        name=name[:140],
        iban=_text(detail, f"RltdPties/{side}Acct/Id/IBAN").replace(" ", "")[:34],
        end_to_end_id="" if end_to_end_id == "NOTPROVIDED" else end_to_end_id[:35],
        batch_id=(_text(detail, "Refs/PmtInfId") or _text(detail, "Refs/MsgId") or batch)[:35],
        reference=references.plain(_text(detail, "RmtInf/Strd/CdtrRefInf/Ref")) or _reference_in(text),
        text=text[:280],
        is_return=is_return or bool(reason),
        return_reason=reason[:140],
    )


def _reference_in(text: str) -> str:
    """Return the first structured reference that somebody typed into a free text; empty for none."""
    found = (references.plain(match.group()) for match in IN_TEXT.finditer(text.upper()))
    return next(filter(None, found), "")


def _detail_amount(detail: etree._Element, total: Decimal, count: int) -> Decimal | None:
    text = _text(detail, "Amt") or _text(detail, "AmtDtls/TxAmt/Amt")
    if not text:
        return total if count == 1 else None
    indicator = _text(detail, "CdtDbtInd")
    sign = (1 if indicator == "CRDT" else -1) if indicator else (1 if total >= 0 else -1)
    return sign * _number(text)


def _signed(element: etree._Element) -> Decimal:
    sign = {"CRDT": 1, "DBIT": -1}.get(_text(element, "CdtDbtInd"))
    if sign is None:
        raise NotCamtError("CdtDbtInd")
    return sign * _number(_want(element, "Amt"))


def _currency(element: etree._Element) -> str:
    amount = element.find("{*}Amt")
    return str(amount.get("Ccy", ""))[:3] if amount is not None else ""


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise NotCamtError("Amt") from None
    if not number.is_finite() or not 0 <= number <= LARGEST or number != round(number, 2):
        raise NotCamtError("Amt")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotCamtError("BookgDt") from None


def _text(element: etree._Element, path: str) -> str:
    found = element.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return " ".join((found.text or "").split()) if found is not None else ""


def _want(element: etree._Element, path: str) -> str:
    text = _text(element, path)
    if not text:
        raise NotCamtError(path.rsplit("/", 1)[-1])
    return text


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
