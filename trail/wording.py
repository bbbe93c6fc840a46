"""Our words for what happened, by its source and code."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import LANGUAGES
from members.roles import ROLE_NAMES
from members.scopes import SCOPE_NAMES
from notices.webhooks.events import EVENT_NAMES
from payouts.models import Batch, Payment
from payouts.states import PayableState
from payouts.wording import STATES
from programmes import wording
from trail.sources import Group

GROUPS = {
    Group.CASES: _("Cases"),
    Group.MONEY: _("Money"),
    Group.RULES: _("Programmes"),
    Group.PEOPLE: _("People"),
    Group.SETTINGS: _("Settings"),
}
SAID: dict[tuple[str, str], Any] = {
    ("case", "insert"): _("Case made"),
    ("case", "update"): _("Case changed"),
    ("opening", "insert"): _("Opening made"),
    ("opening", "update"): _("Opening changed"),
    ("opportunity", "insert"): _("Opportunity shared"),
    ("opportunity", "update"): _("Opportunity changed"),
    ("interest", "asked"): _("Member asked about an opportunity"),
    ("interest", "interested"): _("Interest in an opportunity"),
    ("interest", "introduced"): _("Member introduced"),
    ("interest", "not_chosen"): _("Member not introduced"),
    ("interest", "withdrawn"): _("Interest withdrawn"),
    ("merge", "insert"): _("Two people merged"),
    ("unmerge", "insert"): _("Merge undone"),
    ("apicall", "insert"): _("Written by a program"),
    ("agreement", "insert"): _("Self-billing agreed to"),
    ("application", "asked"): _("Asked to join"),
    ("application", "applied"): _("Applied"),
    ("application", "declined"): _("Did not want to join"),
    ("application", "admitted"): _("Admitted"),
    ("application", "refused"): _("Not admitted"),
    ("application", "withdrawn"): _("No longer asked to join"),
    ("thanks", "insert"): _("Thanks"),
    ("thanks", "delete"): _("Thanks taken away"),
    ("meeting", "insert"): _("Meeting planned"),
    ("meeting", "update"): _("Meeting changed"),
    ("meeting", "cancelled"): _("Meeting cancelled"),
    ("invitation", "insert"): _("Invitation made"),
    ("accepted", "insert"): _("Invitation accepted"),
    ("withdrawn", "insert"): _("Invitation taken back"),
    ("adjustment", "insert"): _("Difference found"),
    ("adjustment", "update"): _("Difference decided on"),
    ("payee", "insert"): _("Payment details given"),
    ("payee", "update"): _("Payment details changed"),
    ("document", "invoice"): _("Invoice made out"),
    ("document", "credit_note"): _("Credit note made out"),
    ("document", "statement"): _("Payment statement made out"),
    ("document", "sale"): _("Sales invoice made out"),
    ("document", "sale_credit"): _("Sales credit note made out"),
    ("documentanswer", "accepted"): _("Document accepted"),
    ("documentanswer", "contested"): _("Document contested"),
    ("settled", "stands"): _("Contest answered: it stands"),
    ("settled", "credited"): _("Contest answered: taken back"),
    ("settled", "withdrawn"): _("Contest withdrawn"),
    ("transmission", "insert"): _("Invoice handed over for Peppol"),
    ("sent", "delivered"): _("Invoice delivered over Peppol"),
    ("sent", "refused"): _("Invoice refused over Peppol"),
    ("yearlyexport", "ubd"): _("Yearly form exported: UBD"),
    ("yearlyexport", "281.50"): _("Yearly form exported: 281.50"),
    ("redemption", "asked"): _("Points redeemed"),
    ("redemption", "granted"): _("Redemption granted"),
    ("redemption", "refused"): _("Redemption refused"),
    ("redemption", "withdrawn"): _("Redemption withdrawn"),
    ("catalogueitem", "insert"): _("Reward put into the catalogue"),
    ("catalogueitem", "update"): _("Reward of the catalogue changed"),
    ("creditorder", "insert"): _("Credit note ordered"),
    ("pot", "proposed"): _("Division of a pot proposed"),
    ("pot", "closed"): _("Pot divided"),
    ("pot", "withdrawn"): _("Division of a pot taken back"),
    ("potobjection", "insert"): _("Division of a pot objected to"),
    ("potanswer", "insert"): _("Objection answered"),
    ("charge", "insert"): _("Member charged"),
    ("charge", "update"): _("Charge changed"),
    ("vatposition", "ordinary"): _("VAT declared: ordinary"),
    ("vatposition", "small_business"): _("VAT declared: small business in Belgium"),
    ("vatposition", "kor"): _("VAT declared: small business in the Netherlands"),
    ("vatposition", "not_taxable"): _("VAT declared: not a taxable person"),
    ("membershipterms", "insert"): _("Cost of membership set"),
    ("membershipterms", "update"): _("Cost of membership changed"),
    ("payoutsettings", "insert"): _("Payout settings made"),
    ("payoutsettings", "update"): _("Payout settings changed"),
    ("receivedinvoice", "waiting"): _("Own invoice sent"),
    ("receivedinvoice", "matched"): _("Own invoice matched"),
    ("receivedinvoice", "refused"): _("Own invoice sent back"),
    ("document", "own_invoice"): _("Own invoice taken over"),
    ("document", "own_credit"): _("Own credit note taken over"),
    ("payrollexport", "insert"): _("Payroll exported"),
    ("payrollrun", "insert"): _("Payroll processed"),
    ("closedmonth", "insert"): _("Books of a month closed"),
    ("statement", "insert"): _("Bank statement imported"),
    ("movement", "settled"): _("Bank movement matched"),
    ("movement", "ignored"): _("Bank movement set aside"),
    ("agreementtext", "insert"): _("Self-billing agreement published"),
    ("programme", "insert"): _("Programme made"),
    ("programme", "update"): _("Programme changed"),
    ("version", "insert"): _("Version published"),
    ("acceptance", "insert"): _("Terms agreed to"),
    ("member", "insert"): _("Member joined"),
    ("member", "update"): _("Member changed"),
    ("team", "insert"): _("Team made"),
    ("team", "update"): _("Team renamed"),
    ("team", "delete"): _("Team removed"),
    ("deletion", "people"): _("People erased after their time"),
    ("deletion", "cvs"): _("CVs deleted after their time"),
    ("organisation", "insert"): _("Organisation made"),
    ("organisation", "update"): _("Organisation changed"),
    ("apikey", "insert"): _("API key made"),
    ("apikey", "update"): _("API key changed"),
    ("webhook", "insert"): _("Webhook made"),
    ("webhook", "update"): _("Webhook changed"),
    ("webhook", "delete"): _("Webhook removed"),
}


def said(source: str, what: str) -> str:
    """Return what happened, in a few words."""
    if source == "fact":
        return capfirst(wording.fact(what))
    if source == "payable":
        return _state_of(_("Payout"), STATES[PayableState(what)])
    if source == "batch":
        return _state_of(_("Payment batch"), Batch.State(what).label)
    if source == "payment":
        return _state_of(_("Payment"), Payment.State(what).label)
    return str(SAID.get((source, what), what))


def _state_of(what: Any, state: Any) -> str:
    return f"{what}: {state}"


LABELS: dict[str, Any] = {
    "access_point_secret": _("secret of the access point"),
    "account_codes": _("account numbers"),
    "adjustment": _("difference"),
    "amount": _("amount"),
    "approved_at": _("approved on"),
    "approved_by": _("approved by"),
    "approver": _("who approves"),
    "asked_at": _("asked on"),
    "batch": _("payment batch"),
    "brought_by": _("brought in by"),
    "brought_in": _("from earlier years"),
    "by": _("by"),
    "candidate": _("person"),
    "carried_over": _("carried over"),
    "case": _("case"),
    "city": _("town"),
    "client": _("client"),
    "closed_at": _("closed on"),
    "closed_by": _("closed by"),
    "closed_on": _("closed on"),
    "coins": _("coins"),
    "confirmed_at": _("confirmed on"),
    "country": _("country"),
    "currency": _("currency"),
    "decided_at": _("decided on"),
    "decided_by": _("decided by"),
    "difference": _("difference"),
    "document": _("document"),
    "end_to_end_id": _("reference of the payment"),
    "entitlement": _("reward"),
    "erased_at": _("erased on"),
    "fetched_at": _("fetched on"),
    "file": _("file"),
    "found_at": _("found on"),
    "hint": _("first characters"),
    "iban_changed_at": _("account number changed on"),
    "iban_rests_until": _("account number rests until"),
    "introducer": _("introducer"),
    "invoice_texts": _("words on documents"),
    "is_active": _("on"),
    "is_return": _("came back"),
    "item": _("reward of the catalogue"),
    "joined_on": _("first day"),
    "keep_cvs_months": _("months that CVs are kept"),
    "keep_people_months": _("months that people are kept"),
    "key": _("key"),
    "languages": _("languages"),
    "leaves_by": _("leaving said by"),
    "leaves_on": _("last day to come"),
    "left_on": _("last day"),
    "logo": _("logo"),
    "made_at": _("made on"),
    "made_by": _("made by"),
    "member": _("member"),
    "name": _("name"),
    "number": _("number"),
    "objections_until": _("objections until"),
    "on": _("day"),
    "opened_on": _("opened on"),
    "opening": _("opening"),
    "opportunity": _("opportunity"),
    "paid_on": _("paid on"),
    "pay_by": _("to be paid by"),
    "payable": _("payout"),
    "payment": _("payment"),
    "pays_dues_from": _("pays dues from"),
    "period_from": _("first day of the period"),
    "points": _("points"),
    "problems": _("what is missing"),
    "proposed_at": _("proposed on"),
    "proposed_by": _("proposed by"),
    "raised_at": _("charged on"),
    "raised_by": _("charged by"),
    "recruiter": _("recruiter"),
    "reference": _("reference"),
    "refused_because": _("refused because"),
    "release": _("part that was released"),
    "retired_on": _("retired on"),
    "return_reason": _("why it came back"),
    "returned_on": _("came back on"),
    "revenue": _("turnover"),
    "revoked_at": _("revoked on"),
    "roles": _("roles"),
    "runs": _("kinds of programmes"),
    "scopes": _("rights"),
    "sent_at": _("sent on"),
    "sent_back_by": _("sent back by"),
    "set_aside": _("set aside"),
    "settled_at": _("settled on"),
    "settled_by": _("settled by"),
    "sha256": _("fingerprint of the file"),
    "state": _("state"),
    "statement": _("bank statement"),
    "team": _("team"),
    "text": _("text"),
    "to": _("thanked"),
    "told_of": _("told of"),
    "user": _("account"),
    "wage_codes": _("wage codes"),
    "waived": _("left as it is"),
    "waiver_by": _("proposed to be left as it is by"),
    "words": _("words"),
    "year": _("year"),
}
"""Our words for fields that nobody types, and so have none of their own."""
CODES: dict[str, Mapping[Any, Any]] = {
    "roles": ROLE_NAMES,
    "scopes": SCOPE_NAMES,
    "told_of": EVENT_NAMES,
    "languages": dict(LANGUAGES),
    "state": STATES,
}
"""Our words for codes, by the field that holds them."""


def label(field: Any) -> Any:
    """Return what a field is called."""
    return LABELS.get(field.name, field.verbose_name)


def value(field: Any, found: Any) -> Any:
    """Return a field's value as it can be read: words for codes and truths, lists in a row."""
    known = {code: name for code, name in field.flatchoices if code != name} or CODES.get(field.name, {})
    if isinstance(found, bool):
        return gettext("yes") if found else gettext("no")
    if isinstance(found, list):
        return ", ".join(str(known.get(one, one)) for one in found)
    if isinstance(found, dict):
        return ", ".join(f"{key}: {text}" for key, text in found.items())
    return known.get(found, found) if isinstance(found, str) else found
