"""What statements read: how many rows of which table PostgreSQL looked at to answer them, whatever it gave out in the end."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

_BEGIN = "BEGIN; "  # which travels with the first statement of a transaction (shared/few_ways.py)


@dataclass
class Reading:
    """One statement: the rows that were looked at, by table, and the indexes that were used."""

    statement: str
    rows: Counter[str] = field(default_factory=Counter)
    indexes: set[str] = field(default_factory=set)


@contextmanager
def readings(engine: Engine, *, chosen: bool = False) -> Iterator[list[Reading]]:
    """Fill a list with what each SELECT reads, from now on until this ends; it is carried out once more for that.

    Told is what it reads where an index is used wherever there is one that leads to the rows, as it is in a bureau of any size;
    ``chosen``: as the planner would have it for the tables as they are.
    """
    found: list[Reading] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked = statement.removeprefix(_BEGIN)
        if not asked.lstrip().upper().startswith(("SELECT", "WITH")) or ";" in asked:
            return
        with cursor.connection.cursor() as other:
            other.execute(f"SET enable_seqscan = {'on' if chosen else 'off'}")
            other.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {asked}", parameters)
            answer = other.fetchone()[0]
            other.execute("SET enable_seqscan = on")
        plan = json.loads(answer) if isinstance(answer, str) else answer
        reading = Reading(asked)
        _walk(plan[0]["Plan"], reading)
        found.append(reading)

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def _walk(node: dict[str, Any], reading: Reading) -> None:
    loops = node["Actual Loops"]
    if table := node.get("Relation Name"):
        left_out = sum(node.get(name, 0) for name in ("Rows Removed by Filter", "Rows Removed by Index Recheck"))
        reading.rows[table] += round((node["Actual Rows"] + left_out) * loops)
    if index := node.get("Index Name"):
        reading.indexes.add(index)
    for part in node.get("Plans", ()):
        _walk(part, reading)


def too_much(found: Iterable[Reading], most: int, but: Collection[str] = ()) -> list[tuple[dict[str, int], str]]:
    """Return what looked at more than ``most`` rows, of tables ``but`` aside: the rows by table, and the statement."""
    return [
        (dict(one.rows), one.statement)
        for one in found
        if sum(number for table, number in one.rows.items() if table not in but) > most
    ]
