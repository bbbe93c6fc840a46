"""What the demo's organisations are built with: people, programmes, and cases told as a list of steps."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.utils import timezone

from demo import names, payees
from demo.people import Story
from kernel.periods import last_day_of
from kernel.tenancy import tenant
from members.models import Member, Organisation, Team, User
from members.services import organisations
from members.services.people import add_member
from payouts.models import PayrollExport, PayrollRun
from payouts.selectors import payables
from payouts.selectors import payroll as payroll_lines
from payouts.services import assessing, issuing, paying, payroll, settings
from programmes import documents
from programmes import services as programmes
from referrals.models import Case, Client, Opening, Placement, Presentation
from referrals.pipeline import Stage
from referrals.services import consent, interviews, moves, openings, placements, presentations, submission
from referrals.services.facts import NewFact, record

LEGAL = ("legal_name", "street", "postal_code", "city", "enterprise_number", "vat_number")


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def organisation_of(story: Story, founded_on: date) -> tuple[Organisation, dict[str, Member]]:
    """Make an organisation with its people, by the first part of their addresses."""
    organisation = organisations.create_organisation(
        slug=story.slug,
        name=story.name,
        country=story.country,
        language=story.language,
        colour=story.colour,
        second_factor_required=False,
        payout_limit=Decimal(5000),
        keep_people_months=120,
        **dict(zip(LEGAL, story.legal, strict=True)),
    )
    with tenant(organisation.pk):
        settings.save(organisation=organisation, fields={"iban": story.iban})
    people = {
        person.email.split("@")[0]: add_member(
            organisation=organisation,
            user=account(person.email, person.language),
            name=person.name,
            on=founded_on,
            roles=person.roles,
        )
        for person in story.people
    }
    return organisation, people


def account(email: str, language: str) -> User:
    """Make an account with a verified address and no password: the demo enters it by a click."""
    user = User.objects.create_user(email, language=language)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def crowd(
    organisation: Organisation, count: int, pairs: Sequence[tuple[str, str]], teams: Sequence[Team], on: date
) -> list[Member]:
    """Make many members at once, spread over teams."""
    domain = f"{organisation.slug}.example"
    users = User.objects.bulk_create(
        User(email=f"person{number}@{domain}", language=organisation.language, password="!") for number in range(count)
    )
    organisation.memberships.bulk_create(
        organisation.memberships.model(user=user, organisation=organisation) for user in users
    )
    return Member.objects.bulk_create(
        Member(
            user=user,
            name=names.full(*pairs[number % len(pairs)]),
            team=teams[number % len(teams)] if teams else None,
            joined_on=on,
        )
        for number, user in enumerate(users)
    )


def programme(name: str, preset: str, on: date) -> None:
    """Publish a preset as a programme."""
    programmes.publish(name=name, rules=documents.preset(preset), effective_on=on, at=at(on), by=None)


class Storyteller:
    """Tells cases: each step through the services that the pages use, on its own day."""

    def __init__(
        self, organisation: Organisation, recruiter: Member, seed: int, pairs: Iterable[tuple[str, str]]
    ) -> None:
        self.organisation, self.recruiter = organisation, recruiter
        self.random = random.Random(seed)
        self.pairs = list(pairs)
        self.random.shuffle(self.pairs)
        self.told = 0

    def opening(self, client: Client, title: str, seniority: str, on: date) -> Opening:
        """Make an opening."""
        fields = {
            "title": title,
            "seniority": seniority,
            "location": self.random.choice(("Brussel", "Antwerpen", "Gent", "Leuven", "Utrecht", "Amsterdam")),
            "rate": f"EUR {self.random.randrange(520, 860, 20)}",
        }
        return openings.save_opening(opening=None, client_name=client.name, fields=fields, on=on)

    def recommend(self, by: Member, on: date, opening: Opening | None = None) -> tuple[Case, str]:
        """Have a member recommend someone new; whoever does says at once how they are paid."""
        payees.introduce(self.organisation, by, at(on, 9))
        first, last = self.pairs[self.told % len(self.pairs)]
        self.told += 1
        email = f"{first}.{last}{self.told}@mail.example".lower().replace("_", "")
        email = email.encode("ascii", "ignore").decode()
        person = submission.Person(
            name=names.full(first, last),
            email=email,
            phone=f"+3247{self.random.randrange(1000000, 9999999)}",
            language=self.random.choice(("nl", "nl", "fr", "en")),
            known_as=self.random.choice(names.KNOWN_AS),
        )
        return submission.recommend(organisation=self.organisation, person=person, by=by, at=at(on), opening=opening)

    def agree(self, case: Case, on: date) -> None:
        """Have the person agree and the recruiter take the case."""
        consent.agree(case=case, at=at(on, 11))
        moves.accept(case=case, by=self.recruiter)

    def step(self, case: Case, to: Stage, on: date) -> None:
        """Move the case a step on."""
        moves.move(case=case, seen=Stage(case.stage), to=to, on=on, by=self.recruiter, at=at(on, 14))

    def ask(self, case: Case, client: Client, title: str, on: date) -> Presentation:
        """Ask the person about an assignment, with a profile that a client could see."""
        assert case.candidate is not None
        profile = self.random.choice(names.PROFILES)
        presentations.write_profile(candidate=case.candidate, fields=dict(profile), by=self.recruiter, at=at(on, 12))
        about = self.random.choice(names.ASSIGNMENTS)
        return presentations.ask(case=case, client=client, title=title, about=about, by=self.recruiter, at=at(on, 13))

    def present(self, case: Case, client: Client, title: str, on: date) -> None:
        """Have the person agree to an assignment, and present them for it."""
        asked = self.ask(case, client, title, on - timedelta(1))
        presentations.answer(case=case, presentation_id=asked.pk, agreed=True, at=at(on, 8))
        self.step(case, Stage.PRESENTED, on)

    def plan_interview(self, case: Case, on: date, hour: int, today: date) -> None:
        """Plan a talk for a day to come."""
        place = self.random.choice(("Handelsdok 12, Gent", "https://meet.example/brugwerk", "Station Brussel-Centraal"))
        interviews.plan(case=case, starts_at=at(on, hour), place=place, client=None, by=self.recruiter, at=at(today, 9))

    def interview(self, case: Case, submitted: date, gap: int = 8) -> date:
        """Take a case from submission to its interview; return the interview's date."""
        self.agree(case, submitted + timedelta(1))
        self.step(case, Stage.CONTACTED, submitted + timedelta(3))
        interviewed = submitted + timedelta(gap)
        self.step(case, Stage.INTERVIEWED, interviewed)
        return interviewed

    def place(self, case: Case, client: Client, title: str, on: date, seniority: str = "") -> Placement:
        """Record what was agreed."""
        assignment = placements.Assignment(client, title, seniority)
        return placements.place(case=case, assignment=assignment, on=on, by=self.recruiter, at=at(on, 15))

    def work(self, placement: Placement, start: date, until: date, target: int | None = None) -> date:
        """Record the start, and days worked month by month until a date or a number of days; return the last day."""
        placements.start(placement=placement, on=start, probation_ends=None, by=self.recruiter, at=at(start))
        total, month, end = Decimal(0), start, start
        while month <= until and (target is None or total < target):
            end = min(last_day_of(month), until)
            days = Decimal(_weekdays(month, end)) - self.random.choice((0, 1, 2, Decimal("0.5")))
            if days > 0:
                fact = NewFact("worked", end, {"days": days}, placement.key)
                record(case=placement.case, facts=[fact], at=at(end, 17), by=self.recruiter)
                total += days
            month = end + timedelta(1)
        return end

    def work_sixty(self, placement: Placement, start: date, on: date) -> None:
        """Record the start, and days worked of which the sixtieth is told of on a day, whatever month it is in."""
        placements.start(placement=placement, on=start, probation_ends=None, by=self.recruiter, at=at(start))
        for day, days in ((start + (on - start) / 2, 32), (on, 30)):
            fact = NewFact("worked", day, {"days": Decimal(days)}, placement.key)
            record(case=placement.case, facts=[fact], at=at(day, 17), by=self.recruiter)

    def reject(self, case: Case, on: date, reason: str, text: str) -> None:
        """End a case with a reason that the member may read."""
        moves.end(case=case, how=Stage.REJECTED, reason=reason, text=text, on=on, by=self.recruiter, at=at(on, 16))

    def pay_until(self, day: date, maker: Member, checker: Member, since: date) -> None:
        """Assess month by month until a day, and have what fell due approved and paid, each within its promise."""
        month = last_day_of(since)
        while month < day:
            self._pay(month, maker, checker)
            month = last_day_of(month + timedelta(1))
        self._pay(day, maker, checker)

    def _pay(self, day: date, maker: Member, checker: Member) -> None:
        assessing.assess_due(organisation_id=self.organisation.pk, at=at(day))
        due = list(payables.to_propose().filter(due_on__lte=day))
        for one in sorted(due, key=lambda entitlement: str(entitlement.due_on)):
            assert one.due_on is not None
            on = day + timedelta(self.random.randrange(3, 20))
            (payable,) = paying.propose(entitlements=[one.pk], by=maker, at=at(on))
            paying.approve(payables=[payable.pk], on=on, by=checker, at=at(on, 11))
            issuing.issue_all(organisation=self.organisation, at=at(on, 12))
            if not payable.payroll_lines.exists():
                paying.mark_paid(
                    payable=payable, on=on, reference=f"BANK-{on:%Y%m%d}-{one.pk}", by=maker, at=at(on, 15)
                )
        self._process_wages(day, maker)

    def _process_wages(self, day: date, by: Member) -> None:
        """Hand the months that are over to payroll, which pays them."""
        processed = PayrollRun.objects.values_list("month", flat=True)
        for month in sorted(set(payroll_lines.payroll_months()) - set(processed)):
            if last_day_of(month) <= day:
                payroll.export(month=month, kind=PayrollExport.Format.CSV, by=by, at=at(day, 14))
                payroll.process(organisation=self.organisation, month=month, on=day, by=by, at=at(day, 15))


def _weekdays(start: date, end: date) -> int:
    return sum((start + timedelta(n)).weekday() < 5 for n in range((end - start).days + 1))
