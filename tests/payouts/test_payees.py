"""Who is paid: VAT that changes from a day on, an account that rests, an agreement that has versions."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation, User
from notices.services import send_all
from payouts.models import Agreement, Document, Payable, Payee, VatPosition
from payouts.selectors import agreements
from payouts.services import agreements as agreeing
from payouts.services import charging, crediting, issuing, payees, settings
from payouts.services.payees import DeclaredVat
from payouts.vat import Regime
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import payee_of

TODAY = timezone.localdate()
TYPED = {
    "kind": "enterprise",
    "name": "An Peeters",
    "country": "BE",
    "street": "Koestraat 1",
    "postal_code": "9000",
    "city": "Gent",
    "enterprise_number": "0403.019.261",
    "vat_regime": "ordinary",
    "vat_number": "BE 0403.019.261",
    "vat_since": "2020-01-01",
    "route": "self_billed",
    "iban": "BE68 5390 0754 7034",
}


def _declare(organisation: Organisation, member: Member, regime: Regime, since: date) -> Payee:
    vat = DeclaredVat(regime, "BE0403019261", since)
    return payees.save_details(organisation=organisation, member=member, fields={}, vat=vat, at=timezone.now())


def _errors(member: Member, changes: Mapping[str, str]) -> str:
    client = Client()
    client.force_login(member.user)
    answer = client.post("/here/earnings/details/", TYPED | changes)
    return " ".join(answer.content.decode().split()) if answer.status_code == 422 else ""


def test_a_position_holds_from_its_day_on(inside: Organisation, member: Member) -> None:
    payee_of(inside, member)
    payee = _declare(inside, member, Regime.SMALL_BUSINESS, date(2026, 7, 1))
    days = (date(2019, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [payee.vat_on(day).regime for day in days] == ["ordinary", "ordinary", "small_business"]  # type: ignore[union-attr]


def test_saying_the_same_again_declares_nothing(inside: Organisation, member: Member) -> None:
    payee_of(inside, member)
    _declare(inside, member, Regime.ORDINARY, TODAY)
    assert VatPosition.objects.count() == 1


def test_vat_follows_the_day_on_which_it_fell_due(inside: Organisation, approved: Payable) -> None:
    payee_of(inside, approved.member)
    _declare(inside, approved.member, Regime.SMALL_BUSINESS, TODAY + timedelta(1))
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert Document.objects.get().vat == Decimal("252.00")


def test_days_that_were_invoiced_keep_their_position(inside: Organisation, invoiced: Payable) -> None:
    with pytest.raises(payees.InvoicedAlreadyError):
        _declare(inside, invoiced.member, Regime.SMALL_BUSINESS, TODAY)
    said = _errors(invoiced.member, {"vat_regime": "small_business", "vat_since": TODAY.isoformat()})
    assert "you were invoiced for as you said before" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"vat_regime": "kor"}, "This exemption does not exist in your country."),
        ({"vat_number": ""}, "This is needed for being paid this way."),
        ({"vat_number": "BE0403019262"}, "This is no VAT number of this country"),
        ({"enterprise_number": "12"}, "This is no enterprise number of this country."),
        ({"iban": "BE68539007547035"}, "This is no valid account number."),
        ({"vat_since": ""}, "This is needed for being paid this way."),
        ({"vat_since": "2999-01-01"}, "This day is too far away."),
        ({"country": "NL", "vat_regime": "small_business"}, "This exemption does not exist in your country."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    inside: Organisation, member: Member, changes: dict[str, str], said: str
) -> None:
    assert said in _errors(member, changes)
    assert not Payee.objects.exists()


def test_who_is_no_taxable_person_needs_no_vat_number(inside: Organisation, member: Member) -> None:
    assert _errors(member, {"vat_regime": "not_taxable", "vat_number": ""}) == ""
    assert VatPosition.objects.get().regime == "not_taxable"


def test_a_changed_account_rests_and_a_first_one_does_not(inside: Organisation, member: Member) -> None:
    assert payee_of(inside, member).iban_rests_until is None
    now = timezone.now()
    assert payee_of(inside, member, at=now, iban="BE71096123456769").iban_rests_until == now + timedelta(hours=72)


def test_a_changed_account_is_told_to_the_former_address_too(organisation: Organisation) -> None:
    with tenant(organisation.pk):
        member = MemberFactory(organisation=organisation)
        payee_of(organisation, member)
        User.objects.filter(pk=member.user_id).update(
            former_email="before@mail.example", email_changed_at=timezone.now() - timedelta(80)
        )
        member.user.refresh_from_db()
        payee_of(organisation, member, iban="BE71096123456769")
    send_all(organisation_id=organisation.pk)
    told = {to: sent.subject for sent in mail.outbox for to in sent.to}
    assert told == dict.fromkeys([member.user.email, "before@mail.example"], "Your account number was changed")


def test_a_citizen_number_is_asked_where_the_tax_office_wants_it_and_kept_encrypted(db: None) -> None:
    organisation = OrganisationFactory(slug="here", country="NL")
    with tenant(organisation.pk):
        member = MemberFactory(organisation=organisation)
    typed = {"kind": "person", "country": "NL", "bsn": "111222333", "born_on": "1980-05-05"}
    assert _errors(member, typed | {"bsn": "111222334"}).count("This is no citizen service number.") == 1
    assert _errors(member, typed) == ""
    with tenant(organisation.pk), connection.cursor() as cursor:
        cursor.execute("SELECT bsn FROM payouts_payee UNION SELECT bsn FROM payouts_payeeevent")
        assert all("111222333" not in row[0] for row in cursor.fetchall())
        assert Payee.objects.get().bsn == "111222333"


def test_a_citizen_number_is_not_asked_elsewhere(inside: Organisation, member: Member) -> None:
    client = Client()
    client.force_login(member.user)
    assert "bsn" not in client.get("/here/earnings/details/").content.decode()


def _publish(organisation: Organisation, by: Member, days: int = 10) -> int:
    texts = {"en": "{supplier} lets {customer} invoice. {days} days."}
    published = agreeing.publish(organisation=organisation, texts=texts, days_to_contest=days, by=by, at=timezone.now())
    return published.version


def test_who_agreed_stays_bound_by_what_they_read_until_they_accept_the_next(
    inside: Organisation, member: Member
) -> None:
    payee = payee_of(inside, member)
    assert _publish(inside, member) == 2
    standing = agreements.agreement_of(payee)
    assert standing is not None
    assert (standing.version, standing.days_to_contest) == (1, 14)
    agreeing.accept(organisation=inside, payee=payee, language="en", by=member, at=timezone.now())
    newest = agreements.agreement_of(payee)
    assert newest is not None
    assert (newest.version, newest.days_to_contest, newest.text) == (
        2, 10, f"{payee.name} lets {inside.legal_name} invoice. 10 days."
    )  # fmt: skip


def test_an_agreement_is_accepted_once_however_often_it_is_said(inside: Organisation, member: Member) -> None:
    payee = payee_of(inside, member)
    agreeing.accept(organisation=inside, payee=payee, language="nl", by=member, at=timezone.now())
    assert Agreement.objects.count() == 1


def test_a_text_has_to_name_both_sides_and_the_days(inside: Organisation) -> None:
    administrator = MemberFactory(organisation=inside, roles=["administrator"])
    client = Client()
    client.force_login(administrator.user)
    typed = {"days_to_contest": "14", "text_en": "We agree.", "text_nl": "{customer} {supplier} {days}", "text_fr": ""}
    page = client.post("/here/settings/agreement/", typed).content.decode()
    assert "The text has to name {customer}, {supplier}, {days}" in page
    assert "This field is required" in page


def test_words_of_the_law_keep_what_the_law_prescribes(inside: Organisation) -> None:
    administrator = MemberFactory(organisation=inside, roles=["administrator"])
    client = Client()
    client.force_login(administrator.user)
    refused = client.post("/here/settings/words/", {"reverse_charge-en": "No VAT."})
    assert "The law wants these words in it: Reverse charge" in refused.content.decode()
    assert (
        client.post("/here/settings/words/", {"reverse_charge-en": "Reverse charge, see art. 21."}).status_code == 302
    )


def test_a_position_can_be_put_right_once_the_invoice_was_taken_back(
    inside: Organisation, invoiced: Payable, checker: Member
) -> None:
    document = Document.objects.get()
    with pytest.raises(payees.InvoicedAlreadyError):
        _declare(inside, invoiced.member, Regime.SMALL_BUSINESS, document.supplied_on)
    crediting.order(document=document, because="Exempt.", by=checker, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    _declare(inside, invoiced.member, Regime.SMALL_BUSINESS, document.supplied_on)
    issuing.issue_all(organisation=inside, at=timezone.now())
    newest = Document.objects.latest("pk")
    assert (newest.kind, newest.vat_case, newest.vat) == ("invoice", "exempt_be", 0)


def test_what_a_member_was_charged_ahead_binds_no_position(inside: Organisation, member: Member) -> None:
    payee_of(inside, member)
    settings.save(organisation=inside, fields={"iban": "BE68539007547034"})
    ahead = {
        "member": member,
        "kind": "dues",
        "description": "2027",
        "amount": Decimal(9),
        "supplied_on": TODAY + timedelta(300),
    }
    charging.charge(organisation=inside, fields=ahead, by=None, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    _declare(inside, member, Regime.SMALL_BUSINESS, TODAY)


def test_a_first_account_is_told_about_too(inside: Organisation, member: Member) -> None:
    payee_of(inside, member)
    send_all(organisation_id=inside.pk)
    (sent,) = [one for one in mail.outbox if one.to == [member.user.email]]
    assert "From now on you are paid to" in sent.body
