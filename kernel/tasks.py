"""The sweep: whatever is due in any organisation is run, even if every hint was lost."""

from celery import shared_task

from kernel import work


@shared_task
def sweep() -> None:
    """Run what is due, in every organisation."""
    work.sweep()


@shared_task
def note_nightly() -> None:
    """Note what is done once a night, in every organisation."""
    work.note_nightly()


@shared_task
def run(organisation_id: int, kind: str) -> None:
    """Run what an organisation has of one kind of work."""
    work.run(organisation_id, kind)
