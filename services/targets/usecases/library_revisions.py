"""The revisions of a cycle's library and what distinguishes them."""

from typing import Any

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_difference import Change, difference
from services.targets.storage.library import Edition, Libraries
from services.targets.usecases.claim_effects import effects_document, retargeted
from services.targets.usecases.guards import known_cycle, need
from shared.actor import Actor
from shared.contracts.targets.commands.cycles import CycleKey
from shared.contracts.targets.commands.library_revisions import DifferenceQuery
from shared.database import Row, Session
from shared.errors import NotFound


def list_library_revisions(session: Session, actor: Actor, query: CycleKey) -> Row:
    """List every published revision, and for those who may see drafts the one above them."""
    cycle = known_cycle(session, actor, query["cycle"])
    editions = Libraries(session, actor.bureau, cycle.cycle).editions()
    drafts = permissions.may_see_drafts(actor)
    seen = [one for one in editions if one.library_revision <= cycle.library_revision or drafts]
    return {"items": [_edition(cycle, one) for one in seen], "next": None}


def compare_libraries(session: Session, actor: Actor, query: DifferenceQuery) -> Row:
    """Tell what ``newer`` (the draft where there is one) changes of ``older`` (the one in force, or before).

    Against the library in force also what it does to the claims that hold now.
    """
    cycle = known_cycle(session, actor, query["cycle"])
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    known = {one.library_revision for one in libraries.editions()}
    newer = query["newer"] or max(known, default=0)
    older = query["older"] if query["older"] is not None else min(cycle.library_revision, max(newer - 1, 0))
    if newer > cycle.library_revision:
        need(permissions.may_see_drafts(actor))
    if newer not in known or (older and older not in known):
        raise NotFound("library.unknown", zh="没有该指标库版本", en="there is no such revision of the library")
    old, new = libraries.indicators(older), libraries.indicators(newer)
    found = difference(old, new)
    ahead = newer > cycle.library_revision == older
    return {
        "older": older,
        "newer": newer,
        "added": [_brief(one) for one in found.added],
        "removed": [_brief(one) for one in found.removed],
        "reweighted": [
            {"indicator": one.indicator, "name": one.name, **_pair(one.fields["full_points"])}
            for one in found.reweighted
        ],
        "changed": [_change(one) for one in found.changed],
        "renumbered": [{"name": name, "before": a, "after": b} for name, a, b in found.renumbered],
        "claims": effects_document(session, actor, cycle, new) if ahead else [],
        "targets": retargeted(session, actor, cycle, new) if ahead else [],
    }


def _edition(cycle: Cycle, one: Edition) -> Row:
    status = "draft" if one.published_at is None else "scheduled"
    return {**vars(one), "status": "published" if one.library_revision <= cycle.library_revision else status}


def _brief(one: Indicator) -> Row:
    return {"indicator": one.indicator, "name": one.name, "full_points": one.full_points, "line": one.line}


def _change(one: Change) -> Row:
    differences = [{"field": name, **_pair(values)} for name, values in one.fields.items()]
    return {"indicator": one.indicator, "name": one.name, "differences": differences}


def _pair(values: tuple[Any, Any]) -> Row:
    return {"before": values[0], "after": values[1]}
