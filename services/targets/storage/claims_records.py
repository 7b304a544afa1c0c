"""Leave to exceed, deadlines, and the ledger of what was handed over."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, select, tuple_
from sqlalchemy.orm import Session

from services.targets.domain.transfers import Movement
from services.targets.storage.allocations import Pool
from services.targets.storage.claim_tables import claim_deadlines, excesses, movements
from services.targets.storage.lists import matching, named, page_of
from shared.clock import now
from shared.contracts.targets.commands.claims_transfers import MovementQuery
from shared.database import Row, upsert_newer
from shared.ids import new_id


class Excesses:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def of(self, pools: Iterable[Pool]) -> dict[Pool, Decimal]:
        """Tell how far beyond these pools persons may claim. Ask while the pools are locked."""
        table = excesses
        statement = select(table.c.indicator, table.c.unit, table.c.quantity).filter_by(**self._key)
        rows = self._session.execute(statement.where(tuple_(table.c.indicator, table.c.unit).in_(list(pools))))
        return {(row[0], row[1]): row[2] for row in rows}

    def revision(self, pool: Pool) -> int:
        statement = select(excesses.c.revision).filter_by(**self._key, indicator=pool[0], unit=pool[1])
        return self._session.execute(statement).scalar() or 0

    def save(self, pool: Pool, quantity: Decimal, reason: str, by: str) -> bool:
        said = {"quantity": quantity, "reason": reason, "by": by, "at": now(), "revision": self.revision(pool) + 1}
        row = {**self._key, "indicator": pool[0], "unit": pool[1], **said}
        return bool(upsert_newer(self._session, excesses, [row], ("bureau", "cycle", "indicator", "unit")))


class Deadlines:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def all(self) -> dict[str, tuple[date, int]]:
        """Return step -> last day and revision."""
        rows = self._session.execute(select(claim_deadlines).filter_by(**self._key)).mappings()
        return {row["step"]: (row["last_day"], row["revision"]) for row in rows}

    def save(self, step: str, last_day: date, revision: int, by: str) -> bool:
        row = {**self._key, "step": step, "last_day": last_day, "revision": revision, "by": by}
        return bool(upsert_newer(self._session, claim_deadlines, [row], ("bureau", "cycle", "step")))


class Movements:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def add(self, made: Sequence[Movement], by: str) -> None:
        rows = [{**self._key, **vars(one), "movement": new_id(), "by": by, "at": now()} for one in made]
        if rows:
            self._session.execute(insert(movements), rows)

    def page(self, query: MovementQuery, library_revision: int) -> Row:
        table = movements
        statement = named(table, self._key, library_revision, giver_name="giver", taker_name="taker")
        return page_of(
            self._session,
            statement.where(*matching(table, indicator=query["indicator"], giver=query["giver"], taker=query["taker"])),
            query,
            key=["movement"],
            sorts=("at", "indicator", "indicator_name", "kind"),
            looked_in=["indicator", "indicator_name", "giver", "giver_name", "taker", "taker_name", "reason"],
        )
