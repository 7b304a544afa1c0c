"""Devices, one aggregate per serial number, and who is enrolled under which PIN."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.tables import devices, enrolments, quarantined_punches, shown
from shared.database import Row
from shared.pages import keyset

UNCLAIMED = ""  # the bureau of a device that nobody approved yet


class Devices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, serial: str, *, lock: bool = False) -> Row | None:
        statement = select(devices).where(devices.c.serial == serial)
        found = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return dict(found) if found else None

    def first_seen(self, serial: str, at: datetime, address: str) -> None:
        """Note a serial number never seen before as pending; where another request just did, its row stands."""
        row = {"serial": serial, "bureau": UNCLAIMED, "status": "pending", "name": "", "place": "", "info": ""}
        self._session.execute(
            insert(devices).values(**row, address=address, seen_at=at, revision=1).on_conflict_do_nothing()
        )

    def save(self, serial: str, **changes: Any) -> Row:
        """Write ``changes`` with the next revision; the device is made where it is new."""
        new = {"info": "", "address": "", "name": "", "place": "", **changes, "serial": serial, "revision": 1}
        statement = insert(devices).values(**new)
        statement = statement.on_conflict_do_update(
            index_elements=["serial"], set_={**changes, "revision": devices.c.revision + 1}
        )
        return dict(self._session.execute(statement.returning(devices)).mappings().one())

    def seen(self, serial: str, **signs: Any) -> None:
        """Signs of life (``seen_at``, ``address``, ``info``, ``punched_at``); no change of the aggregate."""
        self._session.execute(update(devices).where(devices.c.serial == serial).values(**signs))

    def pending_count(self) -> int:
        return self._session.scalar(select(func.count()).select_from(devices).where(devices.c.status == "pending")) or 0

    def page(self, bureau: str, status: str | None, after: str | None, limit: int) -> dict[str, Any]:
        """The bureau's devices and those waiting for any bureau, with the punches each has in quarantine."""
        waiting = select(func.count()).where(quarantined_punches.c.device == devices.c.serial).scalar_subquery()
        unclaimed = and_(devices.c.bureau == UNCLAIMED, devices.c.status == "pending")
        statement = select(*shown(devices), waiting.label("quarantined")).where(
            or_(devices.c.bureau == bureau, unclaimed)
        )
        if status:
            statement = statement.where(devices.c.status == status)
        return keyset(self._session, statement, order=[devices.c.serial], after=after, limit=limit)


class Enrolments:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> list[Row]:
        """Enrol each new (pin, person); returns the rows really written. A PIN already given stays whose it is."""
        statement = insert(enrolments).on_conflict_do_nothing().returning(enrolments.c.pin, enrolments.c.person)
        return [dict(row) for row in self._session.execute(statement, [self._own(row) for row in rows]).mappings()]

    def of_pins(self, pins: Iterable[str]) -> dict[str, str]:
        """pin -> person, for those that are enrolled."""
        chosen = (enrolments.c.bureau == self._bureau) & enrolments.c.pin.in_(list(pins))
        rows = self._session.execute(select(enrolments.c.pin, enrolments.c.person).where(chosen))
        return {row.pin: row.person for row in rows}

    def persons(self) -> set[str]:
        rows = self._session.scalars(select(enrolments.c.person).where(enrolments.c.bureau == self._bureau))
        return set(rows)

    def page(self, person: str | None, after: str | None, limit: int) -> dict[str, Any]:
        statement = select(enrolments.c.pin, enrolments.c.person).where(enrolments.c.bureau == self._bureau)
        if person:
            statement = statement.where(enrolments.c.person == person)
        return keyset(self._session, statement, order=[enrolments.c.pin], after=after, limit=limit)

    def _own(self, row: Row) -> Row:
        return {"bureau": self._bureau, "pin": row["pin"], "person": row["person"]}
