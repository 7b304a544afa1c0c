"""The lines (口) of a bureau, by its own names; a bureau that has named none has the five of the reference."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from services.targets.storage import office_tables as tables
from shared.vocabulary.organisation import LINES


class Lines:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def all(self) -> dict[str, str]:
        """Return code -> name, in the bureau's order."""
        table = tables.lines
        found = select(table.c.line, table.c.name).where(table.c.bureau == self._bureau).order_by(table.c.ordinal)
        named = dict(self._session.execute(found).all())
        return named or dict(LINES)

    def replace(self, lines: Mapping[str, str]) -> None:
        table = tables.lines
        self._session.execute(delete(table).where(table.c.bureau == self._bureau))
        rows = [
            {"bureau": self._bureau, "line": line, "ordinal": ordinal, "name": name}
            for ordinal, (line, name) in enumerate(lines.items())
        ]
        self._session.execute(insert(table), rows)
