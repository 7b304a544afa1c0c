"""Telling everything again, as it stands: for a service that lost its copy (``kaohe replay``)."""

from collections.abc import Iterator
from typing import Any

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.storage.claims import Claims
from services.targets.storage.cycles import Cycles
from services.targets.storage.library import Libraries
from services.targets.storage.persons import Persons
from services.targets.storage.units import Bureaus, Units
from services.targets.usecases.guards import need
from services.targets.usecases.states import (
    claim_state,
    cycle_state,
    indicator_state,
    model_state,
    person_state,
    unit_state,
)
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.shapes import Empty
from shared.database import Row, Session
from shared.events import IndicatorChanged
from shared.recording import republish


def replay_state(session: Session, actor: Actor, _command: Empty) -> Row:
    """Send every state again, as it stands; returns how many of each event were sent."""
    need(permissions.may_replay(actor))
    sent: dict[str, int] = {}
    for bureau in Bureaus(session).all_codes():
        for states in _of_bureau(session, bureau):
            republish(session, states)
            for state in states:
                sent[type(state).__name__] = sent.get(type(state).__name__, 0) + 1
    return {"sent": sent}


def _of_bureau(session: Session, bureau: str) -> Iterator[list[Any]]:
    yield [unit_state(bureau, unit) for unit in Units(session, bureau).all().values()]
    yield [person_state(bureau, person, today()) for person in Persons(session, bureau).some().values()]
    yield [cycle_state(bureau, one) for one in Cycles(session, bureau).discarded()]
    for cycle in Cycles(session, bureau).all():
        yield [cycle_state(bureau, cycle)]
        yield [model_state(bureau, cycle)]
        yield list(indicator_states(session, bureau, cycle).values())
        for claims in Claims(session, bureau, cycle.cycle).walk():
            yield [claim_state(bureau, cycle.cycle, claim) for claim in claims]


def indicator_states(session: Session, bureau: str, cycle: Cycle) -> dict[str, IndicatorChanged]:
    """Return the last state of every indicator that was ever published: inactive
    since the library that no longer had it."""
    libraries = Libraries(session, bureau, cycle.cycle)
    states: dict[str, IndicatorChanged] = {}
    before: dict[str, Indicator] = {}
    for revision in range(1, cycle.library_revision + 1):
        by = libraries.published_by(revision)
        now = {one.indicator: one for one in libraries.indicators(revision)}
        for code, one in (before | now).items():
            states[code] = indicator_state(bureau, cycle.cycle, one, revision, by=by, active=code in now)
        before = now
    return states
