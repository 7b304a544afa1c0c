"""Second factors and their backup codes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.tables import backup_codes, second_factors


class Factors:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, account: str, *, lock: bool = False) -> dict[str, Any] | None:
        statement = select(second_factors).where(second_factors.c.account == account)
        row = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return dict(row) if row else None

    def confirmed(self, account: str) -> bool:
        row = self.find(account)
        return row is not None and row["confirmed_at"] is not None

    def put(self, account: str, secret: bytes) -> None:
        values = {"secret": secret, "confirmed_at": None, "last_step": 0}
        statement = upsert(second_factors).values(account=account, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["account"], set_=values))

    def confirm(self, account: str, at: datetime, step: int) -> None:
        self._change(account, confirmed_at=at, last_step=step)

    def use_step(self, account: str, step: int) -> None:
        self._change(account, last_step=step)

    def replace_codes(self, account: str, digests: Sequence[bytes]) -> None:
        self._session.execute(delete(backup_codes).where(backup_codes.c.account == account))
        self._session.execute(insert(backup_codes), [{"account": account, "digest": one} for one in digests])

    def use_code(self, account: str, digest: bytes, at: datetime) -> bool:
        """Use a backup code; tell whether it is one that nobody used yet."""
        c = backup_codes.c
        unused = (c.account == account) & (c.digest == digest) & c.used_at.is_(None)
        used = update(backup_codes).where(unused).values(used_at=at).returning(c.account)
        return self._session.execute(used).first() is not None

    def drop(self, account: str) -> None:
        self._session.execute(delete(backup_codes).where(backup_codes.c.account == account))
        self._session.execute(delete(second_factors).where(second_factors.c.account == account))

    def _change(self, account: str, **values: Any) -> None:
        self._session.execute(update(second_factors).where(second_factors.c.account == account).values(**values))
