"""What changed since: for every state taken the subject and indicator whose score it may change, in the order of commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Table, and_, delete, select, text
from sqlalchemy.orm import Session

from services.scoring.storage.tables import code_column, facts_version, metadata

KEPT = 50_000  # versions; whoever has not looked for longer begins anew
PRUNED_EVERY = 1_000

# subject "": all of them (the cycle's rules or its library); indicator "": a veto.
touched = Table(
    "touched",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    Column("version", BigInteger, primary_key=True),
    code_column("subject", key=True),
    code_column("indicator", key=True),
)


@dataclass(frozen=True)
class Marks:
    """Where the organisation and a cycle stand: epoch and version of each."""

    organisation: tuple[str, int]
    cycle: tuple[str, int]


def note(session: Session, bureau: str, cycle: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Raise the version and note subjects and indicators under it.

    To be called last in a transaction: the version's row is held until the commit,
    so versions are in the order of commits.
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
    chosen = select(facts_version).where(facts_version.c.bureau == bureau, facts_version.c.cycle.in_(["", cycle]))
    found = {row.cycle: (str(row.epoch), int(row.version)) for row in session.execute(chosen)}
    return Marks(found.get("", ("", 0)), found.get(cycle, ("", 0)))


def since(session: Session, bureau: str, cycle: str, before: int, now: int) -> list[tuple[str, str]] | None:
    """Return subjects and indicators touched by versions ``before`` < v ≤
    ``now``; None where some of them are forgotten."""
    if now - before >= KEPT - PRUNED_EVERY:
        return None
    mine = and_(touched.c.bureau == bureau, touched.c.cycle == cycle)
    chosen = select(touched.c.subject, touched.c.indicator).where(
        mine, touched.c.version > before, touched.c.version <= now
    )
    return [(row.subject, row.indicator) for row in session.execute(chosen.distinct())]


def pairs_of(name: str, rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return what rows of a table touch."""
    if name in ("cycle", "indicator", "model"):
        return [("", "")]
    return [(row["subject"], "" if name == "veto" else row["indicator"]) for row in rows if "subject" in row]
