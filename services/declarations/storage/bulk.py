"""Many rows in one statement: PostgreSQL reads them from one JSON array, so that 500 rows cost one parameter."""

# ruff: noqa: S608  # statements are put together from the names of our own tables and columns only

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Result, Table, TextClause, text
from sqlalchemy.orm import Session

from shared.database import Row
from shared.errors import Conflict
from shared.jsontext import dumps

T = TypeVar("T")


def as_row(state: Any) -> Row:
    """Return the fields of a flat dataclass; nothing is copied."""
    return dict(vars(state))


def as_states(cls: type[T], result: Result[Any]) -> list[T]:
    """Return domain objects from rows that hold at least their fields, whatever the columns' order."""
    columns = list(result.keys())
    places = [columns.index(one.name) for one in fields(cls)]  # type: ignore[arg-type]  # a dataclass
    return [cls(*(row[place] for place in places)) for row in result]


def insert_new(session: Session, table: Table, states: Sequence[Any]) -> None:
    """Insert every state; ``Conflict`` where one of them is there already (someone else was faster)."""
    if states:
        result = session.execute(_insert(table), {"rows": dumps([as_row(one) for one in states])})
        _all_written(result.rowcount, states)  # type: ignore[attr-defined]


def update_changed(session: Session, table: Table, key: tuple[str, ...], states: Sequence[Any]) -> None:
    """Write every state over its previous revision; they belong to one cycle and bureau."""
    if states:
        first = states[0]
        parameters = {"rows": dumps([as_row(one) for one in states]), "bureau": first.bureau, "cycle": first.cycle}
        result = session.execute(_update(table, key), parameters)
        _all_written(result.rowcount, states)  # type: ignore[attr-defined]


def insert_rows(session: Session, table: Table, rows: Sequence[Row], replacing: tuple[str, ...] = ()) -> None:
    """Insert rows that all name the same columns; of one whose key is there already, ``replacing`` is written over."""
    if rows:
        session.execute(text(inserting_some(table, tuple(rows[0]), replacing)), {"rows": dumps(rows)})


def codes(values: Iterable[str]) -> list[str]:
    """Return the codes sorted and without repetition: what is locked in this order never deadlocks."""
    return sorted(set(values))


@cache
def _insert(table: Table) -> TextClause:
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    return text(
        f"INSERT INTO {table.fullname} ({columns}) SELECT {columns}"
        f" FROM jsonb_populate_recordset(NULL::{table.fullname}, CAST(:rows AS jsonb)) ON CONFLICT DO NOTHING"
    )


@cache
def inserting_some(table: Table, names: tuple[str, ...], replacing: tuple[str, ...], rows: str = "rows") -> str:
    """Return the statement of ``insert_rows``, its rows the parameter ``rows``."""
    columns = ", ".join(f'"{name}"' for name in names)
    key = ", ".join(f'"{column.name}"' for column in table.primary_key)
    over = ", ".join(f'"{name}" = excluded."{name}"' for name in replacing)
    return (
        f"INSERT INTO {table.fullname} ({columns}) SELECT {columns}"
        f" FROM jsonb_populate_recordset(NULL::{table.fullname}, CAST(:{rows} AS jsonb))"
        + (f" ON CONFLICT ({key}) DO UPDATE SET {over}" if over else "")
    )


@cache
def _update(table: Table, key: tuple[str, ...]) -> TextClause:
    fixed = {"bureau", "cycle", *key}
    same = " AND ".join(f'old."{name}" = new."{name}"' for name in key)
    columns = [f'"{column.name}"' for column in table.c if column.name not in fixed]
    return text(
        f"UPDATE {table.fullname} old SET ({', '.join(columns)}) = ROW({', '.join(f'new.{name}' for name in columns)})"
        f" FROM jsonb_populate_recordset(NULL::{table.fullname}, CAST(:rows AS jsonb)) new"
        f" WHERE old.bureau = :bureau AND old.cycle = :cycle AND {same} AND old.revision = new.revision - 1"
    )


def _all_written(rowcount: int, states: Sequence[Any]) -> None:
    if rowcount != len(states):
        raise Conflict(
            "batch.changed_meanwhile", zh="内容已被他人同时修改，请刷新后重试", en="changed by someone else meanwhile"
        )
