"""The self-billing agreement that holds now, and who accepted which."""

from collections.abc import Iterable

from django.utils.translation import override

from members.models import Organisation
from payouts import legal
from payouts.models import Agreement, AgreementText, Payee


def in_force(organisation: Organisation) -> AgreementText:
    """Return the newest version of the agreement; before an organisation published one, the built-in one, not stored."""
    published = AgreementText.objects.order_by("-version").first()
    return published or AgreementText(
        version=legal.BUILT_IN_VERSION,
        texts={language: _built_in(language) for language in organisation.languages},
        days_to_contest=legal.DAYS_TO_CONTEST,
    )


def text_for(organisation: Organisation, payee: Payee, language: str) -> str:
    """Return the newest version as a payee reads it: with both names, in their language where there is a text in it."""
    newest = in_force(organisation)
    text = newest.texts.get(language) or newest.texts.get(organisation.language) or next(iter(newest.texts.values()))
    customer = organisation.legal_name or organisation.name
    return legal.filled(text, customer=customer, supplier=payee.name, days=newest.days_to_contest)


def agreement_of(payee: Payee) -> Agreement | None:
    """Return the agreement that holds for a payee: the newest that they accepted as the enterprise that they are now."""
    accepted = Agreement.objects.filter(payee=payee, enterprise_number=payee.enterprise_number)
    return accepted.order_by("-version").first()


def agreed_among(payees: Iterable[Payee]) -> set[int]:
    """Return the payees, by their ids, whose invoices may be made out."""
    numbers = {one.pk: one.enterprise_number for one in payees}
    found = Agreement.objects.filter(payee__in=numbers).values_list("payee", "enterprise_number")
    return {payee for payee, number in found if numbers[payee] == number}


def versions() -> list[AgreementText]:
    """Return every version that was published, the newest first."""
    return list(AgreementText.objects.select_related("published_by").order_by("-version"))


def _built_in(language: str) -> str:
    with override(language):
        return legal.agreement()
