"""One after the other in one organisation."""

from members.models import Organisation


def lock_organisation(organisation_id: int) -> None:
    """Keep others who do the same from going on until the transaction ends: imports, divisions, what is left of invoices.

    It is taken before cases, and those before accounts, so that nobody waits in a circle. Rows can be added meanwhile.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
