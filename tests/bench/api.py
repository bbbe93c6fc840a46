"""The API: a page of cases beside a bare page of Django with as many, and a submission beside the service alone."""

import json
from itertools import count

from django.test import Client
from django.utils import timezone

from api import base
from kernel.tenancy import tenant
from members.models import Member
from members.scopes import Scope
from members.services import keys
from referrals.services import submission
from tests.bench.data import organisation, recruiter_of
from tests.bench.measuring import Bench

OPEN, TIMES = 5_000, 20


class _Asks:
    def __init__(self) -> None:
        base.REQUESTS_A_MINUTE = submission.MOST_A_DAY = 1_000_000_000
        self.made = organisation("asked", OPEN, 500)
        self.by = recruiter_of(self.made)
        self.numbers = count()
        with tenant(self.made.pk):
            self.introducer = Member.objects.select_related("user").get(name="Introducer")
            _key, token = keys.make(
                organisation=self.made, name="Bench", scopes=list(Scope), by=self.by, at=timezone.now()
            )
        self.program = Client(headers={"Authorization": f"Bearer {token}"})
        self.person = Client()
        self.person.force_login(self.by.user)

    def cases(self) -> int:
        for _ in range(TIMES):
            assert self.program.get("/api/v1/asked/cases/").status_code == 200
        return TIMES

    def bare(self) -> int:
        for _ in range(TIMES):
            assert self.person.get("/p/bare/50/").status_code == 200
        return TIMES

    def submit(self) -> int:
        for number in (next(self.numbers) for _ in range(TIMES)):
            body = {"introducer": self.introducer.user.email, "name": "New", "email": f"n{number}@mail.example"}
            answer = self.program.post("/api/v1/asked/cases/", json.dumps(body), content_type="application/json")
            assert answer.status_code == 201
        return TIMES

    def recommend(self) -> int:
        for number in (next(self.numbers) for _ in range(TIMES)):
            with tenant(self.made.pk):
                person = submission.Person(name="New", email=f"n{number}@mail.example")
                submission.recommend(organisation=self.made, person=person, by=self.introducer, at=timezone.now())
        return TIMES


def benches() -> list[Bench]:
    asks = _Asks()
    return [
        Bench(f"API, 50 of {OPEN:,} cases / bare page of 50", 0.5, asks.cases, asks.bare),
        Bench("API, a case submitted / the service alone", 0.7, asks.submit, asks.recommend),
    ]
