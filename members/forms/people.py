"""What people type about themselves and those they invite."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateInput, near_today
from members.models import Invitation, Member, Organisation, Team, User
from members.roles import ROLE_NAMES, Role
from members.selectors.people import asked, declined, open_invitations

LONGEST_AGO = timedelta(366)


class JoinForm(forms.Form):
    """How someone wants to be called in the organisation they join."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class RolesForm(forms.Form):
    """A member's roles; recruiters are where people are recommended."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every member can do what members do; roles add to that."),
    )

    def __init__(self, *args: Any, recruits: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not recruits and Role.RECRUITER not in (self.initial.get("roles") or ()):
            roles = [(role.value, name) for role, name in ROLE_NAMES.items() if role != Role.RECRUITER]
            self.fields["roles"].choices = roles  # type: ignore[attr-defined]


class MemberForm(RolesForm, forms.ModelForm):  # type: ignore[type-arg]
    """What a member is called here, in which team, and with which roles."""

    class Meta:
        model = Member
        fields = ("name", "team", "roles", "pays_dues")

    def __init__(self, *args: Any, has_dues: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_dues:
            del self.fields["pays_dues"]

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, with roles as roles."""
        return self.cleaned_data | {"roles": [Role(role) for role in self.cleaned_data["roles"]]}


class LeavingForm(forms.Form):
    """The last day of someone who leaves."""

    last_day = forms.DateField(
        label=_("Last day"),
        validators=[near_today],
        widget=DateInput,
        help_text=_(
            "Today or earlier: they are out at once, and signed out everywhere. A later day: the night after it."
        ),
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member

    def clean_last_day(self) -> date:
        """Not before they came, nor more than a year ago: what is known of them is kept from their last day on."""
        day: date = self.cleaned_data["last_day"]
        if day < self.member.joined_on:
            raise forms.ValidationError(
                _("They joined on %(day)s only.") % {"day": formats.date_format(self.member.joined_on)}
            )
        if day < timezone.localdate() - LONGEST_AGO:
            raise forms.ValidationError(_("This is more than a year ago: is it the right year?"))
        return day


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    """A team's name."""

    class Meta:
        model = Team
        fields = ("name",)


class MergeTeamForm(forms.Form):
    """Where everyone of a team goes."""

    into = forms.ModelChoiceField(
        label=_("Move everyone to"), queryset=Team.objects.none(), required=False, empty_label=_("no team")
    )

    def __init__(self, *args: Any, team: Team, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Team.objects.exclude(pk=team.pk).order_by("name")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class InvitationForm(RolesForm, forms.ModelForm):  # type: ignore[type-arg]
    """Whom to invite, and as what."""

    class Meta:
        model = Invitation
        fields = ("name", "email", "team", "roles")

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, recruits=organisation.recruits, **options)
        self.organisation = organisation

    def clean_email(self) -> str:
        """Who is here needs none; who applied joins by being admitted, for what they agreed to; who is invited, by that."""
        email: str = self.cleaned_data["email"].strip().lower()
        if asked().filter(email=email).exists():
            raise forms.ValidationError(
                _("They were asked to join, or applied: see Applications. Admitted there, they are invited.")
            )
        if Member.objects.filter(left_on=None, user__email__iexact=email).exists():
            raise forms.ValidationError(_("They are a member already."))
        if open_invitations().filter(email=email).exists():
            raise forms.ValidationError(_("They are invited already. To invite them anew, take that invitation back."))
        if declined(self.organisation.pk, [email]):
            raise forms.ValidationError(_("They said no not long ago. Please leave it at that for now."))
        return email


class PeopleFileForm(forms.Form):
    """A file of people to invite."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("2 MB at most."),
    )


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the product speaks to an account."""

    class Meta:
        model = User
        fields = ("language",)


class CodeForm(forms.Form):
    """The code that was mailed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def refuse(self) -> None:
        """Say that it is not the code."""
        self.add_error(
            "code", _("This is not the code, or it does not hold any more. Load this page again for another.")
        )
