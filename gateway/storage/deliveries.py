"""What is to be sent, was sent, and could not be sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, text, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.channel_tables import deliveries as table
from gateway.storage.channel_tables import told_notices
from shared.pages import keyset

t = table.c
CHANNEL = "gateway_deliveries"
LEASE = timedelta(minutes=3)  # longer than a sending takes; of a sender that died another takes it up after that
KEPT = timedelta(days=60)
_HIDDEN = frozenset({"count", "link"})  # a link leads to what is somebody's own


class Deliveries:
    def __init__(self, session: Session) -> None:
        self._session = session

    def claim_notices(self, notices: Iterable[str], at: datetime) -> set[str]:
        """Return those that nobody was told of before."""
        rows = [{"notice": one, "at": at} for one in sorted(set(notices))]
        statement = upsert(told_notices).on_conflict_do_nothing().returning(told_notices.c.notice)
        return set(self._session.scalars(statement, rows)) if rows else set()

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._session.execute(upsert(table).on_conflict_do_nothing(), [dict(row) for row in rows])
            self._session.execute(text(f"NOTIFY {CHANNEL}"))

    def take_due(self, at: datetime, limit: int) -> list[dict[str, Any]]:
        """Take what is due, the oldest first: nobody else has it for ``LEASE``."""
        due = select(t.delivery).where(t.status == "waiting", t.due_at <= at).order_by(t.due_at, t.delivery)
        mine = due.limit(limit).with_for_update(skip_locked=True).cte("mine")
        statement = update(table).where(t.delivery.in_(select(mine.c.delivery))).values(due_at=at + LEASE)
        rows = [dict(row) for row in self._session.execute(statement.returning(table)).mappings()]
        return sorted(rows, key=lambda row: str(row["delivery"]))

    def sent(self, ids: Collection[str], at: datetime) -> None:
        self._end(ids, status="sent", ended_at=at, attempts=t.attempts + 1, reason="")

    def dead(self, ids: Collection[str], at: datetime, reason: str) -> None:
        self._end(ids, status="dead", ended_at=at, attempts=t.attempts + 1, reason=reason)

    def later(self, ids: Collection[str], due_at: datetime, reason: str) -> None:
        self._end(ids, due_at=due_at, attempts=t.attempts + 1, reason=reason)

    def put_off(self, ids: Collection[str], due_at: datetime) -> None:
        """Wait without having tried."""
        self._end(ids, due_at=due_at)

    def page(self, bureau: str | None, query: Mapping[str, Any]) -> dict[str, Any]:
        """Return a page, the newest first; ``bureau`` None: of all of them."""
        where = [_of(bureau)] + ([t.status == query["status"]] if query.get("status") else [])
        columns = [column for column in table.c if column.name not in _HIDDEN]
        statement = select(*columns).where(*where)
        order, after, limit = [t.delivery], query.get("after"), query["limit"]
        return keyset(self._session, statement, order=order, after=after, limit=limit, descending=True)

    def revive(self, bureau: str | None, ids: Collection[str], at: datetime) -> int:
        """Have dead ones sent once more, from the first attempt on; returns how many there were."""
        wanted = (t.status == "dead") & t.delivery.in_(list(ids)) & _of(bureau)
        values = {"status": "waiting", "attempts": 0, "due_at": at, "ended_at": None}
        found = self._session.execute(update(table).where(wanted).values(**values).returning(t.delivery)).all()
        self._session.execute(text(f"NOTIFY {CHANNEL}"))
        return len(found)

    def dead_by_bureau(self) -> dict[str, int]:
        statement = select(t.bureau, func.count()).where(t.status == "dead").group_by(t.bureau)
        return {row[0]: row[1] for row in self._session.execute(statement)}

    def forget(self, at: datetime) -> None:
        self._session.execute(delete(table).where(t.status != "waiting", t.ended_at < at - KEPT))
        self._session.execute(delete(told_notices).where(told_notices.c.at < at - KEPT))

    def _end(self, ids: Collection[str], **values: Any) -> None:
        self._session.execute(update(table).where(t.delivery.in_(list(ids))).values(**values))


def _of(bureau: str | None) -> ColumnElement[bool]:
    return true() if bureau is None else t.bureau == bureau
