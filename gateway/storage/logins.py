"""Sessions, tokens and the log-ins that failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, case, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.accounts import Account, account_of
from gateway.storage.tables import accounts, attempts, sessions, tokens
from shared.errors import Unauthenticated
from shared.pages import keyset

FORGET = timedelta(minutes=15)


class Logins:
    def __init__(self, session: Session) -> None:
        self._session = session

    def holder(self, digest: bytes, *, of: str, at: datetime) -> Account | None:
        """The active account that a ``session`` or ``token`` with this digest stands for at ``at``."""
        table: Table = sessions if of == "session" else tokens
        statement = select(accounts).join(table, table.c.account == accounts.c.account)
        statement = statement.where(table.c.digest == digest, table.c.expires_at > at, accounts.c.active)
        if table is tokens:
            statement = statement.where(tokens.c.revoked_at.is_(None))
        row = self._session.execute(statement).mappings().first()
        return account_of(row) if row else None

    def open_session(self, row: dict[str, Any]) -> None:
        """Store a session; the account's expired ones go."""
        expired = (sessions.c.account == row["account"]) & (sessions.c.expires_at <= row["created_at"])
        self._session.execute(delete(sessions).where(expired))
        self._session.execute(insert(sessions), [row])

    def session_times(self, digest: bytes) -> tuple[datetime, datetime]:
        """When a session was opened and when it ends; ``Unauthenticated`` where there is none."""
        times = select(sessions.c.created_at, sessions.c.expires_at).where(sessions.c.digest == digest)
        row = self._session.execute(times).first()
        if row is None:
            raise Unauthenticated("session.none", zh="登录已结束", en="the session has ended")
        return row[0], row[1]

    def extend_session(self, digest: bytes, until: datetime) -> None:
        self._session.execute(update(sessions).where(sessions.c.digest == digest).values(expires_at=until))

    def end_session(self, digest: bytes) -> None:
        self._session.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_sessions(self, account: str, *, but: bytes = b"") -> None:
        self._session.execute(delete(sessions).where(sessions.c.account == account, sessions.c.digest != but))

    def add_token(self, row: dict[str, Any]) -> None:
        self._session.execute(insert(tokens), [row])

    def live_tokens(self, account: str, at: datetime) -> int:
        live = (tokens.c.account == account) & tokens.c.revoked_at.is_(None) & (tokens.c.expires_at > at)
        return self._session.scalar(select(func.count()).select_from(tokens).where(live)) or 0

    def tokens_page(self, account: str, after: str | None, limit: int) -> dict[str, Any]:
        shown = [column for column in tokens.c if column.name != "digest"]
        statement = select(*shown).where(tokens.c.account == account)
        return keyset(self._session, statement, order=[tokens.c.token], after=after, limit=limit)

    def revoke(self, account: str, token: str, at: datetime) -> bool:
        """Whether the account had such a token; revoking twice is no error."""
        mine = (tokens.c.account == account) & (tokens.c.token == token)
        revoked = func.coalesce(tokens.c.revoked_at, at)
        changed = self._session.execute(update(tokens).where(mine).values(revoked_at=revoked).returning(tokens.c.token))
        return changed.first() is not None

    def revoke_all(self, account: str, at: datetime) -> None:
        """Every token of the account, for good: a reactivated account begins without."""
        live = (tokens.c.account == account) & tokens.c.revoked_at.is_(None)
        self._session.execute(update(tokens).where(live).values(revoked_at=at))

    def blocked_until(self, keys: Sequence[tuple[str, str]], at: datetime) -> datetime | None:
        """Until when the strictest of these (account, address) pairs is shut out."""
        pairs = [(attempts.c.account == account) & (attempts.c.address == address) for account, address in keys]
        blocks = [self._session.scalar(select(attempts.c.blocked_until).where(pair)) for pair in pairs]
        return max((block for block in blocks if block and block > at), default=None)

    def count_attempt(self, account: str, address: str, at: datetime) -> int:
        """Attempts not yet forgiven, this one included. Counted before the password is looked at, so that a
        burst of parallel guesses counts too."""
        stale = attempts.c.last_at < at - FORGET
        statement = upsert(attempts).values(account=account, address=address, failures=1, last_at=at)
        statement = statement.on_conflict_do_update(
            index_elements=["account", "address"],
            set_={"failures": case((stale, 1), else_=attempts.c.failures + 1), "last_at": at},
        )
        failures: int = self._session.execute(statement.returning(attempts.c.failures)).scalar_one()
        return failures

    def block(self, account: str, address: str, until: datetime) -> None:
        mine = (attempts.c.account == account) & (attempts.c.address == address)
        self._session.execute(update(attempts).where(mine).values(blocked_until=until))

    def forgive(self, account: str, address: str) -> None:
        """A right password: the pair's count is gone, the address's own count loses this attempt."""
        self._session.execute(delete(attempts).where(attempts.c.account == account, attempts.c.address == address))
        whole = (attempts.c.account == "") & (attempts.c.address == address)
        self._session.execute(update(attempts).where(whole).values(failures=attempts.c.failures - 1))
