"""How forms look: one field template, and the classes of controls in one place."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import DateInput as PlainDateInput
from django.forms.widgets import TextInput
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.money import amount_in

CONTROL_CLASSES = {
    "checkbox": "form-check-input",
    "radio": "form-check-input",
    "checkbox_select": "choices",
    "select": "form-select",
    "file": "form-control",
    "hidden": "",
}


class Renderer(TemplatesSetting):
    """Renders fields by our template, and gives every control its class."""

    field_template_name = "_components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        widget = context.get("widget")
        if widget and "attrs" in widget:
            kind = widget.get("type") or template_name.rsplit("/", 1)[-1].removesuffix(".html")
            own = CONTROL_CLASSES.get(kind, "form-control")
            if kind == "radio" and "optgroups" in widget:
                own = "choices"
            classes = [own, widget["attrs"].get("class", "")]
            if widget["attrs"].get("aria-invalid"):
                classes.append("is-invalid")
            widget["attrs"]["class"] = " ".join(filter(None, classes))
        return super().render(template_name, context, request)


CURRENCY = re.compile(r"^(EUR|€)\s*|\s*(EUR|€)$", re.IGNORECASE)


class SecretInput(TextInput):
    """For what is kept encrypted: the browser neither fills it in, nor sends it to a spelling service."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})


class DateInput(PlainDateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


YEARS = timedelta(5 * 366)


def near_today(value: date) -> None:
    """Refuse a date that is years away: a slip of the keyboard."""
    if abs(value - timezone.localdate()) > YEARS:
        raise ValidationError(_("Is this the right year?"))


class OneOfSeveral:
    """A form among others on a page: the ids of its fields are its own."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **options)


@dataclass
class RefusedRow:
    """A form that a row of a list holds, filled in wrongly: the address it was sent to, and the form as it was typed.

    A page that shows the row notes so; else the row is gone, or stands on another page, and the page says what was wrong.
    """

    action: str
    form: forms.BaseForm
    is_shown: bool = False


class NumberField(forms.DecimalField):
    """A number as people write it: 2.5 or 2,5. A browser's own field for numbers would drop a comma, and make 25 of it."""

    widget = TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    asked_again = gettext_lazy("Which number is “%(text)s”? Write it as 2.5 or 2,5.")

    def __init__(self, **options: Any) -> None:
        super().__init__(localize=True, **options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = str(value or "").strip()
        if not text:
            return None
        amount = amount_in(CURRENCY.sub("", text))
        if amount is None:
            raise ValidationError(self.asked_again % {"text": text[:40]})
        return amount


class AmountField(NumberField):
    """An amount as people write it: 1200.50, 1.200,50, 1 200,50 or EUR 1,200.50; what could be two amounts is asked again."""

    asked_again = gettext_lazy("Which amount is “%(text)s”? Write it as 1200.50 or 1200,50.")
