"""Bringing somebody in, applying, and deciding on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import OneOfSeveral
from members.forms.profiles import DisciplinesField
from members.models import Application, MembershipTerms


class BringInForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom a member would like to have in the network."""

    class Meta:
        model = Application
        fields = ("name", "email", "language", "note")
        help_texts = {
            "note": _("They read it above the invitation."),
            "email": _("We write to them, and ask whether they want to."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("name", "email"):
            self.fields[name].required = True


class ApplicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What somebody has done, and why they want to join."""

    disciplines = DisciplinesField(help_text=_("What you do, separated by commas: all disciplines are welcome."))
    link = forms.URLField(
        label=_("A page about you"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Your site, or LinkedIn."),
    )

    accepted = forms.BooleanField(label=_("I agree to what membership costs, as it stands above"))
    terms = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Application
        fields = ("name", "disciplines", "years", "experience", "why", "link")
        labels = {"name": _("Your name"), "experience": _("What you have done"), "why": _("Why you want to join")}
        help_texts = {"experience": _("Ample experience is what we ask for; nothing else.")}

    def __init__(self, *args: Any, membership: MembershipTerms, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stood = " ".join(str(value) for value in membership.accepted.values())
        self.initial["terms"] = self.stood
        agreed = {name: getattr(self.instance, name) for name in membership.accepted}
        self.initial["accepted"] = self.instance.applied_at is not None and agreed == membership.accepted
        if membership.is_free:
            del self.fields["accepted"]
        for name in ("name", "years", "experience"):
            self.fields[name].required = True
        # What members do is theirs to read: nobody who is none sees which disciplines there are.
        self.fields["disciplines"].widget.attrs.pop("data-words", None)

    def clean(self) -> dict[str, Any]:
        """What they read is what they accept: not what an administrator changed meanwhile."""
        if "accepted" in self.fields and self.cleaned_data.get("terms") != self.stood:
            self.data = {**self.data.dict(), "terms": self.stood, "accepted": ""}  # type: ignore[attr-defined] # a QueryDict
            self.add_error("accepted", _("What membership costs has changed meanwhile: please read it again."))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}


class AdmissionForm(OneOfSeveral, forms.ModelForm):  # type: ignore[type-arg]
    """The experience for which somebody is admitted."""

    class Meta:
        model = Application
        fields = ("found",)
        labels = {"found": _("The experience that you found")}
        help_texts = {
            "found": _("Ample experience is the one criterion. It stays with their profile, for administrators.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["found"].required = True


class RefusalForm(OneOfSeveral, forms.Form):
    """Why somebody is not admitted: they read it."""

    because = forms.CharField(
        label=_("Why"), max_length=400, help_text=_("They read it. What they told us is erased then.")
    )
