"""Punches: stored once each however often a device sends them. Domain code sees local times, the tables hold instants."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, TextClause, func, select, text
from sqlalchemy.orm import Session

from services.attendance.domain.zones import Zones
from services.attendance.storage.apart_tables import quarantined_punches, suspect_punches
from services.attendance.storage.enrolments import whose
from services.attendance.storage.lists import NAMES, asked, days_asked, page_of
from services.attendance.storage.memories import COLUMNS, LONG, Told, store_if_new
from services.attendance.storage.tables import (
    UNCLAIMED,
    devices,
    enrolments,
    persons,
    punches,
    shown,
    units,
)
from shared.clock import SHANGHAI, midnight_of
from shared.database import Row, ensure_partitions
from shared.jsontext import dumps
from shared.tables import inserting

CLOCK = (
    devices.c.name.label("device_name"),
    devices.c.place.label("place"),
    devices.c.bureau.label("clock_bureau"),
)
IDENTITY = ("device", "pin", "time", "status", "verify")
Identity = tuple[str, str, datetime, int, int]


class Punch(NamedTuple):  # thousands come at once: a dataclass that is frozen takes four times as long to make
    """``time`` is the bureau's wall clock, without a zone; as sent, the clock's own, unless it came with its offset (``zoned``).
    ``raw`` is the line it came in, ``received`` when that came."""

    device: str
    pin: str
    time: datetime
    status: int
    verify: int
    raw: str
    received: datetime
    zoned: bool = False


def local(instant: datetime) -> datetime:
    """Return the bureau's wall clock at ``instant``, without a zone."""
    return instant.astimezone(SHANGHAI).replace(tzinfo=None)


def instant(local_time: datetime) -> datetime:
    return local_time.replace(tzinfo=SHANGHAI)


class Punches:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, new: Sequence[Punch]) -> list[Row]:
        """Store what is not stored yet; returns the identities of the punches really added."""
        self._make_room(new)
        return insert_once(self._session, punches, self._rows(new), ("cycle", *IDENTITY))

    def add_unnamed(self, new: Sequence[Punch]) -> int:
        """Store what is not stored yet; returns how many were really added: of a whole memory nobody asks which."""
        self._make_room(new)
        if len(new) >= LONG and store_if_new(self._session, self._bureau, list(_told(sorted(new)))):
            return len(new)
        return insert_counted(self._session, punches, self._rows(new), ("cycle", *IDENTITY))

    def _make_room(self, new: Sequence[Punch]) -> None:
        there: set[str] = self._session.info.setdefault("years of punches", set())
        if missing := {str(punch.time.year) for punch in new} - there:
            ensure_partitions(self._session, [punches], missing)
            there |= missing

    def _rows(self, new: Sequence[Punch]) -> list[Row]:
        return [{**row, "cycle": row["time"][:4], "bureau": self._bureau} for row in rows_of(new)]

    def add_suspect(self, doubted: Sequence[tuple[Punch, str]]) -> list[Row]:
        rows = [{**row_of(one), "bureau": self._bureau, "reason": why} for one, why in doubted]
        return insert_once(self._session, suspect_punches, rows, IDENTITY)

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[str, list[datetime]]:
        """Return person -> ascending local times on any device, from the day ``first`` through ``last``."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for person, time, _ in self._punched(people, first, last):
            found[person].append(time)
        for times in found.values():
            times.sort()
        return found

    def days_of_pins(self, pins: Iterable[str]) -> set[tuple[str, date]]:
        """Return (pin, local day) of all punches ever stored under ``pins``: what an enrolment brings to light."""
        statement = select(punches.c.pin, punches.c.time).where(
            punches.c.bureau == self._bureau, punches.c.pin.in_(list(pins))
        )
        return {(row.pin, local(row.time).date()) for row in self._session.execute(statement)}

    def lines_of(self, people: Iterable[str], first: date, last: date) -> list[Row]:
        """Return person, time, device, its place and how it was verified, in order of person and time."""
        own = select(devices.c.serial, devices.c.place).where(devices.c.bureau == self._bureau)
        places = {row.serial: row.place for row in self._session.execute(own)}
        found = [
            {
                "person": person,
                "time": time,
                "device": device,
                "place": places.get(device, ""),
                "verify": verify,
            }
            for person, _, (device, time, verify) in self._punched(
                people, first, last, punches.c.time, punches.c.verify
            )
        ]
        return sorted(found, key=lambda one: (one["person"], one["time"], one["device"]))

    def _punched(
        self, people: Iterable[str], first: date, last: date, *more: ColumnElement[Any]
    ) -> Iterator[tuple[str, datetime, Sequence[Any]]]:
        """Yield person, local time, and the device and ``more`` of each punch. Whose it is is told here rather than by the database,
        whose planner takes hours where it guesses how many people share a PIN."""
        whose = self._enrolled(people)
        own = select(devices.c.serial, devices.c.device_group).where(devices.c.bureau == self._bureau)
        groups = {row.serial: row.device_group for row in self._session.execute(own)}
        shown = func.timezone(SHANGHAI.key, punches.c.time).label("local")
        chosen = select(punches.c.pin, shown, punches.c.device, *more).where(
            punches.c.bureau == self._bureau,
            punches.c.pin.in_(sorted(whose)),
            punches.c.time >= midnight_of(first),
            punches.c.time < midnight_of(last + timedelta(days=1)),
            punches.c.cycle.in_([str(year) for year in range(first.year, last.year + 1)]),
        )
        for pin, time, *rest in self._session.execute(chosen).all():
            day = time.date()
            for person, group, starts, ends in whose[pin]:
                if starts <= day and (ends is None or day <= ends) and (not group or group == groups.get(rest[0])):
                    yield person, time, rest

    def _enrolled(self, people: Iterable[str]) -> dict[str, list[tuple[str, str, date, date | None]]]:
        """Return pin -> (person, clock group, first day, last day)."""
        own = (enrolments.c.bureau == self._bureau) & enrolments.c.person.in_(list(people))
        whose: dict[str, list[tuple[str, str, date, date | None]]] = defaultdict(list)
        for row in self._session.execute(select(enrolments).where(own)):
            whose[row.pin].append((row.person, row.device_group, row.starts, row.ends))
        return whose

    def page(self, query: Row, visible: list[str] | None) -> Row:
        """Return a page of punches that count (``stored``), of PINs nobody is enrolled under
        (``parked``), in doubt (``suspect``), or of clocks that are not approved (``quarantined``)."""
        table = {"suspect": suspect_punches, "quarantined": quarantined_punches}.get(query["state"], punches)
        statement = (
            select(*shown(table, "cycle", "zoned"), *CLOCK, enrolments.c.person, *NAMES)
            .select_from(table)
            .outerjoin(devices, devices.c.serial == table.c.device)
            .outerjoin(enrolments, whose(table, self._bureau))
            .outerjoin(persons, (persons.c.bureau == self._bureau) & (persons.c.person == enrolments.c.person))
            .outerjoin(units, (units.c.bureau == persons.c.bureau) & (units.c.unit == persons.c.unit))
            .where(self._own(table), *asked(query, enrolments.c.person, visible))
        )
        if query["undecided"] and table is not punches:
            statement = statement.where(table.c.decision.is_(None))
        if query["state"] == "parked":
            statement = statement.where(enrolments.c.person.is_(None))
        if query["device"]:
            statement = statement.where(table.c.device == query["device"])
        statement = statement.where(*days_asked(query, table.c.time))
        order = (table.c.time, table.c.device, table.c.pin, table.c.status, table.c.verify)
        return page_of(self._session, statement, query, *order)

    def _own(self, table: Table) -> ColumnElement[bool]:
        """What an unapproved clock sent is the bureau's whose clock it is, or anybody's whose it may become."""
        if table is quarantined_punches:
            return devices.c.bureau.in_([self._bureau, UNCLAIMED])
        return table.c.bureau == self._bureau


def insert_once(session: Session, table: Table, rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """Insert all rows in bulk and return the keys of those that were not there, in the order of the key, so that two devices'
    batches never wait for each other in a circle."""
    if not rows:
        return []
    written = session.execute(_once(table, tuple(rows[0]), key), {"rows": _ordered(rows, key)})
    return [dict(zip(key, row, strict=True)) for row in written.all()]


def insert_counted(session: Session, table: Table, rows: list[Row], key: tuple[str, ...]) -> int:
    """Insert as ``insert_once`` does; returns how many were not there."""
    if not rows:
        return 0
    written: Any = session.execute(_once(table, tuple(rows[0]), ()), {"rows": _ordered(rows, key)})
    return int(written.rowcount)


def _ordered(rows: list[Row], key: tuple[str, ...]) -> str:
    return dumps(sorted(rows, key=itemgetter(*key)))


@cache
def _once(table: Table, names: tuple[str, ...], key: tuple[str, ...]) -> TextClause:
    told = f" RETURNING {', '.join(key)}" if key else ""
    return text(f"{inserting(table, names)} ON CONFLICT DO NOTHING{told}")


def identity_of(punch: Punch) -> Identity:
    return punch.device, punch.pin, punch.time, punch.status, punch.verify


def row_of(punch: Punch) -> Row:
    return next(rows_of([punch]))


def rows_of(new: Iterable[Punch]) -> Iterator[Row]:
    """Yield what is stored of each."""
    return (dict(zip(COLUMNS, one, strict=True)) for one in _told(new))


def _told(new: Iterable[Punch]) -> Iterator[Told]:
    """Yield each punch with its times as PostgreSQL reads them: thousands come at once, and all of a push at the same moment."""
    received: dict[datetime, str] = {}
    for device, pin, time, status, verify, raw, came, _ in new:
        at = received.get(came) or received.setdefault(came, came.isoformat())
        yield device, pin, f"{time.isoformat()} {SHANGHAI.key}", status, verify, raw, at


def placed(new: Iterable[Punch], zones: Zones) -> list[Punch]:
    """Return punches as a clock in ``zones`` sent them by the bureau's wall clock."""
    if zones == Zones():
        return list(new)
    return [one if one.zoned else one._replace(time=zones.bureau_time(one.time)) for one in new]


def punch_of(row: Any) -> Punch:
    own = {name: row[name] for name in ("device", "pin", "status", "verify", "raw")}
    return Punch(**own, time=local(row["time"]), received=row["received_at"], zoned=row.get("zoned", False))
