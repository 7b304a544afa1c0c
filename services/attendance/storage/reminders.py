"""Who was reminded of which day; and of which evening it is done for everybody."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.desk_tables import reminders

_EVERYBODY = ""


class Reminders:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def claim(self, people: Iterable[tuple[str, date]], at: datetime) -> set[tuple[str, date]]:
        """Note that each is told of the day; returns those whom nobody had told. Another who tells them at the same time is waited for."""
        rows = [
            {"bureau": self._bureau, "person": code, "day": day, "told_at": at} for code, day in sorted(set(people))
        ]
        if not rows:
            return set()
        statement = insert(reminders).on_conflict_do_nothing().returning(reminders.c.person, reminders.c.day)
        return {(row.person, row.day) for row in self._session.execute(statement, rows)}

    def is_done(self, evening: date) -> bool:
        c = reminders.c
        own = select(c.day).where(c.bureau == self._bureau, c.person == _EVERYBODY, c.day == evening)
        return self._session.execute(own).first() is not None

    def done(self, evening: date, at: datetime) -> None:
        self.claim([(_EVERYBODY, evening)], at)
