"""Punches: stored once each however often a device sends them. Domain code sees local times, the tables hold instants."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, TextClause, delete, func, select, text
from sqlalchemy.orm import Session

from services.attendance.storage.tables import (
    enrolments,
    punches,
    quarantined_punches,
    rejected_lines,
    shown,
    suspect_punches,
)
from shared.clock import SHANGHAI
from shared.database import Row, ensure_partition
from shared.jsontext import dumps
from shared.pages import keyset
from shared.tables import inserting

_IDENTITY = ("device", "pin", "time", "status", "verify")


@dataclass(frozen=True)
class Punch:
    """``time`` is the device's local time, without a zone, as sent; ``raw`` the line it came in."""

    device: str
    pin: str
    time: datetime
    status: int
    verify: int
    raw: str


def local(instant: datetime) -> datetime:
    """The bureau's wall clock at ``instant``, without a zone."""
    return instant.astimezone(SHANGHAI).replace(tzinfo=None)


def instant(local_time: datetime) -> datetime:
    return local_time.replace(tzinfo=SHANGHAI)


class Punches:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, new: Sequence[Punch], received: datetime) -> list[tuple[str, date]]:
        """Store what is not stored yet; returns (pin, local day) of the punches really added."""
        for cycle in sorted({str(punch.time.year) for punch in new}):
            ensure_partition(self._session, punches, cycle)
        rows = [{**_row(one, received), "bureau": self._bureau, "cycle": str(one.time.year)} for one in new]
        added = _insert_once(self._session, punches, rows, ("cycle", *_IDENTITY))
        return [(row["pin"], local(row["time"]).date()) for row in added]

    def add_suspect(self, doubted: Sequence[tuple[Punch, str]], received: datetime) -> int:
        rows = [{**_row(one, received), "bureau": self._bureau, "reason": why} for one, why in doubted]
        return len(_insert_once(self._session, suspect_punches, rows, _IDENTITY))

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[str, list[datetime]]:
        """person -> ascending local times on any device, from the day ``first`` through ``last``."""
        starts = instant(datetime.combine(first, datetime.min.time()))
        ends = instant(datetime.combine(last + timedelta(days=1), datetime.min.time()))
        joined = (enrolments.c.bureau == punches.c.bureau) & (enrolments.c.pin == punches.c.pin)
        statement = (
            select(enrolments.c.person, punches.c.time)
            .join(punches, joined)
            .where(punches.c.bureau == self._bureau, enrolments.c.person.in_(list(people)))
            .where(punches.c.time >= starts, punches.c.time < ends)
            .where(punches.c.cycle.in_([str(year) for year in range(first.year, last.year + 1)]))
            .order_by(enrolments.c.person, punches.c.time)
        )
        found: dict[str, list[datetime]] = defaultdict(list)
        for row in self._session.execute(statement):
            found[row.person].append(local(row.time))
        return found

    def days_of_pins(self, pins: Iterable[str]) -> set[tuple[str, date]]:
        """(pin, local day) of all punches ever stored under ``pins``: what an enrolment brings to light."""
        statement = select(punches.c.pin, punches.c.time).where(
            punches.c.bureau == self._bureau, punches.c.pin.in_(list(pins))
        )
        return {(row.pin, local(row.time).date()) for row in self._session.execute(statement)}

    def page(self, state: str, person: str | None, after: str | None, limit: int) -> dict[str, Any]:
        """Punches that count (``stored``), of PINs nobody is enrolled under (``parked``), or in doubt (``suspect``)."""
        table = suspect_punches if state == "suspect" else punches
        joined = (enrolments.c.bureau == table.c.bureau) & (enrolments.c.pin == table.c.pin)
        statement = (
            select(*shown(table, "cycle"), enrolments.c.person)
            .outerjoin(enrolments, joined)
            .where(table.c.bureau == self._bureau)
        )
        if state == "parked":
            statement = statement.where(enrolments.c.person.is_(None))
        if person:
            statement = statement.where(enrolments.c.person == person)
        order = [table.c.time, table.c.device, table.c.pin, table.c.status, table.c.verify]
        return keyset(self._session, statement, order=order, after=after, limit=limit)


class Quarantine:
    """What unapproved devices sent, and lines that no device should have sent."""

    def __init__(self, session: Session, serial: str) -> None:
        self._session = session
        self._serial = serial

    def add(self, new: Sequence[Punch], received: datetime) -> None:
        _insert_once(self._session, quarantined_punches, [_row(one, received) for one in new], _IDENTITY)

    def size(self) -> int:
        own = quarantined_punches.c.device == self._serial
        return self._session.scalar(select(func.count()).select_from(quarantined_punches).where(own)) or 0

    def release(self) -> list[Punch]:
        """Take everything out, in order of time."""
        own = quarantined_punches.c.device == self._serial
        rows = self._session.execute(delete(quarantined_punches).where(own).returning(quarantined_punches))
        return sorted((_punch(row) for row in rows.mappings()), key=lambda one: one.time)

    def add_rejected(self, lines: Sequence[tuple[str, str]], received: datetime) -> None:
        """Keep lines that are no punch: (raw, reason), each once."""
        rows = [
            {"device": self._serial, "digest": _digest(raw), "raw": raw, "reason": reason, "received_at": received}
            for raw, reason in lines
        ]
        _insert_once(self._session, rejected_lines, rows, ("device", "digest"))


def _insert_once(session: Session, table: Table, rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """One bulk insert in the order of the key, so that two devices' batches never wait for each other in a circle."""
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in key))
    written = session.execute(_once(table, tuple(ordered[0]), key), {"rows": dumps(ordered)})
    return [dict(row) for row in written.mappings()]


@cache
def _once(table: Table, names: tuple[str, ...], key: tuple[str, ...]) -> TextClause:
    return text(f"{inserting(table, names)} ON CONFLICT DO NOTHING RETURNING {', '.join(key)}")


def _row(punch: Punch, received: datetime) -> Row:
    own = {name: getattr(punch, name) for name in (*_IDENTITY, "raw")}
    return {**own, "time": instant(punch.time), "received_at": received}


def _punch(row: Any) -> Punch:
    return Punch(row["device"], row["pin"], local(row["time"]), row["status"], row["verify"], row["raw"])


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()
