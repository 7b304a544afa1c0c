"""PostgreSQL: one schema a service, sessions that carry their actor, and the upsert on which every event handler rests."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from time import monotonic
from typing import Any

from sqlalchemy import Table, create_engine, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.event import listen
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session

from shared.actor import Actor, system
from shared.few_ways import allow_few_ways, few_ways
from shared.jsontext import dumps
from shared.logs import request_id
from shared.messaging.together import check_alone
from shared.patience import CONNECTING, LONGEST, connect_arguments
from shared.recording import write_last, write_recorded
from shared.several_servers import ask_one_after_the_other, number_of_servers
from shared.tables import inserting, metadata_for

Row = dict[str, Any]
FRESH = 1.0  # seconds

__all__ = [
    "Row",
    "Session",
    "Sessions",
    "engine_for",
    "ensure_partition",
    "ensure_partitions",
    "metadata_for",
    "open_sessions",
    "single_statements",
    "upsert_newer",
    "upsert_newer_last",
]


class Sessions:
    """Transactions on one schema. Leaving ``begin`` without an error writes what was recorded and commits."""

    def __init__(self, engine: Engine, schema: str) -> None:
        self.engine = engine
        self.schema = schema
        allow_few_ways(engine)

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[Session]:
        with few_ways(self.engine) as connection, Session(connection) as session:
            session.info.update(actor=actor, schema=self.schema)
            yield session
            write_recorded(session)
            session.commit()

    def begin_single(self) -> AbstractContextManager[Connection]:
        """Open a connection for what is a single statement: nothing is
        recorded, each commits when it has its answer."""
        return single_statements(self.engine)

    @contextmanager
    def begin_handling(self, states: Sequence[Any]) -> Iterator[Session]:
        """Begin a transaction that takes others' events; what it records is done by the system."""
        bureau = states[0].bureau if states else ""
        with self.begin(system(bureau, request_id())) as session:
            yield session
            if session.info.get("recorded"):
                check_alone()


def engine_for(url: str, *, pool_size: int = 10, longest: int = LONGEST) -> Engine:
    """Return an engine whose statements take at most ``longest`` seconds; 0 for as long as they need."""
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=5,
        pool_recycle=1800,
        hide_parameters=True,  # an error is logged; the names in a row are nobody's business there
        connect_args=connect_arguments(longest=longest, connecting=CONNECTING / number_of_servers(url)),
    )
    ask_one_after_the_other(engine)
    _ping_what_rested(engine)
    return engine


def _ping_what_rested(engine: Engine) -> None:
    """SQLAlchemy's own pre-ping asks before every use, a tenth of all ways to the database. What was in use a moment ago is
    taken to be alive: whoever is the first to use it after the database went is told so, as are those it left in the middle."""

    def note(_: Any, record: Any) -> None:
        record.info["used"] = monotonic()

    def ping(connection: Any, record: Any, _: Any) -> None:
        if monotonic() - record.info.get("used", monotonic()) < FRESH:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    listen(engine, "checkin", note)
    listen(engine, "checkout", ping)


@contextmanager
def single_statements(engine: Engine) -> Iterator[Connection]:
    """Give a connection on which every statement is a transaction of its own: two ways to the database fewer for each.

    psycopg2 is told by itself: SQLAlchemy's ``AUTOCOMMIT`` names an isolation
    level too, which costs a way in and one back.
    """
    with engine.connect() as connection:
        own: Any = connection.connection.dbapi_connection
        own.autocommit = True
        try:
            yield connection
            own.autocommit = False
        except BaseException:
            connection.invalidate()  # nobody may get it in a state that is not known
            raise


def open_sessions(url: str, schema: str) -> Sessions:
    return Sessions(engine_for(url), schema)


def upsert_newer(session: Session, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> list[Row]:
    """Insert or update each row whose ``revision`` is newer than the stored one; returns the rows really written.

    Order, repetition and replay of events do not matter because of this guard (law 2). Rows are written in the order of
    their key, so that two batches over the same rows wait for each other and never deadlock. They travel as one JSON:
    one statement for each table, however many rows there are.
    """
    latest = _latest(rows, key)
    if not latest:
        return []
    statement = text(f"{_upsert(table, tuple(key), tuple(rows[0]))} RETURNING {_names(key)}")
    written = session.execute(statement, {"rows": dumps([latest[identity] for identity in sorted(latest)])})
    return [latest[tuple(identity)] for identity in written]


def upsert_newer_last(session: Session, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """Do the same last in the transaction, for whoever need not know what was written; once for each table, as one statement
    cannot write a row twice."""
    latest = _latest(rows, key)
    if latest:
        name = f"{table.name}_rows"
        ordered = [latest[identity] for identity in sorted(latest)]
        write_last(session, _upsert(table, tuple(key), tuple(rows[0]), name), name, ordered)


def _latest(rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    latest: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        identity = tuple(row[name] for name in key)
        if identity not in latest or latest[identity]["revision"] < row["revision"]:
            latest[identity] = dict(row)
    return latest


@cache
def _upsert(table: Table, key: tuple[str, ...], given: tuple[str, ...], rows: str = "rows") -> str:
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in given if name not in key)
    newer = f"UPDATE SET {changed} WHERE held.revision < excluded.revision"
    return f"{inserting(table, given, rows)} ON CONFLICT ({_names(key)}) DO {newer}"


def _names(key: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in key)


def ensure_partition(session: Session, table: Table, cycle: str) -> None:
    ensure_partitions(session, [table], [cycle])


def ensure_partitions(session: Session, tables: Iterable[Table], cycles: Iterable[str]) -> None:
    """Create the partitions of ``tables`` (partitioned by LIST (cycle)) for ``cycles`` where they are missing.

    Nothing is remembered: the look-up is cheap, and a schema may be dropped and
    made anew under a running service (replay).
    """
    wanted = {_partition(table, cycle): (table, cycle) for cycle in sorted(set(cycles)) for table in tables}
    for name in session.execute(_MISSING, {"names": list(wanted)}).scalars().all():
        table, cycle = wanted[name]
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})
        # the owner's: shared/database_roles.py
        made = text(f'SELECT "{table.schema}".ensure_partition(:parent, :cycle)')
        session.execute(made, {"parent": table.name, "cycle": cycle})


_MISSING = text("SELECT name FROM unnest(CAST(:names AS text[])) AS one (name) WHERE to_regclass(name) IS NULL")


def _partition(table: Table, cycle: str) -> str:
    if not cycle.isalnum():
        raise ValueError(f"{cycle!r} is no cycle")
    return f'"{table.schema}"."{table.name}_{cycle}"'
