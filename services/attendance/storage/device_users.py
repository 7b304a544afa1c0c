"""The users that clocks have, as they told last: PIN, name, whether they have a finger or a face of theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.command_tables import device_users
from services.attendance.storage.tables import devices, enrolments, persons, punches
from shared.clock import today
from shared.database import Row
from shared.vocabulary.attendance import BIOMETRIC

u = device_users.c


def _current() -> ColumnElement[bool]:
    """Whether a user was told since the clock was last asked for all; its device must be joined."""
    return or_(devices.c.listed_at.is_(None), u.seen_at >= devices.c.listed_at)


class DeviceUsers:
    def __init__(self, session: Session, serial: str) -> None:
        self._session = session
        self._serial = serial

    def keep(self, users: Sequence[tuple[str, str]], at: datetime) -> None:
        rows = [{"serial": self._serial, "pin": pin, "name": name, "seen_at": at} for pin, name in dict(users).items()]
        if rows:
            new = insert(device_users).values(rows)
            again = {"name": new.excluded.name, "seen_at": new.excluded.seen_at}
            self._session.execute(new.on_conflict_do_update(index_elements=["serial", "pin"], set_=again))

    def keep_biometric(self, pins: Sequence[str], at: datetime) -> None:
        """Note that the clock has a finger or a face of these users, who are users also where it did not tell their names."""
        rows = [{"serial": self._serial, "pin": pin, "name": "", "seen_at": at, "biometric_at": at} for pin in pins]
        if rows:
            new = insert(device_users).values(rows)
            again = {"seen_at": new.excluded.seen_at, "biometric_at": new.excluded.biometric_at}
            self._session.execute(new.on_conflict_do_update(index_elements=["serial", "pin"], set_=again))

    def size(self) -> int:
        own = select(func.count()).select_from(device_users).where(u.serial == self._serial)
        return self._session.scalar(own) or 0

    def drop(self, pin: str) -> None:
        self._session.execute(delete(device_users).where(u.serial == self._serial, u.pin == pin))

    def absent(self, bureau: str) -> list[Row]:
        """Return who has a PIN on the clock today and is none of its users."""
        statement = _wanted(bureau).where(devices.c.serial == self._serial)
        missing = statement.add_columns(enrolments.c.person, persons.c.name.label("person_name"))
        rows = self._session.execute(missing.order_by(enrolments.c.pin)).mappings()
        return [dict(row) for row in rows]

    def unverified(self, bureau: str) -> list[Row]:
        """Return whom the clock has, of those who have a PIN on it today, without a finger or a face as far as it told or they pressed."""
        user = u.serial == devices.c.serial, u.pin == enrolments.c.pin, _current(), u.biometric_at.is_(None)
        has = select(u.pin).where(*user).correlate(devices, enrolments)
        pressed = select(punches.c.pin).where(
            punches.c.bureau == bureau,
            punches.c.pin == enrolments.c.pin,
            punches.c.device == devices.c.serial,
            punches.c.verify.in_(BIOMETRIC),
            punches.c.time >= enrolments.c.starts,
        )
        statement = _enrolled(bureau).where(devices.c.serial == self._serial, has.exists())
        statement = statement.where(~pressed.correlate(devices, enrolments).exists())
        told = statement.add_columns(enrolments.c.person, persons.c.name.label("person_name"))
        return [dict(row) for row in self._session.execute(told.order_by(enrolments.c.pin)).mappings()]

    def enrolled(self, bureau: str) -> dict[str, str]:
        """Return PIN -> name of everybody who has a PIN on the clock today."""
        statement = _enrolled(bureau).where(devices.c.serial == self._serial)
        rows = self._session.execute(statement.add_columns(persons.c.name).order_by(enrolments.c.pin))
        return {row.pin: row.name or "" for row in rows}

    def strangers(self, bureau: str) -> list[Row]:
        """Return the clock's users whom nobody of the bureau stands behind today."""
        statement = _strangers(bureau).where(devices.c.serial == self._serial)
        rows = self._session.execute(statement.add_columns(u.name).order_by(u.pin)).mappings()
        return [{"pin": row["pin"], "name": row["name"]} for row in rows]


def users_missing(session: Session, bureau: str) -> dict[str, int]:
    """Return how many each clock lacks of those who have a PIN on it; only of clocks that told their users."""
    return _counted(session, _wanted(bureau).where(devices.c.listed_at.is_not(None)))


def strangers_on(session: Session, bureau: str) -> dict[str, int]:
    """Return how many users of each clock are nobody's."""
    return _counted(session, _strangers(bureau))


def _counted(session: Session, statement: Any) -> dict[str, int]:
    found = statement.subquery()
    rows = session.execute(select(found.c.serial, func.count()).group_by(found.c.serial))
    return {row[0]: row[1] for row in rows}


def _holds() -> ColumnElement[bool]:
    """Whether an enrolment holds today on the clock beside it."""
    on = today()
    return and_(
        enrolments.c.bureau == devices.c.bureau,
        or_(enrolments.c.device_group == "", enrolments.c.device_group == devices.c.device_group),
        enrolments.c.starts <= on,
        or_(enrolments.c.ends.is_(None), enrolments.c.ends >= on),
    )


def _enrolled(bureau: str) -> Any:
    joined = devices.join(enrolments, _holds()).join(
        persons, and_(persons.c.bureau == enrolments.c.bureau, persons.c.person == enrolments.c.person)
    )
    chosen = select(devices.c.serial, enrolments.c.pin).select_from(joined).distinct()
    return chosen.where(devices.c.bureau == bureau, devices.c.status == "approved", persons.c.active)


def _wanted(bureau: str) -> Any:
    known = select(u.pin).where(u.serial == devices.c.serial, u.pin == enrolments.c.pin, _current())
    return _enrolled(bureau).where(~known.correlate(devices, enrolments).exists())


def _strangers(bureau: str) -> Any:
    joined = device_users.join(devices, devices.c.serial == u.serial)
    held = select(enrolments.c.pin).where(_holds(), enrolments.c.pin == u.pin)
    chosen = select(u.serial, u.pin).select_from(joined).where(devices.c.bureau == bureau, _current())
    return chosen.where(~held.correlate(device_users, devices).exists())
