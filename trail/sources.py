"""Where the trail of an organisation is written: the append-only rows of every app, each with when, by whom, about what.

Each source gives rows of (pk, at, who, about, what): a moment, the account's id or None for the product itself, a name
and a code. Sources with a table of events also say which fields a change changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, F, Func, Model, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from members.models import (
    ApiCall,
    ApiKey,
    Application,
    Invitation,
    Meeting,
    Member,
    MembershipTerms,
    Organisation,
    Team,
    Thanks,
)
from notices.models import Webhook
from payouts.models import (
    Adjustment,
    Agreement,
    AgreementText,
    Batch,
    CatalogueItem,
    Charge,
    ClosedMonth,
    CreditOrder,
    Document,
    DocumentAnswer,
    Movement,
    Payable,
    Payee,
    Payment,
    PayoutSettings,
    PayrollExport,
    PayrollRun,
    Pot,
    PotObjection,
    ReceivedInvoice,
    Redemption,
    Statement,
    Transmission,
    VatPosition,
    YearlyExport,
)
from programmes.models import Acceptance, Programme, Version
from referrals.models import Case as ReferralCase
from referrals.models import Deletion, Fact, Interest, Merge, Opening, Opportunity

COLUMNS = ("pk", "at", "who", "about", "what")
INSERT = Value("insert")
NAME = F("name")
REFERENCE = F("case__reference")
NUMBERED = Concat(F("programme__name"), Value(" "), Cast(F("number"), CharField()))
NUMBERED_THERE = Concat(F("version__programme__name"), Value(" "), Cast(F("version__number"), CharField()))
INVITED = Concat(
    F("name"), Value(" "), Func(F("roles"), Value(", "), function="array_to_string", output_field=CharField())
)
ACCEPTED = Case(When(accepted=True, then=Value("accepted")), default=Value("contested"))
MONTH = Func(F("month"), Value("YYYY-MM"), function="to_char", output_field=CharField())
OF_MEETING = Case(When(state="cancelled", then=F("state")), default=F("pgh_label"), output_field=CharField())
CALLED = Concat(F("api_key__name"), Value(" "), F("path"))


class Group(StrEnum):
    """What a reader of the trail looks for."""

    CASES = "cases"
    MONEY = "money"
    RULES = "rules"
    PEOPLE = "people"
    SETTINGS = "settings"


@dataclass(frozen=True)
class Source:
    """One table of the trail. `rows` is called inside the organisation, with it."""

    name: str
    group: Group
    rows: Callable[[Organisation], "QuerySet[Any, dict[str, Any]]"]
    events: type[Model] | None = None
    is_secret: bool = False
    """Whether what changed is named, but not shown."""


def _events(model: Any, group: Group, about: Any, *, is_secret: bool = False, what: Any = None) -> Source:
    """Return the source of a model whose every change is kept by triggers."""
    table = model.pgh_event_model
    who = Cast(KeyTextTransform("user", "pgh_context"), BigIntegerField())

    def rows(organisation: Organisation) -> Any:
        found = table.objects.annotate(at=F("pgh_created_at"), who=who, about=about, what=what or F("pgh_label"))
        return found.values(*COLUMNS)

    return Source(model._meta.model_name, group, rows, table, is_secret)


def _rows(model: Any, group: Group, at: str, by: str | None, about: Any, what: Any = INSERT, name: str = "") -> Source:
    """Return the source of a moment that rows of a model keep, which never changes once it is there."""
    who = F(f"{by}__user_id") if by else Value(None, BigIntegerField())

    def rows(organisation: Organisation) -> Any:
        found = model.objects.exclude(**{at: None})
        return found.annotate(at=F(at), who=who, about=about, what=what).values(*COLUMNS)

    return Source(name or model._meta.model_name, group, rows)


def _of_the_organisation() -> Source:
    """The organisation's own events stand in a table that all share."""
    source = _events(Organisation, Group.SETTINGS, NAME)

    def rows(organisation: Organisation) -> Any:
        return source.rows(organisation).filter(pgh_obj_id=organisation.pk)

    return Source(source.name, source.group, rows, source.events)


SOURCES = (
    _rows(Fact, Group.CASES, "recorded_at", "recorded_by", REFERENCE, F("kind")),
    _events(ReferralCase, Group.CASES, F("pgh_obj__reference")),
    _events(Opening, Group.CASES, F("title")),
    _events(Opportunity, Group.CASES, F("title")),
    _events(Interest, Group.CASES, F("opportunity__title"), what=F("state")),
    _rows(Merge, Group.CASES, "merged_at", "merged_by", Value("")),
    _rows(Merge, Group.CASES, "undone_at", "undone_by", Value(""), name="unmerge"),
    _rows(ApiCall, Group.CASES, "called_at", "api_key__made_by", CALLED),
    _events(Payable, Group.MONEY, F("entitlement__case__reference"), what=F("state")),
    _events(Adjustment, Group.MONEY, F("payable__entitlement__case__reference")),
    _events(Payee, Group.MONEY, NAME, is_secret=True),
    _rows(VatPosition, Group.MONEY, "declared_at", "declared_by", F("payee__name"), F("regime")),
    _rows(Agreement, Group.MONEY, "accepted_at", "accepted_by", F("payee__name")),
    _rows(Document, Group.MONEY, "issued_at", None, F("number"), F("kind")),
    _rows(DocumentAnswer, Group.MONEY, "answered_at", "answered_by", F("document__number"), ACCEPTED),
    _rows(DocumentAnswer, Group.MONEY, "settled_at", "settled_by", F("document__number"), F("outcome"), name="settled"),
    _rows(Transmission, Group.MONEY, "handed_over_at", None, F("document__number")),
    _rows(Transmission, Group.MONEY, "answered_at", None, F("document__number"), F("state"), name="sent"),
    _rows(CreditOrder, Group.MONEY, "ordered_at", "ordered_by", F("document__number")),
    _events(Charge, Group.MONEY, F("description")),
    _events(Pot, Group.MONEY, Cast(F("year"), CharField()), what=F("state")),
    _rows(PotObjection, Group.MONEY, "said_at", "member", Cast(F("pot__year"), CharField())),
    _rows(PotObjection, Group.MONEY, "answered_at", "answered_by", Cast(F("pot__year"), CharField()), name="potanswer"),
    _events(Batch, Group.MONEY, Cast(F("number"), CharField()), what=F("state")),
    _events(Payment, Group.MONEY, F("end_to_end_id"), what=F("state")),
    _rows(Statement, Group.MONEY, "imported_at", "imported_by", F("identifier")),
    _events(Movement, Group.MONEY, F("text"), what=F("state")),
    _events(ReceivedInvoice, Group.MONEY, F("pgh_obj__member__name"), what=F("state")),
    _rows(PayrollExport, Group.MONEY, "exported_at", "exported_by", MONTH),
    _rows(PayrollRun, Group.MONEY, "processed_at", "processed_by", MONTH),
    _events(Redemption, Group.MONEY, F("pgh_obj__member__name"), what=F("state")),
    _rows(YearlyExport, Group.MONEY, "exported_at", "exported_by", Cast(F("year"), CharField()), F("form")),
    _rows(ClosedMonth, Group.MONEY, "closed_at", "closed_by", MONTH),
    _events(PayoutSettings, Group.SETTINGS, Value(""), is_secret=True),
    _events(CatalogueItem, Group.SETTINGS, NAME),
    _rows(AgreementText, Group.SETTINGS, "published_at", "published_by", Cast(F("version"), CharField())),
    _events(Programme, Group.RULES, NAME),
    _rows(Version, Group.RULES, "published_at", "published_by", NUMBERED),
    _rows(Acceptance, Group.RULES, "accepted_at", "member", NUMBERED_THERE),
    _events(Member, Group.PEOPLE, NAME),
    _events(Team, Group.PEOPLE, NAME),
    _events(Thanks, Group.PEOPLE, F("to__name")),
    _events(Meeting, Group.PEOPLE, F("title"), what=OF_MEETING),
    _events(Application, Group.PEOPLE, F("brought_by__name"), what=F("state")),
    _rows(Invitation, Group.PEOPLE, "invited_at", "invited_by", INVITED),
    _rows(Invitation, Group.PEOPLE, "accepted_at", None, NAME, name="accepted"),
    _rows(Invitation, Group.PEOPLE, "withdrawn_at", None, NAME, name="withdrawn"),
    _rows(Deletion, Group.PEOPLE, "deleted_at", None, Cast(F("count"), CharField()), F("kind")),
    _of_the_organisation(),
    _events(MembershipTerms, Group.SETTINGS, Value("", CharField())),
    _events(ApiKey, Group.SETTINGS, NAME),
    _events(Webhook, Group.SETTINGS, F("url")),
)
