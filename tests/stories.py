"""A small story for tests that need one of everything: somebody was recommended, agreed, was placed and works."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import ApiKey, Invitation, Member, Organisation, Team
from members.scopes import Scope
from members.services import joining, keys, teams
from notices.models import Delivery, Webhook
from notices.webhooks import services as webhooks
from payouts.models import Payee
from payouts.services import agreements, payees
from payouts.vat import Regime
from programmes import documents
from programmes import services as programmes
from programmes.models import Draft, Programme
from referrals.models import (
    Candidate,
    Case,
    Client,
    Curriculum,
    Interview,
    Merge,
    Opening,
    Placement,
    Presentation,
    SavedFilter,
)
from referrals.pipeline import Stage
from referrals.services import (
    consent,
    curricula,
    interviews,
    merging,
    moves,
    openings,
    placements,
    presentations,
    submission,
    views_of_board,
)
from tests.factories import MemberFactory

PDF = b"%PDF-1.7 a curriculum"


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001 - made aware here


def publish(preset: str = "cooptation_bonus", on: date = date(2020, 1, 1), **changes: Any) -> None:
    """Publish a preset as a programme of the organisation that was entered."""
    name = changes.pop("name", preset)
    programmes.publish(name=name, rules=documents.preset(preset) | changes, effective_on=on, at=at(on), by=None)


def recommend(
    organisation: Organisation, by: Member, on: date, email: str = "an@mail.example", **more: Any
) -> tuple[Case, str]:
    """Have a member recommend someone."""
    opening = more.pop("opening", None)
    person = submission.Person(name=more.pop("name", "An Peeters"), email=email, **more)
    return submission.recommend(organisation=organisation, person=person, by=by, at=at(on), opening=opening)


def payee_of(organisation: Organisation, member: Member, at: datetime | None = None, **changes: Any) -> Payee:
    """Have a member say how they are paid, and agree to self-billing."""
    fields = {
        "kind": "enterprise",
        "name": member.name,
        "street": "Koestraat 1",
        "postal_code": "9000",
        "city": "Gent",
        "country": "BE",
        "enterprise_number": "0403019261",
        "vat_number": "BE0403019261",
        "iban": "BE68539007547034",
    } | changes
    moment = at or timezone.now()
    regime, number = fields.pop("vat_regime", "ordinary"), fields.pop("vat_number")
    since = fields.pop("vat_since", date(2020, 1, 1))
    vat = payees.DeclaredVat(Regime(regime), number, since) if fields["kind"] == "enterprise" else None
    payee = payees.save_details(organisation=organisation, member=member, fields=fields, vat=vat, at=moment)
    agreements.accept(organisation=organisation, payee=payee, language="en", by=member, at=moment)
    return payee


@dataclass(frozen=True)
class Told:
    """What the story made."""

    organisation: Organisation
    introducer: Member
    recruiter: Member
    case: Case
    placement: Placement
    opening: Opening
    invitation: Invitation
    curriculum: Curriculum
    token: str
    interview: Interview
    presentation: Presentation
    saved: SavedFilter
    merge: Merge
    draft: Draft
    team: Team
    api_key: ApiKey
    webhook: Webhook
    delivery: Delivery

    @property
    def candidate(self) -> Candidate:
        assert self.case.candidate is not None
        return self.case.candidate

    @property
    def addresses(self) -> dict[str, object]:
        """The parameters of routes, with what this story has for them."""
        return {
            "<slug:reference>": self.case.reference,
            "<slug:key>": self.placement.key,
            "<int:opening_id>": self.opening.pk,
            "<int:invitation_id>": self.invitation.pk,
            "<int:curriculum_id>": self.curriculum.pk,
            "<slug:stage>": "interviewed",
            "<int:interview_id>": self.interview.pk,
            "<int:presentation_id>": self.presentation.pk,
            "<int:filter_id>": self.saved.pk,
            "<int:merge_id>": self.merge.pk,
            "<int:member_id>": self.introducer.pk,
            "<int:draft_id>": self.draft.pk,
            "<int:programme_id>": self.draft.programme_id,
            "<int:number>": 1,
            "<int:team_id>": self.team.pk,
            "<int:key_id>": self.api_key.pk,
            "<int:webhook_id>": self.webhook.pk,
            "<int:delivery_id>": self.delivery.pk,
        }


def tell(organisation: Organisation, today: date | None = None) -> Told:
    """Tell the story, so that 42 of 60 days are worked today."""
    today = today or timezone.localdate()
    introducer = MemberFactory(organisation=organisation)
    recruiter = MemberFactory(organisation=organisation, roles=["recruiter"])
    with tenant(organisation.pk):
        publish()
        fields = {"title": "Data engineer", "seniority": "medior"}
        opening = openings.save_opening(opening=None, client_name="Havenbedrijf", fields=fields, on=today)
        began = today - timedelta(120)
        case, token = recommend(organisation, introducer, began, opening=opening, known_as="We worked together.")
        upload = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
        curriculum = curricula.keep(candidate=case.candidate, upload=upload, at=at(began))
        consent.agree(case=case, at=at(began + timedelta(1)))
        moves.accept(case=case, by=recruiter)
        presentation = agree_to_be_presented(case, opening.client, recruiter, at(began + timedelta(8)))
        for days, stage in ((2, Stage.CONTACTED), (5, Stage.INTERVIEWED), (9, Stage.PRESENTED)):
            on = began + timedelta(days)
            moves.move(case=case, seen=Stage(case.stage), to=stage, on=on, by=recruiter, at=at(on))
        assignment = placements.Assignment(opening.client, opening.title, "medior")
        placed = began + timedelta(20)
        placement = placements.place(case=case, assignment=assignment, on=placed, by=recruiter, at=at(placed))
        started = began + timedelta(30)
        placements.start(placement=placement, on=started, probation_ends=None, by=recruiter, at=at(started))
        for until, days in ((started + timedelta(29), "20"), (started + timedelta(60), "22")):
            placements.set_days_worked(placement=placement, until=until, days=Decimal(days), by=recruiter, at=at(until))
        joining.invite(
            organisation=organisation, email="new@mail.example", name="New", roles=[], by=introducer, at=at(today)
        )
        invitation = Invitation.objects.get()
        interview = interviews.plan(
            case=case, starts_at=at(today), place="Kaai 1", client=None, by=recruiter, at=at(started)
        )
        saved = views_of_board.save(member=recruiter, name="Mine", query="words=an")
        twins = [Candidate.objects.create(name="A"), Candidate.objects.create(name="A")]
        draft = programmes.draft_of(programme=Programme.objects.get(), by=recruiter, at=at(today))
        team = teams.add(name="Data")
        api_key, _token = keys.make(
            organisation=organisation, name="HR", scopes=[Scope.CASES], by=recruiter, at=at(today)
        )
        webhook = webhooks.add_webhook(url="https://hooks.example/x", told_of=[], by=recruiter, at=at(today))
        webhooks.send_test(webhook=webhook, at=timezone.now())
        delivery = Delivery.objects.get(webhook=webhook)
        merge = merging.merge(one=twins[0], other=twins[1], by=recruiter, at=at(today))
    return Told(
        organisation, introducer, recruiter, case, placement, opening, invitation, curriculum, token,
        interview, presentation, saved, merge, draft, team, api_key, webhook, delivery,
    )  # fmt: skip


def agree_to_be_presented(case: Case, client: Client, by: Member, moment: datetime) -> Presentation:
    """Have a person asked about an assignment, and have them agree; with a profile to show."""
    assert case.candidate is not None
    asked = presentations.ask(case=case, client=client, title="Data engineer", about="", by=by, at=moment)
    presentations.answer(case=case, presentation_id=asked.pk, agreed=True, at=moment)
    fields = {"headline": "Builds what lasts", "summary": "Ten years of data."}
    presentations.write_profile(candidate=case.candidate, fields=fields, by=by, at=moment)
    return asked
