"""Who vouches for a month's figures."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.desk_tables import month_signatures
from shared.database import Row

_KEY = ("bureau", "month", "subject", "standing")


class Signatures:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def sign(self, rows: list[Row]) -> None:
        """Note who signs; one who signs again signs what it is now."""
        statement = insert(month_signatures)
        changed = {name: statement.excluded[name] for name in ("revision", "signed_by", "name", "at")}
        statement = statement.on_conflict_do_update(index_elements=_KEY, set_=changed)
        self._session.execute(statement, [{"bureau": self._bureau, **row} for row in rows])

    def of_month(self, month: str, subjects: Iterable[str]) -> dict[str, list[Row]]:
        """Return subject -> standing, name, at, revision of each who signed."""
        chosen = select(month_signatures).where(
            month_signatures.c.bureau == self._bureau,
            month_signatures.c.month == month,
            month_signatures.c.subject.in_(list(subjects)),
        )
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self._session.execute(chosen.order_by(month_signatures.c.at)).mappings():
            found[row["subject"]].append({name: row[name] for name in ("standing", "name", "at", "revision")})
        return found
