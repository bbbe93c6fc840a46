"""People, organisations, and who belongs where."""

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.roles import Role
from members.slugs import validate_slug

LANGUAGES = [("en", _("English")), ("nl", _("Dutch")), ("fr", _("French"))]
COUNTRIES = [("BE", _("Belgium")), ("NL", _("The Netherlands"))]
KEPT = [MinValueValidator(3), MaxValueValidator(120)]
"""How many months what is known of people can be kept."""


def all_languages() -> list[str]:
    """Return the codes of the languages that the product speaks."""
    return [code for code, _name in LANGUAGES]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: how someone signs in. Who they are in an organisation stands in its `Member`."""

    email = models.EmailField(_("e-mail address"), unique=True)
    former_email = models.EmailField(blank=True)
    email_changed_at = models.DateTimeField(null=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.email


@pghistory.track()
class Organisation(models.Model):
    """A tenant: who runs programmes here, how it looks and speaks, and how long it keeps what it knows of people.

    `runs` are the kinds of cases for which it ever published a programme: its pages follow from them.
    `invoice_texts` stands at the foot of documents, by language.
    """

    slug = models.CharField(_("name in addresses"), max_length=40, unique=True, validators=[validate_slug])
    name = models.CharField(_("name"), max_length=80)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    colour = models.CharField(
        _("colour"), max_length=7, default="#1f5f5b", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    logo = models.FileField(_("logo"), upload_to="logos", blank=True)
    second_factor_required = models.BooleanField(_("second factor for finance and administrators"), default=True)
    legal_name = models.CharField(_("name in law"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    enterprise_number = models.CharField(_("enterprise number"), max_length=20, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    languages = ArrayField(models.CharField(max_length=2), default=all_languages)
    invoice_texts = models.JSONField(default=dict, blank=True)
    keep_people_months = models.PositiveSmallIntegerField(_("people"), default=24, validators=KEPT)
    keep_cvs_months = models.PositiveSmallIntegerField(_("CVs"), default=12, validators=KEPT)
    keep_members_months = models.PositiveSmallIntegerField(_("members who left"), default=24, validators=KEPT)
    runs = ArrayField(models.CharField(max_length=12), default=list, editable=False)
    payout_limit = models.DecimalField(_("warn above"), max_digits=14, decimal_places=2, null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        """Where the logo can be seen; empty without one."""
        return reverse("logo", args=[Path(str(self.logo.name)).stem]) if self.logo else ""

    @property
    def is_network(self) -> bool:
        """Whether its members share opportunities with each other."""
        return "opportunity" in self.runs

    @property
    def recruits(self) -> bool:
        """Whether people are recommended here; so as long as nothing else was published."""
        return "referral" in self.runs or not self.is_network

    @property
    def can_be_invoiced(self) -> bool:
        """Whether everything is known that the law wants of the buyer on an invoice."""
        wanted = (self.legal_name, self.street, self.postal_code, self.city, self.enterprise_number, self.vat_number)
        return all(wanted)


class Membership(models.Model):
    """That an account belongs to an organisation: what signing in looks at before the organisation is entered."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Team(TenantModel):
    """A team or department."""

    name = models.CharField(_("name"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="team_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["last_used_on"])
class ApiKey(TenantModel):
    """A program's key to an organisation. Only the hash of its token is kept, as a link of the purpose `api`."""

    name = models.CharField(_("name"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=20))
    hint = models.CharField(max_length=4)
    made_by = models.ForeignKey("Member", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class ApiCall(TenantModel):
    """That a program wrote something, with which key; never changed."""

    api_key = models.ForeignKey(ApiKey, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    called_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-called_at", "-id"], name="api_call_newest")]
        triggers = [pgtrigger.Protect(name="api_call_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]


@pghistory.track()
class Member(TenantModel):
    """Someone in an organisation: a freelancer, an employee, a co-operator; with roles, perhaps.

    `leaves_on` is a last day that is still to come, as `leaves_by` said; `left_on` the last day of who is gone. Erased, they have a pseudonym.
    Who was exempt from dues pays those of periods that begin on or after `pays_dues_from`.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="members")
    roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    joined_on = models.DateField()
    leaves_on = models.DateField(null=True, blank=True)
    leaves_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    left_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True)
    pays_dues = models.BooleanField(
        _("pays dues"),
        db_default=True,
        default=True,
        help_text=_("Who pays them again does so from the next period on."),
    )
    pays_dues_from = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="member_once")]
        ordering = ["name", "id"]

    is_gone = False
    """Whether they left, as the request's member: said by whoever looked at the membership."""

    def __str__(self) -> str:
        return self.name

    def has(self, *roles: Role) -> bool:
        """Whether this member has one of the roles."""
        return any(role in self.roles for role in roles)

    def pays_dues_of(self, first: date) -> bool:
        """Whether this member pays the dues of a period that begins on a day."""
        return self.pays_dues and max(self.joined_on, self.pays_dues_from or self.joined_on) <= first

    @property
    def is_recruiter(self) -> bool:
        return Role.RECRUITER in self.roles

    @property
    def is_finance(self) -> bool:
        return Role.FINANCE in self.roles

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles


class Invitation(TenantModel):
    """An invitation to join by e-mail; open until it is accepted, withdrawn or its link expires."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
