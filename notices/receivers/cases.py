"""What happened in cases becomes mails."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from members.models import Organisation
from notices import services
from notices.telling import page_of, tell
from notices.writing import cases as writing
from notices.writing.letter import Letter
from referrals.models import Case, Fact, Interview, Note, Presentation
from referrals.pipeline import ENDED, RECOMMENDED
from referrals.selectors.joined import joined_with
from referrals.signals import (
    candidates_merged,
    case_submitted,
    facts_recorded,
    interview_planned,
    merge_undone,
    person_forgotten,
    presentation_asked,
)

STEPS = frozenset({"interviewed", "presented", "offered", "placed", "started", "lead_won"})


@receiver(case_submitted)
def ask_and_thank(sender: type[Case], case: Case, token: str, **_: Any) -> None:
    """Ask the person recommended, and thank the introducer."""
    if not case.candidate:
        return
    organisation = case.organisation
    said = Note.objects.filter(case=case, kind=Note.Kind.INTRODUCTION).values_list("text", flat=True).first() or ""
    page = page_of(case, organisation)
    tell(organisation, case, f"case:{case.pk}", partial(writing.thanks, case, page), case.submitted_at)
    if _declined_before(case):
        return  # nobody writes to them again; the introducer is thanked all the same, and learns nothing by it
    write = writing.confirm if case.applied else partial(writing.asked, introduction=said)
    _tell_person(
        organisation, case, f"case:{case.pk}", partial(write, case, organisation.name, _link(token)), case.submitted_at
    )


@receiver(interview_planned)
def tell_of_an_interview(sender: type[Interview], interview: Interview, token: str, at: datetime, **_: Any) -> None:
    """Tell the person when and where, or that it is off."""
    organisation = interview.organisation
    letter = partial(writing.interview, interview, organisation.name, _link(token))
    _tell_person(organisation, interview.case, f"interview:{interview.pk}:{interview.state}", letter, at)


@receiver(presentation_asked)
def ask_about_an_assignment(
    sender: type[Presentation], presentation: Presentation, token: str, at: datetime, **_: Any
) -> None:
    """Ask the person whether a client may see their profile."""
    organisation = presentation.organisation
    letter = partial(writing.assignment, presentation, organisation.name, _link(token))
    _tell_person(organisation, presentation.case, f"presentation:{presentation.pk}", letter, at)


@receiver(candidates_merged)
def tell_of_a_merge(sender: Any, cases: list[Case], at: datetime, **_: Any) -> None:
    """Tell both introducers that they recommended one person, and what follows from it."""
    _tell_each(cases, writing.merged, at)


@receiver(merge_undone)
def tell_of_its_undoing(sender: Any, cases: list[Case], at: datetime, **_: Any) -> None:
    """Tell them that it was a mistake."""
    _tell_each(cases, writing.unmerged, at)


@receiver(facts_recorded)
def tell_the_introducer(sender: type[Case], cases: list[Case], facts: list[Fact], **_: Any) -> None:
    """Tell the introducer what moved on, or why it ended."""
    for fact in facts:
        if fact.kind not in STEPS | ENDED | {"consented"} or fact.case.kind not in RECOMMENDED:
            continue
        organisation = fact.case.organisation
        for one in joined_with(fact.case.leading):
            page = page_of(one, organisation)
            tell(organisation, one, f"fact:{fact.pk}:{one.pk}", _letter(one, fact, page), fact.recorded_at)


def _letter(case: Case, fact: Fact, page: str) -> Callable[[], Letter]:
    if fact.kind == "consented":
        return partial(writing.agreed, case, page)
    if fact.kind in STEPS:
        return partial(writing.moved, case, fact, page)
    reason = Note.objects.filter(fact=fact).values_list("text", flat=True).first() or ""
    return partial(writing.ended, case, reason, page)


@receiver(person_forgotten)
def forget_the_person(sender: type[Case], cases: list[Case], addresses: list[str], **_: Any) -> None:
    """Withdraw and empty what was still to be mailed about a person who was erased."""
    facts = list(Fact.objects.filter(case__in=cases).values_list("pk", flat=True))
    told = [f"fact:{pk}:{case.pk}" for pk in facts for case in cases]
    services.empty(abouts=[f"case:{case.pk}" for case in cases] + told)
    services.empty_to(addresses=addresses)


def _tell_each(cases: list[Case], write: Callable[[Case, str], Letter], at: datetime) -> None:
    related = Case.objects.filter(pk__in=[case.pk for case in cases]).select_related(
        "introducer__user", "candidate", "recruiter", "shares_with"
    )
    for case in related:
        organisation = case.organisation
        letter = partial(write, case, page_of(case, organisation))
        tell(organisation, case, f"case:{case.pk}:{at.timestamp()}", letter, at)


def _tell_person(
    organisation: Organisation, case: Case, about: str, letter: Callable[[], Letter], at: datetime
) -> None:
    assert case.candidate is not None
    to, language = case.candidate.email, case.candidate.language
    services.write(
        organisation=organisation, to=to, language=language, about=about, letter=letter, at=at, sender=case.recruiter
    )


def _link(token: str) -> str:
    return reverse("candidate", args=[token])


def _declined_before(case: Case) -> bool:
    """Whether this person said no to the organisation before: then nobody writes to them again."""
    assert case.candidate is not None
    same = Case.objects.filter(candidate__email_key=case.candidate.email.lower()).exclude(pk=case.pk)
    return same.filter(answer__in=["consent_refused", "consent_withdrawn"]).exists()
