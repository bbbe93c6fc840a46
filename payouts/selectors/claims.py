"""What members who invoice themselves may invoice now, and what they sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from kernel.money import ZERO
from members.models import Member, Organisation
from payouts.models import Payable, Payee, ReceivedInvoice
from payouts.selectors import payees, waiting
from payouts.selectors.drafting import party_of, party_of_organisation
from payouts.ubl.matching import Owed
from payouts.vat import Treatment


@dataclass(frozen=True)
class Bill:
    """Amounts that go on one invoice: of one VAT position and currency; or one that is claimed back, on a credit note."""

    payables: tuple[Payable, ...]
    treatment: Treatment
    owed: Owed

    @property
    def key(self) -> str:
        """The amounts by their ids, as a form names them."""
        return "-".join(str(one.pk) for one in self.payables)


def bills(organisation: Organisation, member: Member) -> list[Bill]:
    """Return what a member can invoice now; nothing for who does not invoice themselves."""
    payee = payees.payee_of(member.pk)
    if not payee or not payee.invoices_itself:
        return []
    found = waiting.payables().filter(member=member)
    groups: dict[tuple[Treatment, str, int], list[Payable]] = {}
    for one in found.select_related("entitlement__case", "entitlement__version__programme", "adjustment"):
        treatment = payees.treatment_of(payee, organisation, one.entitlement.due_on or timezone.localdate())
        alone = one.pk if one.amount < 0 else 0
        groups.setdefault((treatment, one.currency, alone), []).append(one)
    return [
        Bill(tuple(part), treatment, owed_of(organisation, payee, part, treatment))
        for (treatment, _currency, _alone), part in groups.items()
    ]


def owed_of(organisation: Organisation, payee: Payee, found: Sequence[Payable], treatment: Treatment) -> Owed:
    """Return what an invoice over amounts has to say."""
    net: Decimal = sum((one.amount for one in found), ZERO)
    on = found[0].entitlement.due_on or timezone.localdate()
    return Owed(
        net=net,
        vat=treatment.on(net),
        currency=found[0].currency,
        supplier=party_of(payee, treatment, on),
        customer=party_of_organisation(organisation, treatment),
        buyer_reference=f"{payee.number:05d}",
        case_references=tuple(one.entitlement.case.reference for one in found),
        iban=payee.iban,
    )


def bill_of(organisation: Organisation, received: ReceivedInvoice) -> Bill:
    """Return what an invoice that waits should say."""
    payee = payees.payee_of(received.member_id)
    assert payee is not None
    related = Payable.objects.select_related("entitlement__case", "entitlement__version__programme", "adjustment")
    found = list(related.filter(claims__received=received).order_by("pk"))
    treatment = payees.treatment_of(payee, organisation, found[0].entitlement.due_on or timezone.localdate())
    return Bill(tuple(found), treatment, owed_of(organisation, payee, found, treatment))


def received() -> QuerySet[ReceivedInvoice]:
    """Invoices that members sent, the oldest first."""
    return ReceivedInvoice.objects.select_related("member").order_by("sent_at", "pk")
