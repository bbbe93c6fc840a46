"""What members do for a network beside sharing opportunities."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from referrals.models.cases import Case


class Publicity(TenantModel):
    """Publicity for the network that a member claims coins for: where it can be seen, and since when. Its case says the rest."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="publicity")
    link = models.URLField(_("where it can be seen"), max_length=300)
    about = models.CharField(_("what it is"), max_length=400)
    on = models.DateField(_("since when"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "case"], name="publicity_once")]


class Joining(TenantModel):
    """That somebody whom a member brought in joined: the case brings its coins once their registration fee is paid."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="joinings")
    member = models.ForeignKey(Member, models.PROTECT, related_name="joinings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "case"], name="joining_once")]
