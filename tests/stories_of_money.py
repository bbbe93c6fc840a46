"""The story goes on: the sixty days are worked, a bonus is paid for, and around it stands one of everything of money."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import (
    Adjustment,
    CatalogueItem,
    Claim,
    Document,
    Entitlement,
    Movement,
    Payable,
    Payment,
    ReceivedInvoice,
    Redemption,
)
from payouts.sepa import calendar
from payouts.services import (
    adjusting,
    assessing,
    batching,
    issuing,
    journal,
    paying,
    rendering,
    replaying,
    settings,
    statements,
)
from referrals.services import placements
from tests.bank import Entry, camt_of
from tests.factories import MemberFactory
from tests.stories import PDF, Told, payee_of

Addresses = dict[str, object]


def tell_of_money(told: Told) -> Addresses:
    """Go on with the story: finance proposed the bonus, it was approved, invoiced, and is to be paid. Return what addresses need."""
    finance, checker = (MemberFactory(organisation=told.organisation, roles=["finance"]) for _ in range(2))
    addresses = _owed(told, finance, checker)
    with tenant(told.organisation.pk):
        addresses |= _at_the_bank(told, finance) | _beside_it(told) | _replayed(told, finance)
    replaying.replay_all(organisation_id=told.organisation.pk)
    return addresses | {"<slug:month>": "2026-11", "<int:year>": timezone.localdate().year}


def _owed(told: Told, maker: Member, checker: Member) -> Addresses:
    """The days are worked; the amount is approved, and has its invoice."""
    now = timezone.now()
    with tenant(told.organisation.pk):
        placements.set_days_worked(
            placement=told.placement, until=timezone.localdate(), days=Decimal(18), by=told.recruiter, at=now
        )
    assessing.assess_due(organisation_id=told.organisation.pk, at=now)
    with tenant(told.organisation.pk):
        entitlement = Entitlement.objects.get()
        (payable,) = paying.propose(entitlements=[entitlement.pk], by=maker, at=now)
        payee_of(told.organisation, told.introducer)
        paying.approve(payables=[payable.pk], on=timezone.localdate(), by=checker, at=now)
    issuing.issue_all(organisation=told.organisation, at=now)
    rendering.render_all(organisation_id=told.organisation.pk)
    with tenant(told.organisation.pk):
        payable = Payable.objects.get()
        adjustment = Adjustment.objects.create(payable=payable, difference=Decimal(-1), found_at=now)
        return {
            "<int:entitlement_id>": entitlement.pk,
            "<int:payable_id>": payable.pk,
            "<int:adjustment_id>": adjustment.pk,
            "<int:document_id>": Document.objects.get().pk,
        }


def _at_the_bank(told: Told, finance: Member) -> Addresses:
    """A batch waits for approval; a statement told of costs."""
    now = timezone.now()
    settings.save(organisation=told.organisation, fields={"iban": "BE68539007547034"})
    day = calendar.next_settlement(timezone.localdate())
    batch = batching.propose(organisation=told.organisation, until=None, execute_on=day, by=finance, at=now)
    content = camt_of([Entry(Decimal("-12.50"), text="Costs of the account")])
    statements.import_file(organisation=told.organisation, content=content, by=finance, at=now)
    return {
        "<int:batch_id>": batch.pk,
        "<int:payment_id>": Payment.objects.get().pk,
        "<int:movement_id>": Movement.objects.get().pk,
        "<int:statement_id>": Movement.objects.get().statement_id,
    }


def _beside_it(told: Told) -> Addresses:
    """The member sent an invoice as PDF, and redeemed points."""
    now = timezone.now()
    received = ReceivedInvoice(member=told.introducer, sha256="0" * 64, sent_at=now)
    received.file.save("story.pdf", ContentFile(PDF), save=False)
    received.save()
    Claim.objects.create(received=received, payable=Payable.objects.get())
    item = CatalogueItem.objects.create(name="A day off", points=1)
    redemption = Redemption.objects.create(item=item, member=told.introducer, points=1, asked_at=now)
    legs, today = ledger.redeemed(Decimal(1)), timezone.localdate()
    journal.post(source=redemption, what=Booking.REDEEMED, legs=legs, on=today, by=None, at=now)
    return {"<int:received_id>": received.pk, "<int:item_id>": item.pk, "<int:redemption_id>": redemption.pk}


def _replayed(told: Told, by: Member) -> Addresses:
    until = timezone.localdate()
    replay = replaying.ask(draft=told.draft, since=until - timedelta(365), until=until, by=by, at=timezone.now())
    return {"<int:replay_id>": replay.pk}


def waive(adjustment: Adjustment, maker: Member, checker: Member) -> None:
    """Have a difference left as it is, by two."""
    adjusting.propose_waiver(adjustment=adjustment, note="Our mistake.", by=maker)
    adjustment.refresh_from_db()
    adjusting.waive(adjustment=adjustment, note="Our mistake.", by=checker, at=timezone.now())
