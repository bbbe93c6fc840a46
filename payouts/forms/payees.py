"""Who payees are, how their VAT stands, where their money goes."""

from datetime import date, timedelta
from typing import Any

import schwifty
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernel import countries
from kernel.forms import DateInput, SecretInput
from members.forms.organisation import LegalIdsMixin
from members.legal_ids import citizen_number
from members.models import Organisation
from payouts.models import Payee
from payouts.models.payees import REGIMES
from payouts.services.payees import DeclaredVat
from payouts.vat import AT_HOME_IN, Regime

ADDRESS = ("street", "postal_code", "city")


def valid_iban(text: str) -> str:
    """Return an account number without blanks; a ValidationError for none."""
    try:
        return str(schwifty.IBAN(text, validate_bban=True).compact)
    except ValueError:
        raise forms.ValidationError(_("This is no valid account number. Check the digits.")) from None


class PayeeForm(LegalIdsMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Who a payee is in law, how their VAT stands, and where their money goes.

    Account number and citizen service number are never shown again: they are only typed to be changed.
    """

    country = forms.ChoiceField(label=_("Country"), choices=countries.choices)
    vat_regime = forms.ChoiceField(label=_("VAT"), choices=REGIMES, widget=forms.RadioSelect, required=False)
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    vat_since = forms.DateField(
        label=_("This holds from"),
        widget=DateInput,
        required=False,
        help_text=_("A change counts for what falls due from this day on; what was invoiced stays."),
    )
    iban = forms.CharField(label=_("Account number (IBAN)"), required=False, max_length=42, widget=SecretInput)
    bsn = forms.CharField(label=_("Citizen service number (BSN)"), required=False, max_length=12, widget=SecretInput)

    class Meta:
        model = Payee
        fields = (
            "kind", "name", "country", "street", "postal_code", "city", "enterprise_number", "route",
            "receives_self_billing", "employee_number", "iban", "is_natural_person", "bsn", "born_on",
        )  # fmt: skip
        widgets = {"kind": forms.RadioSelect, "route": forms.RadioSelect, "born_on": DateInput}
        help_texts = {
            "name": _("As it stands on your invoices, or on your identity card."),
            "enterprise_number": _("Ten digits in Belgium; the KvK number in the Netherlands."),
            "employee_number": _("If you know it; payroll can add it."),
            "receives_self_billing": _(
                "Then invoices made out for you reach your bookkeeping over Peppol too. If you do not know: leave it."
            ),
        }

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation
        self.fields["kind"].choices = Payee.Kind.choices  # type: ignore[attr-defined]  # without an empty one
        self.fields["route"].choices = Payee.Route.choices  # type: ignore[attr-defined]
        for name in (
            *ADDRESS,
            "enterprise_number",
            "vat_number",
            "vat_regime",
            "vat_since",
            "route",
            "iban",
            "bsn",
            "born_on",
        ):
            self.fields[name].required = False
            self.fields[name].needed_sometimes = True  # type: ignore[attr-defined]  # the page says no “optional”
        if organisation.country != "NL":  # the yearly list for the Dutch tax office is what these are collected for
            for name in ("is_natural_person", "bsn", "born_on"):
                del self.fields[name]
        self._begin_with_what_is_known()

    def _begin_with_what_is_known(self) -> None:
        self.position = self.instance.vat_on(timezone.localdate()) if self.instance.pk else None
        known = self.position
        self.initial["vat_regime"] = known.regime if known else Regime.ORDINARY
        self.initial["vat_number"] = known.vat_number if known else ""
        self.initial["vat_since"] = known.since if known else timezone.localdate()
        keep = {"iban": self.instance.iban_masked, "bsn": "··· ··· ···" if self.instance.bsn else ""}
        for name, masked in keep.items():
            self.initial[name] = ""
            if masked and name in self.fields:
                self.fields[name].help_text = _("Now %(masked)s. Leave this empty to keep it.") % {"masked": masked}

    def clean_iban(self) -> str:
        typed = self.cleaned_data["iban"]
        if not typed:
            return str(self.instance.iban)
        return valid_iban(typed)

    def clean_bsn(self) -> str:
        typed = self.cleaned_data["bsn"]
        if not typed:
            return str(self.instance.bsn)
        try:
            return citizen_number(typed)
        except ValueError:
            raise forms.ValidationError(_("This is no citizen service number. Check the digits.")) from None

    def clean_route(self) -> str:
        return str(self.cleaned_data["route"] or self.instance.route)

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind, country = self.cleaned_data.get("kind"), self.cleaned_data.get("country", "")
        if kind != Payee.Kind.EMPLOYEE:
            self._want(*ADDRESS, "iban")
        if kind == Payee.Kind.ENTERPRISE:
            self._check_vat(country)
        return self.cleaned_data

    def _check_vat(self, country: str) -> None:
        regime = self.cleaned_data.get("vat_regime") or Regime.ORDINARY
        self._want("enterprise_number", "vat_since", *(["vat_number"] if regime != Regime.NOT_TAXABLE else []))
        if AT_HOME_IN.get(Regime(regime), country) != country:
            self.add_error("vat_regime", _("This exemption does not exist in your country."))
        latest = timezone.localdate() + timedelta(366)
        if (since := self.cleaned_data.get("vat_since")) and since > latest:
            self.add_error("vat_since", _("This day is too far away."))
        self.check_legal_ids(country)

    def _want(self, *names: str) -> None:
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for being paid this way."))

    @property
    def details(self) -> dict[str, Any]:
        """The payee's fields as they were answered."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}

    @property
    def vat(self) -> DeclaredVat | None:
        """The VAT position that was declared; None for who has no enterprise, or said nothing new."""
        if self.cleaned_data["kind"] != Payee.Kind.ENTERPRISE:
            return None
        regime = Regime(self.cleaned_data["vat_regime"] or Regime.ORDINARY)
        number = "" if regime is Regime.NOT_TAXABLE else self.cleaned_data["vat_number"]
        if self.position and (regime, number) == (self.position.regime, self.position.vat_number):
            return None
        return DeclaredVat(regime, number, self.cleaned_data["vat_since"])

    def refuse_since(self, until: date) -> None:
        """Say that days were invoiced already under the position that holds now."""
        said = _(
            "Up to %(day)s you were invoiced for as you said before. Choose a later day, or ask finance for credit notes."
        )
        self.add_error("vat_since", said % {"day": date_format(until)})


class AgreementForm(forms.Form):
    """That a payee accepts the self-billing agreement."""

    accepted = forms.BooleanField(label=_("I have read this and agree to it."))
