"""Both sides of the wire: what clients were told is kept, and what the database holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pika
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from shared.messaging import topology

# What the simulation's journal counts, and the rows that it stands for.
HELD = {
    "declarations": "SELECT count(*) FROM declarations.declaration WHERE bureau = :bureau AND status = 'assessed'",
    "orders": "SELECT count(*) FROM declarations.task_order WHERE bureau = :bureau",
    "orders_judged": "SELECT count(*) FROM declarations.task_order WHERE bureau = :bureau AND status = 'judged'",
    "contributions": "SELECT count(*) FROM declarations.contribution WHERE bureau = :bureau",
    "ballots": "SELECT (SELECT count(*) FROM declarations.ballot WHERE bureau = :bureau)"
    " + (SELECT count(*) FROM declarations.sealed_ballot JOIN declarations.campaign USING (campaign) WHERE bureau = :bureau)",
    "vetoes": "SELECT count(*) FROM declarations.veto WHERE bureau = :bureau AND status = 'confirmed'",
    "claims": "SELECT count(*) FROM targets.claims WHERE bureau = :bureau AND status = 'claimed'",
    "punches": "SELECT count(*) FROM attendance.punches WHERE bureau = :bureau",
    "cases": "SELECT count(*) FROM complaints.cases WHERE bureau = :bureau",
}
# What left by events, on its owner's side and on scoring's.
CARRIED = {
    "declarations": ("declarations.declaration", "declaration"),
    "orders": ("declarations.task_order", "task_order"),
    "contributions": ("declarations.contribution", "contribution"),
}


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def held(url: str, bureau: str) -> dict[str, int]:
    with connected(url) as connection:
        return {name: connection.execute(text(query), {"bureau": bureau}).scalar_one() for name, query in HELD.items()}


def carried(url: str, bureau: str) -> dict[str, tuple[int, int]]:
    """(rows of the owner, facts of scoring) by kind."""
    facts = "SELECT count(*) FROM scoring.fact WHERE bureau = :bureau AND kind = :kind"
    with connected(url) as connection:
        return {
            name: (
                connection.execute(
                    text(f"SELECT count(*) FROM {table} WHERE bureau = :bureau"), {"bureau": bureau}
                ).scalar_one(),
                connection.execute(text(facts), {"bureau": bureau, "kind": kind}).scalar_one(),
            )
            for name, (table, kind) in CARRIED.items()
        }


def with_secret_votes(results: dict[str, Any], url: str) -> dict[str, Any]:
    """The results with the counts of evaluations that no view tells, those of fewer than three ballots: the oracle needs all."""
    with connected(url) as connection:
        rows = connection.execute(
            text("SELECT campaign, subject, counts FROM declarations.evaluation WHERE bureau = :bureau"),
            {"bureau": results["bureau"]},
        )
        counts = {(str(row.campaign), row.subject): row.counts for row in rows}
    told = [
        one if one["told"] else {**one, "counts": counts[one["campaign"], one["subject"]]}
        for one in results["evaluations"]
    ]
    return {**results, "evaluations": told}


def dead_letters(broker_url: str) -> int:
    connection = pika.BlockingConnection(pika.URLParameters(broker_url))
    try:
        declared: Any = connection.channel().queue_declare(topology.DEAD, passive=True)
        count: int = declared.method.message_count
        return count
    finally:
        connection.close()
