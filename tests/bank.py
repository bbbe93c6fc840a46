"""Bank statements for tests, as banks write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils import timezone

OURS = "BE68539007547034"


@dataclass(frozen=True)
class Entry:
    """One booking: money that came, positive, or went."""

    amount: Decimal
    end_to_end_id: str = ""
    reference: str = ""
    text: str = ""
    name: str = "An Peeters"
    iban: str = "BE71096123456769"
    returned: str = ""
    bank_reference: str = ""
    batch_id: str = ""
    on: date | None = None


def camt_of(
    entries: Sequence[Entry], iban: str = OURS, identifier: str = "2026-11-22", version: str = "08", off: str = "0.00"
) -> bytes:
    """Return a statement; `off` is by how much its balances do not agree with its entries."""
    total = sum((one.amount for one in entries), Decimal("1000.00"))
    party = "<Pty>{}</Pty>" if version == "08" else "{}"
    body = "".join(_entry(one, party, place) for place, one in enumerate(entries))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
<GrpHdr><MsgId>{identifier}</MsgId><CreDtTm>2026-11-22T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>{identifier}</Id><CreDtTm>2026-11-22T06:00:00</CreDtTm><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>
{_balance("OPBD", Decimal("1000.00"))}{_balance("CLBD", total + Decimal(off))}{body}</Stmt></BkToCstmrStmt></Document>
""".encode()


def _balance(code: str, amount: Decimal) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(amount)}<Dt><Dt>2026-11-21</Dt></Dt></Bal>"


def _amount(amount: Decimal) -> str:
    indicator = "CRDT" if amount >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{abs(amount)}</Amt><CdtDbtInd>{indicator}</CdtDbtInd>'


def _entry(one: Entry, party: str, place: int) -> str:
    side = "Dbtr" if one.amount > 0 else "Cdtr"
    name = party.format(f"<Nm>{escape(one.name)}</Nm>")
    reference = f"<Strd><CdtrRefInf><Ref>{one.reference}</Ref></CdtrRefInf></Strd>" if one.reference else ""
    batch = f"<Btch><MsgId>{one.batch_id}</MsgId></Btch>" if one.batch_id else ""
    returned = f"<RtrInf><Rsn><Cd>{one.returned}</Cd></Rsn></RtrInf>" if one.returned else ""
    return f"""<Ntry>{_amount(one.amount)}<Sts>{"<Cd>BOOK</Cd>"}</Sts>
<BookgDt><Dt>{one.on or timezone.localdate()}</Dt></BookgDt><AcctSvcrRef>{one.bank_reference or f"R{place}"}</AcctSvcrRef>
<NtryDtls>{batch}<TxDtls><Refs><EndToEndId>{one.end_to_end_id or "NOTPROVIDED"}</EndToEndId></Refs>{_amount(one.amount)}
<RltdPties><{side}>{name}</{side}><{side}Acct><Id><IBAN>{one.iban}</IBAN></Id></{side}Acct></RltdPties>
<RmtInf>{f"<Ustrd>{escape(one.text)}</Ustrd>" if one.text else ""}{reference}</RmtInf>{returned}</TxDtls></NtryDtls></Ntry>"""
