"""What was looked at in a file, signed, so that it is followed just so: by who looked, where they looked, within the hour."""

from typing import Any, NamedTuple

from django.core import signing

LASTS = 3600
StaleError = signing.BadSignature
"""What was looked at is too old, or was another's."""


class Preview(NamedTuple):
    """What is looked at, by whom, where: by their ids."""

    purpose: str
    organisation_id: int
    member_id: int

    def seal(self, packed: Any) -> str:
        """Return what was looked at as a text for a form."""
        return signing.dumps(packed, salt=self._salt, compress=True)

    def opened(self, text: str) -> Any:
        """Return what was looked at; StaleError."""
        return signing.loads(text, salt=self._salt, max_age=LASTS)

    @property
    def _salt(self) -> str:
        return f"{self.purpose}:{self.organisation_id}:{self.member_id}"
