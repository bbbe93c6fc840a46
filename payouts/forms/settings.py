"""How an organisation invoices and pays, and what its documents say in law."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel import sending
from kernel.forms import SecretInput
from members.models import LANGUAGES, Organisation
from payouts import legal
from payouts.forms.payees import valid_iban
from payouts.ledger import OF_POINTS
from payouts.models import AgreementText, PayoutSettings
from payouts.vat import VatCase
from payouts.wording import ACCOUNTS, LEGAL_SENTENCES
from programmes.models import Programme

OF_NETWORKS = ("remittance_period", "pays_introducers", "objection_days")
OF_COUNTRY = {VatCase.EXEMPT_BE: "BE", VatCase.EXEMPT_NL: "NL"}


class PayoutSettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How an organisation invoices and pays. The account number is only typed to be changed."""

    iban = forms.CharField(
        label=_("Account that payments leave from (IBAN)"), required=False, max_length=42, widget=SecretInput
    )

    class Meta:
        model = PayoutSettings
        fields = ("iban", "period", "vat_regime", "sales_term", "wage_code", *OF_NETWORKS)
        widgets = {
            "period": forms.RadioSelect,
            "remittance_period": forms.RadioSelect,
            "pays_introducers": forms.RadioSelect,
        }
        help_texts = {
            "period": _("An amount whose promised day would pass before the month is over does not wait for it."),
            "vat_regime": _("For what the organisation itself charges to members."),
            "wage_code": _("Under which payroll books what goes with the wages."),
            "sales_term": _("30 as a rule; 60 is the most that the law allows between enterprises."),
        }

    accounts_of_money = {kind: name for kind, name in ACCOUNTS.items() if kind not in OF_POINTS}

    def __init__(self, *args: Any, is_network: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["iban"] = ""
        for field in () if is_network else OF_NETWORKS:
            del self.fields[field]
        if self.instance.iban:
            said = _("Now %(masked)s. Leave this empty to keep it.")
            self.fields["iban"].help_text = said % {"masked": self.instance.iban_masked}
        self.programmes = list(Programme.objects.order_by("name"))
        for one in self.programmes:
            self.fields[f"wage_code_{one.pk}"] = forms.CharField(
                label=_("Wage code of %(programme)s") % {"programme": one.name},
                required=False,
                max_length=20,
                initial=self.instance.wage_codes.get(str(one.pk), ""),
            )
        for kind, name in self.accounts_of_money.items():
            self.fields[f"account_{kind}"] = forms.CharField(
                label=_("Account number for “%(name)s”") % {"name": name},
                required=False,
                max_length=20,
                initial=self.instance.account_codes.get(kind, ""),
            )

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields of how documents are made out and paid."""
        return [self[name] for name in self._meta.fields or () if name != "wage_code" and name in self.fields]

    @property
    def wages(self) -> list[forms.BoundField]:
        """The fields of payroll."""
        return [field for field in self if field.name.startswith("wage_code")]

    @property
    def accounts(self) -> list[forms.BoundField]:
        """The fields of the accountant."""
        return [field for field in self if field.name.startswith("account_")]

    @property
    def answers(self) -> dict[str, Any]:
        """The settings as they were answered."""
        fields = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}
        codes = {str(one.pk): self.cleaned_data[f"wage_code_{one.pk}"] for one in self.programmes}
        accounts = {kind.value: self.cleaned_data[f"account_{kind}"] for kind in self.accounts_of_money}
        return fields | {
            "wage_codes": {pk: code for pk, code in codes.items() if code},
            "account_codes": {kind: code for kind, code in accounts.items() if code},
        }

    def clean_iban(self) -> str:
        typed = self.cleaned_data["iban"]
        return valid_iban(typed) if typed else str(self.instance.iban)


class SendingForm(forms.ModelForm):  # type: ignore[type-arg]
    """How invoices leave for Peppol."""

    access_point_url = forms.URLField(
        label=_("Address of the access point"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("It begins with https:// and is on the open internet."),
    )

    class Meta:
        model = PayoutSettings
        fields = ("transport", "access_point_url")
        widgets = {"transport": forms.RadioSelect}

    def clean_access_point_url(self) -> Any:
        url = self.cleaned_data["access_point_url"]
        if url:
            sending.check_typed(url)
        return url

    def clean(self) -> None:
        chosen = self.cleaned_data.get("transport") == PayoutSettings.Transport.ACCESS_POINT
        if chosen and not self.cleaned_data.get("access_point_url") and "access_point_url" not in self.errors:
            self.add_error("access_point_url", _("Name the address that invoices are posted to."))


class AgreementTextForm(forms.Form):
    """The next version of the self-billing agreement, in each language of the organisation."""

    days_to_contest = forms.IntegerField(
        label=_("Days to contest a document"),
        min_value=5,
        max_value=60,
        help_text=_("Whoever says nothing within these days accepts it."),
    )

    def __init__(self, *args: Any, organisation: Organisation, standing: AgreementText, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days_to_contest"].initial = standing.days_to_contest
        self.languages = [(code, name) for code, name in LANGUAGES if code in organisation.languages]
        for code, name in self.languages:
            self.fields[f"text_{code}"] = forms.CharField(
                label=name,
                max_length=5000,
                initial=standing.texts.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 9, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        for code, _name in self.languages:
            text = self.cleaned_data.get(f"text_{code}", "")
            missing = [name for name in ("{customer}", "{supplier}", "{days}") if name not in text]
            if text and missing:
                said = _("The text has to name %(missing)s, for which names and days are filled in.")
                self.add_error(f"text_{code}", said % {"missing": ", ".join(missing)})
        return self.cleaned_data

    @property
    def texts(self) -> dict[str, str]:
        """The texts by language."""
        return {code: self.cleaned_data[f"text_{code}"] for code, _name in self.languages}


class WordsForm(forms.Form):
    """What documents say in law: the organisation's own sentences in the place of ours."""

    def __init__(self, *args: Any, organisation: Organisation, words: legal.Words, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked: list[tuple[str, str]] = []
        for code, label in LEGAL_SENTENCES.items():
            if OF_COUNTRY.get(code, organisation.country) != organisation.country:  # type: ignore[call-overload]
                continue
            for language, name in LANGUAGES:
                if language in organisation.languages:
                    self._ask(code, language, f"{label}: {name}", words)

    def _ask(self, code: str, language: str, label: str, words: legal.Words) -> None:
        self.asked.append((code, language))
        self.fields[f"{code}-{language}"] = forms.CharField(
            label=label,
            required=False,
            max_length=200,
            initial=words.get(code, {}).get(language, ""),
            widget=forms.TextInput(attrs={"placeholder": legal.sentence(code, {}, language), "lang": language}),
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        for code, language in self.asked:
            text = self.cleaned_data.get(f"{code}-{language}", "")
            if text and not legal.keeps_the_law(code, language, text):
                said = _("The law wants these words in it: %(words)s")
                self.add_error(f"{code}-{language}", said % {"words": legal.PRESCRIBED[code][language]})
        return self.cleaned_data

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """The sentences that are the organisation's own, by code and language."""
        found: dict[str, dict[str, str]] = {}
        for code, language in self.asked:
            if text := self.cleaned_data[f"{code}-{language}"]:
                found.setdefault(str(code), {})[language] = text
        return found
