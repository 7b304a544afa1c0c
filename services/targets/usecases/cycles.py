"""Cycles: opened for a year, moved on step by step, kept as they were scored."""

from dataclasses import replace
from datetime import date

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.storage.cycles import Cycles
from services.targets.storage.units import Bureaus
from services.targets.usecases.coming_into_force import enforce_due, nothing_scheduled
from services.targets.usecases.copying import copy_year
from services.targets.usecases.guards import changeable, known_cycle, need, published_library
from services.targets.usecases.models import note_model
from services.targets.usecases.saving import cycle_document, save_change
from services.targets.usecases.states import cycle_state, model_state
from services.targets.usecases.taking_up import take_up
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.cycles import CycleChange, CycleKey, CycleStep, NewCycle
from shared.contracts.targets.commands.shapes import PageQuery
from shared.database import Row, Session
from shared.errors import Conflict, NotFound
from shared.recording import record
from shared.vocabulary.cycles import CYCLE_STATES
from shared.vocabulary.refusals import check_revision

_MODEL = ("rounding", "quota_percent", "tie_chain")


def create_cycle(session: Session, actor: Actor, command: NewCycle) -> Row:
    """Begin a year as a draft, of its whole year where no days are named;
    ``copy_from`` another one's library, model and rules."""
    need(permissions.may_manage_cycle(actor))
    if not Bureaus(session).exists(actor.bureau):
        raise NotFound("bureau.unknown", zh="没有该分局", en="there is no such bureau")
    source, year = command["copy_from"], int(command["cycle"])
    copied = _rules_of(session, actor, source) if source else {}
    starts, ends = command.get("starts", date(year, 1, 1)), command.get("ends", date(year, 12, 31))
    cycles = Cycles(session, actor.bureau)
    told = {one.cycle: one.revision for one in cycles.discarded()}.get(command["cycle"], 0)
    given = {**copied, **_rules_in(command)}
    cycle = Cycle(command["cycle"], starts, ends, **given, revision=told + 1, by=actor.account)
    cycles.prepare(cycle.cycle)
    if not cycles.save(cycle):
        raise Conflict("cycle.exists", zh="该考核年度已存在", en="there is a cycle of this year already")
    record(session, cycle_state(actor.bureau, cycle))
    record(session, model_state(actor.bureau, cycle))
    if source:
        copy_year(session, actor, known_cycle(session, actor, source), cycle)
        take_up(session, actor, cycle)
    return cycle_document(cycle)


def change_cycle(session: Session, actor: Actor, command: CycleChange) -> Row:
    """Change rounding, quota, tie chain and calendar, from today; what is not named
    stays. (``revise_model`` does the rest.)"""
    need(permissions.may_manage_cycle(actor))
    before = known_cycle(session, actor, command["cycle"], lock=True)
    check_revision("cycle", command["revision"], before.revision)
    changeable(before)
    changes = _rules_in(command)
    of_model = any(name in changes and changes[name] != getattr(before, name) for name in _MODEL)
    of_model &= bool(before.weights)  # before the first library there is no model to revise
    after = replace(
        before,
        **changes,
        model_revision=before.model_revision + of_model,
        revision=before.revision + 1,
        by=actor.account,
    )
    if of_model:
        note_model(session, actor, after, before.reference_day(today()))
    return save_change(session, actor, before, after)


def move_cycle(session: Session, actor: Actor, command: CycleStep) -> Row:
    """Move the cycle: draft → open → closing → closed → published → archived, one step at a time."""
    need(permissions.may_manage_cycle(actor))
    before = known_cycle(session, actor, command["cycle"], lock=True)
    check_revision("cycle", command["revision"], before.revision)
    if not before.may_become(command["status"]):
        zh = f"考核年度不能从“{CYCLE_STATES[before.status]}”变为“{CYCLE_STATES[command['status']]}”"
        raise Conflict("cycle.step", zh=zh, en=f"a cycle does not go from {before.status} to {command['status']}")
    published_library(before)
    before = enforce_due(session, actor, before)
    if command["status"] == "closing":
        nothing_scheduled(session, actor, before)
    return save_change(session, actor, before, replace(before.moved(command["status"]), by=actor.account))


def list_cycles(session: Session, actor: Actor, query: PageQuery) -> Row:
    cycles, following = Cycles(session, actor.bureau).page(query["after"], query["limit"])
    return {"items": [cycle_document(cycle) for cycle in cycles], "next": following}


def get_cycle(session: Session, actor: Actor, query: CycleKey) -> Row:
    return cycle_document(known_cycle(session, actor, query["cycle"]))


def _rules_in(command: NewCycle | CycleChange) -> Row:
    """What the command says of rounding, quota, tie chain and calendar."""
    given: Row = {name: value for name, value in command.items() if name in _MODEL}
    if "tie_chain" in command:
        given["tie_chain"] = tuple(dict.fromkeys(command["tie_chain"]))
    if "calendar" in command:
        given["calendar"] = {day.isoformat(): worked for day, worked in sorted(command["calendar"].items())}
    return given


def _rules_of(session: Session, actor: Actor, source: str) -> Row:
    """Rounding, quota and tie chain of the year that is copied."""
    copied = known_cycle(session, actor, source)
    return {name: getattr(copied, name) for name in _MODEL}
