"""Members' own invoices: the file that they send, and what finance reads in a PDF."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import AmountField, DateInput
from payouts.sepa import references
from payouts.ubl.matching import Claimed
from referrals.forms.cases import today_or_before

LARGEST = 5 * 1024 * 1024
PDF = b"%PDF-"


class OwnInvoiceForm(forms.Form):
    """An invoice that a member made out themselves: as UBL, which is read at once, or as PDF."""

    file = forms.FileField(
        label=_("Your invoice"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.xml,application/pdf,application/xml"}),
        help_text=_("UBL (XML), which is looked at at once; or PDF. 5 MB at most."),
    )
    is_pdf = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        self.is_pdf = file.read(len(PDF)) == PDF
        file.seek(0)
        if not self.is_pdf and not file.name.lower().endswith(".xml"):
            raise forms.ValidationError(_("This is neither a PDF nor an XML file."))
        return file


class EnteredForm(forms.Form):
    """What finance reads in a member's PDF. Amounts of a credit note are typed with a minus."""

    number = forms.CharField(label=_("Number of the invoice"), max_length=40)
    issued_on = forms.DateField(label=_("Its date"), widget=DateInput, validators=[today_or_before])
    net = AmountField(label=_("Without VAT"), max_digits=14, decimal_places=2)
    vat = AmountField(label=_("VAT"), max_digits=14, decimal_places=2)
    supplier_number = forms.CharField(label=_("VAT or enterprise number of the member on it"), max_length=20)
    customer_number = forms.CharField(label=_("VAT or enterprise number of the customer on it"), max_length=20)
    reference = forms.CharField(
        label=_("Structured reference for the payment"),
        max_length=40,
        required=False,
        help_text=_("+++123/4567/89002+++ or RF…; without one the number is named."),
    )

    def clean_reference(self) -> str:
        typed = self.cleaned_data["reference"]
        found = references.plain(typed)
        if typed and not found:
            raise forms.ValidationError(_("This is no structured reference. Check the digits."))
        return found

    @property
    def claimed(self) -> Claimed:
        """What the invoice says."""
        data = self.cleaned_data
        net, vat = Decimal(data["net"]), Decimal(data["vat"])
        return Claimed(
            is_credit=net < 0,
            number=data["number"],
            issued_on=data["issued_on"],
            net=net,
            vat=vat,
            total=net + vat,
            currency="EUR",
            supplier_number=data["supplier_number"],
            customer_number=data["customer_number"],
            reference=data["reference"],
        )
