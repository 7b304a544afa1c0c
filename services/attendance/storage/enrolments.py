"""Who stands behind a PIN: on which clocks, from when to when."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import TIMESTAMP, insert
from sqlalchemy.orm import Session

from services.attendance.storage.lists import held_between, of_people, page_of
from services.attendance.storage.tables import devices, enrolments
from shared.clock import today
from shared.database import Row

_ONE_DAY = timedelta(days=1)
_KEY = ("pin", "device_group", "starts")


def whose(punched: Any, bureau: str) -> ColumnElement[bool]:
    """Return the condition that an enrolment of ``bureau`` says whose a punch of the table
    ``punched`` is; its device must be joined."""
    return and_(
        enrolments.c.bureau == bureau,
        enrolments.c.pin == punched.c.pin,
        or_(enrolments.c.device_group == "", enrolments.c.device_group == devices.c.device_group),
        punched.c.time >= _midnight(enrolments.c.starts),
        or_(enrolments.c.ends.is_(None), punched.c.time < _midnight(enrolments.c.ends + _ONE_DAY)),
    )


def _midnight(day: Any) -> ColumnElement[Any]:
    return func.timezone("Asia/Shanghai", cast(day, TIMESTAMP))


class Enrolments:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> list[Row]:
        """Enrol each; returns the rows really written. What is enrolled already stays as it is."""
        if not rows:
            return []
        columns = (
            enrolments.c.pin,
            enrolments.c.device_group,
            enrolments.c.starts,
            enrolments.c.person,
            enrolments.c.ends,
        )
        statement = insert(enrolments).on_conflict_do_nothing().returning(*columns)
        own = [{"bureau": self._bureau, **row} for row in rows]
        return [dict(row) for row in self._session.execute(statement, own).mappings()]

    def end(self, row: Row, last: date) -> None:
        """Let an enrolment hold through ``last``."""
        chosen = update(enrolments).where(enrolments.c.bureau == self._bureau)
        chosen = chosen.where(*(enrolments.c[name] == row[name] for name in _KEY))
        self._session.execute(chosen.values(ends=last))

    def of_pins(self, pins: Iterable[str]) -> list[Row]:
        """Return every enrolment under one of ``pins``, ended ones too."""
        columns = (
            enrolments.c.pin,
            enrolments.c.device_group,
            enrolments.c.starts,
            enrolments.c.person,
            enrolments.c.ends,
        )
        chosen = (enrolments.c.bureau == self._bureau) & enrolments.c.pin.in_(list(pins))
        ordered = select(*columns).where(chosen).order_by(*(enrolments.c[name] for name in _KEY))
        return [dict(row) for row in self._session.execute(ordered).mappings()]

    def persons_of(self, pins: Iterable[str]) -> list[str]:
        """Return everybody who ever had one of ``pins``."""
        return sorted({row["person"] for row in self.of_pins(pins)})

    def pins_of(self, person: str | None) -> set[str]:
        """Return every PIN that ``person`` has or had."""
        own = (enrolments.c.bureau == self._bureau) & (enrolments.c.person == (person or ""))
        return set(self._session.scalars(select(enrolments.c.pin).where(own)))

    def persons(self, people: Iterable[str] | None = None) -> set[str]:
        """Return everybody who has or had a PIN; of ``people`` where they are given."""
        chosen = select(enrolments.c.person).where(enrolments.c.bureau == self._bureau)
        if people is not None:
            chosen = chosen.where(enrolments.c.person.in_(list(people)))
        return set(self._session.scalars(chosen))

    def page(self, query: Row) -> Row:
        statement = of_people(enrolments, self._bureau, query, None)
        if query["device_group"] is not None:
            statement = statement.where(enrolments.c.device_group == query["device_group"])
        if query["device"]:
            own = (devices.c.bureau == self._bureau) & (devices.c.serial == query["device"])
            group = enrolments.c.device_group
            clock = select(devices.c.serial).where(own, or_(group == "", group == devices.c.device_group))
            statement = statement.where(clock.correlate(enrolments).exists())
        statement = statement.where(*held_between(query, enrolments.c.starts, enrolments.c.ends))
        if query["state"]:
            over = enrolments.c.ends < today()
            statement = statement.where(over if query["state"] == "ended" else over.is_not(True))
        order = (enrolments.c.pin, enrolments.c.device_group, enrolments.c.starts)
        return page_of(self._session, statement, query, *order)
