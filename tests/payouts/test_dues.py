"""What membership costs: charged once for each period, by itself; what a member reads of it; and cancelling."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from members.models import Application, Member, MembershipTerms, Organisation
from members.selectors.membership import membership_terms
from members.services import applying, membership, people
from members.services.people import leave, plan_leaving
from notices.models import Message
from payouts.models import Charge, Document
from payouts.selectors.membership import standing_of
from payouts.services import dues, rendering
from tests.factories import MemberFactory
from tests.stories import at, payee_of, publish
from tests.stories_of_network import network, pay, settle, share, win

D = Decimal
FROM = date(2026, 1, 1)
TERMS = {"registration_fee": D("50.00"), "dues": D("50.00"), "dues_every": 3, "dues_from": FROM}


@pytest.fixture
def femke(inside: Organisation) -> Member:
    network(inside)
    publish("coins_member", name="Members")
    membership.save_terms(fields=TERMS)
    return MemberFactory(organisation=inside, name="Femke", on=date(2025, 6, 1))


@pytest.fixture
def sander(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["administrator", "finance"], on=date(2026, 2, 1))


def _charge(organisation: Organisation, on: date) -> int:
    return dues.charge_dues(organisation_id=organisation.pk, at=at(on))


def test_dues_are_charged_once_for_each_period(inside: Organisation, femke: Member) -> None:
    assert _charge(inside, date(2025, 12, 31)) == 0
    assert _charge(inside, FROM) == 1
    assert _charge(inside, date(2026, 3, 31)) == 0
    assert _charge(inside, date(2026, 4, 2)) == 1
    found = Charge.objects.order_by("pk").values_list("description", "amount", "supplied_on")
    assert list(found) == [
        ("Dues from 1 January 2026 to 31 March 2026", D("50.00"), date(2026, 3, 31)),
        ("Dues from 1 April 2026 to 30 June 2026", D("50.00"), date(2026, 6, 30)),
    ]


def test_who_joins_in_a_period_pays_from_the_next_one_on(inside: Organisation, femke: Member, sander: Member) -> None:
    _charge(inside, date(2026, 2, 2))
    assert [one.member for one in Charge.objects.all()] == [femke]
    assert _charge(inside, date(2026, 4, 1)) == 2


def test_who_pays_no_dues_or_is_gone_is_not_charged(inside: Organisation, femke: Member, sander: Member) -> None:
    Member.objects.filter(pk=sander.pk).update(pays_dues=False)
    Member.objects.filter(pk=femke.pk).update(left_on=date(2026, 3, 1))
    assert _charge(inside, date(2026, 4, 1)) == 0


def test_who_is_no_longer_exempt_pays_from_the_next_period_on(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    said = {"name": femke.name, "roles": [], "team": None}
    Member.objects.filter(pk=femke.pk).update(pays_dues=False)
    _charge(inside, date(2026, 1, 2))
    people.change(member=femke, by=sander, **said, at=at(date(2026, 2, 10)), pays_dues=True)
    assert _charge(inside, date(2026, 2, 11)) == 0
    femke.refresh_from_db()
    terms = membership_terms()
    own = standing_of(femke, date(2026, 2, 11))
    assert (own.period, own.next_dues_on) == (None, date(2026, 4, 1))
    people.change(
        member=femke, by=sander, **said, at=at(date(2026, 2, 20)), pays_dues=True
    )  # as it is: nothing changes
    assert _charge(inside, date(2026, 4, 1)) == 2
    femke.refresh_from_db()
    assert standing_of(femke, date(2026, 4, 2)).period == terms.period_of(date(2026, 4, 2))


def test_nobody_frees_themselves_of_dues_while_another_administrator_can(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    other = MemberFactory(organisation=inside, roles=["administrator"])
    client.force_login(sander.user)
    said = {"name": "Sander", "roles": ["administrator"]}
    answer = client.post(f"/here/members/{sander.pk}/", said)
    assert answer.status_code == 422
    assert "Another administrator has to say so of you." in answer.text
    assert client.post(f"/here/members/{sander.pk}/", said | {"pays_dues": "on"}).status_code == 302
    leave(organisation=inside, member=other, on=timezone.localdate(), by=sander, at=timezone.now())
    assert client.post(f"/here/members/{sander.pk}/", said).status_code == 302
    sander.refresh_from_db()
    assert not sander.pays_dues


def test_a_member_reads_which_period_they_paid_for_when_the_terms_change(inside: Organisation, femke: Member) -> None:
    membership.save_terms(fields={"dues_every": 12})
    _charge(inside, date(2026, 2, 1))
    membership.save_terms(fields={"dues_every": 3})
    own = standing_of(femke, date(2026, 2, 1))
    assert own.period == (FROM, date(2026, 12, 31))
    assert own.next_dues_on == date(2027, 1, 1)
    assert _charge(inside, date(2026, 4, 1)) == 0


def test_what_is_open_in_two_currencies_is_not_added(inside: Organisation, femke: Member, client: Client) -> None:
    for currency, amount in (("EUR", D(10)), ("USD", D(20))):
        Charge.objects.create(
            member=femke, kind="other", description="X", amount=amount, currency=currency, supplied_on=FROM,
            raised_at=timezone.now(),
        )  # fmt: skip
    client.force_login(femke.user)
    page = client.get("/here/membership/").text
    assert page.count("EUR 10.00") == page.count("USD 20.00") == 2
    assert "30.00" not in page


def test_dues_stand_on_an_invoice_by_themselves(inside: Organisation, femke: Member) -> None:
    payee_of(inside, femke)
    _charge(inside, date(2026, 4, 1))
    settle(inside, date(2026, 4, 1))
    assert Document.objects.get(kind="sale").net == D("50.00")


def test_administrators_say_what_membership_costs(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    client.force_login(sander.user)
    said = {"registration_fee": "75", "dues": "60", "dues_every": "12", "dues_from": ""}
    answer = client.post("/here/settings/membership/", said)
    assert answer.status_code == 422
    assert "Say from which day on dues are due." in answer.text
    assert client.post("/here/settings/membership/", said | {"dues_from": "2026-07-01"}).status_code == 302
    assert MembershipTerms.objects.get().dues == D("60.00")


def test_who_is_asked_reads_what_it_costs(inside: Organisation, femke: Member) -> None:
    applying.bring_in(
        organisation=inside, name="Noor", email="n@mail.example", language="en", note="", by=femke, at=timezone.now()
    )
    assert Application.objects.count() == 1
    terms = MembershipTerms.objects.get()
    assert terms.get_dues_every_display() == "every quarter"


@given(
    start=st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    every=st.sampled_from([1, 3, 6, 12]),
    days=st.integers(0, 4000),
)
def test_every_day_lies_in_exactly_one_period(start: date, every: int, days: int) -> None:
    terms = MembershipTerms(dues_from=start, dues_every=every)
    day = date.fromordinal(start.toordinal() + days)
    period = terms.period_of(day)
    assert period
    assert period.first <= day <= period.last
    following = terms.period_of(date.fromordinal(period.last.toordinal() + 1))
    assert following
    assert following.first == date.fromordinal(period.last.toordinal() + 1)


def test_a_member_sees_what_was_charged_and_what_is_open(inside: Organisation, femke: Member, client: Client) -> None:
    payee_of(inside, femke)
    _charge(inside, timezone.localdate())
    settle(inside)
    client.force_login(femke.user)
    page = client.get("/here/membership/").text
    assert Document.objects.get(kind="sale").number in page
    assert page.count("EUR 60.50") == 3


def test_cancelling_is_told_in_plain_words_and_can_be_taken_back(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    payee_of(inside, femke)
    _charge(inside, timezone.localdate())
    settle(inside)
    client.force_login(femke.user)
    page = client.get("/here/membership/cancel/").text
    assert "EUR 60.50 of your invoices is open, and stays owed." in page
    last = timezone.localdate() + timedelta(20)
    assert client.post("/here/membership/cancel/", {"last_day": last.isoformat()}).status_code == 302
    assert "You cancelled: your last day is" in client.get("/here/membership/").text
    client.post("/here/membership/stay/")
    femke.refresh_from_db()
    assert femke.leaves_on is None


def test_who_cancels_today_is_out_and_owes_what_they_owed(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    payee_of(inside, femke)
    _charge(inside, timezone.localdate())
    settle(inside)
    client.force_login(femke.user)
    today = timezone.localdate()
    yesterday = {"last_day": (today - timedelta(1)).isoformat()}
    assert "This day is over." in client.post("/here/membership/cancel/", yesterday).text
    client.post("/here/membership/cancel/", {"last_day": today.isoformat()})
    femke.refresh_from_db()
    assert femke.left_on == today
    client.force_login(femke.user)
    assert client.get("/here/opportunities/").status_code == 404
    assert "EUR 60.50" in client.get("/here/membership/").text
    assert _charge(inside, today + timedelta(100)) == 1  # Sander's alone


def test_who_cancels_gets_it_confirmed_and_administrators_hear_of_it(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    client.force_login(femke.user)
    last = timezone.localdate() + timedelta(20)
    client.post("/here/membership/cancel/", {"last_day": last.isoformat()})
    own = Message.objects.get(to=femke.user.email, kind="left")
    assert "stays yours" in own.text
    assert Message.objects.get(to=sander.user.email, kind="left").subject == "Femke leaves"
    leave(organisation=inside, member=femke, on=last, by=None, at=timezone.now())
    gone = Message.objects.get(to=femke.user.email, kind="left", about__startswith="left:")
    assert "You still sign in to your own money." in gone.text
    assert Message.objects.filter(to=sander.user.email, kind="left").count() == 1


def test_a_member_without_details_is_told_what_waits_for_them(
    inside: Organisation, femke: Member, client: Client
) -> None:
    _charge(inside, timezone.localdate())
    client.force_login(femke.user)
    page = client.get("/here/membership/").text
    assert "Your invoice waits for your details" in page
    assert "To be invoiced, without VAT" in page
    payee_of(inside, femke)
    assert "waits for your details" not in client.get("/here/membership/").text


def test_what_is_open_stands_first_and_what_is_late_says_so(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    payee_of(inside, femke)
    for on in (date(2026, 1, 1), date(2026, 4, 1)):
        _charge(inside, on)
        settle(inside, on)
    first, second = Document.objects.filter(kind="sale").order_by("pk")
    pay(inside, second, "60.50", sander)
    client.force_login(femke.user)
    page = client.get("/here/membership/").text
    assert page.index(first.number) < page.index(second.number)
    assert page.count(">late<") == 1


def test_an_invoice_says_to_who_owes_it_how_to_pay_what_is_left(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    payee_of(inside, femke)
    _charge(inside, timezone.localdate())
    settle(inside)
    sale = Document.objects.get(kind="sale")
    rendering.render_all(organisation_id=inside.pk)
    mail = Message.objects.get(to=femke.user.email, kind="invoiced")
    assert "BE68539007547034" in mail.text
    client.force_login(femke.user)
    address = f"/here/invoices/{sale.pk}/"
    page = client.get(address).text
    assert "How to pay" in page
    assert "EUR 60.50" in page
    assert "<svg" in page[page.index("pay-code") :]
    pay(inside, sale, "20.50", sander)
    assert "EUR 40.00" in client.get(address).text
    pay(inside, sale, "40.00", sander)
    assert "How to pay" not in client.get(address).text
    client.force_login(sander.user)
    assert "How to pay" not in client.get(address).text


def test_the_last_administrator_does_not_cancel(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    client.force_login(sander.user)
    answer = client.post("/here/membership/cancel/", {"last_day": timezone.localdate().isoformat()})
    assert answer.status_code == 422
    assert "You are the last administrator" in answer.text


def test_what_was_paid_for_is_not_charged_again_under_other_terms(inside: Organisation, femke: Member) -> None:
    _charge(inside, date(2026, 4, 1))
    membership.save_terms(fields={"dues_every": 1})
    assert _charge(inside, date(2026, 5, 10)) == 0
    assert _charge(inside, date(2026, 7, 1)) == 1
    membership.save_terms(fields={"dues_from": date(2026, 1, 15), "dues_every": 3})
    assert _charge(inside, date(2026, 7, 20)) == 0


def test_who_is_about_to_leave_pays_for_no_period_after_it(inside: Organisation, femke: Member) -> None:
    Member.objects.filter(pk=femke.pk).update(leaves_on=date(2026, 3, 31))
    assert _charge(inside, date(2026, 4, 1)) == 0


def test_a_member_does_not_change_the_day_that_an_administrator_said(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    last = timezone.localdate() + timedelta(20)
    plan_leaving(organisation=inside, member=femke, last_day=last, by=sander)
    client.force_login(femke.user)
    assert "You cancelled" not in client.get("/here/membership/").text
    client.post("/here/membership/stay/")
    later = {"last_day": (last + timedelta(100)).isoformat()}
    assert client.post("/here/membership/cancel/", later).status_code == 422
    femke.refresh_from_db()
    assert femke.leaves_on == last


def test_an_administrator_reads_what_a_member_leaves_behind(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    bas = MemberFactory(organisation=inside, name="Bas")
    share(femke, title="Waits for somebody")
    win(share(femke, title="Landed already"), bas)
    client.force_login(sander.user)
    page = client.get(f"/here/members/{femke.pk}/").text
    assert "Waits for somebody" in page
    assert "Landed already" not in page
    page = client.get(f"/here/members/{bas.pk}/").text
    assert "Runs on, and remits" in page
    assert "Landed already" in page
    assert "Goes to you" not in page


def test_terms_that_began_long_ago_can_be_changed(
    inside: Organisation, femke: Member, sander: Member, client: Client
) -> None:
    membership.save_terms(fields={"dues_from": date(2012, 1, 1)})
    client.force_login(sander.user)
    said = {"registration_fee": "75", "dues": "60", "dues_every": "3", "dues_from": "2012-01-01"}
    assert client.post("/here/settings/membership/", said).status_code == 302
