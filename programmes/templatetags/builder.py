"""The builder's words, in templates."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.text import capfirst

from programmes import documents, labels, wording
from programmes.builder.shapes import Shape
from programmes.builder.tree import Node
from programmes.engine.assessment import Entitlement
from programmes.engine.rules import RuleSet
from programmes.engine.timeline import Fact

register = template.Library()


@register.filter
def label(node: Node) -> str:
    """What an input or card is called."""
    return labels.label(node)


@register.filter
def hint(node: Node) -> str:
    """A line that helps with filling in."""
    return labels.hint(node)


@register.filter
def add_label(node: Node) -> str:
    """What the button says that adds a row."""
    return str(labels.ADD[node.name])


@register.filter
def options(node: Node) -> list[tuple[str, str, bool]]:
    """What can be chosen: value, words, whether it is chosen."""
    chosen = node.value if node.shape is Shape.CHECKS else [node.kind or node.value]
    return [(one, labels.option(node, one), one in (chosen or [])) for one in node.part.options]


@register.filter
def reading(node: Node, draft: Any) -> str:
    """What a card says, as a sentence of the terms."""
    return labels.reading(node, str(draft.document.get("currency", "")))


@register.filter
def slot(node: Node) -> str:
    """A node's part of the ids of its page."""
    return "".join(one if one.isalnum() else "-" for one in node.path) + ("-" if node.key else "")


@register.filter
def yaml(document: Any) -> str:
    """Write rules as text."""
    return documents.written(document)


@register.filter
def told(fact: Fact, currency: str) -> str:
    """An imagined fact in words, with its days or amount where it has any."""
    words = str(capfirst(wording.fact(fact.kind)))
    if "amount" in fact.values:
        return f"{words}: {wording.money(Decimal(fact.values['amount']), currency)}"
    if "days" in fact.values:
        return f"{words}: {wording.days(fact.values['days'])}"
    shown = [wording.word(str(value)) for name, value in fact.values.items() if name not in ("amount", "client")]
    return f"{words} ({', '.join(shown)})" if shown else words


@register.filter
def paid_by(entitlement: Entitlement, rules: RuleSet) -> date | None:
    """The day until which an amount is paid that is earned on its day."""
    return rules.payment.within.after(entitlement.due_on) if entitlement.due_on else None


@register.filter
def fact_name(kind: str) -> str:
    """The name of a kind of fact; nothing for none."""
    return wording.fact(kind) if kind else ""


@register.filter
def field_name(name: str) -> str:
    """What a fact's own field is called."""
    return str(labels.FACT_FIELDS.get(name, wording.word(name)))


@register.filter
def word(value: str) -> str:
    """Our word for a party or value."""
    return wording.word(value)


@register.filter
def of_row(path: str, number: int) -> bool:
    """Whether a mistake is one of this row."""
    return path.split(".")[1:2] == [str(number)]
