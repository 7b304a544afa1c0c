"""What changed since: for every state taken the subject and indicator whose score it may change, in the order of commits.

Tables that came with revision 0002; a metadata of their own, so that revision 0001 goes on making what it made when it was released.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, String, Table, and_, column, delete, select, table, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Session

metadata = MetaData(schema="scoring")
KEPT = 50_000  # versions; whoever has not looked for longer begins anew
PRUNED_EVERY = 1_000


def _code(name: str) -> Column[str]:
    return Column(name, String(64), primary_key=True, nullable=False)


# subject "": all of them (the cycle's rules or its library); indicator "": a veto.
touched = Table(
    "touched",
    metadata,
    _code("bureau"),
    _code("cycle"),
    Column("version", BigInteger, primary_key=True),
    _code("subject"),
    _code("indicator"),
)
# The epoch tells a schema that was dropped and filled again from the one before: its versions begin anew.
_version = table(
    "facts_version", column("bureau"), column("cycle"), column("version"), column("epoch", UUID), schema="scoring"
)


@dataclass(frozen=True)
class Marks:
    """Where the organisation and a cycle stand: epoch and version of each."""

    organisation: tuple[str, int]
    cycle: tuple[str, int]


def note(session: Session, bureau: str, cycle: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Raise the version and note subjects and indicators under it.

    To be called last in a transaction: the version's row is held until the commit, so versions are in the order of commits.
    """
    noted = sorted(set(pairs))
    own = {
        "bureau": bureau,
        "cycle": cycle,
        "subjects": [one[0] for one in noted],
        "indicators": [one[1] for one in noted],
    }
    version = session.execute(_RAISE, own).scalar_one()
    if version % PRUNED_EVERY == 0:
        mine = and_(touched.c.bureau == bureau, touched.c.cycle == cycle)
        session.execute(delete(touched).where(mine, touched.c.version <= version - KEPT))


# One statement: it is part of every event that is taken.
_RAISE = text("""
    WITH raised AS (
        INSERT INTO scoring.facts_version AS held (bureau, cycle, version) VALUES (:bureau, :cycle, 1)
        ON CONFLICT (bureau, cycle) DO UPDATE SET version = held.version + 1 RETURNING version
    ), noted AS (
        INSERT INTO scoring.touched (bureau, cycle, version, subject, indicator)
        SELECT :bureau, :cycle, version, subject, indicator
        FROM raised, unnest(CAST(:subjects AS text[]), CAST(:indicators AS text[])) AS one (subject, indicator)
    )
    SELECT version FROM raised""")


def marks(session: Session, bureau: str, cycle: str) -> Marks:
    chosen = select(_version).where(_version.c.bureau == bureau, _version.c.cycle.in_(["", cycle]))
    found = {row.cycle: (str(row.epoch), int(row.version)) for row in session.execute(chosen)}
    return Marks(found.get("", ("", 0)), found.get(cycle, ("", 0)))


def since(session: Session, bureau: str, cycle: str, before: int, now: int) -> list[tuple[str, str]] | None:
    """Subjects and indicators touched by versions ``before`` < v ≤ ``now``; None where some of them are forgotten."""
    if now - before >= KEPT - PRUNED_EVERY:
        return None
    mine = and_(touched.c.bureau == bureau, touched.c.cycle == cycle)
    chosen = select(touched.c.subject, touched.c.indicator).where(
        mine, touched.c.version > before, touched.c.version <= now
    )
    return [(row.subject, row.indicator) for row in session.execute(chosen.distinct())]


def pairs_of(name: str, rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """What rows of a table touch."""
    if name in ("cycle", "indicator"):
        return [("", "")]
    return [(row["subject"], "" if name == "veto" else row["indicator"]) for row in rows if "subject" in row]
