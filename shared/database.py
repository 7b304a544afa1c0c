"""PostgreSQL: one schema a service, sessions that carry their actor, and the upsert on which every event handler rests."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, create_engine, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from shared.actor import Actor, system
from shared.logs import request_id
from shared.recording import write_recorded
from shared.tables import metadata_for

Row = dict[str, Any]

__all__ = ["Row", "Sessions", "engine_for", "ensure_partition", "metadata_for", "open_sessions", "upsert_newer"]


class Sessions:
    """Transactions on one schema. Leaving ``begin`` without an error writes what was recorded and commits."""

    def __init__(self, engine: Engine, schema: str) -> None:
        self.engine = engine
        self.schema = schema

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[Session]:
        with Session(self.engine) as session:
            session.info.update(actor=actor, schema=self.schema)
            yield session
            write_recorded(session)
            session.commit()

    @contextmanager
    def begin_handling(self, states: Sequence[Any]) -> Iterator[Session]:
        """A transaction that takes others' events; what it records is done by the system."""
        bureau = states[0].bureau if states else ""
        with self.begin(system(bureau, request_id())) as session:
            yield session


def engine_for(url: str, *, pool_size: int = 10) -> Engine:
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=5,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,  # an error is logged; the names in a row are nobody's business there
        connect_args={"connect_timeout": 10, "options": "-c timezone=UTC -c lock_timeout=30000"},
    )


def open_sessions(url: str, schema: str) -> Sessions:
    return Sessions(engine_for(url), schema)


def upsert_newer(session: Session, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> list[Row]:
    """Insert or update each row whose ``revision`` is newer than the stored one; returns the rows really written.

    Order, repetition and replay of events do not matter because of this guard (law 2). Rows are written in the order of
    their key, so that two batches over the same rows wait for each other and never deadlock.
    """
    latest: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in rows:
        identity = tuple(row[name] for name in key)
        if identity not in latest or latest[identity]["revision"] < row["revision"]:
            latest[identity] = row
    if not latest:
        return []
    statement = insert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in key}
    given = set(next(iter(latest.values())))
    statement = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={name: value for name, value in changed.items() if name in given},
        where=table.c.revision < statement.excluded.revision,
    )
    ordered = [dict(latest[identity]) for identity in sorted(latest)]
    result = session.execute(statement.returning(*table.c), ordered)
    return [dict(row) for row in result.mappings()]


def ensure_partition(session: Session, table: Table, cycle: str) -> None:
    """Create the partition of ``table`` (partitioned by LIST (cycle)) for ``cycle`` where it is missing.

    Nothing is remembered: the look-up is cheap, and a schema may be dropped and made anew under a running service (replay).
    """
    if not cycle.isalnum():
        raise ValueError(f"{cycle!r} is no cycle")
    name = f'"{table.schema}"."{table.name}_{cycle}"'
    if session.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar() is not None:
        return
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})
    parent = f'"{table.schema}"."{table.name}"'
    session.execute(text(f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {parent} FOR VALUES IN ('{cycle}')"))
