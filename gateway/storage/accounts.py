"""Accounts as the rest of the gateway knows them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, insert, select, text, tuple_, update
from sqlalchemy.orm import Session

from gateway.storage.tables import accounts, former_passwords
from shared.actor import Actor, Grant
from shared.errors import NotFound, PreconditionFailed
from shared.pages import keyset


@dataclass(frozen=True)
class Account:
    account: str
    name: str
    bureau: str
    person: str | None
    grants: tuple[Grant, ...]
    password_hash: str
    must_change: bool
    active: bool
    revision: int
    created_at: datetime
    changed_at: datetime

    def actor(self, address: str = "", request_id: str = "") -> Actor:
        return Actor(self.account, self.name, self.bureau, self.person, self.grants, address, request_id)

    def document(self) -> dict[str, Any]:
        """Return what others may see of an account: everything but the password's hash."""
        raw = asdict(self)
        del raw["password_hash"]
        return {**raw, "grants": [asdict(grant) for grant in self.grants]}


class Accounts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, name: str, *, lock: bool = False) -> Account | None:
        statement = select(accounts).where(accounts.c.account == name)
        row = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return account_of(row) if row else None

    def get(self, name: str, *, lock: bool = False) -> Account:
        found = self.find(name, lock=lock)
        if found is None:
            raise NotFound("account.unknown", zh="没有这个账号", en="there is no such account")
        return found

    def named(self, names: Collection[str]) -> dict[str, Account]:
        rows = self._session.execute(select(accounts).where(accounts.c.account.in_(names))).mappings()
        return {row["account"]: account_of(row) for row in rows}

    def security_officers(self) -> list[Account]:
        """Return those who are active; until this transaction ends nobody else relies on one of them."""
        self._session.execute(text("SELECT pg_advisory_xact_lock(hashtext('gateway security officers'))"))
        theirs = accounts.c.active & accounts.c.grants.contains([{"role": "security"}])
        rows = self._session.execute(select(accounts).where(theirs).order_by(accounts.c.account)).mappings()
        return [account_of(row) for row in rows]

    def existing(self, names: Sequence[str]) -> set[str]:
        return set(self._session.scalars(select(accounts.c.account).where(accounts.c.account.in_(names))))

    def hold_persons(self, persons: Sequence[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
        """Tell which of these (bureau, person) have an account; nobody else ties one
        to a person until this transaction ends."""
        if not persons:
            return set()
        self._session.execute(text("SELECT pg_advisory_xact_lock(hashtext('gateway accounts of persons'))"))
        here = tuple_(accounts.c.bureau, accounts.c.person)
        rows = self._session.execute(select(accounts.c.bureau, accounts.c.person).where(here.in_(persons)))
        return {(bureau, person) for bureau, person in rows}

    def active_of(self, bureau: str) -> list[Account]:
        theirs = (accounts.c.bureau == bureau) & accounts.c.active
        rows = self._session.execute(select(accounts).where(theirs).order_by(accounts.c.account)).mappings()
        return [account_of(row) for row in rows]

    def add(self, new: Sequence[Account]) -> None:
        self._session.execute(insert(accounts), [_row(account) for account in new])

    def save(self, account: Account) -> None:
        """Write the next revision of an account; somebody else's change in between is refused."""
        row = _row(account)
        guarded = (accounts.c.account == account.account) & (accounts.c.revision == account.revision - 1)
        written = self._session.execute(
            update(accounts).where(guarded).values(row).returning(accounts.c.account)
        ).first()
        if written is None:
            raise PreconditionFailed("account.changed", zh="账号已被他人修改", en="the account has changed meanwhile")

    def former_passwords(self, name: str, most: int) -> list[str]:
        """Return the hashes of the last passwords before the present one."""
        mine = former_passwords.c.account == name
        statement = select(former_passwords.c.password_hash).where(mine)
        return list(self._session.scalars(statement.order_by(former_passwords.c.until.desc()).limit(most)))

    def keep_former(self, name: str, password_hash: str, until: datetime) -> None:
        row = {"account": name, "password_hash": password_hash, "until": until}
        self._session.execute(insert(former_passwords), [row])

    def page(self, bureau: str | None, after: str | None, limit: int) -> dict[str, Any]:
        statement: Select[Any] = select(accounts)
        if bureau is not None:
            statement = statement.where(accounts.c.bureau == bureau)
        found = keyset(self._session, statement, order=[accounts.c.account], after=after, limit=limit)
        return {"items": [account_of(row).document() for row in found["items"]], "next": found["next"]}


def account_of(row: RowMapping | dict[str, Any]) -> Account:
    values = {name: row[name] for name in Account.__dataclass_fields__}
    return Account(**{**values, "grants": tuple(Grant(**grant) for grant in row["grants"])})


def _row(account: Account) -> dict[str, Any]:
    return {**asdict(account), "grants": [asdict(grant) for grant in account.grants]}
