"""Stories of joining a network: a member asks somebody, who applies and is admitted."""

import re
from datetime import date
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from members.models import Application, Invitation, Member, MembershipTerms, Organisation
from members.services import applying, joining, membership
from notices.models import Message
from tests.factories import UserFactory

SAID = {
    "name": "Noor Visser",
    "disciplines": "Finance, Audit",
    "years": "18",
    "experience": "I closed the books of three ports.",
    "why": "I like to work with others.",
    "link": "noor.example",
}
EMPTIED = {"name": "", "email": "", "experience": "", "why": "", "link": "", "years": None}


def enter(client: Client, member: Member) -> Client:
    """Sign a member in."""
    client.force_login(member.user)
    return client


def ask(client: Client, by: Member, email: str = "noor@mail.example") -> str:
    """Have a member ask somebody, and return the address that they were mailed."""
    said = {"name": "Noor", "email": email, "language": "nl", "note": "We work well together."}
    assert enter(client, by).post("/here/directory/bring-in/", said).status_code == 302
    mail = Message.objects.get(to=email, kind="application")
    found = re.search(r"/a/[\w-]+/", mail.text)
    assert found
    return found[0]


def apply(client: Client, address: str) -> Application:
    """Have somebody apply at the address that they were mailed."""
    assert Client().post(address, SAID).status_code == 200
    return Application.objects.get(state="applied")


def let_in(organisation: Organisation, application: Application, by: Member) -> Member:
    """Have an administrator admit who applied, and them join."""
    applying.admit(
        organisation=organisation, application=application, found="18 years of finance", by=by, at=timezone.now()
    )
    user = UserFactory(email=application.email)
    invitation = Invitation.objects.get(email=application.email)
    return joining.accept_invitation(
        organisation=organisation, invitation_id=invitation.pk, user=user, at=timezone.now()
    )


def cost(fee: str, dues: str = "0") -> MembershipTerms:
    """Say what membership costs: the fee, once, and the dues of every quarter."""
    terms = {"registration_fee": Decimal(fee), "dues": Decimal(dues), "dues_from": date(2026, 1, 1)}
    return membership.save_terms(fields=terms)
