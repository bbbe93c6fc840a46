"""What is handed over, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Outcome(StrEnum):
    """What came of handing something over: it was taken, it never will be, or nobody was reached."""

    TAKEN = "taken"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class Answer:
    """What came of it; with the other side's own words, or for what was not reached a word of `kernel.sending`."""

    outcome: Outcome
    text: str = ""


@dataclass(frozen=True)
class Parcel:
    """An invoice on its way, as UBL. `sender` and `receiver` are electronic addresses: scheme and number, 0208:0403019261.

    `key` is the same however often it is tried: whoever receives it twice knows it by that.
    """

    key: UUID
    organisation_id: int
    number: str
    sender: str
    receiver: str
    customization: str
    profile: str
    content: bytes


class Transport(Protocol):
    """A way. `stage` prepares what can be prepared without anybody seeing it; `hand_over` is called after that was noted."""

    def stage(self, parcel: Parcel) -> bool:
        """Prepare it, and return whether there was something to prepare; called again after a crash. OSError when that
        does not work now."""

    def hand_over(self, parcel: Parcel) -> Answer:
        """Hand over what was staged; called again after a crash, with nothing handed over twice."""
