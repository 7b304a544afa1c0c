"""Simple copies of others' states: a table that keeps what an event tells under the names that the event has for it."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from shared.database import upsert_newer

Projection = Callable[[Session, Sequence[Any]], None]


def kept_in(table: Table, *names: str) -> Projection:
    """Return the projection that keeps each newer state in ``table``, whose columns are members of the event.

    ``names``: the columns to fill, where not all of them are. Rows are told apart by the table's primary key.
    """
    columns = names or tuple(column.name for column in table.columns)
    key = tuple(column.name for column in table.primary_key)

    def keep(session: Session, states: Sequence[Any]) -> None:
        rows = [{name: getattr(state, name) for name in columns} for state in states]
        upsert_newer(session, table, rows, key=key)

    return keep
