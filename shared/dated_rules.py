"""A bureau's rules by day, in a table that each service has for its own."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, Integer, MetaData, String, Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.database import Row
from shared.vocabulary.dated import DatedRule, DatedRules


def rules_table(name: str, metadata: MetaData, bureau: Column[Any]) -> Table:
    """Return the table ``name``: rule, from which day, value."""
    return Table(
        name,
        metadata,
        bureau,
        Column("rule", String(40), primary_key=True),
        Column("starts", Date, primary_key=True),
        Column("value", Integer, nullable=False),
    )


class StoredRules:
    def __init__(self, session: Session, bureau: str, table: Table, known: Mapping[str, DatedRule]) -> None:
        self._session, self._bureau = session, bureau
        self._table, self._known = table, known

    def set(self, rule: str, starts: date, value: int) -> None:
        row = {"bureau": self._bureau, "rule": rule, "starts": starts, "value": value}
        statement = insert(self._table).values(row)
        key = ["bureau", "rule", "starts"]
        self._session.execute(statement.on_conflict_do_update(index_elements=key, set_={"value": value}))

    def all(self) -> DatedRules:
        dated: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for row in self._rows():
            dated[row["rule"]].append((row["starts"], row["value"]))
        return DatedRules(self._known, dated)

    def told(self) -> list[Row]:
        """Return every rule: what holds where nobody set it, its bounds, and what was set from which day on."""
        rows = self._rows()
        return [
            {
                "rule": rule,
                "default": one.default,
                "least": one.least,
                "most": one.most,
                "dated": [{"starts": row["starts"], "value": row["value"]} for row in rows if row["rule"] == rule],
            }
            for rule, one in self._known.items()
        ]

    def _rows(self) -> list[Row]:
        c = self._table.c
        ordered = select(c.rule, c.starts, c.value).where(c.bureau == self._bureau).order_by(c.rule, c.starts)
        return [dict(row) for row in self._session.execute(ordered).mappings()]
