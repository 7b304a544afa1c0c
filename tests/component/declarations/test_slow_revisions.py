"""What hardly ever changes is read from memory, and a command sees nothing older than its beginning, in whichever process."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.event import listen, remove

from services.declarations.domain.appeals import DatedTerms, Terms
from services.declarations.domain.deadlines import Timetable
from services.declarations.domain.delegations import Delegation
from services.declarations.storage import (
    appeals,
    copies,
    delegations,
    library,
    machine,
    organisation,
    plausibility,
    projections,
    timetables,
)
from services.declarations.storage.bureau_rules import rules_of
from services.declarations.storage.copies import Memory
from shared.actor import Actor
from shared.database import Session, Sessions, open_sessions
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import ACTORS, CYCLE, LIBRARY, PERSONS, UNITS, cycle
from tests.support.databases import Databases

B = UNITS[0].bureau
ON = date(2026, 3, 2)
STANDS_IN = ACTORS["P10"]
Read = Callable[[Session], Any]
Write = Callable[[Session], None]


class Process:
    """A process of its own: engine and memory."""

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sessions: Sessions = open_sessions(url, "declarations")
        self.memory = Memory()
        self._patch = monkeypatch

    @contextmanager
    def begin(self) -> Iterator[Session]:
        with self.sessions.begin(Actor("office", "office", B)) as session:
            yield session

    def read(self, read: Read, session: Session | None = None) -> Any:
        self._patch.setattr(copies, "MEMORY", self.memory)
        if session is not None:
            return read(session)
        with self.begin() as own:
            return read(own)


@pytest.fixture
def processes(database: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Process, Process]]:
    url = database("declarations")
    with Bureau.on(url) as bureau:
        for keep, states in (
            (projections.keep_units, UNITS),
            (projections.keep_persons, PERSONS),
            (projections.keep_cycles, [cycle()]),
            (projections.keep_indicators, LIBRARY),
        ):
            bureau.handle(keep, *states)
    both = Process(url, monkeypatch), Process(url, monkeypatch)
    yield both
    for one in both:
        one.sessions.engine.dispose()


def units(session: Session) -> Any:
    return organisation.read_units(session, B, [UNITS[-1].unit])


def hand_over(session: Session) -> None:
    delegations.add_delegation(session, DELEGATION)


def _set_terms(session: Session) -> None:
    assert appeals.set_terms(session, B, CYCLE, DatedTerms([]), ON, Terms(file_days=3, decide_days=4), 1)


DELEGATION = Delegation(
    bureau=B,
    delegation="d-1",
    revision=1,
    principal="HS",
    delegate="P10",
    role="unit_head",
    target=next(one.unit for one in PERSONS if one.person == "HS"),
    unit=next(one.unit for one in PERSONS if one.person == "HS"),
    starts=ON,
    ends=ON,
    status="active",
    reason="",
    made_by="HS",
    ended_by=None,
)
ITEM = LIBRARY[0]
COUNTED = next(one for one in LIBRARY if one.source == "attendance")
HELD: dict[str, tuple[Read, Write]] = {
    "cycle": (
        lambda session: library.need_cycle(session, B, CYCLE),
        lambda session: projections.keep_cycles(session, [replace(cycle(), revision=99, status="closed")]),
    ),
    "unit": (
        units,
        lambda session: projections.keep_units(session, [replace(UNITS[-1], revision=99, active=False)]),
    ),
    "person": (
        lambda session: organisation.read_units(session, B),
        lambda session: projections.keep_persons(
            session, [replace(next(one for one in PERSONS if one.person == "HS"), revision=99, head=False)]
        ),
    ),
    "indicator": (
        lambda session: library.indicators_by_code(session, B, CYCLE, [ITEM.indicator, "no such"]),
        lambda session: projections.keep_indicators(session, [replace(ITEM, revision=99, name="改")]),
    ),
    "bounds": (
        lambda session: library.indicators_by_code(session, B, CYCLE, [ITEM.indicator]),
        lambda session: plausibility.set_bounds(
            session, B, CYCLE, [{"indicator": ITEM.indicator, "confirm_above": 7, "refuse_above": 8}]
        ),
    ),
    "desks": (
        lambda session: vars(machine.read_desks(session, B, CYCLE)),
        lambda session: projections.keep_indicators(session, [replace(COUNTED, revision=99, assessor="D09")]),
    ),
    "timetable": (
        lambda session: timetables.timetables(session, B, CYCLE),
        lambda session: timetables.set_timetables(
            session, B, CYCLE, "office", [Timetable(frequency="monthly", since=ON, declare=3, verify=5, assess=8)]
        ),
    ),
    "rule": (
        lambda session: rules_of(session, B).all().on("evidence_refused", ON),
        lambda session: rules_of(session, B).set("evidence_refused", ON, 1),
    ),
    "terms": (
        lambda session: appeals.terms_of(session, B, CYCLE),
        _set_terms,
    ),
    "delegation": (
        lambda session: [vars(one) for one in delegations.deciders_of(session, STANDS_IN, ON)],
        hand_over,
    ),
}


@pytest.mark.parametrize("what", HELD)
def test_what_one_process_changes_the_other_sees_from_its_next_beginning_on(
    what: str, processes: tuple[Process, Process]
) -> None:
    read, write = HELD[what]
    one, other = processes
    before = one.read(read)
    assert other.read(read) == before
    with one.begin() as session:
        assert one.read(read, session) == before
        write(session)
        changed = one.read(read, session)
        assert changed != before, "whoever changes it sees it at once"
        assert other.read(read) == before, "nobody else does before the commit"
        session.rollback()
    assert one.read(read) == before, "what was taken back never was"
    with other.begin() as running:
        assert other.read(read, running) == before
        with one.begin() as session:
            write(session)
    assert one.read(read) == other.read(read) == changed


@pytest.mark.parametrize("what", HELD)
def test_what_is_held_is_read_once_and_of_tables_that_raise_the_revision_alone(
    what: str, processes: tuple[Process, Process]
) -> None:
    read, _ = HELD[what]
    process, _ = processes
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    listen(process.sessions.engine, "before_cursor_execute", note)
    try:
        first, first_sent = process.read(read), list(sent)
        sent.clear()
        assert process.read(read) == first
    finally:
        remove(process.sessions.engine, "before_cursor_execute", note)
    assert len(sent) <= 2 and "slow_revision" in sent[0], sent  # the revision, and the end of the transaction
    asked = {table for statement in first_sent for table in re.findall(r"(?:FROM|JOIN) declarations\.(\w+)", statement)}
    raised = text("SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE :name")
    with process.sessions.engine.connect() as connection:
        raising = set(connection.execute(raised, {"name": "slow_revision%"}).scalars())
    assert asked - {"slow_revision"} and asked <= raising | {"slow_revision"}


STATEMENTS = (
    "UPDATE declarations.cycle SET status = 'closed'",
    "DELETE FROM declarations.cycle",
    "TRUNCATE declarations.cycle",
    "TRUNCATE declarations.cycle, declarations.slow_revision",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_whoever_else_writes_is_seen_too(statement: str, processes: tuple[Process, Process]) -> None:
    """An earlier release beside this one, a repair by hand, a rebuilding."""
    process, _ = processes
    found: Read = lambda session: library.find_cycle(session, B, CYCLE)  # noqa: E731
    before = process.read(found)
    with process.sessions.engine.begin() as connection:
        connection.execute(text(statement))
    assert process.read(found) != before


def test_a_bureau_of_which_nothing_was_told_is_asked_each_time(processes: tuple[Process, Process]) -> None:
    process, _ = processes
    assert process.read(lambda session: library.find_cycle(session, "B99", CYCLE)) is None
    assert process.memory.size == 0


def test_what_changes_between_revision_and_reading_is_not_held(processes: tuple[Process, Process]) -> None:
    one, other = processes
    with one.begin() as session:
        assert one.read(lambda session: timetables.timetables(session, B, CYCLE), session) == []
        with other.begin() as changing:
            HELD["cycle"][1](changing)
        size = one.memory.size
        assert one.read(HELD["cycle"][0], session).status == "closed"
        assert one.memory.size == size
