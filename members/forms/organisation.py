"""What administrators type about their organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel import pictures
from kernel.forms import AmountField
from members.legal_ids import enterprise_number, vat_number
from members.models import LANGUAGES, Organisation


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


LEGAL = ("legal_name", "street", "postal_code", "city", "enterprise_number", "vat_number")


class LegalForm(LegalIdsMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What stands on invoices; an organisation can begin without, and is paid for nothing before."""

    class Meta:
        model = Organisation
        fields = LEGAL
        help_texts = {"enterprise_number": _("Ten digits in Belgium; the KvK number in the Netherlands.")}

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.check_legal_ids(self.instance.country)
        return self.cleaned_data


class InvoicingForm(LegalForm):
    """What stands on invoices of an organisation, with words of its own, and from what amount on finance is warned."""

    class Meta:
        model = Organisation
        fields = (*LEGAL, "payout_limit")
        field_classes = {"payout_limit": AmountField}
        help_texts = {
            **LegalForm.Meta.help_texts,
            "payout_limit": _("Finance sees a warning beside every single amount above this."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for language, name in LANGUAGES:
            if language in self.instance.languages:
                self.fields[f"text_{language}"] = forms.CharField(
                    label=_("Words at the foot of documents: %(language)s") % {"language": name},
                    required=False,
                    max_length=500,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    initial=self.instance.invoice_texts.get(language, ""),
                )

    @property
    def answers(self) -> dict[str, Any]:
        """The organisation's fields as they were answered."""
        fields = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        texts = {language: self.cleaned_data.get(f"text_{language}", "") for language, _name in LANGUAGES}
        return fields | {"invoice_texts": {language: text for language, text in texts.items() if text}}


class GeneralForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an organisation is called, which languages it speaks, how its people sign in."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which people who are recommended are written to, and your words on documents are asked."),
    )

    class Meta:
        model = Organisation
        fields = ("name", "language", "languages", "second_factor_required")
        labels = {"language": _("First language")}
        help_texts = {"language": _("Of who has not chosen another.")}

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, all_of_them = self.cleaned_data.get("language"), self.cleaned_data.get("languages")
        if first and all_of_them and first not in all_of_them:
            self.add_error("languages", _("The first language is one of them."))
        return self.cleaned_data


class LookForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation's colour and logo."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp", "data-shows": "#preview-logo"}),
        help_text=_("PNG, JPEG or WebP, 2 MB at most; shown 32 px high."),
    )
    without_logo = forms.BooleanField(label=_("Show the first letter instead of a logo"), required=False)

    class Meta:
        model = Organisation
        fields = ("colour",)
        widgets = {"colour": forms.TextInput(attrs={"type": "color", "class": "form-control-color"})}
        help_texts = {"colour": _("Where it could not be read, in light or in dark, it is made darker or lighter.")}

    def clean_logo(self) -> bytes | None:
        """Return the picture, made small and made anew."""
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        try:
            return pictures.logo(upload.read(pictures.LARGEST + 1))
        except pictures.NoPictureError:
            raise forms.ValidationError(_("This is no picture that we can show. Choose a PNG, JPEG or WebP.")) from None


class RetentionForm(forms.ModelForm):  # type: ignore[type-arg]
    """How many months what is known of people is kept."""

    class Meta:
        model = Organisation
        fields = ("keep_people_months", "keep_cvs_months", "keep_members_months")
        labels = {
            "keep_people_months": _("People, in months"),
            "keep_cvs_months": _("CVs, in months"),
            "keep_members_months": _("Members who left, in months"),
        }
        help_texts = {
            "keep_people_months": _(
                "After their last case ended, or was left unanswered: names, addresses, notes and profiles are erased."
            ),
            "keep_members_months": _(
                "After they left, once nothing is open: name, account, address and numbers are erased; what they earned keeps a pseudonym."
            ),
            "keep_cvs_months": _("After their last case ended, or was left unanswered: the files are deleted."),
        }
