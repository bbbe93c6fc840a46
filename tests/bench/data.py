"""Organisations of the sizes that are measured, written by the database itself."""

from datetime import date

from django.utils import timezone

from devstack.checks import LOCAL
from devstack.postgres import Postgres
from kernel.tenancy import tenant
from members.models import Member, Organisation
from programmes.models import Version
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import publish

TODAY = timezone.localdate()
DUE = 10_000
# As the superuser, without triggers: filling a table is not what is measured.
CASES = """
    SET session_replication_role = replica;
    INSERT INTO referrals_candidate (organisation_id, name, email, phone, phone_key, name_key, linkedin, language)
    SELECT {org}, 'Person ' || n, 'p' || n || '@mail.example', '', '', 'person ' || n, '', 'en' FROM generate_series(1, {cases}) n;
    INSERT INTO referrals_case (organisation_id, reference, kind, introducer_id, recruiter_id, candidate_id, submitted_at, stage,
                                stage_since, answer, is_over, applied, next_check_on)
    SELECT {org}, upper(lpad(to_hex(n), 8, '0')), 'referral', {member}, {recruiter},
           (SELECT min(id) FROM referrals_candidate WHERE organisation_id = {org}) + n - 1, now() - interval '200 days',
           (array['received','contacted','interviewed','presented','offered','placed','working'])[1 + n % 7],
           current_date - (n % 90)::int, 'consented', false, false, NULL
    FROM generate_series(1, {cases}) n;
"""
FACTS = """
    SET session_replication_role = replica;
    INSERT INTO referrals_pin (organisation_id, case_id, version_id)
    SELECT organisation_id, id, {version} FROM referrals_case WHERE organisation_id = {org};
    INSERT INTO referrals_fact (organisation_id, case_id, kind, "on", placement, "values", recorded_at)
    SELECT c.organisation_id, c.id, f.kind, current_date - 180 + f.day, f.placement, f.fields::jsonb, now()
    FROM referrals_case c CROSS JOIN (VALUES
        ('submitted', 0, '', '{{}}'), ('consented', 1, '', '{{}}'), ('contacted', 3, '', '{{}}'), ('interviewed', 8, '', '{{}}'),
        ('placed', 25, '1', '{{"client": "1"}}'), ('started', 30, '1', '{{}}'),
        ('worked', 60, '1', '{{"days": "20"}}'), ('worked', 90, '1', '{{"days": "21.5"}}')) AS f (kind, day, placement, fields)
    WHERE c.organisation_id = {org} AND c.reference <= upper(lpad(to_hex({told}), 8, '0'));
    ANALYZE referrals_case; ANALYZE referrals_fact; ANALYZE referrals_pin;
"""


def sql(statement: str) -> None:
    """Run a statement as the superuser."""
    Postgres(LOCAL / "bench-pg").sql(statement, "bench")


def organisation(slug: str, cases: int, told: int) -> Organisation:
    """Make an organisation with so many open cases, the first of which tell eight facts each."""
    made = OrganisationFactory(slug=slug)
    member = MemberFactory(organisation=made, name="Introducer")
    recruiter = MemberFactory(organisation=made, name="Recruiter", roles=["recruiter"])
    with tenant(made.pk):
        publish(on=date(2020, 1, 1))
        version = Version.objects.get()
    names = {"org": made.pk, "member": member.pk, "recruiter": recruiter.pk, "version": version.pk}
    sql(CASES.format(**names, cases=cases))
    sql(FACTS.format(**names, told=told))
    return made


def recruiter_of(made: Organisation) -> Member:
    """Return an organisation's recruiter."""
    with tenant(made.pk):
        return Member.objects.select_related("user").get(name="Recruiter")
