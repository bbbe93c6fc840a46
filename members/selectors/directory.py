"""Members as others find them: what they do, where, and when they are available."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, F, Func, Q, QuerySet, Value

from members.models import Member, MemberProfile, Thanks

SOON = timedelta(60)
"""Who is available within so many days is available soon."""


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for; empty parts do not restrict it."""

    words: str = ""
    discipline: str = ""
    language: str = ""
    available: str = ""

    @property
    def is_anyone(self) -> bool:
        return not (self.words or self.discipline or self.language or self.available)


def present() -> QuerySet[Member]:
    """Members who are there, by name, with what they say of themselves."""
    return (
        Member.objects.filter(left_on=None).select_related("user").prefetch_related("profiles").order_by("name", "pk")
    )


def found(wanted: Wanted, today: date) -> QuerySet[Member]:
    """Return members as somebody looks for them: those with a profile, who are available first, first."""
    profiles = MemberProfile.objects.all()
    if wanted.discipline:
        profiles = profiles.filter(disciplines__contains=[wanted.discipline])
    if wanted.language:
        profiles = profiles.filter(languages__contains=[wanted.language])
    if wanted.available:
        last = today if wanted.available == "now" else today + SOON
        profiles = profiles.filter(available_from__lte=last)
    members = present()
    if wanted.discipline or wanted.language or wanted.available:
        members = members.filter(pk__in=profiles.values("member"))
    text = Func(F("disciplines"), Value(", "), function="array_to_string", output_field=CharField())
    for word in wanted.words.split():
        said = Q(text__icontains=word)
        for part in ("headline", "experience", "about", "town"):
            said |= Q((f"{part}__icontains", word))
        saying = MemberProfile.objects.annotate(text=text).filter(said)
        members = members.filter(Q(name__icontains=word) | Q(pk__in=saying.values("member")))
    return members.annotate(available_from=F("profiles__available_from")).order_by(
        F("available_from").asc(nulls_last=True), "name", "pk"
    )


def available(today: date) -> QuerySet[MemberProfile]:
    """Profiles of members who are available now or soon, the first first."""
    soon = MemberProfile.objects.filter(member__left_on=None, available_from__lte=today + SOON)
    return soon.select_related("member").order_by("available_from", "member__name")


def profile_of(member: Member) -> MemberProfile | None:
    """Return what a member says of themselves."""
    return MemberProfile.objects.filter(member=member).first()


def disciplines() -> list[str]:
    """Return the disciplines of members, by name."""
    words = MemberProfile.objects.filter(member__left_on=None).annotate(word=Func(F("disciplines"), function="unnest"))
    return sorted(set(words.values_list("word", flat=True)), key=str.casefold)


def thanks_to(member: Member) -> QuerySet[Thanks]:
    """What a member was thanked for, the last first."""
    return Thanks.objects.filter(to=member).exclude(text="").select_related("by").order_by("-said_at", "-pk")
