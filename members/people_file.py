"""A file of people to invite, read into lines, each with what is wrong in it; pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from kernel import tables
from kernel.tables import text_of
from members.roles import Role

HEADINGS = {
    "name": ("name", "naam", "nom"),
    "email": ("email", "e-mail", "mail", "e-mail address", "e-mailadres", "adresse e-mail"),
    "team": ("team", "department", "afdeling", "équipe", "service"),
    "roles": ("roles", "role", "rollen", "rol", "rôles", "rôle"),
}
REQUIRED = ("name", "email")
ROLES = {
    "recruiter": Role.RECRUITER,
    "recruteur": Role.RECRUITER,
    "finance": Role.FINANCE,
    "financiën": Role.FINANCE,
    "finances": Role.FINANCE,
    "administrator": Role.ADMINISTRATOR,
    "beheerder": Role.ADMINISTRATOR,
    "administrateur": Role.ADMINISTRATOR,
}
LONGEST_NAME, LONGEST_TEAM = 120, 80
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass
class Line:
    """Somebody to invite; and the codes of what is wrong with the line."""

    number: int
    name: str
    email: str
    team: str = ""
    roles: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read(name: str, content: bytes) -> list[Line]:
    """Read a file; UnreadableError when it cannot be."""
    return [
        line(number, cells["name"], cells["email"], cells.get("team"), cells.get("roles"))
        for number, cells in tables.read(name, content, HEADINGS, REQUIRED)
    ]


def compared(lines: Iterable[Line], known: Collection[str], declined: Collection[str] = ()) -> list[Line]:
    """Mark the lines whose address is of a member or of who is invited already, of who said no, or stands in a line above."""
    compared, seen = [], set()
    for one in lines:
        if one.email in known:
            one.problems.append("known")
        elif one.email in declined:
            one.problems.append("declined")
        if one.email and one.email in seen:
            one.problems.append("repeated")
        seen.add(one.email)
        compared.append(one)
    return compared


def line(number: int, name: Any, email: Any, team: Any, roles: Any) -> Line:
    """Return a line of these cells, with the codes of what is wrong in it."""
    words = [word.strip().lower() for word in re.split(r"[,;/+]", text_of(roles)) if word.strip()]
    found = Line(number, text_of(name), text_of(email).lower(), text_of(team))
    found.roles = sorted({ROLES[word].value for word in words if word in ROLES})
    if not found.name or len(found.name) > LONGEST_NAME:
        found.problems.append("no_name")
    if not _EMAIL.fullmatch(found.email):
        found.problems.append("no_email")
    if len(found.team) > LONGEST_TEAM:
        found.problems.append("long_team")
    if any(word not in ROLES for word in words):
        found.problems.append("unknown_role")
    return found
