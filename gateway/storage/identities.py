"""For which account an identity provider vouches by which subject."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from gateway.storage.accounts import Account, account_of
from gateway.storage.tables import accounts
from gateway.storage.tables import identities as table


class Identities:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, account: str) -> dict[str, Any] | None:
        row = self._session.execute(select(table).where(table.c.account == account)).mappings().first()
        return dict(row) if row else None

    def account_of(self, issuer: str, subject: str) -> Account | None:
        """Return the account for which ``issuer`` vouches by ``subject``."""
        mine = (table.c.issuer == issuer) & (table.c.subject == subject)
        statement = select(accounts).join(table, table.c.account == accounts.c.account).where(mine)
        row = self._session.execute(statement).mappings().first()
        return account_of(row) if row else None

    def put(self, account: str, issuer: str, subject: str, by: str, at: datetime) -> None:
        """Vouch for an account that has no subject."""
        row = {"account": account, "issuer": issuer, "subject": subject, "linked_by": by, "linked_at": at}
        self._session.execute(insert(table), [row])

    def drop(self, account: str) -> bool:
        """Take the account's subject away; tell whether it had one."""
        dropped = delete(table).where(table.c.account == account).returning(table.c.account)
        return self._session.execute(dropped).first() is not None
