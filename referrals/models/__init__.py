"""Cases and what happened in them; the people and openings they are about."""

from referrals.models.activities import Joining, Publicity
from referrals.models.cases import Case, Fact, Note, Pin, Placement
from referrals.models.meetings import Import, Interview, Presentation, SavedFilter
from referrals.models.openings import SENIORITIES, Client, Opening, SharedLink
from referrals.models.opportunities import Interest, Opportunity, Turnover
from referrals.models.people import Candidate, Curriculum, Deletion, Erased, Merge, Profile

__all__ = [
    "SENIORITIES",
    "Candidate",
    "Case",
    "Client",
    "Curriculum",
    "Deletion",
    "Erased",
    "Fact",
    "Import",
    "Interest",
    "Interview",
    "Joining",
    "Merge",
    "Note",
    "Opening",
    "Opportunity",
    "Pin",
    "Placement",
    "Presentation",
    "Profile",
    "Publicity",
    "SavedFilter",
    "SharedLink",
    "Turnover",
]
