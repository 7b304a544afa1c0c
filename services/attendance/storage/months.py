"""Closed months and the figures of each subject, with the locks that let a late punch and a close meet safely."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Session

from services.attendance.domain.months import figures_from
from services.attendance.storage.desk_tables import month_changes
from services.attendance.storage.tables import month_figures, months, persons, shown, units
from shared.database import Row
from shared.events import AttendanceMonthChanged
from shared.jsontext import dumps
from shared.pages import keyset, mentioning
from shared.tables import inserting

_YEARS_BACK = 2


_HOLD_ALL = text(
    "SELECT pg_advisory_xact_lock_shared(hashtextextended(name, 0)) FROM unnest(CAST(:names AS text[])) AS one (name)"
)
_KEPT = ("layer", "unit", "revision", "figures", "detail", "by")
_CHANGED = ", ".join(f'"{name}" = excluded."{name}"' for name in _KEPT)
_SAVE = text(
    f"{inserting(month_figures, ('bureau', 'month', 'subject', *_KEPT))}"
    f" ON CONFLICT (bureau, month, subject) DO UPDATE SET {_CHANGED}"
)


class Months:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def hold_open(self, codes: Iterable[str]) -> list[str]:
        """Keep the months ``codes`` from being closed until this transaction ends; returns those closed before.

        Facts are stored under this lock: either the close sees them, or they see
        that the month is closed and recompute it.
        """
        ordered = sorted(set(codes))
        held: dict[tuple[str, str], bool] = self._session.info.setdefault("months held open", {})
        if new := [code for code in ordered if (self._bureau, code) not in held]:
            names = [f"attendance close {self._bureau} {code}" for code in new]
            self._session.execute(_HOLD_ALL, {"names": names})
            closed = select(months.c.month).where(months.c.bureau == self._bureau, months.c.month.in_(new))
            before = set(self._session.scalars(closed))
            held |= {(self._bureau, code): code in before for code in new}
        return [code for code in ordered if held[self._bureau, code]]

    def hold_from(self, first: date, today: date) -> list[str]:
        """Keep every month from that of ``first`` on from being closed, as ``hold_open`` does: for facts that hold until further
        notice. Months that are years past are closed, or never will be."""
        since = max(first, today.replace(year=today.year - _YEARS_BACK, day=1))
        number = range(since.year * 12 + since.month - 1, today.year * 12 + today.month)
        begun = {f"{one // 12}-{one % 12 + 1:02}" for one in number}
        return self.hold_open({*begun, *(code for code in self.closed() if code >= f"{first:%Y-%m}")})

    def hold_limits(self, people: Iterable[str]) -> None:
        """Let one ask at a time for what a person has so much of (days of leave, explanations), or at one time only."""
        for code in sorted(set(people)):
            self._lock("pg_advisory_xact_lock", f"attendance limits {self._bureau} {code}")

    def hold_to_close(self, code: str) -> None:
        self._lock("pg_advisory_xact_lock", f"attendance close {self._bureau} {code}")

    def hold_to_recompute(self, code: str) -> None:
        """Let one recompute at a time: the second to come then sees the first one's
        punches, so the last figures hold everything."""
        self._lock("pg_advisory_xact_lock", f"attendance recompute {self._bureau} {code}")

    def closed(self) -> list[str]:
        """Return every month that was closed."""
        chosen = select(months.c.month).where(months.c.bureau == self._bureau)
        return sorted(self._session.scalars(chosen))

    def close(self, code: str, at: datetime, by: str) -> Row:
        row = {"bureau": self._bureau, "month": code, "closed_at": at, "closed_by": by, "revision": 1, "under_way": at}
        statement = insert(months).values(**row)
        again = {"closed_at": at, "closed_by": by, "revision": months.c.revision + 1, "under_way": at}
        statement = statement.on_conflict_do_update(index_elements=["bureau", "month"], set_=again)
        return dict(self._session.execute(statement.returning(months)).mappings().one())

    def go_on(self, code: str, revision: int, at: datetime | None) -> None:
        """Note that the closing is under way still; None: that it has ended. One that was begun after it is another's."""
        mine = (months.c.bureau == self._bureau) & (months.c.month == code) & (months.c.revision == revision)
        self._session.execute(update(months).where(mine).values(under_way=at))

    @staticmethod
    def bureaus_left(session: Session, before: datetime) -> list[str]:
        """Return the bureaus with closings that were under way last ``before``."""
        return sorted(session.scalars(select(months.c.bureau).where(months.c.under_way < before).distinct()))

    def take_up(self, before: datetime, at: datetime) -> tuple[str, int] | None:
        """Take up a closing that was under way last ``before``, the earliest month's: one process, which goes on with it."""
        left = select(months.c.month).where(months.c.bureau == self._bureau, months.c.under_way < before)
        code = self._session.scalar(left.order_by(months.c.month).limit(1).with_for_update(skip_locked=True))
        if code is None:
            return None
        mine = (months.c.bureau == self._bureau) & (months.c.month == code)
        taken = update(months).where(mine).values(under_way=at).returning(months.c.revision)
        return code, self._session.execute(taken).scalar_one()

    def judged_for(self, people: Iterable[str]) -> set[str]:
        """Return the months in which one of ``people`` has figures."""
        chosen = select(month_figures.c.month).distinct().where(month_figures.c.bureau == self._bureau)
        return set(self._session.scalars(chosen.where(month_figures.c.subject.in_(list(people)))))

    def page(self, after: str | None, limit: int) -> dict[str, Any]:
        statement = select(*shown(months, "under_way")).where(months.c.bureau == self._bureau)
        return keyset(self._session, statement, order=[months.c.month], after=after, limit=limit)

    def _lock(self, function: str, name: str) -> None:
        self._session.execute(text(f"SELECT {function}(hashtextextended(:name, 0))"), {"name": name})


class MonthFigures:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    @staticmethod
    def bureaus(session: Session) -> list[str]:
        return sorted(session.scalars(select(month_figures.c.bureau).distinct()))

    def of_month(self, code: str, subjects: Sequence[str] | None = None) -> dict[str, Row]:
        chosen = select(month_figures).where(month_figures.c.bureau == self._bureau, month_figures.c.month == code)
        if subjects is not None:
            chosen = chosen.where(month_figures.c.subject.in_(subjects))
        return {row["subject"]: dict(row) for row in self._session.execute(chosen).mappings()}

    def persons(self, code: str, people: Iterable[str] | None = None) -> set[str]:
        """Return who has figures in the month; of ``people`` where they are given."""
        chosen = select(month_figures.c.subject).where(
            month_figures.c.bureau == self._bureau, month_figures.c.month == code
        )
        chosen = chosen.where(month_figures.c.layer == "person")
        if people is not None:
            chosen = chosen.where(month_figures.c.subject.in_(list(people)))
        return set(self._session.scalars(chosen))

    def revisions(self, code: str, subjects: Sequence[str]) -> dict[str, int]:
        """Return subject -> the revision of its figures in the month."""
        own = (month_figures.c.bureau == self._bureau) & (month_figures.c.month == code)
        chosen = select(month_figures.c.subject, month_figures.c.revision).where(own)
        found = self._session.execute(chosen.where(month_figures.c.subject.in_(subjects)))
        return {row.subject: row.revision for row in found}

    def has_units(self, code: str) -> bool:
        """Tell whether the month has figures of units: its first closing came to its end."""
        own = (month_figures.c.bureau == self._bureau) & (month_figures.c.month == code)
        found = select(month_figures.c.subject).where(own, month_figures.c.layer != "person").limit(1)
        return self._session.execute(found).first() is not None

    def shares(self, code: str) -> dict[str, dict[str, list[str]]]:
        """Return person -> unit -> [days attended, days due]."""
        shares = month_figures.c.detail["shares"]
        own = (month_figures.c.bureau == self._bureau) & (month_figures.c.month == code)
        chosen = select(month_figures.c.subject, shares.label("shares")).where(own, month_figures.c.layer == "person")
        return {row.subject: row.shares or {} for row in self._session.execute(chosen)}

    def units_of(
        self, code: str, people: Iterable[str], units: Iterable[str], *, everyone: bool = False
    ) -> dict[str, dict[str, list[str]]]:
        """Return unit -> its members' shares: of ``units`` and of those to which one
        of ``people`` brought a share, or of all."""
        members = month_figures.c.detail["members"]
        brought = func.jsonb_exists_any(members, cast(list(people), ARRAY(Text)))
        chosen = select(month_figures.c.subject, members.label("members")).where(
            month_figures.c.bureau == self._bureau,
            month_figures.c.month == code,
            month_figures.c.layer != "person",
        )
        if not everyone:
            chosen = chosen.where(or_(month_figures.c.subject.in_(list(units)), brought))
        return {row.subject: row.members for row in self._session.execute(chosen)}

    def save(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        told = dumps([{**row, "bureau": self._bureau} for row in rows])
        self._session.execute(_SAVE, {"rows": told})

    def page(self, query: Row, subjects: list[str] | None) -> Row:
        joined = month_figures.outerjoin(
            persons, (persons.c.bureau == month_figures.c.bureau) & (persons.c.person == month_figures.c.subject)
        ).outerjoin(units, (units.c.bureau == month_figures.c.bureau) & (units.c.unit == month_figures.c.unit))
        names = (
            func.coalesce(persons.c.name, units.c.name).label("subject_name"),
            units.c.name.label("unit_name"),
        )
        statement = select(*shown(month_figures, "detail"), *names).select_from(joined)
        statement = statement.where(month_figures.c.bureau == self._bureau, month_figures.c.month == query["month"])
        for name in ("layer", "unit"):
            if query[name]:
                statement = statement.where(month_figures.c[name] == query[name])
        if subjects is not None:
            statement = statement.where(month_figures.c.subject.in_(subjects))
        named = (persons.c.name, units.c.name, month_figures.c.subject)
        statement = statement.where(*mentioning(query["q"], *named))
        order = [month_figures.c.subject]
        return keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])

    def note_changes(self, rows: Sequence[Row]) -> None:
        """Put on record what changed in a closed month."""
        if rows:
            self._session.execute(insert(month_changes), [{**row, "bureau": self._bureau} for row in rows])

    def changes(self, code: str, subject: str) -> list[Row]:
        """Return what changed since the month was closed, in its order."""
        own = (month_changes.c.month == code) & (month_changes.c.subject == subject)
        chosen = select(*shown(month_changes, "month", "subject")).where(month_changes.c.bureau == self._bureau, own)
        return [dict(row) for row in self._session.execute(chosen.order_by(month_changes.c.revision)).mappings()]

    def states(self, after: tuple[str, str], limit: int) -> list[AttendanceMonthChanged]:
        """Return all the bureau's states in order of (month, subject), ``limit`` after the given one."""
        key = (month_figures.c.month, month_figures.c.subject)
        chosen = select(month_figures).where(month_figures.c.bureau == self._bureau)
        chosen = chosen.where((key[0] > after[0]) | ((key[0] == after[0]) & (key[1] > after[1])))
        return [state_of(row) for row in self._session.execute(chosen.order_by(*key).limit(limit)).mappings()]


def state_of(row: Any) -> AttendanceMonthChanged:
    """Return the event that tells a stored row."""
    return AttendanceMonthChanged(
        bureau=row["bureau"],
        subject=row["subject"],
        layer=row["layer"],
        month=row["month"],
        revision=row["revision"],
        figures=figures_from(row["figures"]),
        by=row["by"],
    )
