"""What happened becomes mails."""

from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from members.models import Organisation
from notices import services, writing
from payouts.models import Entitlement, Payable
from payouts.signals import fell_due, payable_changed
from payouts.states import PayableState
from referrals.models import Case, Fact, Note
from referrals.pipeline import ENDED
from referrals.signals import case_submitted, facts_recorded, person_forgotten

STEPS = frozenset({"interviewed", "presented", "offered", "placed", "started", "lead_won"})


@receiver(case_submitted)
def ask_and_thank(sender: type[Case], case: Case, token: str, **_: Any) -> None:
    """Ask the person recommended, and thank the introducer."""
    if not case.candidate or _declined_before(case):
        return
    organisation = Organisation.objects.get(pk=case.organisation_id)
    said = Note.objects.filter(case=case, kind=Note.Kind.INTRODUCTION).values_list("text", flat=True).first() or ""
    services.write(
        organisation=organisation,
        to=case.candidate.email,
        language=case.candidate.language,
        about=f"case:{case.pk}",
        letter=partial(writing.asked, case, organisation.name, reverse("candidate", args=[token]), said),
        at=case.submitted_at,
    )
    _tell(
        organisation,
        case,
        f"case:{case.pk}",
        partial(writing.thanks, case, _page(case, organisation)),
        case.submitted_at,
    )


@receiver(facts_recorded)
def tell_the_introducer(sender: type[Case], case: Case, facts: list[Fact], **_: Any) -> None:
    """Tell the introducer what moved on, or why it ended."""
    organisation = Organisation.objects.get(pk=case.organisation_id)
    page = _page(case, organisation)
    for fact in facts:
        about = f"fact:{fact.pk}"
        if fact.kind == "consented":
            _tell(organisation, case, about, partial(writing.agreed, case, page), fact.recorded_at)
        elif fact.kind in STEPS:
            _tell(organisation, case, about, partial(writing.moved, case, fact, page), fact.recorded_at)
        elif fact.kind in ENDED:
            reason = Note.objects.filter(fact=fact).values_list("text", flat=True).first() or ""
            _tell(organisation, case, about, partial(writing.ended, case, reason, page), fact.recorded_at)


@receiver(fell_due)
def tell_what_was_earned(sender: Any, entitlements: list[int], at: datetime, **_: Any) -> None:
    """Tell introducers that something fell due."""
    related = Entitlement.objects.select_related("case__introducer__user", "case__candidate", "case__recruiter")
    organisation = None
    for one in related.filter(pk__in=entitlements, party="introducer"):
        organisation = organisation or Organisation.objects.get(pk=one.organisation_id)
        page = _page(one.case, organisation)
        _tell(organisation, one.case, f"entitlement:{one.pk}", partial(writing.due, one, page), at)


@receiver(payable_changed)
def tell_of_money(sender: Any, payable: Payable, at: datetime, **_: Any) -> None:
    """Tell the payee what was approved or paid."""
    write = {PayableState.APPROVED: writing.approved, PayableState.PAID: writing.paid}.get(PayableState(payable.state))
    if write:
        case = payable.entitlement.case
        organisation = Organisation.objects.get(pk=payable.organisation_id)
        page = _page(case, organisation)
        _tell(organisation, case, f"payable:{payable.pk}", partial(write, payable, page), at)


@receiver(person_forgotten)
def forget_the_person(sender: type[Case], cases: list[Case], **_: Any) -> None:
    """Withdraw and empty what was still to be mailed about a person who was erased."""
    facts = Fact.objects.filter(case__in=cases).values_list("pk", flat=True)
    services.empty(abouts=[f"case:{case.pk}" for case in cases] + [f"fact:{pk}" for pk in facts])


def _tell(organisation: Organisation, case: Case, about: str, letter: Any, at: datetime) -> None:
    services.write_to_member(
        organisation=organisation,
        member=case.introducer,
        about=about,
        letter=letter,
        at=at,
        sender=case.recruiter,
    )


def _declined_before(case: Case) -> bool:
    """Whether this person said no to the organisation before: then nobody writes to them again."""
    assert case.candidate is not None
    same = Case.objects.filter(candidate__email_key=case.candidate.email.lower()).exclude(pk=case.pk)
    return same.filter(answer__in=["consent_refused", "consent_withdrawn"]).exists()


def _page(case: Case, organisation: Organisation) -> str:
    return reverse("referral_detail", args=[organisation.slug, case.reference])
