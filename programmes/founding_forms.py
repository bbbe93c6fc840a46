"""The questions that make an organisation, a form a step; pure answers, nothing is kept by them."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from members import people_file
from members.models import Organisation
from members.slugs import validate_slug
from members.wording import PROBLEMS
from programmes.labels import NETWORK, PRESETS, USUAL_NAMES

BEGINNINGS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    **{preset: (words, (preset,)) for preset, words in PRESETS.items() if preset not in NETWORK},
    "network": (
        _("A network: members bring each other work, share what it earns, and divide a pot over coins"),
        NETWORK,
    ),
    "none": (_("Nothing yet: I write it myself"), ()),
}
"""What an organisation can begin with: words, and presets."""
MOST_INVITED = 50
LONGEST_SLUG = 40
SEPARATORS = re.compile(r"[<>,;\s]+")
LONGEST_ROW = 400


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the organisation is called, and where and how it speaks."""

    class Meta:
        model = Organisation
        fields = ("name", "slug", "country", "language")
        error_messages = {"slug": {"unique": _("Another organisation has this name; choose one of your own.")}}
        help_texts = {
            "slug": _("Your pages stand under it. Left empty, it is made from the name."),
            "country": _("Which law and which VAT your payments follow."),
            "language": _("What programmes and mails speak to who has not chosen another."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        typed: str = self.cleaned_data["slug"]
        found = typed or slugify(self.cleaned_data.get("name", ""))[:LONGEST_SLUG].strip("-")
        if not typed:
            validate_slug(found)
        return found


class ProgrammeForm(forms.Form):
    """The programme to begin with."""

    begin_with = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect, initial="cooptation_bonus")
    name = forms.CharField(
        label=_("Its name, as members read it"),
        max_length=80,
        required=False,
        help_text=_("Left empty, it gets a usual one. It stands on invoices too."),
    )
    is_in_force = forms.BooleanField(
        label=_("In force from today"),
        required=False,
        initial=True,
        help_text=_("Untick it to change amounts and conditions first: it becomes a draft, and nobody sees it yet."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["begin_with"].choices = [(one, words) for one, (words, _presets) in BEGINNINGS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two programmes of one beginning are two: the typed name is of none of the others."""
        cleaned = super().clean() or {}
        _words, presets = BEGINNINGS.get(cleaned.get("begin_with", ""), ("", ()))
        others = {str(USUAL_NAMES[preset]).casefold() for preset in presets[1:]}
        if cleaned.get("name", "").casefold() in others:
            self.add_error("name", _("Another programme of this beginning is called so. Choose another name."))
        return cleaned

    @property
    def presets(self) -> dict[str, str]:
        """The presets to begin with, each with the name of its programme; the name that was typed is that of the first."""
        _words, presets = BEGINNINGS[self.cleaned_data["begin_with"]]
        names = {preset: str(USUAL_NAMES[preset]) for preset in presets}
        typed = self.cleaned_data["name"]
        return names | ({presets[0]: typed} if typed and presets else {})


class PeopleForm(forms.Form):
    """Who begins, and whom they bring in at once."""

    founder = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    invited = forms.CharField(
        label=_("Invite people"),
        required=False,
        strip=False,  # lines are counted as they were typed
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, the name first: An Peeters, an@example.org. They get a mail with a link."),
    )

    def __init__(self, *args: Any, known: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known

    def clean_invited(self) -> list[people_file.Line]:
        """Return the lines, or say of each wrong one what is wrong."""
        typed = enumerate(self.cleaned_data["invited"].splitlines(), 1)
        rows = [(number, row) for number, row in typed if row.strip()]
        if len(rows) > MOST_INVITED:
            raise forms.ValidationError(_("Invite at most 50 people here; more from a file, once you are in."))
        lines = people_file.compared([_line(number, row) for number, row in rows], self.known)
        said = [
            _("Line %(number)s: %(problem)s.") % {"number": line.number, "problem": PROBLEMS[code]}
            for line in lines
            for code in line.problems
        ]
        if said:
            raise forms.ValidationError(said)
        return lines


def _line(number: int, row: str) -> people_file.Line:
    """Read a name and an address, in whichever way they are parted: An Peeters <an@example.org>."""
    words = SEPARATORS.sub(" ", row[:LONGEST_ROW]).split()
    email = next((word for word in reversed(words) if "@" in word), "")
    name = " ".join(word for word in words if word != email).strip("\"'")
    return people_file.line(number, name or email.split("@")[0], email, None, None)
