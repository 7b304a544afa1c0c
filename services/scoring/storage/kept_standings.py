"""Standings as they were at some moment: what a process that holds none begins with, and brings up to date (docs/decisions/1110).

Nothing rests on them: a standing that is missing, or that was kept by another release, is made anew from the facts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Column, Date, DateTime, LargeBinary, String, Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

import rules
from services import scoring
from services.scoring.storage.run_store import FRAME, Part
from services.scoring.storage.tables import code_column, metadata
from services.scoring.storage.touched import Marks
from shared.database import single_statements

kept_standing = Table(
    "kept_standing",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    Column("made_by", String(64), nullable=False),  # what the points were reckoned by: ``reckoning``
    *(
        column
        for of in ("organisation", "facts")
        for column in (
            Column(f"{of}_epoch", String(36), nullable=False),
            Column(f"{of}_version", BigInteger, nullable=False),
        )
    ),
    Column("day", Date, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),  # when the standing last changed
    Column("frame_hash", String(64), nullable=False),
    Column("frame", LargeBinary, nullable=False),  # canonical JSON, zlib
    Column("points", LargeBinary, nullable=False),  # kernel/packing.py
    Column("vetoes", LargeBinary, nullable=False),  # canonical JSON {subject: [veto]}, zlib
)
c = kept_standing.c


@dataclass(frozen=True)
class KeptStanding:
    """``vetoes``: subject -> confirmed vetoes, without those who have none."""

    marks: Marks
    day: date
    at: datetime
    frame: Part
    points: bytes
    vetoes: dict[str, Any]


def read_standing(session: Session, bureau: str, cycle: str) -> KeptStanding | None:
    """Return the standing that was kept; None where there is none that this release could have made."""
    chosen = select(kept_standing).where(c.bureau == bureau, c.cycle == cycle, c.made_by == reckoning())
    found = session.execute(chosen).first()
    if found is None:
        return None
    marks = Marks((found.organisation_epoch, found.organisation_version), (found.facts_epoch, found.facts_version))
    vetoes = Part("", "", found.vetoes).read()
    return KeptStanding(marks, found.day, found.at, Part(FRAME, found.frame_hash, found.frame), found.points, vetoes)


def keep_standing(session: Session, bureau: str, cycle: str, one: KeptStanding) -> None:
    """Keep ``one`` in the place of what was kept before, in a transaction of its own: it does not depend on what is asked in ``session``."""
    organisation, facts = one.marks.organisation, one.marks.cycle
    row = {
        "made_by": reckoning(),
        "organisation_epoch": organisation[0],
        "organisation_version": organisation[1],
        "facts_epoch": facts[0],
        "facts_version": facts[1],
        "day": one.day,
        "at": one.at,
        "frame_hash": one.frame.hash,
        "frame": one.frame.body,
        "points": one.points,
        "vetoes": Part.of("", one.vetoes).body,
    }
    added = insert(kept_standing).values(bureau=bureau, cycle=cycle, **row)
    with single_statements(session.get_bind().engine) as connection:
        connection.execute(added.on_conflict_do_update(index_elements=["bureau", "cycle"], set_=row))


@cache
def reckoning() -> str:
    """Return SHA-256 over the release and the texts of all that points may depend on."""
    digest = sha256(version("kaohe").encode())
    for package in (rules, scoring):
        (folder,) = package.__path__
        for path in sorted(Path(folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
