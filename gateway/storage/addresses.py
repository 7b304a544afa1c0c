"""Where people's mail goes, and what they chose to be told how."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gateway.storage.channel_tables import mail_addresses, notice_choices

m, c = mail_addresses.c, notice_choices.c
Choices = dict[tuple[str, str], bool]  # (class, way) -> wanted


class MailAddresses:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, account: str, *, lock: bool = False) -> dict[str, Any] | None:
        statement = select(mail_addresses).where(m.account == account)
        row = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return dict(row) if row else None

    def confirmed(self, accounts: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return the confirmed addresses by account."""
        statement = select(mail_addresses).where(m.account.in_(list(accounts)), m.confirmed_at.is_not(None))
        return {row["account"]: dict(row) for row in self._session.execute(statement).mappings()}

    def put(self, account: str, **values: Any) -> None:
        statement = upsert(mail_addresses).values(account=account, **{"address": "", **values})
        self._session.execute(statement.on_conflict_do_update(index_elements=["account"], set_=values))

    def guessed(self, account: str) -> None:
        self._session.execute(update(mail_addresses).where(m.account == account).values(guesses=m.guesses + 1))

    def drop(self, account: str) -> None:
        """Take the address away; how many codes were sent today is remembered."""
        gone: dict[str, Any] = dict.fromkeys(("confirmed_at", "wanted", "code", "code_until"))
        self._session.execute(update(mail_addresses).where(m.account == account).values(address="", **gone))


class NoticeChoices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, accounts: Iterable[str]) -> dict[str, Choices]:
        rows = self._session.execute(select(notice_choices).where(c.account.in_(list(accounts))))
        found: dict[str, Choices] = {}
        for row in rows:
            found.setdefault(row.account, {})[row.of_class, row.way] = row.wanted
        return found

    def keep(self, account: str, chosen: Mapping[tuple[str, str], bool]) -> None:
        self._session.execute(delete(notice_choices).where(c.account == account))
        rows = [
            {"account": account, "of_class": of_class, "way": way, "wanted": wanted}
            for (of_class, way), wanted in chosen.items()
        ]
        if rows:
            self._session.execute(notice_choices.insert(), rows)


def still_valid(row: Mapping[str, Any] | None, at: datetime, guesses: int) -> bool:
    return bool(row and row["code"] and row["code_until"] > at and row["guesses"] < guesses)
