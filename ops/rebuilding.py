"""Setting a schema aside, waiting for its rebuilt successor, bringing back what only the old one had."""

# ruff: noqa: S608  # names of schemas and tables are constants of this file

import time
from collections.abc import Sequence
from dataclasses import dataclass

import click
import pika
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from ops.bus import operator
from services.scoring.storage import result_tables, run_tables, tables
from services.scoring.storage.bureau_rules import bureau_rule
from services.scoring.storage.report_texts import report_text
from services.scoring.storage.waiting import assumed
from shared.database import ensure_partition
from shared.events import REGISTRY
from shared.letters.letter import BrokerAway
from shared.letters.rabbit import connect
from shared.migrations import migrate
from shared.tables import audit_trail, carried_out, outbox

SCHEMA, OLD = "scoring", "scoring_before_replay"
ASIDE = "scoring_set_aside"  # until its history is in the new schema
COPIES = (
    "unit",
    "person",
    "cycle",
    "model",
    "indicator",
    "claim",
    "fact",
    "veto",
    "self_score",
    "leave_month",
    "finding",
)
HISTORY = (  # nobody else can tell it again
    *(audit_trail(SCHEMA), outbox(SCHEMA), carried_out(SCHEMA), bureau_rule, assumed),
    *(tables.run, tables.run_input, tables.score),
    *(run_tables.run_detail, run_tables.run_points, run_tables.selection, run_tables.job),
    *(result_tables.publication, result_tables.conversation, result_tables.improvement),
    *(result_tables.indicator_problem, result_tables.grading, result_tables.grade, report_text),
)
FREEZABLE = ("closing", "closed", "published", "archived")
PATIENCE = 900.0  # seconds without a change after which what is missing will not come
QUIET = 5.0  # seconds without a change, where nothing tells how much is to come


@dataclass(frozen=True)
class RunRow:
    bureau: str
    cycle: str
    run: str
    input_hash: str
    result_hash: str


def set_aside(engine: Engine) -> list[RunRow]:
    """Set the schema aside, make it anew with its history, and return the newest run of each cycle that people froze, or the
    newest at all; none where the schema was lost.

    A replay that did not end is taken up: until its history has been brought along, the schema that was set aside is the bureau's;
    from then on the new one is, with whatever was recorded in it meanwhile.
    """
    url = engine.url.render_as_string(hide_password=False)
    _take_up(engine)
    lost = not exists(engine, SCHEMA)
    if not lost:
        migrate(url, SCHEMA)  # what an upgrade gives the bureaus that are there is part of their history
        _rename(engine, SCHEMA, ASIDE)
    try:
        migrate(url, SCHEMA)
        if lost:
            return []
        _bring_history(engine)
    except Exception:
        _take_up(engine)  # nobody is left with a schema without its history
        raise
    with engine.connect() as connection:
        newest = text(
            f"SELECT DISTINCT ON (bureau, cycle) bureau, cycle, run, input_hash, result_hash FROM {SCHEMA}.run"
            " ORDER BY bureau, cycle, frozen_by = :operator, frozen_at DESC"
        )
        return [RunRow(*row) for row in connection.execute(newest, {"operator": operator().account})]


def wait_until_drained(engine: Engine, service: str, owners: Sequence[str], *, expected: bool) -> None:
    """Wait until the owners' outboxes are empty and the copies have all rows they had;
    without those, until nothing comes any more. However long that takes: it gives up when nothing has moved for ``PATIENCE``."""
    last, since = None, time.monotonic()
    while True:
        with engine.connect() as connection:
            left = sum(_count(connection, f"{owner}.outbox") for owner in owners)
            counts = _counts(connection, SCHEMA) if service == SCHEMA else {}
            wanted = _counts(connection, OLD) if expected and service == SCHEMA else None
        if (counts, left) != last:
            last, since = (counts, left), time.monotonic()
        complete = wanted is None or all(counts[name] >= wanted[name] for name in wanted)
        unmoved = time.monotonic() - since
        if complete and not left and unmoved > QUIET:
            return
        if unmoved > PATIENCE:
            raise click.ClickException(f"not all states arrived: {counts} of {wanted}, {left} messages still to send")
        time.sleep(0.5)


def closed_cycles(engine: Engine) -> list[tuple[str, str]]:
    statement = text(f"SELECT bureau, cycle FROM {SCHEMA}.cycle WHERE status = ANY(:closed) ORDER BY bureau, cycle")
    with engine.connect() as connection:
        return [(row.bureau, row.cycle) for row in connection.execute(statement, {"closed": list(FREEZABLE)})]


def drop_old(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {OLD} CASCADE"))


def exists(engine: Engine, schema: str) -> bool:
    with engine.connect() as connection:
        return connection.execute(text("SELECT to_regnamespace(:name)"), {"name": schema}).scalar() is not None


def refuse_if_served(service: str) -> None:
    """Refuse while the service is served: a running process of the service remembers tables that are
    about to go: it has to be stopped first."""
    try:
        connection = connect()
    except BrokerAway as error:
        raise click.ClickException(str(error)) from error
    try:
        if any(_consumers(connection, kind.queue(service)) for kind in REGISTRY.values() if service in kind.consumers):
            raise click.ClickException(f"请先停止 {service} 的全部进程 / stop all processes of {service} first")
    finally:
        connection.close()


def _consumers(connection: pika.BlockingConnection, queue: str) -> int:
    try:
        return int(connection.channel().queue_declare(queue, passive=True).method.consumer_count)
    except pika.exceptions.ChannelClosedByBroker:  # it was never declared: nobody reads it
        return 0


def _take_up(engine: Engine) -> None:
    """Give the schema its name back where a replay before did not bring its history along."""
    if exists(engine, ASIDE):
        kept = ASIDE
        if exists(engine, SCHEMA) and _has_a_trail(engine):  # nobody was to be served meanwhile; never thrown away
            raise click.ClickException(
                f"{SCHEMA} 在重建中断后又有新记录 / was written to although {ASIDE} holds its history"
            )
    elif exists(engine, OLD) and not (exists(engine, SCHEMA) and _goes_on(engine)):
        kept = OLD
    else:
        return
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(text(f"ALTER SCHEMA {kept} RENAME TO {SCHEMA}"))


def _has_a_trail(engine: Engine) -> bool:
    with engine.connect() as connection:
        made = connection.execute(text("SELECT to_regclass(:name)"), {"name": f"{SCHEMA}.audit"}).scalar()
        return made is not None and _count(connection, f"{SCHEMA}.audit") > 0


def _goes_on(engine: Engine) -> bool:
    """Tell whether the new schema has the trail of the old one: the release before gave both their names at once."""
    with engine.connect() as connection:
        return _count(connection, f"{SCHEMA}.audit") >= _count(connection, f"{OLD}.audit")


def _rename(engine: Engine, schema: str, to: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"ALTER SCHEMA {schema} RENAME TO {to}"))


def _bring_history(engine: Engine) -> None:
    """Bring along what nobody else can tell again; the audit trail goes on where it stopped, and messages not yet sent still go out.

    What was set aside is the old schema from then on, unless a replay before has left one to compare with.
    """
    left = exists(engine, OLD)
    with Session(engine) as session:
        for table in HISTORY:
            name = table.name
            if table.dialect_options["postgresql"]["partition_by"]:
                for cycle in session.execute(text(f"SELECT DISTINCT cycle FROM {ASIDE}.{name}")).scalars().all():
                    ensure_partition(session, table, cycle)
            frozen = " WHERE run <> 'standing'" if name == "score" else ""
            numbered = [column.name for column in table.c if column.identity]  # numbered anew, in the same order
            order = f" ORDER BY {', '.join(numbered)}" if numbered else ""
            names = ", ".join(f'"{column.name}"' for column in table.c if not column.identity)
            session.execute(
                text(f"INSERT INTO {SCHEMA}.{name} ({names}) SELECT {names} FROM {ASIDE}.{name}{frozen}{order}")
            )
        session.execute(text(f"DROP SCHEMA {ASIDE} CASCADE" if left else f"ALTER SCHEMA {ASIDE} RENAME TO {OLD}"))
        session.commit()


def _counts(connection: Connection, schema: str) -> dict[str, int]:
    """The old schema may be of a release that had not all of them."""
    known = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
    there = set(connection.execute(known, {"schema": schema}).scalars())
    return {name: _count(connection, f"{schema}.{name}") for name in COPIES if name in there}


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
