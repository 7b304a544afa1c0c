"""Closed months and each subject's figures, with the locks that let a late step and a close meet safely."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.domain.figures import Figures
from services.complaints.storage.tables import figures, months
from shared.database import Row
from shared.events import CaseFiguresChanged
from shared.pages import keyset


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
        for code in ordered:
            self._lock("pg_advisory_xact_lock_shared", f"complaints close {self._bureau} {code}")
        closed = select(months.c.month).where(months.c.bureau == self._bureau, months.c.month.in_(ordered))
        return sorted(self._session.scalars(closed))

    def hold_to_close(self, code: str) -> None:
        self._lock("pg_advisory_xact_lock", f"complaints close {self._bureau} {code}")

    def hold_to_recompute(self, code: str) -> None:
        """Let one recompute at a time: the second to come then sees the first one's
        facts, so the last figures hold everything."""
        self._lock("pg_advisory_xact_lock", f"complaints recompute {self._bureau} {code}")

    def close(self, code: str, at: datetime, by: str) -> Row:
        row = {"bureau": self._bureau, "month": code, "closed_at": at, "closed_by": by, "revision": 1}
        again = {"closed_at": at, "closed_by": by, "revision": months.c.revision + 1}
        statement = insert(months).values(**row).on_conflict_do_update(index_elements=["bureau", "month"], set_=again)
        return dict(self._session.execute(statement.returning(months)).mappings().one())

    def page(self, after: str | None, limit: int) -> Row:
        told = select(months.c.month, months.c.closed_at, months.c.closed_by, months.c.revision)
        statement = told.where(months.c.bureau == self._bureau)
        return keyset(self._session, statement, order=[months.c.month], after=after, limit=limit)

    def _lock(self, function: str, name: str) -> None:
        self._session.execute(text(f"SELECT {function}(hashtextextended(:name, 0))"), {"name": name})


class StoredFigures:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    @staticmethod
    def bureaus(session: Session) -> list[str]:
        return sorted(session.scalars(select(figures.c.bureau).distinct()))

    def of_month(self, code: str) -> dict[str, Row]:
        chosen = select(figures).where(figures.c.bureau == self._bureau, figures.c.month == code)
        return {row["subject"]: dict(row) for row in self._session.execute(chosen).mappings()}

    def save(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        statement = insert(figures)
        changed = {name: statement.excluded[name] for name in ("layer", "revision", "figures", "reported", "by")}
        statement = statement.on_conflict_do_update(index_elements=["bureau", "month", "subject"], set_=changed)
        self._session.execute(statement, list(rows))

    def page(self, code: str, subjects: list[str] | None, layer: str | None, after: str | None, limit: int) -> Row:
        told = [column for column in figures.c if column.name != "bureau"]
        statement = select(*told).where(figures.c.bureau == self._bureau, figures.c.month == code)
        if subjects is not None:
            statement = statement.where(figures.c.subject.in_(subjects))
        if layer is not None:
            statement = statement.where(figures.c.layer == layer)
        return keyset(self._session, statement, order=[figures.c.subject], after=after, limit=limit)

    def states(self, after: tuple[str, str], limit: int) -> list[CaseFiguresChanged]:
        """Return all the bureau's states in order of (month, subject), ``limit`` after the given one."""
        key = (figures.c.month, figures.c.subject)
        chosen = select(figures).where(figures.c.bureau == self._bureau)
        chosen = chosen.where((key[0] > after[0]) | ((key[0] == after[0]) & (key[1] > after[1])))
        return [state_of(row) for row in self._session.execute(chosen.order_by(*key).limit(limit)).mappings()]


def state_of(row: Any) -> CaseFiguresChanged:
    """Return the event that tells a stored row."""
    return CaseFiguresChanged(
        bureau=row["bureau"],
        subject=row["subject"],
        layer=row["layer"],
        month=row["month"],
        revision=row["revision"],
        figures={
            name: {key: Decimal(value) for key, value in counts.items()} for name, counts in row["figures"].items()
        },
        by=row["by"],
    )


def figures_text(counted: Figures) -> dict[str, dict[str, str]]:
    """Return figures as stored: decimals as text, without trailing zeros."""
    return {name: {key: _plain(value) for key, value in counts.items()} for name, counts in counted.items()}


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
