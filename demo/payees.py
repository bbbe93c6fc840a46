"""How the demo's members are paid: believable enterprises and accounts, valid and nobody's."""

from datetime import datetime

import schwifty
from stdnum.nl import btw

from demo import names
from members.models import Member, Organisation
from payouts.models import Payee
from payouts.services import agreements, payees
from payouts.vat import Regime

UNDECIDED = ("amelie@brugwerk.example",)
"""Members who have not said yet how they are paid, so that finance sees what is missing."""


def introduce(organisation: Organisation, member: Member, at: datetime) -> None:
    """Have a member say how they are paid, once: freelancers by invoice, employees with their wages."""
    if member.user.email in UNDECIDED or Payee.objects.filter(member=member).exists():
        return
    if organisation.slug == "halvemaan":
        fields = {
            "kind": Payee.Kind.EMPLOYEE,
            "name": member.name,
            "country": "NL",
            "employee_number": f"E{member.pk:05d}",
        }
        payees.save_details(organisation=organisation, member=member, fields=fields, vat=None, at=at)
        return
    if organisation.country == "NL":
        fields, vat = (
            _dutch(member),
            payees.DeclaredVat(_regime(member, Regime.KOR), _dutch_vat_number(member), at.date()),
        )
    else:
        number = _enterprise_number(member)
        fields = _enterprise(member, number)
        vat = payees.DeclaredVat(_regime(member, Regime.SMALL_BUSINESS), f"BE{number}", at.date())
    payee = payees.save_details(organisation=organisation, member=member, fields=fields, vat=vat, at=at)
    agreements.accept(organisation=organisation, payee=payee, language="nl", by=member, at=at)


def _enterprise_number(member: Member) -> str:
    stem = f"07{member.pk * 7919 % 1_000_000:06d}"
    return f"{stem}{97 - int(stem) % 97:02d}"


def _enterprise(member: Member, number: str) -> dict[str, str]:
    return {
        "kind": Payee.Kind.ENTERPRISE,
        "name": member.name if member.pk % 3 else f"{member.name.split()[-1]} Consulting BV",
        "street": f"{names.STREETS_BE[member.pk % len(names.STREETS_BE)]} {member.pk % 90 + 1}",
        "postal_code": "9000",
        "city": "Gent",
        "country": "BE",
        "enterprise_number": number,
        "iban": schwifty.IBAN.generate("BE", "539", f"{member.pk:07d}").compact,
    }


def _regime(member: Member, small: Regime) -> Regime:
    return small if member.pk % 5 == 0 else Regime.ORDINARY


def _dutch_vat_number(member: Member) -> str:
    stem = f"{member.pk * 7919 % 10_000_000:07d}"
    return next(f"NL{stem}{tail:02d}B01" for tail in range(100) if btw.is_valid(f"NL{stem}{tail:02d}B01"))


def _dutch(member: Member) -> dict[str, str]:
    return {
        "kind": Payee.Kind.ENTERPRISE,
        "name": member.name if member.pk % 3 else f"{member.name.split()[-1]} Advies B.V.",
        "street": f"{names.STREETS_NL[member.pk % len(names.STREETS_NL)]} {member.pk % 90 + 1}",
        "postal_code": f"{3500 + member.pk % 80} AB",
        "city": "Utrecht",
        "country": "NL",
        "enterprise_number": f"6{member.pk * 7919 % 10_000_000:07d}",
        "iban": schwifty.IBAN.generate("NL", "INGB", f"{member.pk:010d}").compact,
    }
