"""Pages with 5,000 open cases, beside a bare page of Django with the same rows, session and login."""

from django.test import Client

from tests.bench.data import organisation, recruiter_of
from tests.bench.measuring import Bench

OPEN, TIMES = 5_000, 20


def benches() -> list[Bench]:
    made = organisation("large", OPEN, 500)
    client = Client()
    client.force_login(recruiter_of(made).user)

    def get(address: str) -> int:
        for _ in range(TIMES):
            assert client.get(address).status_code == 200
        return TIMES

    def bench(name: str, to_reach: float, address: str, rows: int) -> Bench:
        return Bench(name, to_reach, lambda: get(address), lambda: get(f"/p/bare/{rows}/"))

    return [
        bench(f"list, 50 of {OPEN:,} cases / bare page of 50", 0.5, "/large/pipeline/list/", 50),
        bench(f"board, 7 × 20 cards of {OPEN:,} / bare page of 140", 0.5, "/large/pipeline/", 140),
        bench("board, searched by a name / bare page of 140", 0.5, "/large/pipeline/?words=person+42", 140),
        bench("form to recommend someone / bare page of 10", 0.5, "/large/referrals/new/", 10),
        bench("inbox / bare page of 10", 0.5, "/large/inbox/", 10),
    ]
