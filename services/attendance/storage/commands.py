"""Commands to clocks, in the order in which they were ordered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.domain.commands import PATIENCE, Order, attempts, lives
from services.attendance.storage.command_tables import device_commands
from services.attendance.storage.tables import shown
from shared.database import Row
from shared.pages import keyset

c = device_commands.c
_OPEN = c.status.in_(("waiting", "given"))
_REBOOT = c.kind == "reboot"


class Commands:
    def __init__(self, session: Session, serial: str) -> None:
        self._session = session
        self.serial = serial

    def order(self, bureau: str, orders: Sequence[Order], by: str, reason: str, at: datetime) -> list[Row]:
        """Keep orders; one that stands open stays the same. With another content it is ordered anew: what the clock was given of it
        before, and would answer to, is not what it is to do. Returns those kept anew."""
        if not orders:
            return []
        facts = {"bureau": bureau, "serial": self.serial, "ordered_by": by, "reason": reason, "ordered_at": at}
        rows = [
            {
                **facts,
                "kind": one.kind,
                "about": one.about,
                "params": one.params,
                "status": "waiting",
                "expires_at": at + lives(one.kind),
                "attempts": 0,
                "answer": "",
            }
            for one in orders
        ]
        new = insert(device_commands).values(rows)
        anew = ("params", "status", "attempts", "ordered_by", "ordered_at", "reason", "expires_at")
        again = {**{name: new.excluded[name] for name in anew}, "given_at": None}
        changed = new.on_conflict_do_update(
            index_elements=["serial", "kind", "about"],
            index_where=_OPEN,
            set_=again,
            where=c.params != new.excluded.params,
        )
        found = self._session.execute(changed.returning(c.number, c.kind, c.about, c.params)).mappings()
        return [dict(row) for row in found]

    def count_open(self) -> int:
        chosen = select(func.count()).select_from(device_commands).where(c.serial == self.serial, _OPEN)
        return self._session.scalar(chosen) or 0

    def open_abouts(self, kind: str) -> set[str]:
        return set(self._session.scalars(select(c.about).where(c.serial == self.serial, c.kind == kind, _OPEN)))

    def give(self, at: datetime, limit: int) -> list[Row]:
        """Return what the clock is to do now, the oldest first, and note it as given: what it was not given yet, and what it was
        given and did not answer. What another poll takes meanwhile is left to it."""
        silent = and_(c.status == "given", c.given_at < at - PATIENCE)
        due = select(c.number).where(c.serial == self.serial, or_(c.status == "waiting", silent), c.expires_at > at)
        chosen = list(self._session.scalars(due.order_by(c.number).limit(limit).with_for_update(skip_locked=True)))
        if not chosen:
            return []
        given = update(device_commands).where(c.number.in_(chosen))
        given = given.values(status="given", given_at=at, attempts=c.attempts + 1)
        rows = self._session.execute(given.returning(c.number, c.kind, c.params, c.attempts)).mappings()
        return sorted((dict(row) for row in rows), key=lambda row: row["number"])

    def find(self, number: int) -> Row | None:
        """Find one, locked."""
        own = select(device_commands).where(c.serial == self.serial, c.number == number)
        row = self._session.execute(own.with_for_update()).mappings().first()
        return dict(row) if row else None

    def change(self, number: int, **changes: Any) -> None:
        self._session.execute(update(device_commands).where(c.number == number).values(**changes))

    def cancel_open(self) -> list[Row]:
        """Cancel all that is open, of a clock that is taken out of service."""
        return self._close("cancelled", _OPEN)

    def lapse(self, at: datetime) -> list[Row]:
        """Let expire what nobody fetched in time, and fail what was given as often as it may be and has no answer."""
        often = [(_REBOOT, attempts("reboot")), (~_REBOOT, attempts(""))]
        tired = or_(*(and_(kind, c.attempts >= most) for kind, most in often))
        failed = self._close("failed", and_(c.status == "given", c.given_at < at - PATIENCE, tired))
        return [*failed, *self._close("expired", and_(_OPEN, c.expires_at <= at))]

    def page(self, bureau: str, query: Row) -> Row:
        """Return a page, the newest first."""
        statement = select(*shown(device_commands)).where(c.bureau == bureau, c.serial == self.serial)
        if query["status"]:
            statement = statement.where(c.status == query["status"])
        after, limit = query["after"], query["limit"]
        return keyset(self._session, statement, order=[c.number], after=after, limit=limit, descending=True)

    def _close(self, status: str, which: Any) -> list[Row]:
        closed = update(device_commands).where(c.serial == self.serial, which).values(status=status)
        rows = self._session.execute(closed.returning(c.number, c.kind, c.about, c.status, c.attempts)).mappings()
        return [dict(row) for row in rows]


def serials_to_lapse(session: Session, bureau: str, at: datetime) -> list[str]:
    """Return the clocks of which a command has waited too long."""
    late = or_(c.expires_at <= at, and_(c.status == "given", c.given_at < at - PATIENCE))
    return list(session.scalars(select(c.serial).where(c.bureau == bureau, _OPEN, late).distinct().order_by(c.serial)))
