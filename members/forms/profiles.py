"""What members say of themselves, and how others look for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel import pictures
from kernel.forms import DateInput, NumberField, near_today
from members import places
from members.models import SPOKEN, MemberProfile
from members.models.profiles import MOST_LINKS
from members.selectors import directory

MOST_DISCIPLINES = 8
LONGEST_DISCIPLINE = 60


class DisciplinesField(forms.CharField):
    """Disciplines, separated by commas; one that is known is written as it is known."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Disciplines"))
        options.setdefault("help_text", _("Separated by commas."))
        super().__init__(**options)
        self.widget.attrs["data-words"] = ""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        words = [" ".join(word.split()) for word in str(super().clean(value) or "").split(",")]
        found = {word.casefold(): word for word in words if word}
        if len(found) > MOST_DISCIPLINES:
            raise forms.ValidationError(_("Name eight at most."))
        if any(len(word) > LONGEST_DISCIPLINE for word in found.values()):
            raise forms.ValidationError(_("One of these is longer than 60 characters."))
        known = {word.casefold(): word for word in directory.disciplines()}
        return [known.get(key, word) for key, word in found.items()]


class TownField(forms.CharField):
    """A town that we know where it is, so that distances can be told."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Town"))
        super().__init__(max_length=80, **options)
        self.widget.attrs |= {"list": "towns", "autocomplete": "off", "data-towns": ""}
        self.country = ""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and not places.find(text, self.country):
            raise forms.ValidationError(_("We do not know where this is. Name the nearest bigger town."))
        return text


class LinksField(forms.CharField):
    """Addresses of pages, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise forms.ValidationError(_("Five links at most."))
        address = forms.URLField(assume_scheme="https", max_length=300)
        return [address.clean(line) for line in lines]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """A member's own profile."""

    disciplines = DisciplinesField(help_text=_("What you do, separated by commas: all disciplines are welcome."))
    town = TownField(required=False, help_text=_("Where you live or work: others see how far it is."))
    languages = forms.MultipleChoiceField(
        label=_("Languages you work in"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple
    )
    links = LinksField(
        label=_("Links"), required=False, help_text=_("Your site, LinkedIn, work you are proud of: one a line.")
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp", "data-shows": "#photo"}),
        help_text=_("PNG, JPEG or WebP, 2 MB at most; we keep the middle of it."),
    )
    without_photo = forms.BooleanField(label=_("Without a photo"), required=False)

    class Meta:
        model = MemberProfile
        fields = (
            "headline", "disciplines", "years", "experience", "about", "languages", "town", "links",
            "available_from", "days_a_week",
        )  # fmt: skip
        widgets = {
            "experience": forms.Textarea(attrs={"rows": 4}),
            "about": forms.Textarea(attrs={"rows": 3}),
            "available_from": DateInput,
        }
        field_classes = {"days_a_week": NumberField}
        help_texts = {
            "available_from": _("Leave it empty while you look for nothing."),
            "experience": _("Assignments, clients, what came of it."),
        }

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["town"].country = country  # type: ignore[attr-defined]
        self.fields["available_from"].validators.append(near_today)
        if not self.instance.photo:
            del self.fields["without_photo"]

    def clean_photo(self) -> bytes | None:
        upload = self.cleaned_data["photo"]
        if not upload:
            return None
        try:
            return pictures.photo(upload.read(pictures.LARGEST + 1))
        except pictures.NoPictureError:
            raise forms.ValidationError(_("Choose a PNG, JPEG or WebP of at most 2 MB.")) from None

    def clean(self) -> dict[str, Any]:
        super().clean()
        both = bool(self.cleaned_data.get("available_from")) == bool(self.cleaned_data.get("days_a_week"))
        if not both and not self.errors.keys() & {"available_from", "days_a_week"}:
            self.add_error("days_a_week", _("Say both: from when, and for how many days a week."))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of the profile, the photo apart."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class DirectoryForm(forms.Form):
    """How members are looked for."""

    words = forms.CharField(label=_("Name or words"), required=False, max_length=80)
    discipline = forms.ChoiceField(label=_("Discipline"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("any")), *SPOKEN])
    available = forms.ChoiceField(
        label=_("Available"),
        required=False,
        choices=[("", _("any time")), ("now", _("now")), ("soon", _("now and soon"))],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(word, word) for word in directory.disciplines()]
        self.fields["discipline"].choices = [("", _("all")), *known]  # type: ignore[attr-defined]
