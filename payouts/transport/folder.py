"""A folder for each organisation, that a connector empties.

What is to be handed over is written beside it first, and then renamed into it, once: what is staged and not there any more
was handed over, whether or not the connector took it out already.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from payouts.transport.parcel import Answer, Outcome, Parcel

STAGED = ".staged"


@dataclass(frozen=True)
class Folder:
    """The folders of all organisations, each by its id."""

    root: Path

    def stage(self, parcel: Parcel) -> bool:
        """Write the file where no connector looks, whole and forced to the disk."""
        staged = self._staged(parcel)
        staged.parent.mkdir(parents=True, exist_ok=True)
        with staged.open("wb") as file:
            file.write(parcel.content)
            file.flush()
            os.fsync(file.fileno())
        return True

    def hand_over(self, parcel: Parcel) -> Answer:
        """Rename the file into the folder."""
        try:
            self._staged(parcel).rename(self.path_of(parcel))
        except FileNotFoundError:
            return Answer(Outcome.TAKEN)  # it was renamed before something went wrong
        except OSError:
            return Answer(Outcome.NOT_REACHED, "folder")
        return Answer(Outcome.TAKEN)

    def path_of(self, parcel: Parcel) -> Path:
        """Return where a parcel is handed over."""
        return self.root / str(parcel.organisation_id) / f"{parcel.number}.{parcel.key}.xml"

    def _staged(self, parcel: Parcel) -> Path:
        return self.path_of(parcel).parent / STAGED / str(parcel.key)
