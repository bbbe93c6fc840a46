"""What finance types about amounts, documents and payments."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel import numbers, xml
from kernel.forms import AmountField, DateInput
from members.models import Member
from payouts.models import Charge, Document
from payouts.sepa import calendar
from programmes import wording
from referrals.forms.cases import today_or_before


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


class ReasonForm(forms.Form):
    """Why a document is contested, or taken back: it stands on the credit note, so it names no person."""

    because = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class ReplyForm(forms.Form):
    """What finance answers to a member who contests a document that stands."""

    reply = forms.CharField(label=_("Our answer"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


MOST_CHARGED = Decimal(100_000)
"""More on one invoice is a slip of the keyboard."""


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member, also one who left, which it says."""

    def label_from_instance(self, obj: Member) -> str:
        return _("%(name)s (left)") % {"name": obj.name} if obj.left_on else obj.name


class ChargeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a member is charged; remittances come by themselves."""

    amount = AmountField(
        label=_("Amount without VAT"),
        max_digits=14,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=MOST_CHARGED,
    )

    class Meta:
        model = Charge
        fields = ("member", "kind", "description", "amount", "supplied_on")
        labels = {"member": _("Member")}
        widgets = {"supplied_on": DateInput}
        help_texts = {"description": _("In the member's language. It names no other person.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"] = MemberField(Member.objects.order_by("name"), label=_("Member"))
        kinds = [(value, name) for value, name in Charge.Kind.choices if value != Charge.Kind.REMITTANCE]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_supplied_on(self) -> date:
        day: date = self.cleaned_data["supplied_on"]
        if abs((day - timezone.localdate()).days) > 366:
            raise forms.ValidationError(_("This day is too far away."))
        return day


class BankRefusalForm(forms.Form):
    """Why the bank did not execute a payment."""

    because = forms.CharField(label=_("What the bank said"), max_length=140)


class BatchForm(forms.Form):
    """Which payments go into a batch, and when the bank is to execute it."""

    until = forms.DateField(
        label=_("Promised until"),
        widget=DateInput,
        required=False,
        help_text=_("Leave this empty to pay everything that is ready."),
    )
    execute_on = forms.DateField(label=_("Day of execution"), widget=DateInput)

    def clean_execute_on(self) -> date:
        day: date = self.cleaned_data["execute_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        if not calendar.is_settled_on(day):
            following = calendar.next_settlement(day)
            said = _("Banks settle nothing on this day. The next one on which they do is %(day)s.")
            raise forms.ValidationError(said % {"day": wording.day(following)})
        if (day - timezone.localdate()).days > 60:
            raise forms.ValidationError(_("This day is too far away."))
        return day


class ExecutedForm(forms.Form):
    """When the bank executed a batch."""

    on = forms.DateField(label=_("Executed on"), widget=DateInput, validators=[today_or_before])


class StatementForm(forms.Form):
    """A bank statement."""

    file = forms.FileField(
        label=_("File (camt.053)"),
        widget=forms.FileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
        help_text=_("XML, 20 MB at most."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > xml.LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        return file


class MatchForm(forms.Form):
    """Which invoices a movement pays, or gives back: those that were ticked, and one by its number."""

    number = forms.CharField(
        label=_("Number of an invoice"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "invoices", "autocomplete": "off"}),
    )
    keeps_rest = forms.BooleanField(required=False)

    @property
    def ticked(self) -> set[int]:
        """The ids of what was ticked."""
        sent = self.data.getlist("document") if isinstance(self.data, QueryDict) else []
        return {one for text in sent if (one := numbers.number(text))}

    @property
    def documents(self) -> list[int]:
        """The ids of everything that was chosen."""
        named: int | None = self.cleaned_data["number"]
        return sorted({*self.ticked, *([named] if named else [])})

    def clean_number(self) -> int | None:
        """Return the id of the invoice with this number, if there is any number."""
        typed: str = self.cleaned_data["number"]
        found = Document.objects.filter(kind=Document.Kind.SALE, number__iexact=typed).first() if typed else None
        if typed and not found:
            raise forms.ValidationError(_("No sales invoice has this number."))
        return found.pk if found else None

    def clean(self) -> dict[str, Any]:
        """Something was chosen."""
        cleaned = super().clean() or {}
        if "number" in cleaned and not cleaned["number"] and not self.ticked:
            self.add_error("number", _("Choose first what it is, or type the number of an invoice."))
        return cleaned


class IgnoreForm(forms.Form):
    """Why a movement is about nothing here."""

    because = forms.CharField(
        label=_("Why it is not for here"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("Bank costs, for example")}),
    )


class ProcessedForm(forms.Form):
    """When the wages of a month were paid."""

    on = forms.DateField(label=_("Wages paid on"), widget=DateInput, validators=[today_or_before])


class EmployeeNumberForm(forms.Form):
    """The number under which payroll knows an employee."""

    number = forms.CharField(label=_("Employee number"), max_length=20)
