"""Attempts to get in that failed or are under way, counted by account and place."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.tables import attempts

FORGET = timedelta(minutes=15)


class Attempts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, account: str, place: str, at: datetime) -> tuple[int, datetime | None]:
        """Count this attempt, locking the count; return the attempts not yet forgiven, this one included, and until when
        the earlier ones have to wait."""
        stale = attempts.c.last_at < at - FORGET
        statement = upsert(attempts).values(account=account, address=place, failures=1, last_at=at)
        statement = statement.on_conflict_do_update(
            index_elements=["account", "address"],
            set_={"failures": case((stale, 1), else_=attempts.c.failures + 1), "last_at": at},
        )
        returning = statement.returning(attempts.c.failures, attempts.c.blocked_until)
        failures, blocked_until = self._session.execute(returning).one()
        return failures, blocked_until

    def block(self, account: str, place: str, until: datetime) -> None:
        self._session.execute(update(attempts).where(_at(account, place)).values(blocked_until=until))

    def give_back(self, account: str, place: str, until: datetime | None) -> None:
        """Take one attempt off the count, and the wait that it began: ``until``."""
        own = attempts.c.blocked_until == until if until is not None else None
        values = {"failures": attempts.c.failures - 1}
        if own is not None:
            values["blocked_until"] = case((own, None), else_=attempts.c.blocked_until)
        self._session.execute(update(attempts).where(_at(account, place)).values(values))

    def forget(self, account: str, place: str) -> None:
        self._session.execute(delete(attempts).where(_at(account, place)))


def _at(account: str, place: str) -> ColumnElement[bool]:
    return (attempts.c.account == account) & (attempts.c.address == place)
