"""What closed spot checks found and what they had listed, as declarations told it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.scoring.storage.plain import plain
from services.scoring.storage.tables import finding
from shared.database import upsert_newer
from shared.events import FindingsChanged

_KEY = ("bureau", "cycle", "spot_check", "part")


def keep_findings(session: Session, states: Sequence[FindingsChanged]) -> None:
    rows = [
        {
            **{name: getattr(one, name) for name in (*_KEY, "revision")},
            "items": [plain(vars(item)) for item in one.items],
        }
        for one in states
    ]
    upsert_newer(session, finding, rows, key=_KEY)


def read_findings(session: Session, bureau: str, cycle: str) -> Iterator[dict[str, Any]]:
    """Yield every item of every closed check with the check's id, the check that was announced last at the end."""
    c = finding.c
    chosen = select(c.spot_check, c["items"]).where(c.bureau == bureau, c.cycle == cycle)
    for row in session.execute(chosen.order_by(c.spot_check.collate("C"), c.part)).mappings():
        yield from ({**item, "spot_check": row["spot_check"]} for item in row["items"])
