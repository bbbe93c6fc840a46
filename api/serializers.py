"""What is said and understood, in JSON. Amounts are texts with two decimals, days ISO 8601, names as in the glossary."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.recording import KINDS
from members.models import Member
from payouts.models import Entitlement, Transmission
from programmes.models import Programme, Version
from referrals.forms.cases import REJECTIONS
from referrals.models import SENIORITIES, Case, Fact, Opening, Opportunity, Placement
from referrals.pipeline import Stage


class MemberSerializer(serializers.ModelSerializer[Member]):
    """Someone in the organisation."""

    email = serializers.EmailField(source="user.email")
    team = serializers.CharField(source="team.name", default=None, allow_null=True)

    class Meta:
        model = Member
        fields = ("id", "name", "email", "roles", "team", "joined_on", "leaves_on", "left_on")
        read_only_fields = fields


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A published version of a programme."""

    class Meta:
        model = Version
        fields = ("id", "number", "effective_on", "published_at", "note")


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """A programme, with the version in force today."""

    version = serializers.SerializerMethodField()

    class Meta:
        model = Programme
        fields = ("id", "name", "case_kind", "retired_on", "version")

    @extend_schema_field(VersionSerializer(allow_null=True))
    def get_version(self, programme: Programme) -> Any:
        found = self.context["versions"].get(programme.pk)
        return VersionSerializer(found).data if found else None


class RewardTermsSerializer(serializers.Serializer[Any]):
    """What one reward promises, in sentences; the table gives the amount of each case that is told apart."""

    amounts = serializers.ListField(child=serializers.CharField())
    moments = serializers.ListField(child=serializers.CharField())
    table = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class TermsSerializer(serializers.Serializer[Any]):
    """The terms of a version as a member reads them, with the rules that they say."""

    programme = serializers.CharField()
    version = VersionSerializer()
    language = serializers.CharField()
    rewards = RewardTermsSerializer(many=True)
    conditions = serializers.ListField(child=serializers.CharField())
    payment = serializers.CharField()
    policies = serializers.ListField(child=serializers.CharField())
    own_words = serializers.CharField(allow_blank=True)
    rules = serializers.JSONField()


class PromiseSerializer(serializers.Serializer[Any]):
    """The most that one programme can bring for an opening."""

    unit = serializers.CharField()
    amount = serializers.DecimalField(14, 2)


class OpeningSerializer(serializers.ModelSerializer[Opening]):
    """An assignment or job, with what recommending someone for it can bring by the rules in force today."""

    client = serializers.CharField(source="client.name")
    promises = serializers.SerializerMethodField()

    class Meta:
        model = Opening
        fields = (
            "id", "title", "client", "seniority", "location", "rate", "requirements", "description", "opened_on",
            "closed_on", "promises",
        )  # fmt: skip

    @extend_schema_field(PromiseSerializer(many=True))
    def get_promises(self, opening: Opening) -> Any:
        found = self.context["promises"](opening)
        return PromiseSerializer([{"unit": unit, "amount": amount} for unit, amount in found], many=True).data


class PersonSerializer(serializers.Serializer[Any]):
    """The person recommended; empty texts once everything about them was erased."""

    name = serializers.CharField()
    email = serializers.CharField()
    language = serializers.CharField()


class NamedSerializer(serializers.Serializer[Any]):
    """A member, by id and name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case and where it stands."""

    introducer = NamedSerializer()
    recruiter = NamedSerializer(allow_null=True)
    person = PersonSerializer(source="candidate", allow_null=True)
    opening = serializers.IntegerField(source="opening_id", allow_null=True)
    versions = serializers.SerializerMethodField()
    follows = serializers.CharField(source="shares_with.reference", default=None, allow_null=True)

    class Meta:
        model = Case
        fields = (
            "reference", "kind", "stage", "stage_since", "is_over", "answer", "submitted_at", "introducer",
            "recruiter", "person", "opening", "versions", "follows",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_versions(self, case: Case) -> list[int]:
        """The ids of the versions that the case was submitted under, and keeps."""
        return [pin.version_id for pin in case.pins.all()]


class LandedSerializer(serializers.ModelSerializer[Placement]):
    """An assignment that a member landed; facts name it by its key."""

    performer = NamedSerializer()

    class Meta:
        model = Placement
        fields = ("key", "title", "performer")


class OpportunitySerializer(serializers.ModelSerializer[Opportunity]):
    """An opportunity that a member shared, and who landed it."""

    reference = serializers.CharField(source="case.reference")
    stage = serializers.CharField(source="case.stage")
    is_over = serializers.BooleanField(source="case.is_over")
    shared_at = serializers.DateTimeField(source="case.submitted_at")
    shared_by = NamedSerializer(source="case.introducer")
    client = serializers.CharField(source="case.client.name", default=None, allow_null=True)
    days_a_week = serializers.DecimalField(2, 1, allow_null=True)
    assignments = LandedSerializer(source="case.placements", many=True)

    class Meta:
        model = Opportunity
        fields = (
            "reference", "stage", "is_over", "shared_at", "shared_by", "client", "what", "title", "disciplines", "town",
            "presence", "starts_on", "lasts", "days_a_week", "rate", "early", "visibility", "assignments",
        )  # fmt: skip


class SubmitSerializer(serializers.Serializer[Any]):
    """A recommendation, in the name of a member."""

    introducer = serializers.EmailField(help_text="The address of the member who recommends.", max_length=200)
    name = serializers.CharField(max_length=120)
    email = serializers.EmailField(max_length=200)
    known_as = serializers.CharField(max_length=2000, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    linkedin = serializers.URLField(max_length=200, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    opening = serializers.IntegerField(required=False, allow_null=True)


class FactSerializer(serializers.ModelSerializer[Fact]):
    """Something that happened in a case. A retraction names the fact that it takes back."""

    retracts = serializers.IntegerField(source="retracts_id", allow_null=True)

    class Meta:
        model = Fact
        fields = ("id", "kind", "on", "placement", "values", "retracts", "recorded_at")


FACT_KINDS = [(kind, kind) for kind in sorted(KINDS)]


class NewFactSerializer(serializers.Serializer[Any]):
    """Something that happened. Which fields are needed depends on the kind; `worked` replaces an earlier figure of its day."""

    kind = serializers.ChoiceField(choices=FACT_KINDS)
    on = serializers.DateField(help_text="The day on which it happened; of days worked the last day of the period.")
    placement = serializers.CharField(max_length=20, required=False, help_text="As `placed` answered it.")
    days = serializers.DecimalField(5, 2, min_value=0, max_value=366, required=False)
    amount = serializers.DecimalField(14, 2, min_value=0, required=False)
    client = serializers.CharField(max_length=120, required=False)
    title = serializers.CharField(max_length=120, required=False)
    seniority = serializers.ChoiceField(choices=SENIORITIES, required=False)
    probation_ends = serializers.DateField(required=False)
    reason = serializers.ChoiceField(choices=REJECTIONS, required=False)
    text = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)

    def validate_on(self, value: Any) -> Any:
        if value > timezone.localdate():
            raise serializers.ValidationError("This date is still to come. Give the day on which it happened.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in KINDS[attrs["kind"]].needs if attrs.get(name) in (None, "")]
        if missing:
            raise serializers.ValidationError(dict.fromkeys(missing, "This kind of fact needs it."))
        return attrs


class StandingSerializer(serializers.Serializer[Any]):
    """What became of it: where the case stands now, and the key of the placement that a fact was about."""

    reference = serializers.CharField()
    stage = serializers.ChoiceField(choices=[(stage.value, stage.value) for stage in Stage])
    placement = serializers.CharField(allow_blank=True)


class EntitlementSerializer(serializers.ModelSerializer[Entitlement]):
    """One party's part of an instalment, as the newest assessment says."""

    case = serializers.CharField(source="case.reference")
    programme = serializers.IntegerField(source="version.programme_id")
    version = serializers.IntegerField(source="version.number")
    introducer = serializers.IntegerField(source="case.introducer_id")

    class Meta:
        model = Entitlement
        fields = (
            "id", "case", "introducer", "programme", "version", "reward", "placement", "instalment", "party",
            "owed_by", "state", "amount", "at_most", "unit", "due_on", "pay_by",
        )  # fmt: skip


class AnsweredSerializer(serializers.Serializer[Any]):
    """What became of an invoice that was sent."""

    state = serializers.ChoiceField(choices=[("delivered", "delivered"), ("refused", "refused")])
    reason = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["state"] == "refused" and not attrs["reason"]:
            raise serializers.ValidationError({"reason": "Say why: finance has to do something about it."})
        return attrs


class TransmissionSerializer(serializers.ModelSerializer[Transmission]):
    """An invoice on its way: `key` is what it carried."""

    number = serializers.CharField(source="document.number")

    class Meta:
        model = Transmission
        fields = ("key", "number", "sender", "receiver", "state", "handed_over_at", "answered_at", "answer")
