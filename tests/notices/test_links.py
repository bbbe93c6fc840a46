"""In a network where nobody recruits, what a mail or a page of one's money offers to look at is there."""

import re
from datetime import date

from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.models import Message
from payouts.models import Document
from referrals.services import activities, assignments, opportunities
from tests.factories import MemberFactory
from tests.payouts.test_remittances import _propose_and_approve
from tests.stories import publish
from tests.stories_of_network import earn, network, pay, settle, share, want, win, with_payees


def _told(inside: Organisation) -> tuple[Member, Member]:
    """One shares something that is landed, and something that leads to talks only, and gets coins for publicity."""
    network(inside)
    publish("coins_publicity", name="Publicity")
    sharer, performer = (MemberFactory(organisation=inside, name=name) for name in ("Femke", "Bas"))
    clerk, checker = (MemberFactory(organisation=inside, roles=["finance"]) for _ in range(2))
    sander = MemberFactory(organisation=inside, roles=["administrator"])
    with_payees(inside, [sharer, performer])
    (placement,) = win(share(sharer), performer)
    earn(placement, date(2026, 2, 1), "12000.00")
    now, today = timezone.now(), timezone.localdate()
    talks = share(sharer)
    want(talks, performer)
    assignments.hold_talks(opportunity=talks, performer=performer, on=today, by=performer, at=now)
    opportunities.close(opportunity=talks, reason="gone", text="", on=today, by=sharer, at=now)
    made = activities.claim_publicity(link="https://x.example/a", about="A talk", on=today, by=sharer, at=now)
    activities.decide_publicity(publicity=made, is_confirmed=True, said="", by=sander, at=now)
    settle(inside)
    pay(inside, Document.objects.get(kind="sale"), "2178.00", clerk)
    _propose_and_approve(clerk, checker)
    settle(inside)
    return sharer, performer


def test_every_button_of_a_mail_leads_somewhere(inside: Organisation, client: Client) -> None:
    kinds = set()
    for member in _told(inside):
        client.force_login(member.user)
        for mail in Message.objects.filter(to=member.user.email):
            (address,) = re.findall(r"http://[^/]+(/here/\S+)", mail.text)[:1]
            assert client.get(address, follow=True).status_code == 200, (mail.about, address)
            kinds.add(mail.about.split(":")[0])
    assert kinds >= {"released", "entitlement", "payable"}


def test_earnings_name_what_they_come_of_and_lead_there(inside: Organisation, client: Client) -> None:
    sharer, _ = _told(inside)
    client.force_login(sharer.user)
    page = client.get("/here/earnings/")
    assert [one.title for year in page.context["years"] for one in year.earnings if one.entitlement.unit == "EUR"] == [
        "Interim controller"
    ]
    assert {one.title for year in page.context["years"] for one in year.earnings} == {"Interim controller", "A talk"}
    links = set(re.findall(r'href="(/here/(?:referrals|assignments|opportunities|pot)/[^"]*)"', page.text))
    assert len(links) >= 3
    assert {one: client.get(one).status_code for one in links} == dict.fromkeys(links, 200)
    assert f"/here/pot/{timezone.localdate().year}/" in links
