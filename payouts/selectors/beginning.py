"""What is left to do in a network: of a new member, and of who runs it."""

from dataclasses import dataclass
from datetime import date

from members.models import Member, MemberProfile, MembershipTerms
from members.roles import Role
from members.selectors import applications
from members.selectors.people import in_role
from payouts.models import Payee
from payouts.selectors import pot
from payouts.selectors.settings import payout_settings
from programmes import selectors as programmes


@dataclass(frozen=True)
class FirstSteps:
    """What a new member has said: what they do, and how they are paid."""

    has_profile: bool
    has_details: bool

    @property
    def are_taken(self) -> bool:
        """Whether nothing is left to say."""
        return self.has_profile and self.has_details


def first_steps_of(member: Member) -> FirstSteps:
    """Return what a member has said to begin with: two queries."""
    return FirstSteps(
        MemberProfile.objects.filter(member=member).exclude(disciplines=[]).exists(),
        Payee.objects.filter(member=member).exists(),
    )


@dataclass(frozen=True)
class ToRun:
    """What waits for administrators, and what a network that begins has not said yet."""

    applications: int
    publicity: int
    has_share: bool
    has_account: bool
    has_terms: bool
    is_alone: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing waits, and everything is said."""
        is_set_up = self.has_share and self.has_account and self.has_terms and not self.is_alone
        return is_set_up and not self.applications and not self.publicity


def to_run(member: Member, today: date) -> ToRun:
    """Return what waits for an administrator: a fixed number of queries. Nobody decides on whom they brought in, or their own."""
    return ToRun(
        applications=applications.waiting().exclude(brought_by=member).count(),
        publicity=pot.unconfirmed(today.year).exclude(case__introducer=member).count(),
        has_share=any(one.rule_set.is_remitted for one in programmes.in_force("opportunity", today)),
        has_account=bool(payout_settings().iban),
        has_terms=MembershipTerms.objects.exists(),
        is_alone=in_role(Role.ADMINISTRATOR).count() == 1,
    )
