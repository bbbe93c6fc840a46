"""The meetings of the network: one a quarter, and one to come."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from demo.building import at
from members.models import AgendaItem, Meeting, Member
from members.selectors.meetings import is_available, quarter_of
from members.services import agenda, meetings, thanking

THANKS = (
    ("bas", "femke", "Voor het doorgeven van de opdracht die je zelf niet aankon. Ik zit er helemaal op mijn plek."),
    ("9", "12", "Voor het samen schrijven van het voorstel, tot laat in de avond."),
    ("3", "sander", "Voor de vorige bijeenkomst: twee goede gesprekken eraan overgehouden."),
)

if TYPE_CHECKING:
    from demo.telling import Teller

THURSDAY = 3
PLACES = ("Waterkant 8, Utrecht", "De Hallen, Amsterdam", "Villa Maas, Rotterdam", "Het Depot, Arnhem")
SUBJECTS = ("Vroeg delen", "Vakmanschap en tarief", "Samen een voorstel", "Wat de pot ons leert")
NOTES = (
    "Twaalf nieuwe kansen gedeeld, waarvan vier bij klanten van elkaar.\n\n"
    "Afgesproken: wie voorgesteld wordt, belt de deler binnen twee dagen terug.\n"
    "Volgende keer: hoe we samen een voorstel schrijven."
)


def tell(teller: "Teller", today: date) -> None:
    """Every quarter of last year and this one had its meeting; the next one has slots that wait for somebody."""
    first = quarter_of(date(today.year - 1, 1, 1))[0]
    number = 0
    while (on := first + timedelta(38)) < today - timedelta(8):
        _hold(teller, on, number)
        first, number = quarter_of(first)[1], number + 1
    _plan_next(teller, today, number)
    for place, (by, to, text) in enumerate(THANKS):
        who, whom = (teller.people.get(one) or teller.everyone[int(one)] for one in (by, to))
        thanking.thank(to=whom, text=text, by=who, at=at(today - timedelta(2 + place * 9), 12))


def _plan(teller: "Teller", on: date, number: int, told_on: date, **more: object) -> Meeting:
    on += timedelta((THURSDAY - on.weekday()) % 7)
    begins, ends = (timezone.make_aware(datetime.combine(on, time(hour))) for hour in (17, 20))
    fields = {
        "title": f"Kwartaalbijeenkomst: {SUBJECTS[number % len(SUBJECTS)].lower()}",
        "starts_at": begins,
        "ends_at": ends,
        "place": PLACES[number % len(PLACES)],
        "about": "Elkaar zien, kansen delen, en horen wie er vrijkomt. Met soep en brood.",
    }
    made = meetings.plan(fields=fields | more, by=teller.people["sander"], at=at(told_on))
    for kind, title, minutes in (
        ("item", "Welkom, en wie er nieuw is", 15),
        ("talk", SUBJECTS[number % len(SUBJECTS)], 40),
        ("presents", "", 10),
        ("presents", "", 10),
        ("item", "Kansen delen, aan tafels per vak", 60),
    ):
        fields = {"kind": kind, "title": title, "minutes": minutes}
        agenda.add(meeting=made, fields=fields, by=teller.people["sander"], at=at(told_on))
    return made


def _hold(teller: "Teller", on: date, number: int) -> None:
    made = _plan(teller, on, number, on - timedelta(30))
    coming = teller.everyone[number % 3 :: 3]
    _answer(made, coming, on - timedelta(20))
    _take(made, "talk", coming[4])
    present = [one.pk for place, one in enumerate(coming) if place % 6 != 5]
    meetings.record_attendance(meeting=made, members=present, at=at(on + timedelta(8)))
    meetings.write_notes(meeting=made, text=NOTES, at=at(on + timedelta(8), 11))


def _plan_next(teller: "Teller", today: date, number: int) -> None:
    on = today + timedelta(18)
    link = "https://voorbeeld.example/waterkant-online"
    made = _plan(teller, on, number, today - timedelta(4), seats=14, link=link)
    wanting = [teller.people["femke"], *teller.everyone[4:19]]
    _answer(made, wanting, today - timedelta(3))
    meetings.answer(meeting=made, member=teller.people["ruben"], comes=False, at=at(today - timedelta(2)))
    _take(made, "talk", teller.people["femke"])
    for member in wanting:
        if is_available(member, today):
            _take(made, "presents", member)
            return


def _answer(meeting: Meeting, members: list[Member], on: date) -> None:
    for place, member in enumerate(members):
        meetings.answer(meeting=meeting, member=member, comes=True, at=at(on) + timedelta(minutes=place))


def _take(meeting: Meeting, kind: str, member: Member) -> None:
    item = AgendaItem.objects.filter(meeting=meeting, kind=kind, member=None).first()
    assert item
    agenda.take(item=item, said="", by=member, is_available=True, at=meeting.planned_at)
