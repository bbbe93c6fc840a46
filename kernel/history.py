"""What rows were before: the tables of events that triggers fill, for models that are tracked."""

from typing import Any


def history_of(model: Any) -> Any:
    """Return the manager of a tracked model's events: one for each change, with every tracked field as it was then."""
    return model.pgh_event_model.objects
