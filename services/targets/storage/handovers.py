"""Handovers by cycle, and the cycle's rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.targets.domain.handovers import HandedItem, Handover, HandoverRule
from services.targets.storage.handover_tables import handover_rules, handovers
from services.targets.storage.lists import ListPage, matching, named, page_of
from shared.contracts.targets.commands.handovers import HandoverQuery
from shared.database import Row, upsert_newer


@dataclass(frozen=True)
class NamedHandover:
    """A handover with what its people and its unit are called."""

    handover: Handover
    giver_name: str
    taker_name: str
    unit_name: str


class Handovers:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def get(self, code: str) -> Handover | None:
        """Get the handover, held until the end of the transaction."""
        statement = select(handovers).filter_by(**self._key, handover=code).with_for_update()
        row = self._session.execute(statement).mappings().first()
        return _handover(row) if row else None

    def save(self, one: Handover) -> bool:
        """Save it; False where somebody else changed it meanwhile."""
        items = [{**item, "quantity": _text(item["quantity"])} for item in one.items]
        row = {**self._key, **vars(one), "items": items}
        return bool(upsert_newer(self._session, handovers, [row], ("bureau", "cycle", "handover")))

    def standing(self, day: date) -> list[str]:
        """Return codes of those that stand on ``day`` though nobody confirmed them."""
        table = handovers
        statement = select(table.c.handover).filter_by(**self._key, status="accepted").where(table.c.stands_on <= day)
        return list(self._session.scalars(statement.order_by(table.c.handover)))

    def page(self, query: HandoverQuery, *, person: str | None) -> ListPage[NamedHandover]:
        """Return a page; with ``person`` those which they gave or were asked to take."""
        table = handovers
        statement = named(table, self._key, giver_name="giver", taker_name="taker", unit_name="unit")
        statement = statement.where(*matching(table, status=query["status"], unit=query["unit"]))
        if person is not None:
            statement = statement.where(or_(table.c.giver == person, table.c.taker == person))
        page = page_of(
            self._session,
            statement,
            query,
            key=["handover"],
            sorts=("at", "giver_name", "taker_name", "status"),
            looked_in=["giver", "giver_name", "taker", "taker_name", "unit_name", "reason"],
        )
        return ListPage.read(page, _listed)

    def rule(self) -> HandoverRule:
        row = self._session.execute(select(handover_rules).filter_by(**self._key)).mappings().first()
        return HandoverRule(row["confirm"], row["days"], row["revision"]) if row else HandoverRule()

    def save_rule(self, rule: HandoverRule, by: str) -> bool:
        row = {**self._key, **vars(rule), "by": by}
        return bool(upsert_newer(self._session, handover_rules, [row], ("bureau", "cycle")))


def handovers_due(session: Session, day: date) -> list[tuple[str, str]]:
    """Return (bureau, cycle) of every cycle in which a handover stands on ``day``."""
    table = handovers
    statement = select(table.c.bureau, table.c.cycle).where(table.c.status == "accepted", table.c.stands_on <= day)
    return [(row[0], row[1]) for row in session.execute(statement.distinct())]


def _listed(row: Row) -> NamedHandover:
    names = {name: row.pop(name) for name in ("giver_name", "taker_name", "unit_name")}
    return NamedHandover(_handover(row), **names)


def _handover(row: Mapping[Any, Any]) -> Handover:
    known = Handover(**{name: row[name] for name in row if name not in ("bureau", "cycle")})
    items = [HandedItem(indicator=one["indicator"], quantity=_decimal(one["quantity"])) for one in row["items"]]
    return replace(known, items=items)


def _text(quantity: Decimal | None) -> str | None:
    return None if quantity is None else f"{quantity:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
