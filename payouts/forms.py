"""What finance and payees type."""

from typing import Any

import schwifty
from django import forms
from django.utils.translation import gettext_lazy as _

from kernel import countries
from members.forms.organisation import LegalIdsMixin
from payouts.models import Payee
from referrals.forms import DateInput, today_or_before

ADDRESS = ("street", "postal_code", "city")


class SendBackForm(forms.Form):
    """Why an amount goes back."""

    because = forms.CharField(label=_("Reason"), max_length=400)


class PaidForm(forms.Form):
    """When and under which reference an amount was paid."""

    on = forms.DateField(label=_("Paid on"), widget=DateInput, validators=[today_or_before])
    reference = forms.CharField(label=_("Reference of the payment"), max_length=140)


class DecisionForm(forms.Form):
    """What becomes of a difference."""

    decision = forms.ChoiceField(
        choices=[
            ("correct", _("Correct")),
            ("propose_waiver", _("Propose to leave it")),
            ("waive", _("Leave it")),
            ("refuse_waiver", _("Do not leave it")),
        ]
    )
    note = forms.CharField(label=_("Why"), max_length=400)


class ReplayForm(forms.Form):
    """The period whose cases are replayed, by the day on which they were handed in."""

    since = forms.DateField(label=_("Handed in from"), widget=DateInput)
    until = forms.DateField(label=_("to"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day comes before the first."))
        return self.cleaned_data


class PayeeForm(LegalIdsMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Who a payee is in law, and where their money goes. The account number is shown masked, and only typed to change it."""

    country = forms.ChoiceField(label=_("Country"), choices=countries.choices)
    iban = forms.CharField(
        label=_("Account number (IBAN)"),
        required=False,
        max_length=42,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = Payee
        fields = (
            "kind", "name", "country", "street", "postal_code", "city", "enterprise_number", "vat_number", "vat_regime",
            "employee_number", "iban",
        )  # fmt: skip
        widgets = {"kind": forms.RadioSelect, "vat_regime": forms.RadioSelect}
        help_texts = {
            "name": _("As it stands on your invoices, or on your identity card."),
            "enterprise_number": _("Ten digits in Belgium; the KvK number in the Netherlands."),
            "employee_number": _("If you know it; payroll can add it."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = Payee.Kind.choices  # type: ignore[attr-defined]  # without an empty one
        self.fields["vat_regime"].required = False
        for name in (*ADDRESS, "enterprise_number", "vat_number", "vat_regime", "iban"):
            self.fields[name].needed_sometimes = True  # type: ignore[attr-defined]  # the page says no “optional”
        self.initial["iban"] = ""
        if self.instance.iban:
            self.fields["iban"].help_text = _("Now %(masked)s. Leave this empty to keep it.") % {
                "masked": self.instance.iban_masked
            }

    def clean_iban(self) -> str:
        typed = self.cleaned_data["iban"]
        if not typed:
            return str(self.instance.iban)
        try:
            return str(schwifty.IBAN(typed, validate_bban=True).compact)
        except ValueError:
            raise forms.ValidationError(_("This is no valid account number. Check the digits.")) from None

    def clean_vat_regime(self) -> str:
        return str(self.cleaned_data["vat_regime"] or self.instance.vat_regime)

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind, country = self.cleaned_data.get("kind"), self.cleaned_data.get("country", "")
        if kind != Payee.Kind.EMPLOYEE:
            self._want(*ADDRESS, "iban")
        if kind == Payee.Kind.ENTERPRISE:
            self._want("enterprise_number", "vat_number")
            self.check_legal_ids(country)
        return self.cleaned_data

    def _want(self, *names: str) -> None:
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for being paid this way."))


class AgreementForm(forms.Form):
    """That a payee accepts the self-billing agreement."""

    accepted = forms.BooleanField(label=_("I have read this and agree to it."))
