"""What every page uses: icons, amounts, and the address of another page of the list shown."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from kernel.forms import RefusedRow

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon; its meaning stands in the text beside it, so that it says nothing to a screen reader."""
    return format_html(
        '<svg class="icon {}" width="20" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("vendor/icons.svg"),
        name,
    )


@register.simple_block_tag
def table(content: str, label: str, css: str = "") -> SafeString:
    """Frame the rows of a table, so that it can be scrolled by touch and by keyboard where it is wider than the page."""
    return format_html(
        '<div class="{} table-responsive" tabindex="0" role="region" aria-label="{}"><table class="table">{}</table></div>',
        css,
        label,
        content,
    )


@register.simple_tag(takes_context=True)
def row_form(context: dict[str, Any], form: BaseForm, action: str) -> BaseForm:
    """Return the form that a row of a list sends to an address: as it was typed where it was refused, else as every row has it."""
    one = refused_form(context, action) or type(form)(initial=form.initial)
    one.auto_id = f"{slugify(action.replace('/', '-'))}-%s"  # each row has ids of its own
    for field in one.fields.values():
        if getattr(field.widget, "input_type", "") == "text":
            field.widget.attrs.setdefault("placeholder", field.label)
    return one


@register.simple_tag(takes_context=True)
def refused_form(context: dict[str, Any], *action: str) -> BaseForm | None:
    """Return the form of a row as it was typed where it was refused; its parts, joined by #, are what the row is known by."""
    refused: RefusedRow | None = context.get("refused_row")
    if refused is None or refused.action != "#".join(action):
        return None
    refused.is_shown = True
    return refused.form


@register.simple_block_tag(takes_context=True)
def rows(context: dict[str, Any], content: str) -> SafeString:
    """Put above a page what was wrong with a form whose row does not stand on it."""
    refused: RefusedRow | None = context.get("refused_row")
    if refused is None or refused.is_shown:
        return mark_safe(content)  # noqa: S308 - rendered by the template
    return render_to_string("_components/refused_row.html", {"form": refused.form}) + mark_safe(content)  # noqa: S308


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Look up a key in a mapping."""
    return mapping.get(key)


@register.filter
def plain(value: Decimal | date | None) -> str:
    """Write a number or date for machines: 1200.00, 2026-01-20."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], *prefixes: str) -> str:
    """Mark a link of the navigation as current when the address begins with one of its own."""
    return "page" if context["request"].path.startswith(prefixes) else "false"
