"""Agreeing to self-billing: an organisation publishes the text, a payee accepts it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kernel import work
from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts.models import Agreement, AgreementText, Payee
from payouts.selectors import agreements
from payouts.services.documents import ISSUE


@transaction.atomic
def publish(
    *, organisation: Organisation, texts: Mapping[str, str], days_to_contest: int, by: Member, at: datetime
) -> AgreementText:
    """Publish the next version. Who accepted an earlier one stays bound by that, and is asked to read the new one."""
    lock_organisation(organisation.pk)  # one version after another
    return AgreementText.objects.create(
        version=agreements.in_force(organisation).version + 1,
        texts=dict(texts),
        days_to_contest=days_to_contest,
        published_by=by,
        published_at=at,
    )


@transaction.atomic
def accept(*, organisation: Organisation, payee: Payee, language: str, by: Member, at: datetime) -> Agreement:
    """Record that a payee accepts the newest version; once, however often it is said."""
    newest = agreements.in_force(organisation)
    agreement, _made = Agreement.objects.get_or_create(
        payee=payee,
        version=newest.version,
        enterprise_number=payee.enterprise_number,
        defaults={
            "language": language,
            "text": agreements.text_for(organisation, payee, language),
            "days_to_contest": newest.days_to_contest,
            "accepted_by": by,
            "accepted_at": at,
        },
    )
    work.add(organisation.pk, ISSUE)
    return agreement
