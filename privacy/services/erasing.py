"""Erasing a member who left, and texts that may name someone; what the law has kept stays as long as it has to.

Some of it stands in rows that nothing may change, and in the history of rows: here, and nowhere else, their triggers are
passed over, in the transaction that erases.
"""

from collections.abc import Iterable
from datetime import datetime

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from kernel.history import history_of
from kernel.storage import delete_later
from members.models import (
    AgendaItem,
    Application,
    CalendarFeed,
    Invitation,
    Member,
    MemberProfile,
    Membership,
    Thanks,
    User,
)
from members.services.applying import EMPTY
from notices import services as notices
from notices.models import Preference
from notices.webhooks import services as webhooks
from notices.webhooks.events import OF_GROUP
from payouts.models import Adjustment, Payable, Payee, PotObjection, Redemption, VatPosition
from privacy.selectors import erasable
from referrals.models import Case, Interest, Opportunity, Publicity, SavedFilter

TRIGGERS = (
    "members.MemberEvent:append_only",
    "payouts.PayeeEvent:append_only",
    "payouts.PayableEvent:append_only",
    "payouts.AdjustmentEvent:append_only",
    "payouts.RedemptionEvent:append_only",
    "payouts.Redemption:redemption_stays_as_asked",
    "payouts.VatPosition:vat_position_is_final",
)


class CannotBeErasedError(Exception):
    """Something still runs; the message says what, by a key of `privacy.wording.NOT_ERASED`."""


@transaction.atomic
def erase_member(*, member: Member, at: datetime) -> None:
    """Erase what names a member who left: cases, documents and the journal go on with a pseudonym.

    What stands on documents is kept with them for as long as the law wants, and emptied then.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    if reason := erasable.obstacles([member])[member.pk]:
        raise CannotBeErasedError(reason)
    user = member.user
    pseudonym = f"M-{member.pk:05d}"
    with pgtrigger.ignore(*TRIGGERS):
        Member.objects.filter(pk=member.pk).update(name=pseudonym, team=None, erased_at=at)
        history_of(Member).filter(pgh_obj_id=member.pk).update(name=pseudonym)
        _erase_details(member, pseudonym)
        _erase_redemptions(member)
    Preference.objects.filter(member=member).delete()
    SavedFilter.objects.filter(member=member).delete()
    _erase_from_the_network(member)
    Invitation.objects.filter(email__iexact=user.email).update(email="", name="")
    notices.empty_to(addresses=[user.email])
    _erase_account(user, member.organisation_id)


def _erase_details(member: Member, pseudonym: str) -> None:
    gone = {
        "name": pseudonym, "street": "", "postal_code": "", "city": "", "enterprise_number": "", "iban": "", "bsn": "",
        "born_on": None, "employee_number": "",
    }  # fmt: skip
    for payee in Payee.objects.filter(member=member):
        Payee.objects.filter(pk=payee.pk).update(**gone)
        history_of(Payee).filter(pgh_obj_id=payee.pk).update(**gone)
        VatPosition.objects.filter(payee=payee).update(vat_number="")


def _erase_from_the_network(member: Member) -> None:
    """Their profile goes, and what they wrote; what others landed by them stays, without their words."""
    for profile in MemberProfile.objects.filter(member=member):
        delete_later(profile.photo)
        profile.delete()
    own = Application.objects.filter(Q(member=member) | Q(email__iexact=member.user.email))
    Invitation.objects.filter(pk__in=list(own.values_list("invitation", flat=True))).update(email="", name="")
    own.update(**EMPTY, found="")
    Application.objects.filter(brought_by=member).update(note="")
    notices.empty(abouts=[f"thanks:{pk}" for pk in Thanks.objects.filter(by=member).values_list("pk", flat=True)])
    for event in OF_GROUP:
        webhooks.take_back(event=event, naming=member.name)
    Thanks.objects.filter(Q(by=member) | Q(to=member)).update(text="")
    AgendaItem.objects.filter(member=member).update(said="")
    CalendarFeed.objects.filter(member=member).delete()
    Interest.objects.filter(member=member).update(why="")
    Opportunity.objects.filter(case__introducer=member).update(known_how="")
    Publicity.objects.filter(case__introducer=member).update(about="", link="")
    PotObjection.objects.filter(member=member).update(text="")


def _erase_redemptions(member: Member) -> None:
    texts = {"wish": "", "said": ""}
    found = list(Redemption.objects.filter(member=member).values_list("pk", flat=True))
    Redemption.objects.filter(pk__in=found).update(**texts)
    history_of(Redemption).filter(pgh_obj_id__in=found).update(**texts)


def _erase_account(user: User, organisation_id: int) -> None:
    """Erase the account too, unless it belongs to another organisation as well."""
    Membership.objects.filter(user=user, organisation=organisation_id).delete()
    if user.memberships.exists():
        return
    for session in UserSession.objects.filter(user=user):
        session.end()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.email, user.former_email, user.is_active = f"erased-{user.pk}@erased.invalid", "", False
    user.save(update_fields=["email", "former_email", "is_active", "password"])


@transaction.atomic
def empty_texts_of(cases: Iterable[Case]) -> None:
    """Empty what finance wrote about the amounts of cases."""
    payables = list(Payable.objects.filter(entitlement__case__in=list(cases)).values_list("pk", flat=True))
    with pgtrigger.ignore(*TRIGGERS):
        Payable.objects.filter(pk__in=payables).exclude(sent_back_because="").update(sent_back_because="")
        history_of(Payable).filter(pgh_obj_id__in=payables).update(sent_back_because="")
        adjustments = list(Adjustment.objects.filter(payable__in=payables).values_list("pk", flat=True))
        Adjustment.objects.filter(pk__in=adjustments).exclude(note="").update(note="")
        history_of(Adjustment).filter(pgh_obj_id__in=adjustments).update(note="")
