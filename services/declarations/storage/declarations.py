"""Declarations in their table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Select, String, any_, bindparam, insert, select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.declarations import Declaration
from services.declarations.storage.bulk import as_row, as_states, codes, insert_new, update_changed
from services.declarations.storage.columns import without_bureau
from services.declarations.storage.tables import declaration, declaration_history
from shared.clock import today
from shared.database import Row
from shared.jsontext import dumps, loads

c = declaration.c


class Declarations:
    """Those of one bureau and cycle; what is read here is locked until the transaction ends."""

    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._bureau, self._cycle = session, bureau, cycle

    def by_ids(self, ids: Iterable[str]) -> dict[str, Declaration]:
        found = self._locked(_BY_IDS, {"ids": codes(ids)})
        return {one.declaration: one for one in found}

    def by_items(self, items: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], Declaration]:
        """Return those that exist of ``items`` (subject, period, indicator)."""
        keys = sorted(set(items))
        pairs = sorted({(subject, period) for subject, period, _ in keys})
        found = self._locked(_BY_ITEMS, {"pairs": pairs, "indicators": codes(indicator for _, _, indicator in keys)})
        return {(one.subject, one.period, one.indicator): one for one in found}

    def add(self, new: Sequence[Declaration]) -> None:
        insert_new(self._session, declaration, new)

    def change(self, changed: Sequence[Declaration]) -> None:
        update_changed(self._session, declaration, ("declaration",), changed)

    def keep_versions(self, command: str, by: str, versions: Sequence[tuple[Declaration, str]]) -> None:
        """Keep states that are about to be replaced, each with the reason."""
        rows = [
            {
                "cycle": old.cycle,
                "declaration": old.declaration,
                "revision": old.revision,
                "bureau": old.bureau,
                "command": command,
                "by": by,
                "reason": reason,
                "on": today(),
                "state": loads(dumps(as_row(old))),
            }
            for old, reason in versions
        ]
        if rows:
            self._session.execute(insert(declaration_history), rows)

    def history(self, declaration_id: str) -> list[Row]:
        h = declaration_history.c
        statement = (
            select(h.revision, h.command, h.by, h.reason, h.on, h.state)
            .where(h.cycle == self._cycle, h.declaration == declaration_id, h.bureau == self._bureau)
            .order_by(h.revision)
        )
        rows = self._session.execute(statement).mappings()
        return [{**row, "state": {**_SINCE_0002, **without_bureau(row["state"])}} for row in rows]

    def versions(self, command: str, ids: Iterable[str]) -> dict[tuple[str, int], Row]:
        """Return (declaration, revision) -> the state that ``command`` ended there."""
        h = declaration_history.c
        statement = select(h.declaration, h.revision, h.state).where(
            h.cycle == self._cycle, h.declaration.in_(codes(ids)), h.bureau == self._bureau, h.command == command
        )
        return {(row.declaration, row.revision): row.state for row in self._session.execute(statement)}

    def corrected_from(self, ids: Iterable[str]) -> dict[str, Row]:
        """Return declaration -> the state that the assessor's correction ended, of those whose assessment had one and stands."""
        h = declaration_history.c
        statement = select(h.declaration, h.command, h.state).where(
            h.cycle == self._cycle, h.declaration.in_(codes(ids)), h.bureau == self._bureau
        )
        found: dict[str, Row] = {}
        for row in self._session.execute(statement.order_by(h.revision)):
            if row.command == "correct":
                found[row.declaration] = row.state
            elif row.command in ("take_back", "return"):
                found.pop(row.declaration, None)
        return found

    def _locked(self, statement: Select[Any], wanted: Mapping[str, Any]) -> list[Declaration]:
        here = {"bureau": self._bureau, "cycle": self._cycle}
        return as_states(Declaration, self._session.execute(statement, {**here, **wanted}))


# What states that were kept before migration 0002 do not name.
_SINCE_0002: Row = {
    "verifier": "head",
    **dict.fromkeys(("verified_for", "assessed_for", "arrived_on", "due_on", "escalates_on", "machine_now")),
}


_ALL = (
    select(declaration)
    .where(c.bureau == bindparam("bureau"), c.cycle == bindparam("cycle"))
    .order_by(c.declaration)
    .with_for_update()
)
_BY_IDS = _ALL.where(c.declaration == any_(bindparam("ids", type_=ARRAY(String))))
_BY_ITEMS = _ALL.where(
    tuple_(c.subject, c.period).in_(bindparam("pairs", expanding=True)),
    c.indicator == any_(bindparam("indicators", type_=ARRAY(String))),
)
