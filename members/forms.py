"""What people type about themselves and those they invite."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.legal_ids import enterprise_number, vat_number
from members.models import Invitation, Organisation, User
from members.roles import ROLE_NAMES


class JoinForm(forms.Form):
    """How someone wants to be called in the organisation they join."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class RolesForm(forms.Form):
    """A member's roles."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everyone can recommend people; roles add to that."),
    )


class InvitationForm(RolesForm, forms.ModelForm):  # type: ignore[type-arg]
    """Whom to invite, and as what."""

    class Meta:
        model = Invitation
        fields = ("name", "email", "roles")


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


class LegalIdsMixin:
    """Checks an enterprise number and a VAT number against the country that the form names."""

    cleaned_data: dict[str, Any]

    def check_legal_ids(self, country: str) -> None:
        """Put the numbers into the form in which they are kept, or an error beside each that is none."""
        checks = (
            ("enterprise_number", enterprise_number, _("This is no enterprise number of this country.")),
            (
                "vat_number",
                vat_number,
                _("This is no VAT number of this country; it begins with the country's letters."),
            ),
        )
        for name, check, message in checks:
            if text := self.cleaned_data.get(name):
                try:
                    self.cleaned_data[name] = check(country, text)
                except ValueError:
                    self.add_error(name, message)  # type: ignore[attr-defined]


class LegalForm(LegalIdsMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What stands on invoices of an organisation, and from what amount on finance is warned."""

    class Meta:
        model = Organisation
        fields = (
            "legal_name", "street", "postal_code", "city", "enterprise_number", "vat_number", "payout_limit"
        )  # fmt: skip
        help_texts = {
            "enterprise_number": _("Ten digits in Belgium; the KvK number in the Netherlands."),
            "payout_limit": _("Finance sees a warning beside every single amount above this."),
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.check_legal_ids(self.instance.country)
        return self.cleaned_data
