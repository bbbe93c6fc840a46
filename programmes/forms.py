"""What administrators type about programmes, beside the rules themselves."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateInput, near_today
from programmes import documents
from programmes.engine.mistakes import Refused
from programmes.engine.rules import RuleSet
from programmes.mistakes import sentence

LONGEST_FILE = 200_000


class NewForm(forms.Form):
    """A new programme: its name, and what it begins from."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As members read it."))
    start = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("or a file that was exported"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )

    def __init__(self, *args: Any, presets: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["start"].choices = presets  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        super().clean()
        upload = self.cleaned_data.get("file")
        if upload:
            self.cleaned_data["rules"] = self._rules(upload.read(LONGEST_FILE + 1))
        return self.cleaned_data

    def _rules(self, content: bytes) -> Any:
        try:
            return RuleSet.read(documents.parse(content.decode())).document()
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text."))
        except Refused as refused:
            for mistake in refused.mistakes:
                self.add_error("file", f"{mistake.path}: {sentence(mistake)}" if mistake.path else sentence(mistake))
        return None


class YamlForm(forms.Form):
    """A draft's rules as text."""

    text = forms.CharField(
        label=_("Rules as YAML"),
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false", "class": "code"}),
        strip=False,
    )

    def clean_text(self) -> Any:
        try:
            self.rules = RuleSet.read(documents.parse(self.cleaned_data["text"])).document()
        except Refused as refused:
            said = [f"{one.path}: {sentence(one)}" if one.path else sentence(one) for one in refused.mistakes]
            raise forms.ValidationError(said) from None
        return self.cleaned_data["text"]


class PublishForm(forms.Form):
    """From when a version holds, and what members are told about it."""

    effective_on = forms.DateField(label=_("In force from"), widget=DateInput, validators=[near_today])
    note = forms.CharField(
        label=_("A word to the members"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands above the differences, in the mail and in the history."),
    )

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Rules hold from today at the earliest: what is promised stays promised."))
        return day


class RetireForm(forms.Form):
    """The first day on which a programme takes nothing new."""

    on = forms.DateField(label=_("From"), widget=DateInput, validators=[near_today])

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("From today at the earliest."))
        return day
