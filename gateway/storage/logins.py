"""Sessions, the devices known by them, and tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.accounts import Account, account_of
from gateway.storage.factors import Factors
from gateway.storage.tables import accounts, known_devices, sessions, tokens
from shared.errors import Unauthenticated
from shared.ids import new_id
from shared.pages import keyset
from shared.settings import settings

NOTED = timedelta(minutes=1)  # a token's use from the same address is written down so often


def idle() -> timedelta:
    """Tell how long a session may go unused."""
    return timedelta(minutes=int(settings.session_idle_minutes))


@dataclass(frozen=True)
class Limits:
    """What a token lets its bearer do of what its account may; None is everything."""

    reads_only: bool
    families: Sequence[str] | None
    networks: Sequence[str] | None


@dataclass(frozen=True)
class Held:
    """Whom a session or a token stands for, and a token's limits."""

    account: Account
    limits: Limits | None = None
    enrolled: bool = False  # whether the account has a second factor


class Logins:
    def __init__(self, session: Session) -> None:
        self._session = session

    def holder(self, digest: bytes, *, of: str, at: datetime, address: str) -> Held | None:
        """Tell whom a ``session`` or ``token`` with this digest stands for at
        ``at``, and within which limits; noted as used."""
        if of == "session":
            mine = sessions.c.digest == digest
            account = self._holder(sessions, mine & (sessions.c.seen_at > at - idle()), at)
            if account is not None:
                late = mine & (sessions.c.seen_at < at - NOTED)
                self._session.execute(update(sessions).where(late).values(seen_at=at))
            return Held(account, enrolled=self._enrolled(account)) if account else None
        account = self._holder(tokens, (tokens.c.digest == digest) & tokens.c.revoked_at.is_(None), at)
        if account is None:
            return None
        row = self._session.execute(select(tokens).where(tokens.c.digest == digest)).mappings().one()
        self._note_use(row, at, address)
        limits = Limits(row["reads_only"], row["families"], row["networks"])
        return Held(account, limits, enrolled=self._enrolled(account))

    def lives(self, digest: bytes, of: str, at: datetime) -> bool:
        """Tell whether a session or token still holds, without noting it as used: whoever only listens does not work."""
        if of == "session":
            mine = (sessions.c.digest == digest) & (sessions.c.seen_at > at - idle())
            return self._holder(sessions, mine, at) is not None
        mine = (tokens.c.digest == digest) & tokens.c.revoked_at.is_(None)
        return self._holder(tokens, mine, at) is not None

    def _enrolled(self, account: Account) -> bool:
        return Factors(self._session).confirmed(account.account)

    def _holder(self, table: Table, condition: ColumnElement[bool], at: datetime) -> Account | None:
        statement = select(accounts).join(table, table.c.account == accounts.c.account)
        statement = statement.where(condition, table.c.expires_at > at, accounts.c.active)
        row = self._session.execute(statement).mappings().first()
        return account_of(row) if row else None

    def _note_use(self, row: RowMapping, at: datetime, address: str) -> None:
        if row["used_at"] is None or row["used_at"] < at - NOTED or row["used_from"] != address:
            mine = tokens.c.token == row["token"]
            self._session.execute(update(tokens).where(mine).values(used_at=at, used_from=address))

    def open_session(self, row: dict[str, Any]) -> None:
        """Store a session; the account's expired ones go."""
        expired = (sessions.c.account == row["account"]) & (sessions.c.expires_at <= row["created_at"])
        self._session.execute(delete(sessions).where(expired))
        self._session.execute(insert(sessions), [row])

    def session_times(self, digest: bytes) -> tuple[datetime, datetime]:
        """Tell when a session was opened and when it ends; ``Unauthenticated`` where there is none."""
        times = select(sessions.c.created_at, sessions.c.expires_at).where(sessions.c.digest == digest)
        row = self._session.execute(times).first()
        if row is None:
            raise Unauthenticated("session.none", zh="登录已结束", en="the session has ended")
        return row[0], row[1]

    def extend_session(self, digest: bytes, until: datetime) -> None:
        self._session.execute(update(sessions).where(sessions.c.digest == digest).values(expires_at=until))

    def sessions_of(self, account: str, at: datetime) -> list[dict[str, Any]]:
        """Return the live sessions of ``account``, the one used last first."""
        live = (sessions.c.account == account) & (sessions.c.expires_at > at) & (sessions.c.seen_at > at - idle())
        statement = select(sessions).where(live).order_by(sessions.c.seen_at.desc(), sessions.c.session)
        return [dict(row) for row in self._session.execute(statement).mappings()]

    def owner_of_session(self, name: str) -> str | None:
        owner: str | None = self._session.scalar(select(sessions.c.account).where(sessions.c.session == name))
        return owner

    def end_named_session(self, name: str) -> None:
        self._session.execute(delete(sessions).where(sessions.c.session == name))

    def knows_device(self, account: str, digest: bytes) -> bool:
        mine = (known_devices.c.account == account) & (known_devices.c.digest == digest)
        return self._session.scalar(select(known_devices.c.account).where(mine)) is not None

    def remember_device(self, account: str, digest: bytes, at: datetime) -> None:
        statement = upsert(known_devices).values(account=account, digest=digest, known_at=at)
        keys = ["account", "digest"]
        self._session.execute(statement.on_conflict_do_update(index_elements=keys, set_={"known_at": at}))

    def forget_devices(self, account: str) -> None:
        self._session.execute(delete(known_devices).where(known_devices.c.account == account))

    def end_session(self, digest: bytes) -> None:
        self._session.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_sessions(self, account: str, *, but: bytes = b"") -> None:
        self._session.execute(delete(sessions).where(sessions.c.account == account, sessions.c.digest != but))

    def rotate_session(self, held: bytes, fresh: bytes) -> None:
        """Let a session go on under another secret and another name, until when it would have ended anyway."""
        self._session.execute(update(sessions).where(sessions.c.digest == held).values(digest=fresh, session=new_id()))

    def add_token(self, row: dict[str, Any]) -> None:
        self._session.execute(insert(tokens), [row])

    def live_tokens(self, account: str, at: datetime) -> int:
        live = (tokens.c.account == account) & tokens.c.revoked_at.is_(None) & (tokens.c.expires_at > at)
        return self._session.scalar(select(func.count()).select_from(tokens).where(live)) or 0

    def tokens_page(
        self, after: str | None, limit: int, *, account: str | None, bureau: str | None = None
    ) -> dict[str, Any]:
        """Return one page of the tokens of ``account``; without one, of every account of ``bureau``, or of all."""
        shown = [column for column in tokens.c if column.name != "digest"]
        statement = select(*shown)
        if account is not None:
            statement = statement.where(tokens.c.account == account)
        if bureau is not None:
            joined = statement.join(accounts, accounts.c.account == tokens.c.account)
            statement = joined.where(accounts.c.bureau == bureau)
        return keyset(self._session, statement, order=[tokens.c.token], after=after, limit=limit)

    def owner_of(self, token: str) -> str | None:
        """Return the account that has such a token."""
        owner: str | None = self._session.scalar(select(tokens.c.account).where(tokens.c.token == token))
        return owner

    def revoke(self, token: str, at: datetime) -> None:
        """Revoke it; revoking twice is no error."""
        revoked = func.coalesce(tokens.c.revoked_at, at)
        self._session.execute(update(tokens).where(tokens.c.token == token).values(revoked_at=revoked))

    def revoke_all(self, account: str, at: datetime) -> None:
        """Revoke every token of the account, for good: a reactivated account begins without."""
        live = (tokens.c.account == account) & tokens.c.revoked_at.is_(None)
        self._session.execute(update(tokens).where(live).values(revoked_at=at))
