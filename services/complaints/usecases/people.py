"""Where the actor works, as the permissions ask it, and who complained, as far as a step has to know."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from services.complaints.domain import permissions
from services.complaints.domain.cases import ASSOCIATION
from services.complaints.storage.cases import Cases
from services.complaints.storage.people import People
from services.complaints.storage.projections import Copies, Unit
from shared.actor import Actor
from shared.database import Row, Session


def place_of(session: Session, actor: Actor) -> Unit | None:
    """Return the unit in which ``actor`` works; the association's, where they head one without working there."""
    copies = Copies(session, actor.bureau)
    units = copies.units()
    person = copies.persons().get(actor.person or "")
    if person is not None and person.unit in units:
        return units[person.unit]
    headed = sorted(permissions.headed_units(actor))
    return next((units[one] for one in headed if one in units and units[one].kind == ASSOCIATION), None)


@dataclass(frozen=True)
class Complainant:
    """``nothing_else``: neither a telephone nor an identity number tells them."""

    name: str
    nothing_else: bool


def complainants(session: Session, bureau: str, codes: Collection[str]) -> dict[str, Complainant]:
    """Return who complained in each case of ``codes`` of which somebody is known."""
    people, cases = People(bureau), Cases(session, bureau)
    found = {}
    for code in codes:
        told = people.open((cases.row(code) or {}).get("contact"))
        if name := re.sub(r"\s", "", told["consumer"]):
            found[code] = Complainant(name, nothing_else=not (told["phone"] or told["id_number"]))
    return found


def told_of_parties(row: Mapping[str, Any]) -> Row:
    """Return what the history tells of agents and of those who complain together: that there are some, never who."""
    agent, together = row["agent"], row["together"]
    return {
        "has_agent": agent is not None,
        "mandate": bool(agent and agent["mandate"]),
        "together": len(together),
        "representatives": sum(one["representative"] for one in together),
    }
