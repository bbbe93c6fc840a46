"""A mail's words: what happened, what it means for you, and one button."""

from dataclasses import dataclass

from notices.kinds import Kind


@dataclass(frozen=True)
class Letter:
    """A mail's words, and the path and label of its button."""

    kind: Kind
    subject: str
    lines: list[str]
    button: str
    path: str
