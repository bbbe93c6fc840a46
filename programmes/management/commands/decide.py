"""`manage.py decide RULES TIMELINE --as-of DATE`: what is owed, without a database."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import documents, mistakes, reasons, wording
from programmes.engine import reading
from programmes.engine.assess import assess
from programmes.engine.assessment import Assessment, Entitlement
from programmes.engine.facts import day_of
from programmes.engine.mistakes import Mistake, Refused
from programmes.engine.rules import RuleSet
from programmes.engine.timeline import Timeline

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Say what is owed, to whom, when and why, for a rule set and the facts of one case."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rules", help="a rule set's file, or the name of a preset")
        parser.add_argument("timeline", help="a file with the facts of one case")
        parser.add_argument(
            "--as-of", default=timezone.localdate().isoformat(), help="the day to decide for: 2026-05-01"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *args: Any, rules: str, timeline: str, as_of: str, as_json: bool, **options: Any) -> None:
        day = day_of(as_of)
        wrong = [] if day else [f"--as-of: {mistakes.sentence(Mistake('', 'not_a_date', {}))}"]
        rule_set, wrong_rules = _read_rules(rules)
        facts, wrong_facts = _read_timeline(timeline)
        wrong += wrong_rules + wrong_facts
        if wrong or not (day and rule_set and facts is not None):
            self.stderr.write("\n".join(wrong))
            sys.exit(BAD_INPUT)
        assessment = assess(rule_set, facts, day)
        if as_json:
            self.stdout.write(json.dumps(_as_json(assessment), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(assessment)))


def _read_rules(name: str) -> tuple[RuleSet | None, list[str]]:
    try:
        path = Path(name)
        document = documents.preset(name) if name in documents.preset_names() else documents.parse(_text(path))
        return RuleSet.read(document), []
    except Refused as refused:
        return None, _explained(name, refused)


def _read_timeline(name: str) -> tuple[Timeline | None, list[str]]:
    try:
        return reading.timeline(documents.parse(_text(Path(name)))), []
    except Refused as refused:
        return None, _explained(name, refused)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        params = {"known": ", ".join(documents.preset_names())}
        raise Refused([Mistake("", "no_such_file", params)]) from None


def _explained(name: str, refused: Refused) -> list[str]:
    return [f"{name}: {mistake.path or '-'}: {mistakes.sentence(mistake)}" for mistake in refused.mistakes]


def _as_json(assessment: Assessment) -> dict[str, Any]:
    return {
        "as_of": assessment.as_of.isoformat(),
        "next_check_on": assessment.next_check_on and assessment.next_check_on.isoformat(),
        "entitlements": [_entitlement(entitlement) for entitlement in assessment.entitlements],
    }


def _entitlement(one: Entitlement) -> dict[str, Any]:
    return {
        "reward": one.reward,
        "instalment": one.instalment,
        "placement": one.placement,
        "to": one.to,
        "owed_by": one.owed_by,
        "state": one.state,
        "amount": None if one.amount is None else str(one.amount),
        "unit": one.unit,
        "at_most": None if one.at_most is None else str(one.at_most),
        "due_on": one.due_on and one.due_on.isoformat(),
        "because": [{"code": reason[0], "text": reasons.sentence(reason, one.unit)} for reason in one.because],
    }


def _lines(assessment: Assessment) -> Iterator[str]:
    yield _("As of %(day)s:") % {"day": wording.day(assessment.as_of)}
    for one in assessment.entitlements:
        yield ""
        yield "  " + _headline(one)
        yield from (f"    - {reasons.sentence(reason, one.unit)}" for reason in one.because)
    if not assessment.entitlements:
        yield "  " + _("Nothing is owed.")
    if assessment.next_check_on:
        yield ""
        yield _("Unless something happens, this can next change on %(day)s.") % {
            "day": wording.day(assessment.next_check_on)
        }


def _headline(one: Entitlement) -> str:
    params = {
        "reward": one.reward,
        "instalment": one.instalment,
        "to": wording.word(one.to),
        "amount": "" if one.amount is None else wording.money(one.amount, one.unit),
        "at_most": "" if one.at_most is None else wording.money(one.at_most, one.unit),
        "day": wording.day(one.due_on) if one.due_on else "",
    }
    if one.due_on:
        return _("%(reward)s, instalment %(instalment)d: %(amount)s for %(to)s, due since %(day)s") % params
    if one.state == "lapsed":
        return _("%(reward)s, instalment %(instalment)d: nothing for %(to)s any more") % params
    if one.amount is None:
        return _("%(reward)s, instalment %(instalment)d: at most %(at_most)s for %(to)s, not due yet") % params
    return _("%(reward)s, instalment %(instalment)d: %(amount)s for %(to)s, not due yet") % params
