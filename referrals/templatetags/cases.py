"""The words and figures of cases, in templates."""

from decimal import Decimal

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from programmes import reasons, wording
from programmes.engine.assessment import Entitlement
from programmes.engine.verdict import Reason
from programmes.models import Version
from programmes.terms import Terms, terms_of
from referrals.models import Candidate, Case, Fact
from referrals.pipeline import Stage
from referrals.wording import LIKENESSES, PROBLEMS, STAGES, TURNS

register = template.Library()


@register.filter
def stage(value: str) -> str:
    """Our word for a stage."""
    return str(STAGES[value])  # type: ignore[index]


@register.filter
def turn(value: str) -> str:
    """Whose move it is, in words."""
    return str(TURNS[value])  # type: ignore[index]


@register.filter
def likenesses(parts: list[str]) -> str:
    """In what two people are alike."""
    return ", ".join(str(LIKENESSES[part]) for part in parts)


@register.filter
def problem(code: str) -> str:
    """What is wrong with a line of a file."""
    return str(PROBLEMS[code])


@register.filter
def person(case: Case) -> str:
    """The name of the person a case is about; a pseudonym once it was erased."""
    candidate: Candidate | None = case.candidate
    return (candidate.name if candidate else str(case.client or "")) or case.reference


@register.filter
def why(reason: Reason, unit: str) -> str:
    """The sentence of a reason."""
    return reasons.sentence(reason, unit)


@register.filter
def amount(entitlement: Entitlement) -> str:
    """An entitlement's amount, or the highest that is still possible, with its unit."""
    value = entitlement.amount if entitlement.amount is not None else entitlement.at_most
    return "" if value is None else wording.money(value, entitlement.unit)


@register.filter
def money(value: Decimal, unit: str) -> str:
    """An amount with its unit."""
    return wording.money(value, unit)


@register.filter
def per_week(pace: Decimal) -> str:
    """Days a week at a pace in days per working day."""
    return wording.days(round(pace * 5, 1))


@register.filter
def versions(case: Case) -> list[Version]:
    """The versions under which a case was submitted, and stays."""
    return [pin.version for pin in case.pins.select_related("version__programme").order_by("pk")]


@register.filter
def terms(version: Version) -> Terms:
    """What a version promises to an introducer, in sentences."""
    return terms_of(version.rule_set)


@register.filter
def stage_labels(stages: list[Stage]) -> list[tuple[str, str]]:
    """Stages with our words for them, looked up once for many."""
    return [(stage.value, str(STAGES[stage])) for stage in stages]


@register.simple_tag
def move_buttons(labels: list[tuple[str, str]], address: str, seen: str) -> SafeString:
    """The buttons of a card's menu. Made here and not in the template: a board has hundreds of them."""
    button = '<button class="dropdown-item" form="move" formaction="{}move/?seen={}" name="to" value="{}">{}</button>'
    return format_html_join("", button, ((address, seen, stage, label) for stage, label in labels))


@register.filter
def happened(fact: Fact) -> str:
    """What a fact says, in a few words."""
    words = capfirst(wording.fact(fact.kind))
    days = fact.values.get("days")
    return f"{words}: {wording.days(Decimal(days))}" if days else str(words)
