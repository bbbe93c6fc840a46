"""Replaying 10,000 real cases under a draft, and the page of a programme's terms."""

from datetime import timedelta

from django.db.models import F
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from payouts.services import replaying
from programmes.engine.assess import assess
from programmes.models import Programme, Version
from programmes.services import draft_of
from referrals.models import Case
from referrals.selectors.timelines import timelines
from tests.bench.data import TODAY, organisation, recruiter_of
from tests.bench.measuring import Bench

CASES, PAGES = 10_000, 20


class _Replays:
    def __init__(self) -> None:
        self.made = organisation("replayed", CASES, CASES)
        self.by = recruiter_of(self.made)
        with tenant(self.made.pk):
            self.programme = Programme.objects.get()
            self.draft = draft_of(programme=self.programme, by=self.by, at=timezone.now())

    def replay(self) -> int:
        with tenant(self.made.pk):
            replaying.ask(draft=self.draft, since=TODAY - timedelta(365), until=TODAY, by=self.by, at=timezone.now())
        replaying.replay_all(organisation_id=self.made.pk)
        return CASES

    def load_and_assess_twice(self) -> int:
        """What cannot be saved: the facts of all cases, and two answers of the engine for each."""
        with tenant(self.made.pk):
            rules = Version.objects.annotate(same=F("pk")).get().rule_set
            lines = timelines(list(Case.objects.values_list("pk", flat=True)))
            for line in lines.values():
                assess(rules, line, TODAY)
                assess(rules, line, TODAY)
        return CASES

    def terms(self) -> int:
        client = Client()
        client.force_login(self.by.user)
        for _ in range(PAGES):
            assert client.get(f"/replayed/programmes/{self.programme.pk}/").status_code == 200
        return PAGES

    def bare(self) -> int:
        client = Client()
        client.force_login(self.by.user)
        for _ in range(PAGES):
            assert client.get("/p/bare/10/").status_code == 200
        return PAGES


def benches() -> list[Bench]:
    replays = _Replays()
    return [
        Bench(
            f"replay {CASES:,} cases / loaded and assessed twice", 0.8, replays.replay, replays.load_and_assess_twice
        ),
        Bench("terms / bare page of 10", 0.5, replays.terms, replays.bare),
    ]
