"""What unapproved devices sent, and lines that are no punch."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from services.attendance.storage.apart_tables import quarantined_punches, rejected_lines
from services.attendance.storage.lists import days_asked
from services.attendance.storage.punches import CLOCK, IDENTITY, Punch, insert_once, punch_of, row_of
from services.attendance.storage.tables import UNCLAIMED, devices
from shared.database import Row
from shared.pages import keyset


class Quarantine:
    """What unapproved devices sent, and lines that no device should have sent."""

    def __init__(self, session: Session, serial: str) -> None:
        self._session = session
        self._serial = serial

    def add(self, new: Sequence[Punch], address: str) -> int:
        """Keep punches, each once; returns how many were new."""
        rows = [{**row_of(one), "address": address, "zoned": one.zoned} for one in new]
        return len(insert_once(self._session, quarantined_punches, rows, IDENTITY))

    def size(self) -> int:
        own = quarantined_punches.c.device == self._serial
        return self._session.scalar(select(func.count()).select_from(quarantined_punches).where(own)) or 0

    def addresses(self) -> set[str]:
        """Return from where came what waits; "" where nobody noted it."""
        own = (quarantined_punches.c.device == self._serial) & quarantined_punches.c.decision.is_(None)
        return set(self._session.scalars(select(quarantined_punches.c.address).where(own).distinct()))

    def release(self, addresses: set[str]) -> list[Punch]:
        """Take out what came from ``addresses`` and nobody decided on, in order of time."""
        own = (quarantined_punches.c.device == self._serial) & quarantined_punches.c.address.in_(addresses)
        undecided = quarantined_punches.c.decision.is_(None)
        rows = self._session.execute(delete(quarantined_punches).where(own, undecided).returning(quarantined_punches))
        return sorted((punch_of(row) for row in rows.mappings()), key=lambda one: one.time)

    def rejected(self) -> int:
        own = rejected_lines.c.device == self._serial
        return self._session.scalar(select(func.count()).select_from(rejected_lines).where(own)) or 0

    def add_rejected(self, lines: Sequence[tuple[str, str]], received: datetime) -> int:
        """Keep lines that are no punch: (raw, reason), each once; returns how many were new."""
        rows = [
            {"device": self._serial, "digest": _digest(raw), "raw": raw, "reason": reason, "received_at": received}
            for raw, reason in lines
        ]
        return len(insert_once(self._session, rejected_lines, rows, ("device", "digest")))


def rejected_page(session: Session, bureau: str, query: Row) -> Row:
    """Return lines that are no punch, of the bureau's devices and of those that wait for any bureau."""
    joined = rejected_lines.join(devices, devices.c.serial == rejected_lines.c.device)
    statement = select(*rejected_lines.columns, *CLOCK).select_from(joined)
    statement = statement.where(or_(devices.c.bureau == bureau, devices.c.bureau == UNCLAIMED))
    if query["device"]:
        statement = statement.where(rejected_lines.c.device == query["device"])
    statement = statement.where(*days_asked(query, rejected_lines.c.received_at))
    if query["undecided"]:
        statement = statement.where(rejected_lines.c.decision.is_(None))
    order = [rejected_lines.c.received_at, rejected_lines.c.device, rejected_lines.c.digest]
    return keyset(session, statement, order=order, after=query["after"], limit=query["limit"])


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()
