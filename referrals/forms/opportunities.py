"""What members type about opportunities and assignments."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import AmountField, DateInput, NumberField, OneOfSeveral, near_today
from members.forms.profiles import DisciplinesField, TownField
from members.models import Member
from programmes import wording
from referrals.forms.cases import today_or_before
from referrals.models import Interest, Opportunity

TOLD_BEFORE = timedelta(31)
"""How long before it was shared something may have been landed."""
CLOSINGS = [
    ("lost", _("They chose somebody else")),
    ("gone", _("The work is gone")),
    ("taken", _("I do it myself")),
    ("internal candidate", _("Somebody of their own does it")),
    ("other", _("Another reason")),
]


class OpportunityForm(forms.ModelForm):  # type: ignore[type-arg]
    """An opportunity, shared in under a minute."""

    client_name = forms.CharField(
        label=_("Client"),
        max_length=120,
        required=False,
        help_text=_("A new proposition or a company may have none yet."),
    )
    disciplines = DisciplinesField()
    town = TownField(required=False)
    for_organisation = forms.BooleanField(
        label=_("Shared for the network itself: nobody is the introducer"), required=False
    )

    class Meta:
        model = Opportunity
        fields = (
            "what", "title", "client_name", "disciplines", "presence", "town", "starts_on", "lasts", "days_a_week", "rate",
            "about", "known_how", "early", "visibility",
        )  # fmt: skip
        widgets = {
            "what": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "starts_on": DateInput,
            "about": forms.Textarea(attrs={"rows": 4}),
            "known_how": forms.Textarea(attrs={"rows": 2}),
        }
        field_classes = {"days_a_week": NumberField}
        help_texts = {
            "title": _("Interim controller at a hospital, three days a week"),
            "lasts": _("Six months, perhaps longer"),
        }

    def __init__(self, *args: Any, country: str, may_share_for_all: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["town"].country = country  # type: ignore[attr-defined]
        self.fields["client_name"].needed_sometimes = True  # type: ignore[attr-defined]
        self.fields["starts_on"].validators.append(near_today)
        if self.instance.pk:
            self.initial["client_name"] = str(self.instance.case.client or "")
        if self.instance.pk or not may_share_for_all:
            del self.fields["for_organisation"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        if found.get("what") == Opportunity.What.ASSIGNMENT and found.get("client_name") == "":
            self.add_error(
                "client_name", _("Whose assignment is it? Only a proposition or a company may have no client.")
            )
        return found

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of the opportunity."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "client_name"}


class InterestForm(OneOfSeveral, forms.ModelForm):  # type: ignore[type-arg]
    """That one is interested, in a line."""

    class Meta:
        model = Interest
        fields = ("why",)
        widgets = {"why": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "why": _("What you have done that comes close, and when you can begin. Only who shares it reads this.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].required = True


class IntroductionForm(OneOfSeveral, forms.Form):
    """Members who are introduced: one, several, or as a team."""

    team = forms.CharField(
        label=_("As a team: its name"),
        max_length=80,
        required=False,
        help_text=_("Leave it empty to introduce each by themselves."),
    )
    on = forms.DateField(label=_("Introduced on"), widget=DateInput, validators=[today_or_before, near_today])


class OfMemberForm(OneOfSeveral, forms.Form):
    """Which of the members who want it, and when."""

    member = forms.ModelChoiceField(label=_("With whom?"), queryset=Member.objects.none())
    on = forms.DateField(label=_("On"), widget=DateInput, validators=[today_or_before, near_today])

    def __init__(self, *args: Any, members: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


class LandedForm(OneOfSeveral, forms.Form):
    """Who landed it, alone or together, and what it became."""

    members = forms.ModelMultipleChoiceField(
        label=_("Who landed it?"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(
        label=_("What did it become?"),
        max_length=120,
        required=False,
        help_text=_("Only if it is another assignment than the one that was shared."),
    )
    on = forms.DateField(label=_("Landed on"), widget=DateInput, validators=[today_or_before, near_today])

    def __init__(self, *args: Any, members: Any, shared_on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["members"].queryset = members  # type: ignore[attr-defined]
        self.shared_on = shared_on

    def clean_on(self) -> date:
        """It may have been told before it was written down here; not long before."""
        day: date = self.cleaned_data["on"]
        if day < self.shared_on - TOLD_BEFORE:
            said = _("It was shared on %(day)s, more than a month later. Is this the right day?")
            raise forms.ValidationError(said % {"day": wording.day(self.shared_on)})
        return day


class ClosingForm(OneOfSeveral, forms.Form):
    """Why nothing comes of it."""

    reason = forms.ChoiceField(label=_("Why?"), choices=CLOSINGS)
    text = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who was interested reads this."),
    )


class DeclarationForm(OneOfSeveral, forms.Form):
    """How much the contribution of who shared it was worth: declared by who does the work, on trust."""

    level = forms.ChoiceField(label=_("Their contribution"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, levels: dict[str, Decimal], currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (level, _level(level, wording.money(cap, currency))) for level, cap in levels.items()
        ]


class TurnoverForm(forms.Form):
    """The turnover of a month."""

    month = forms.DateField(label=_("Month"), widget=forms.HiddenInput)
    amount = AmountField(label=_("Turnover without VAT"), min_value=0, max_digits=11, decimal_places=2)

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        if month > timezone.localdate():
            raise forms.ValidationError(_("This month is still to come."))
        return month.replace(day=1)


def _level(level: str, cap: str) -> str:
    """What a level means, and what it costs at most."""
    meaning = wording.LEVELS.get(level, level)
    return str(_("%(meaning)s. At most %(cap)s in all.") % {"meaning": meaning, "cap": cap})
