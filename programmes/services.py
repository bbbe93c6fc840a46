"""Programmes written as drafts, published as versions, accepted, retired."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Func, Value

from members.models import Member, Organisation
from programmes import selectors
from programmes.builder import edits, posted
from programmes.builder.shapes import rule_set
from programmes.engine.mistakes import Refused
from programmes.engine.rules import RuleSet
from programmes.models import Acceptance, Draft, Programme, Version
from programmes.signals import version_published


class ChangedMeanwhileError(Exception):
    """Somebody else changed the same place of a draft differently; the draft as it is now is the first argument."""


class NameTakenError(Exception):
    """Another programme of the organisation has this name."""


class NothingChangedError(Exception):
    """A version that says what the one before says."""


@transaction.atomic
def publish(
    *,
    name: str,
    rules: Any,
    effective_on: date,
    at: datetime,
    by: Member | None,
    note: str = "",
    texts: Mapping[str, str] | None = None,
) -> Version:
    """Publish a rule set as the next version of the programme of this name.

    Refused if it is not a good one, is for another kind of case than the programme, or fills the pot in another currency.
    """
    rule_set = RuleSet.read(rules)
    programme, _ = Programme.objects.get_or_create(name=name, defaults={"case_kind": rule_set.case})
    Programme.objects.select_for_update().get(pk=programme.pk)
    if mistakes := selectors.not_allowed(rule_set, programme):
        raise Refused(mistakes)
    number = Version.objects.filter(programme=programme).count() + 1
    _note_kind(programme)
    return Version.objects.create(
        programme=programme,
        number=number,
        rules=rule_set.document(),
        effective_on=effective_on,
        published_at=at,
        published_by=by,
        note=note,
        texts=dict(texts or {}),
    )


def _note_kind(programme: Programme) -> None:
    """Keep with the organisation for which kinds of cases it has programmes: every page shows what follows from that."""
    own = Organisation.objects.filter(pk=programme.organisation_id).exclude(runs__contains=[programme.case_kind])
    own.update(runs=Func(F("runs"), Value(programme.case_kind, CharField()), function="array_append"))


def start_draft(*, name: str, document: Any, by: Member, at: datetime, texts: Mapping[str, str] | None = None) -> Draft:
    """Begin to write a new programme."""
    return Draft.objects.create(name=name, document=document, texts=dict(texts or {}), changed_at=at, changed_by=by)


@transaction.atomic
def draft_of(*, programme: Programme, by: Member, at: datetime) -> Draft:
    """Return the draft of a programme's next version, begun from its newest one if there is none yet."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    known = Draft.objects.filter(programme=programme).first()
    if known:
        return known
    newest = Version.objects.filter(programme=programme).order_by("-number")[0]
    return Draft.objects.create(
        programme=programme,
        name=programme.name,
        document=posted.normal(rule_set(), newest.rules),
        texts=newest.texts,
        changed_at=at,
        changed_by=by,
    )


@transaction.atomic
def save_draft(*, draft: Draft, base: Any, mine: Any, by: Member, at: datetime) -> Draft:
    """Keep what someone made of a draft that they saw as `base`, together with what others changed meanwhile.

    `base` and `mine` hold the document, the name and the texts. ChangedMeanwhileError where the same place was changed.
    """
    current = Draft.objects.select_for_update(of=("self",)).select_related("changed_by").get(pk=draft.pk)
    try:
        whole = edits.merged(base, mine, content(current))
    except edits.ConflictError:
        raise ChangedMeanwhileError(current) from None
    if whole == content(current):
        return current
    current.document, current.texts = whole["document"], whole["texts"]
    current.name = whole["name"] if current.programme_id is None else current.name
    current.changed_at, current.changed_by = at, by
    current.save()
    return current


def content(draft: Draft) -> dict[str, Any]:
    """Return what is edited of a draft, as one document."""
    return {"name": draft.name, "document": draft.document, "texts": draft.texts}


def fingerprint(draft: Draft) -> str:
    """Return what is the same for two drafts that say the same, in hexadecimal digits."""
    return hashlib.sha256(json.dumps(content(draft), sort_keys=True).encode()).hexdigest()


@transaction.atomic
def publish_draft(*, draft: Draft, effective_on: date, note: str, by: Member, at: datetime) -> Version:
    """Publish a draft as it was read, and tell the members; the draft is gone afterwards.

    Raises ChangedMeanwhileError, Refused for mistakes, NameTakenError for a new programme, NothingChangedError for an old one.
    """
    related = Draft.objects.select_for_update(of=("self",)).select_related("programme", "changed_by")
    current = related.get(pk=draft.pk)
    if content(current) != content(draft):
        raise ChangedMeanwhileError(current)
    if current.programme is None and Programme.objects.filter(name=current.name).exists():
        raise NameTakenError
    rules = RuleSet.read(current.document).document()
    if current.programme:
        newest = Version.objects.filter(programme=current.programme).order_by("-number")[0]
        is_later = effective_on >= newest.effective_on  # what is to come can be brought forward
        if is_later and (newest.rules, newest.texts) == (rules, current.texts):
            raise NothingChangedError
    version = publish(
        name=current.name, rules=rules, effective_on=effective_on, at=at, by=by, note=note, texts=current.texts
    )
    current.delete()
    version_published.send(Version, version=version)
    return version


def discard_draft(*, draft: Draft) -> None:
    """Throw a draft away."""
    Draft.objects.filter(pk=draft.pk).delete()


def accept(*, version: Version, by: Member, at: datetime) -> None:
    """Record that a member agrees to a version's terms; once is enough."""
    Acceptance.objects.bulk_create([Acceptance(version=version, member=by, accepted_at=at)], ignore_conflicts=True)


def retire(*, programme: Programme, on: date) -> None:
    """Take a programme out of force from a day on; its cases go on."""
    Programme.objects.filter(pk=programme.pk).update(retired_on=on)
    Draft.objects.filter(programme=programme).delete()
