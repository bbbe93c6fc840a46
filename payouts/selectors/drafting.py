"""Documents drafted: for approved amounts, for charges, and those that correct others or take them back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from members.models import Member, Organisation
from payouts.models import Charge, Document, Entitlement, Payable, Payee, PayoutSettings
from payouts.selectors import agreements, payees
from payouts.selectors.drafts import SALES, SELF_BILLED, Draft, DraftLine, left_of
from payouts.selectors.statements import too_much_paid
from payouts.selectors.waiting import LIVE
from payouts.ubl.checks import LONGEST_TERM
from payouts.ubl.invoice import Party
from payouts.vat import Regime, Treatment, VatCase, sale
from programmes import wording

TERM = timedelta(days=30)


def self_billed(
    organisation: Organisation, payee: Payee, found: Sequence[Payable], settings: PayoutSettings, today: date
) -> list[Draft]:
    """Return the documents for a payee's amounts: one, or one for each VAT position and currency under which they fell due."""
    parts: dict[tuple[Treatment, str], list[Payable]] = {}
    for one in found:
        treatment = payees.treatment_of(payee, organisation, one.entitlement.due_on or today)
        parts.setdefault((treatment, one.currency), []).append(one)
    agreement = agreements.agreement_of(payee)
    answer_by = today + timedelta(agreement.days_to_contest) if agreement and payee.is_invoiced_for else None
    return [
        Draft(
            kind=Document.Kind.STATEMENT if payee.kind == Payee.Kind.PERSON else Document.Kind.INVOICE,
            series=_series(payee, payee.kind == Payee.Kind.PERSON, today),
            treatment=treatment,
            member=payee.member,
            supplier=party_of(payee, treatment, min(one.entitlement.due_on or today for one in part)),
            customer=party_of_organisation(organisation, treatment),
            lines=tuple(line_of(one) for one in part),
            supplied_on=max(one.entitlement.due_on or today for one in part),
            pay_by=min(promised(one, today) for one in part),
            buyer_reference=f"{payee.number:05d}",
            answer_by=answer_by,
            footer=_footer(organisation, payee.member),
        )
        for (treatment, _currency), part in parts.items()
    ]


def correction(organisation: Organisation, one: Payable, corrected: Document, today: date) -> Draft:
    """Return the document of a difference. It follows what it corrects, whatever the payee is by now."""
    draft = _like(corrected, organisation, one.member, today, gives_back=one.amount < 0)
    return replace(draft, lines=(line_of(one),), series=_following(corrected, today))


def taking_back(organisation: Organisation, document: Document, because: str, today: date) -> Draft:
    """Return the credit note of a whole document."""
    standing = document.lines.filter(reverses=None, reversals=None).select_related("payable", "charge").order_by("pk")
    lines = tuple(
        DraftLine(line.description, -line.amount, line.payable, line.charge, reverses=line, round=line.round)
        for line in standing
    )
    draft = _like(document, organisation, document.member, today, gives_back=True)
    return replace(draft, lines=lines, because=because, series=_following(document, today))


def sold(
    organisation: Organisation, payee: Payee, found: Sequence[Charge], settings: PayoutSettings, today: date
) -> Draft:
    """Return the sales invoice of what a member was charged, in one currency."""
    treatment = taxed(organisation, payee, settings, today)
    return Draft(
        kind=Document.Kind.SALE,
        series=f"F-{today.year}",
        treatment=treatment,
        member=payee.member,
        supplier=party_of_organisation(organisation, treatment),
        customer=party_of(payee, treatment, today),
        lines=tuple(
            DraftLine(one.description, one.amount, charge=one, round=_round(one.lines.count())) for one in found
        ),
        supplied_on=max(one.supplied_on for one in found),
        pay_by=today + timedelta(settings.sales_term),
        buyer_reference=f"{payee.number:05d}",
        footer=_footer(organisation, payee.member),
        iban=settings.iban,
        too_much=too_much_paid(payee.member_id, found[0].currency),
    )


def taxed(organisation: Organisation, payee: Payee, settings: PayoutSettings, today: date) -> Treatment:
    """Return how what a member is charged is taxed."""
    vat = payee.vat_on(today) if payee.kind == Payee.Kind.ENTERPRISE else None
    taxable = vat is not None and vat.regime != Regime.NOT_TAXABLE
    regime = Regime(settings.vat_regime)
    return sale(supplier=organisation.country, customer=payee.country, taxable=taxable, regime=regime)


def giving_back(organisation: Organisation, charge: Charge, document: Document, today: date) -> Draft:
    """Return the credit note of a remittance that was too much, on an invoice of its case."""
    draft = _like(document, organisation, document.member, today, gives_back=True)
    line = DraftLine(charge.description, charge.amount, charge=charge)
    with override(document.member.user.language):
        because = _("Turnover was corrected.")
    return replace(draft, lines=(line,), because=because, series=_following(document, today))


def line_of(payable: Payable) -> DraftLine:
    """Return the line of an amount, in the member's language."""
    with override(payable.member.user.language):
        params = {
            "programme": payable.entitlement.version.programme.name,
            "reference": payable.entitlement.case.reference,
        }
        said = _("%(programme)s, case %(reference)s: correction") if payable.adjustment_id else None
        if payable.entitlement.coins is not None:
            said = share_of_pot(payable.entitlement)
        description = (said or _("%(programme)s, case %(reference)s")) % params
    return DraftLine(description, payable.amount, payable=payable, round=_round(payable.lines.count()))


def share_of_pot(entitlement: Entitlement) -> str:
    """Return what a share of a pot is called, in the language in force: the year before the one in which it was divided, or earlier."""
    pot = entitlement.case.pots.get()
    params = {"year": pot.year, "coins": wording.money(entitlement.coins or 0, "coin")}
    return _("Share of the pot of %(year)s: %(coins)s") % params


def promised(payable: Payable, today: date) -> date:
    """Return when an amount is paid at the latest: as promised, as far as the law allows; where that is over, at once."""
    day = payable.pay_by
    return min(max(day, today), today + LONGEST_TERM) if day else today + TERM


def corrected_by(payable: Payable) -> Document | None:
    """Return the document that an amount corrects: that of its adjustment, or the case's last for a negative part."""
    lines = LIVE.select_related("document__series").order_by("-pk")
    if payable.adjustment:
        line = lines.filter(payable=payable.adjustment.payable).first()
    elif payable.amount < 0:
        same = lines.filter(payable__entitlement__case=payable.entitlement.case, payable__member=payable.member)
        line = same.filter(amount__gt=0).first()
    else:
        return None
    return line.document if line else None


def party_of(payee: Payee, treatment: Treatment, on: date) -> Party:
    """Return a payee as a party of a document, with the VAT number of a day; without one outside of VAT."""
    is_enterprise = payee.kind == Payee.Kind.ENTERPRISE
    position = payee.vat_on(on) if is_enterprise and treatment.case is not VatCase.NOT_TAXABLE else None
    return Party(
        name=payee.name,
        street=payee.street,
        postal_code=payee.postal_code,
        city=payee.city,
        country=payee.country,
        enterprise_number=payee.enterprise_number if is_enterprise else "",
        vat_number=position.vat_number if position else "",
    )


def party_of_organisation(organisation: Organisation, treatment: Treatment) -> Party:
    """Return the organisation as a party of a document; without its VAT number outside of VAT."""
    return Party(
        name=organisation.legal_name,
        street=organisation.street,
        postal_code=organisation.postal_code,
        city=organisation.city,
        country=organisation.country,
        enterprise_number=organisation.enterprise_number,
        vat_number="" if treatment.case is VatCase.NOT_TAXABLE else organisation.vat_number,
    )


def _like(document: Document, organisation: Organisation, member: Member, today: date, gives_back: bool) -> Draft:
    """Return a document that follows another, without lines: its parties, its VAT, its day of supply."""
    kinds = SALES if document.is_sale else SELF_BILLED
    contested = document.answer_by is not None and document.is_self_billed
    days = (document.answer_by - document.issued_on) if contested and document.answer_by else None
    return Draft(
        kind=kinds[gives_back] if document.kind != Document.Kind.STATEMENT else Document.Kind.STATEMENT,
        series="",
        treatment=Treatment(VatCase(document.vat_case), document.vat_category, document.vat_rate),
        member=member,
        supplier=Party(**document.supplier),
        customer=Party(**document.customer),
        lines=(),
        supplied_on=document.supplied_on,
        pay_by=today + TERM,
        buyer_reference=document.buyer_reference,
        answer_by=today + days if days else None,
        credits=document,
        left=left_of(document),
        footer=_footer(organisation, member),
    )


def _series(payee: Payee, is_statement: bool, today: date) -> str:
    return f"{'PS' if is_statement else 'SB'}-{payee.number:05d}-{today.year}"


def _following(document: Document, today: date) -> str:
    """Return the series of what follows a document: its own, of this year, whoever the payee is by now."""
    assert document.series is not None
    return f"{document.series.name.rsplit('-', 1)[0]}-{today.year}"


def _round(lines: int) -> int:
    """Return how often a thing stands on a document now: each line before was taken back by another."""
    return lines // 2 + 1


def _footer(organisation: Organisation, member: Member) -> str:
    return str(organisation.invoice_texts.get(member.user.language, ""))
