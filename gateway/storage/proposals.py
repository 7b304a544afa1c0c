"""Roles proposed for accounts, until a second account confirms or refuses them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.orm import Session

from gateway.storage.tables import grant_proposals as table
from shared.pages import keyset


class Proposals:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(table), [dict(row) for row in rows])

    def some(self, ids: Collection[str]) -> dict[str, dict[str, Any]]:
        """Return proposals by id, locked in the order of their ids."""
        statement = select(table).where(table.c.proposal.in_(ids)).order_by(table.c.proposal).with_for_update()
        return {row["proposal"]: dict(row) for row in self._session.execute(statement).mappings()}

    def waiting(self, account: str, at: datetime) -> list[dict[str, Any]]:
        """Open proposals for ``account``."""
        statement = select(table).where(table.c.account == account, _open(at)).order_by(table.c.proposal)
        return [dict(row) for row in self._session.execute(statement).mappings()]

    def decide(self, ids: Collection[str], **values: Any) -> None:
        self._session.execute(update(table).where(table.c.proposal.in_(ids)).values(**values))

    def accounts_of(self, ids: Collection[str]) -> list[str]:
        """Return whom these proposals are for, in order."""
        return sorted(self._session.scalars(select(table.c.account).distinct().where(table.c.proposal.in_(ids))))

    def withdraw(self, account: str, at: datetime, by: str) -> list[dict[str, Any]]:
        """Take back every open proposal for ``account``; returns them as they are now."""
        mine = (table.c.account == account) & _open(at)
        changed = update(table).where(mine).values(status="withdrawn", decided_by=by, decided_at=at)
        return [dict(row) for row in self._session.execute(changed.returning(*table.c)).mappings()]

    def page(self, bureau: str | None, query: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Return one page of rows, by id; ``bureau``: only its accounts'."""
        statement = select(table)
        if bureau is not None:
            statement = statement.where(table.c.bureau == bureau)
        if query.get("account"):
            statement = statement.where(table.c.account == query["account"])
        if query.get("status"):
            statement = statement.where(_is(query["status"], at))
        return keyset(
            self._session, statement, order=[table.c.proposal], after=query.get("after"), limit=query["limit"]
        )


def shown(row: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return what is told of a proposal: what nobody decided in time has expired."""
    document = {name: value for name, value in row.items() if name not in ("role", "scope", "target")}
    status = "expired" if row["status"] == "proposed" and row["expires_at"] <= at else row["status"]
    return {**document, "status": status, "grant": {name: row[name] for name in ("role", "scope", "target")}}


def _open(at: datetime) -> Any:
    return and_(table.c.status == "proposed", table.c.expires_at > at)


def _is(status: str, at: datetime) -> Any:
    """An expired one is stored as proposed: nobody has decided it."""
    if status == "expired":
        return and_(table.c.status == "proposed", table.c.expires_at <= at)
    return _open(at) if status == "proposed" else table.c.status == status
