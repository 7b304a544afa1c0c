"""Meetings and study sessions: who was expected, who signed in on any device within the window."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.attendance.domain.leaves import AFTERNOON, FORENOON, Leave

MEETING, STUDY = "meeting", "study"
SIGNED, EXCUSED, MISSING = "signed", "excused", "missing"
_NOON = 13


@dataclass(frozen=True)
class Gathering:
    """``opens`` and ``closes`` are local times between which a punch signs in."""

    code: str
    kind: str
    opens: datetime
    closes: datetime
    name: str = ""


def sign_in(gathering: Gathering, punches: Sequence[datetime], leaves: Collection[Leave]) -> str:
    """Return ``signed``, ``excused`` (leave approved over it) or ``missing``."""
    if any(gathering.opens <= punch <= gathering.closes for punch in punches):
        return SIGNED
    return EXCUSED if any(_excuses(leave, gathering) for leave in leaves) else MISSING


def _excuses(leave: Leave, gathering: Gathering) -> bool:
    if leave.starts is not None and leave.ends is not None:
        return leave.starts <= gathering.closes and gathering.opens <= leave.ends
    half = FORENOON if gathering.opens.hour < _NOON else AFTERNOON
    return leave.covers(gathering.opens.date(), half)
