"""Everything that is held of someone, as they get it: one file to read by people and programs, and the files that go with it."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

from members.models import AgendaItem, Application, Attendance, Member, MemberProfile, Thanks
from notices.models import Preference
from payouts.models import (
    Agreement,
    Document,
    Payable,
    Payee,
    PotObjection,
    ReceivedInvoice,
    Redemption,
    Ubl,
    VatPosition,
)
from payouts.selectors import points
from payouts.selectors.documents import file_name
from referrals.models import (
    Candidate,
    Case,
    Curriculum,
    Fact,
    Interest,
    Interview,
    Note,
    Opportunity,
    Presentation,
    Profile,
    Publicity,
    SavedFilter,
    Turnover,
)
from referrals.selectors.people import same_person

File = tuple[str, bytes]
"""A name and what it holds."""


def of_member(member: Member) -> bytes:
    """Return all that is held of a member, in one ZIP; of the people they recommended only what they wrote themselves."""
    user = member.user
    data = {
        "account": {"email": user.email, "former_email": user.former_email, "language": user.language},
        "member": _fields(member, "name", "roles", "joined_on", "leaves_on", "left_on")
        | {"team": member.team.name if member.team else ""},
        "payment_details": [_payee(one) for one in Payee.objects.filter(member=member)],
        "vat": _rows(VatPosition.objects.filter(payee__member=member), "regime", "vat_number", "since", "declared_at"),
        "self_billing_agreements": _rows(
            Agreement.objects.filter(payee__member=member), "version", "language", "text", "accepted_at"
        ),
        **_of_network(member),
        "recommendations": [_recommended(case, member) for case in Case.objects.filter(introducer=member)],
        "amounts": _rows(
            Payable.objects.filter(member=member),
            "entitlement__case__reference", "amount", "currency", "state", "proposed_at", "approved_at", "paid_on",
        ),
        "documents": _rows(
            Document.objects.filter(member=member), "number", "kind", "issued_on", "net", "vat", "total", "currency"
        ),
        "answers_to_documents": _rows(
            Document.objects.filter(member=member, answers__isnull=False),
            "number", "answers__accepted", "answers__because", "answers__answered_at",
        ),
        "points": [
            {"on": one.entry.on, "what": one.entry.what, "points": -one.amount} for one in points.movements_of(member)
        ],
        "redemptions": _rows(Redemption.objects.filter(member=member), "item__name", "points", "wish", "state", "asked_at"),
        "mails": _rows(Preference.objects.filter(member=member), "muted", "fitting", "digest"),
        "saved_views": _rows(SavedFilter.objects.filter(member=member), "name", "query"),
    }  # fmt: skip
    return _zip(data, _files_of_member(member))


def _of_network(member: Member) -> dict[str, Any]:
    """Return what is held of a member of a network."""
    return {
        "profile": _rows(
            MemberProfile.objects.filter(member=member),
            "headline", "disciplines", "about", "years", "experience", "languages", "town", "links", "available_from",
            "days_a_week",
        ),
        "application": _rows(
            Application.objects.filter(member=member),
            "asked_at", "applied_at", "disciplines", "years", "experience", "why", "link", "found", "decided_at",
            "accepted_fee", "accepted_dues", "accepted_every",
        ),
        "thanked_others": _rows(Thanks.objects.filter(by=member), "to__name", "text", "said_at"),
        "was_thanked": _rows(Thanks.objects.filter(to=member), "by__name", "text", "said_at"),
        "meetings": _rows(
            Attendance.objects.filter(member=member),
            "meeting__title", "meeting__starts_at", "answer", "answered_at", "was_there",
        ),
        "spoke_of": _rows(AgendaItem.objects.filter(member=member), "meeting__title", "kind", "title", "said"),
        "brought_in": _rows(Application.objects.filter(brought_by=member), "asked_at", "state", "note"),
        "opportunities_shared": _rows(
            Opportunity.objects.filter(case__introducer=member),
            "case__reference", "title", "about", "known_how", "early", "visibility", "moved_at",
        ),
        "opportunities_wanted": _rows(
            Interest.objects.filter(member=member), "opportunity__title", "state", "why", "team", "since"
        ),
        "turnover": _rows(Turnover.objects.filter(placement__performer=member), "placement__title", "month", "amount"),
        "publicity": _rows(Publicity.objects.filter(case__introducer=member), "link", "about", "on"),
        "objections": _rows(PotObjection.objects.filter(member=member), "pot__year", "text", "answer", "said_at"),
        "coins": [
            {"on": one.entry.on, "what": one.entry.what, "coins": -one.amount} for one in points.movements_of(member, "coin")
        ],
    }  # fmt: skip


def of_person(candidate: Candidate) -> bytes:
    """Return all that is held of a person who was recommended, in every record of theirs, in one ZIP."""
    people = list(Candidate.objects.filter(pk__in=same_person(candidate)))
    cases = Case.objects.filter(candidate__in=people).select_related("introducer", "opening", "candidate")
    data = {
        "person": [_fields(one, "name", "email", "phone", "linkedin", "language", "known_since") for one in people],
        "recommendations": [_case(case) for case in cases.order_by("submitted_at")],
        "profiles": _rows(
            Profile.objects.filter(candidate__in=people),
            "headline", "summary", "skills", "languages", "available", "rate", "written_at",
        ),
        "cvs": _rows(Curriculum.objects.filter(candidate__in=people), "name", "uploaded_at"),
    }  # fmt: skip
    curricula = Curriculum.objects.filter(candidate__in=people).order_by("pk")
    return _zip(data, ((f"cv-{one.pk}-{one.name}", _read(one.file)) for one in curricula))


def _payee(payee: Payee) -> dict[str, Any]:
    return _fields(
        payee, "kind", "name", "street", "postal_code", "city", "country", "enterprise_number", "route", "iban", "bsn",
        "born_on", "employee_number",
    )  # fmt: skip


def _recommended(case: Case, member: Member) -> dict[str, Any]:
    own = Note.objects.filter(case=case, author=member).order_by("written_at").values_list("text", flat=True)
    return _fields(case, "reference", "kind", "submitted_at", "stage") | {"what_you_wrote": list(own)}


def _case(case: Case) -> dict[str, Any]:
    return _fields(case, "reference", "submitted_at", "informed_at", "stage", "stage_since", "answer") | {
        "recommended_by": case.introducer.name,
        "came_by_a_shared_link": case.applied,
        "for": case.opening.title if case.opening else "",
        "what_happened": _rows(Fact.objects.filter(case=case).order_by("pk"), "kind", "on", "recorded_at"),
        "texts": _rows(Note.objects.filter(case=case).order_by("pk"), "kind", "text", "written_at"),
        "interviews": _rows(Interview.objects.filter(case=case), "starts_at", "place", "state"),
        "presentations": _rows(
            Presentation.objects.filter(case=case), "client__name", "title", "about", "answer", "asked_at"
        ),
    }


def _files_of_member(member: Member) -> Iterator[File]:
    for one in Document.objects.filter(member=member).order_by("pk"):
        if one.pdf:
            yield f"documents/{file_name(one)}.pdf", _read(one.pdf)
        for content in Ubl.objects.filter(document=one).values_list("content", flat=True):
            yield f"documents/{file_name(one)}.xml", bytes(content)
    for profile in MemberProfile.objects.filter(member=member).exclude(photo=""):
        yield "photo.jpg", _read(profile.photo)
    for received in ReceivedInvoice.objects.filter(Q(member=member), document=None).exclude(file=""):
        yield f"sent/{received.pk}.pdf", _read(received.file)


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _rows(found: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return list(found.values(*names))


def _read(file: Any) -> bytes:
    with file.open() as stream:
        content: bytes = stream.read()
    return content


def _zip(data: dict[str, Any], files: Iterator[File]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text)
        for name, content in files:
            archive.writestr("".join(letter for letter in name if letter.isalnum() or letter in "/-._ "), content)
    return made.getvalue()
