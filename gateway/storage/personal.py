"""What one person keeps for their own convenience: how pages look to them, what they were typing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.tables import drafts, preferences

KEPT = timedelta(days=60)


class Preferences:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, account: str) -> dict[str, Any]:
        """Find the account's preferences; empty where it never chose any."""
        statement = select(preferences.c.document).where(preferences.c.account == account)
        found: dict[str, Any] | None = self._session.scalar(statement)
        return found or {}

    def keep(self, account: str, document: Mapping[str, Any], at: datetime) -> None:
        values = {"document": dict(document), "changed_at": at}
        statement = upsert(preferences).values(account=account, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["account"], set_=values))


class Drafts:
    """Each belongs to one account; whoever else asks finds nothing."""

    def __init__(self, session: Session, account: str) -> None:
        self._session = session
        self._account = account

    def list(self) -> list[dict[str, Any]]:
        """List keys and times, the newest first."""
        statement = select(drafts.c.key, drafts.c.changed_at).where(drafts.c.account == self._account)
        return [dict(row) for row in self._session.execute(statement.order_by(drafts.c.changed_at.desc())).mappings()]

    def find(self, key: str) -> dict[str, Any] | None:
        row = self._session.execute(select(drafts).where(self._one(key))).mappings().first()
        return {name: row[name] for name in ("key", "body", "changed_at")} if row else None

    def keep(self, key: str, body: Mapping[str, Any], at: datetime) -> None:
        """Store one; what the account left lying for longer than ``KEPT`` goes."""
        old = (drafts.c.account == self._account) & (drafts.c.changed_at < at - KEPT)
        self._session.execute(delete(drafts).where(old))
        values = {"body": dict(body), "changed_at": at}
        statement = upsert(drafts).values(account=self._account, key=key, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["account", "key"], set_=values))

    def count(self, *, but: str) -> int:
        mine = (drafts.c.account == self._account) & (drafts.c.key != but)
        return self._session.scalar(select(func.count()).select_from(drafts).where(mine)) or 0

    def drop(self, key: str) -> None:
        self._session.execute(delete(drafts).where(self._one(key)))

    def _one(self, key: str) -> Any:
        return (drafts.c.account == self._account) & (drafts.c.key == key)
