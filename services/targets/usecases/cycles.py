"""Cycles: opened for a year, moved on step by step, kept as they were scored."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.storage.cycles import Cycles
from services.targets.storage.units import Bureaus
from services.targets.usecases.guards import changeable, known_cycle, need, published_library, same_revision
from services.targets.usecases.states import cycle_state
from shared.actor import Actor
from shared.errors import Conflict, NotFound
from shared.recording import record

_MODEL = ("rounding", "quota_percent", "tie_chain")


def create_cycle(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    need(permissions.may_manage_cycle(actor))
    if not Bureaus(session).exists(actor.bureau):
        raise NotFound("bureau.unknown", zh="没有该分局", en="there is no such bureau")
    cycle = Cycle(**command, by=actor.account)
    Cycles(session, actor.bureau).prepare(cycle.cycle)
    if not Cycles(session, actor.bureau).save(cycle):
        raise Conflict("cycle.exists", zh="该考核年度已存在", en="there is a cycle of this year already")
    record(session, cycle_state(actor.bureau, cycle))
    return cycle_document(cycle)


def change_cycle(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Rounding, quota, tie chain and calendar; what is not named stays."""
    need(permissions.may_manage_cycle(actor))
    before = known_cycle(session, actor, command["cycle"], lock=True)
    same_revision(before.revision, command["revision"])
    changeable(before)
    changes = {name: command[name] for name in (*_MODEL, "calendar") if name in command}
    of_model = any(name in changes and changes[name] != getattr(before, name) for name in _MODEL)
    after = replace(
        before,
        **changes,
        model_revision=before.model_revision + of_model,
        revision=before.revision + 1,
        by=actor.account,
    )
    return save_change(session, actor, before, after)


def move_cycle(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """draft → open → closing → closed → published → archived, one step at a time."""
    need(permissions.may_manage_cycle(actor))
    before = known_cycle(session, actor, command["cycle"], lock=True)
    same_revision(before.revision, command["revision"])
    if not before.may_become(command["status"]):
        zh = f"考核年度不能从 {before.status} 变为 {command['status']}"
        raise Conflict("cycle.step", zh=zh, en=f"a cycle does not go from {before.status} to {command['status']}")
    published_library(before)
    return save_change(session, actor, before, replace(before.moved(command["status"]), by=actor.account))


def list_cycles(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    cycles, following = Cycles(session, actor.bureau).page(query["after"], query["limit"])
    return {"items": [cycle_document(cycle) for cycle in cycles], "next": following}


def get_cycle(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    return cycle_document(known_cycle(session, actor, query["cycle"]))


def save_change(session: Session, actor: Actor, before: Cycle, after: Cycle) -> dict[str, Any]:
    Cycles(session, actor.bureau).save(after)
    record(session, cycle_state(actor.bureau, after), cycle_state(actor.bureau, before))
    return cycle_document(after)


def cycle_document(cycle: Cycle) -> dict[str, Any]:
    hidden = {"by", "tie_chain"}
    values = {name: value for name, value in vars(cycle).items() if name not in hidden}
    return {**values, "tie_chain": list(cycle.tie_chain), "periods": [vars(period) for period in cycle.periods]}
