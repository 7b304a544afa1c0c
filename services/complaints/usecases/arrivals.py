"""Cases as they come in: each with its place in the list, its times and its code, before anything is checked."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from services.complaints.domain.cases import ASSOCIATION, BUREAU, COMPLAINT
from services.complaints.storage.projections import Unit
from shared.contracts.complaints.commands.cases import NewCase
from shared.contracts.complaints.commands.procedure import AgentEntry, ComplainantEntry


@dataclass(frozen=True)
class Arrival:
    """What was said, or one half of it. ``half_of``: the kind of the whole. ``linked_to``: the other half, or what was named."""

    row: NewCase
    place: int
    code: str
    at: datetime
    received_at: datetime
    linked_to: str | None
    half_of: str = COMPLAINT


def organisation_of(unit: Unit | None) -> str:
    """Return whose cases ``unit`` takes in: an association takes its own (消保法 37)."""
    return ASSOCIATION if unit is not None and unit.kind == ASSOCIATION else BUREAU


class _People(TypedDict):
    consumer: str
    phone: str
    address: str
    id_number: str
    agent: AgentEntry | None
    together: list[ComplainantEntry]


NOBODY: _People = {"consumer": "", "phone": "", "address": "", "id_number": "", "agent": None, "together": []}
