"""What every page uses: icons, amounts, and the address of another page of the list shown."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

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
    refused = context.get("refused")
    if refused and refused.action == action:
        one: BaseForm = refused.form
    else:
        one = type(form)(initial=form.initial)
    one.auto_id = f"{slugify(action.replace('/', '-'))}-%s"  # each row has ids of its own
    for field in one.fields.values():
        if getattr(field.widget, "input_type", "") == "text":
            field.widget.attrs.setdefault("placeholder", field.label)
    return one


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
