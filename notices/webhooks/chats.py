"""What a chat is told: a few sentences and one button, in the form that it reads. Pure.

What members typed goes where neither chat reads formatting: nobody writes a link, or calls a whole channel, by a title.
"""

import json
from dataclasses import dataclass
from typing import Any

LONGEST = 2900
"""Characters; a block of Slack holds 3,000."""
LONGEST_HEAD = 150


@dataclass(frozen=True)
class Said:
    """A heading, lines below it, and a button with where it leads."""

    heading: str
    lines: tuple[str, ...]
    button: str
    url: str


def slack(said: Said) -> str:
    """Write it with Slack's blocks; the text is what a notification shows."""
    text: dict[str, Any] = {"type": "plain_text", "emoji": False}
    blocks: list[dict[str, Any]] = [{"type": "header", "text": text | {"text": said.heading[:LONGEST_HEAD]}}]
    if said.lines:
        blocks.append({"type": "section", "text": text | {"text": "\n".join(said.lines)[:LONGEST]}})
    button = {"type": "button", "text": text | {"text": said.button}, "url": said.url}
    blocks.append({"type": "actions", "elements": [button]})
    return _json({"text": _escaped(said.heading), "blocks": blocks, "unfurl_links": False})


def teams(said: Said) -> str:
    """Write it as an adaptive card, as workflows of Teams take it."""
    body = [
        _run(said.heading[:LONGEST_HEAD], size="Large", weight="Bolder"),
        *(_run(line[:LONGEST]) for line in said.lines),
    ]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": said.button, "url": said.url}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return _json({"type": "message", "attachments": [attachment]})


def _run(text: str, **look: str) -> dict[str, Any]:
    """A text in which nothing is formatting."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _json(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
