"""The people whom a visitor of the demo can be, and the organisations they belong to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.roles import Role


@dataclass(frozen=True)
class Person:
    """Someone of the demo."""

    name: str
    email: str
    comes_for: str | Promise
    language: str = "nl"
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Story:
    """An organisation of the demo."""

    slug: str
    name: str
    country: str
    language: str
    colour: str
    about: str | Promise
    people: tuple[Person, ...]
    legal: tuple[str, str, str, str, str, str]
    """Name in law, street, postal code, town, enterprise number, VAT number."""
    iban: str


STORIES = (
    Story(
        "brugwerk",
        "Brugwerk",
        "BE",
        "nl",
        "#1f5f5b",
        _("A Belgian agency for freelancers: EUR 1,200 or 800 for whoever brings in someone who gets an assignment."),
        (
            Person("Lotte Claes", "lotte@brugwerk.example", _("A freelancer with several recommendations under way")),
            Person("Amélie Fontaine", "amelie@brugwerk.example", _("A freelancer, in French"), "fr"),
            Person("Joris Peeters", "joris@brugwerk.example", _("The recruiter in charge"), "nl", (Role.RECRUITER,)),
            Person("Nadia El Amrani", "nadia@brugwerk.example", _("Another recruiter"), "nl", (Role.RECRUITER,)),
            Person("Greet Wouters", "greet@brugwerk.example", _("Finance"), "nl", (Role.FINANCE,)),
            Person(
                "Bart De Smet", "bart@brugwerk.example", _("Finance, the second pair of eyes"), "nl", (Role.FINANCE,)
            ),
            Person("Hilde Martens", "hilde@brugwerk.example", _("The administrator"), "nl", (Role.ADMINISTRATOR,)),
        ),
        ("Brugwerk BV", "Handelsdok 12", "9000", "Gent", "0674112089", "BE0674112089"),
        "BE59539700000126",
    ),
    Story(
        "waterkant",
        "De Waterkant",
        "NL",
        "nl",
        "#7a3b69",
        _("A Dutch network of independent professionals who share opportunities."),
        (
            Person("Femke de Wit", "femke@waterkant.example", _("A co-operator who shares what she hears")),
            Person("Bas Verhagen", "bas@waterkant.example", _("A co-operator who landed an opportunity, and remits")),
            Person("Ruben Smit", "ruben@waterkant.example", _("Finance"), "nl", (Role.FINANCE,)),
            Person(
                "Aylin Kaya", "aylin@waterkant.example", _("Finance, the second pair of eyes"), "nl", (Role.FINANCE,)
            ),
            Person("Sander Bos", "sander@waterkant.example", _("The administrator"), "nl", (Role.ADMINISTRATOR,)),
        ),
        ("Coöperatie De Waterkant U.A.", "Waterkant 8", "3511 XD", "Utrecht", "61234567", "NL850000002B01"),
        "NL20INGB0001234567",
    ),
    Story(
        "halvemaan",
        "Halve Maan IT",
        "NL",
        "en",
        "#b4532a",
        _("A Dutch IT company: a bonus by seniority, half at the start and half after probation."),
        (
            Person("Priya Nair", "priya@halvemaan.example", _("An employee who recommends former colleagues"), "en"),
            Person("Daan Visser", "daan@halvemaan.example", _("The recruiter"), "nl", (Role.RECRUITER,)),
            Person("Ingrid Mulder", "ingrid@halvemaan.example", _("Finance"), "nl", (Role.FINANCE,)),
            Person("Tom Hendriks", "tom@halvemaan.example", _("The administrator"), "en", (Role.ADMINISTRATOR,)),
        ),
        ("Halve Maan IT B.V.", "Halve Maanstraat 21", "5611 AB", "Eindhoven", "70123456", "NL861200007B01"),
        "NL39RABO0300065264",
    ),
)
