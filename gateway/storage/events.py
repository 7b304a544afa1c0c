"""What was done to an account, for its owner to see."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from gateway.storage.tables import account_events as table
from gateway.storage.tables import accounts
from shared.ids import new_id
from shared.pages import keyset


class AccountEvents:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, account: str, kind: str, by: str, address: str, at: datetime) -> None:
        row = {"event": new_id(), "account": account, "kind": kind, "by": by, "address": address, "at": at}
        self._session.execute(insert(table), [row])

    def since(self, account: str, at: datetime, limit: int, own: Collection[str] = ()) -> list[dict[str, Any]]:
        """Return the newest of what was done to ``account`` after ``at`` by others, and by itself of the kinds ``own``: so many of
        each, that the one does not crowd out the other."""
        mine = (table.c.account == account) & (table.c.at > at)
        by_itself = (table.c.by == account) & table.c.kind.in_(own)
        found = []
        for by in (table.c.by != account, by_itself):
            statement = select(*_SHOWN).where(mine, by).order_by(table.c.event.desc()).limit(limit)
            found += [dict(row) for row in self._session.execute(statement).mappings()]
        return sorted(found, key=lambda one: str(one["event"]), reverse=True)

    def page(self, account: str, query: Mapping[str, Any]) -> dict[str, Any]:
        """Return a page, the newest first."""
        statement = select(*_SHOWN).where(table.c.account == account)
        after, limit = query.get("after"), query["limit"]
        return keyset(self._session, statement, order=[table.c.event], after=after, limit=limit, descending=True)


_NAME = select(accounts.c.name).where(accounts.c.account == table.c.by).scalar_subquery()
_SHOWN = [*(column for column in table.c if column.name != "account"), func.coalesce(_NAME, "").label("by_name")]
