"""Rules of the bureau, each from a day on."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.domain.rules import Rules
from services.attendance.storage.desk_tables import attendance_rules
from shared.database import Row


class StoredRules:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def set(self, rule: str, starts: date, value: int) -> None:
        row = {"bureau": self._bureau, "rule": rule, "starts": starts, "value": value}
        statement = insert(attendance_rules).values(row)
        key = ["bureau", "rule", "starts"]
        self._session.execute(statement.on_conflict_do_update(index_elements=key, set_={"value": value}))

    def all(self) -> Rules:
        dated: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for row in self.rows():
            dated[row["rule"]].append((row["starts"], row["value"]))
        return Rules(dated)

    def rows(self) -> list[Row]:
        columns = (attendance_rules.c.rule, attendance_rules.c.starts, attendance_rules.c.value)
        chosen = select(*columns).where(attendance_rules.c.bureau == self._bureau)
        ordered = chosen.order_by(attendance_rules.c.rule, attendance_rules.c.starts)
        return [dict(row) for row in self._session.execute(ordered).mappings()]
