"""What persons and units were called before: kept as each new name comes in, since their states tell only the present one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ARRAY, String, Table, any_, bindparam, select, tuple_, union_all
from sqlalchemy.orm import Session

from services.declarations.storage.projection_tables import person, unit
from shared.database import Row


@dataclass(frozen=True)
class Name:
    now: str
    former: Sequence[tuple[str, str]] = ()  # name, last day; the oldest first

    def on(self, day: date | None) -> str:
        """Return the name that was borne on ``day``; without a day the present one."""
        borne = (name for name, last in self.former if day is not None and day.isoformat() <= last)
        return next(borne, self.now)


def names_by_code(session: Session, bureau: str, codes: Iterable[str]) -> dict[str, Name]:
    """Return the names of persons and units; whoever is not known, or whose
    name has not come in yet, goes by the code."""
    wanted = sorted(set(codes))
    rows = session.execute(_NAMES, {"bureau": bureau, "codes": wanted}) if wanted else ()
    found = {code: Name(name or code, [(old, last) for old, last in former]) for code, name, former in rows}
    return {code: found.get(code, Name(code)) for code in wanted}


_BUREAU, _CODES = bindparam("bureau", type_=String), bindparam("codes", type_=ARRAY(String))
_NAMES = union_all(
    *(
        select(code, table.c.name, table.c.former_names).where(table.c.bureau == _BUREAU, code == any_(_CODES))
        for table, code in ((unit, unit.c.unit), (person, person.c.person))
    )
)


def with_former_names(session: Session, table: Table, key: str, rows: Sequence[Row], on: date) -> list[Row]:
    """Return rows of ``table`` as they are to be kept: a name that changes on ``on`` joins the former ones."""
    c = table.c
    wanted = sorted({(row["bureau"], row[key]) for row in rows})
    statement = select(c.bureau, c[key], c.revision, c.name, c.former_names)
    statement = statement.where(tuple_(c.bureau, c[key]).in_(wanted)).order_by(c.bureau, c[key]).with_for_update()
    known = {(one.bureau, one[1]): one for one in session.execute(statement)}
    last = (on - timedelta(days=1)).isoformat()
    return [{**row, "former_names": _joined(known.get((row["bureau"], row[key])), row, last)} for row in rows]


def _joined(old: Any, new: Row, last: str) -> list[list[str]]:
    if old is None:
        return []
    kept: list[list[str]] = old.former_names
    renamed = old.name and old.name != new["name"] and old.revision < new["revision"]
    return [*kept, [old.name, last]] if renamed else kept
