"""Spot checks as they are shown: figures for the whole bureau, the draw for everyone who wants to repeat it, findings by scope."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage.check_tables import correction, frozen_list, inspection, spot_check
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import contribution, declaration, task_order
from shared.actor import Actor
from shared.errors import NotFound
from shared.pages import keyset
from shared.vocabulary.refusals import conflict

Query = dict[str, Any]
CHECK_FILTERS = ("status", "kind", "period")
INSPECTION_FILTERS = ("spot_check", "status", "verdict", "subject", "unit", "inspector")
_ITEMS = {
    "declaration": (declaration, "declaration"),
    "task_order": (task_order, "order"),
    "contribution": (contribution, "contribution"),
}


def list_spot_checks(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """Every check of the bureau, cancelled ones too: their figures are public inside it (docs/decisions/0231)."""
    c = spot_check.c
    statement = select(spot_check).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(*(c[name] == query[name] for name in CHECK_FILTERS if name in query))
    return keyset(session, statement, order=[c.spot_check], after=query.get("after"), limit=query["limit"])


def get_spot_check(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    return _check(session, actor, query["spot_check"])


def get_draw(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """What `kaohe spot-check verify` needs; it names items by their ids, and no subject."""
    check = _check(session, actor, query["spot_check"])
    if check["value"] is None:
        raise conflict("spot_check.not_drawn", "尚未抽取，名单不公开", "it is not drawn: its list is not public yet")
    c = inspection.c
    rows = session.execute(
        select(c.kind, c.item, c.probability, c.recused, c.inspector)
        .where(c.spot_check == query["spot_check"])
        .order_by(c.place)
    )
    sample = [
        {
            "kind": row.kind,
            "item": row.item,
            "probability": row.probability,
            "inspectors": [*(one["person"] for one in row.recused if one["person"]), *filter(None, [row.inspector])],
        }
        for row in rows
    ]
    names = ("bureau", "cycle", "spot_check", "title", "commitment", "value_name", "value", "announced_at", "drawn_at")
    text = session.execute(select(frozen_list.c.text).where(frozen_list.c.spot_check == query["spot_check"]))
    return {**{name: check[name] for name in names}, "list": text.scalar_one(), "sample": sample}


def list_inspections(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """Those one inspects, those about oneself or one's people, all of them for whoever reads everything."""
    c = inspection.c
    statement = select(inspection).where(
        c.bureau == actor.bureau, c.cycle == query["cycle"], Scope.of(session, actor).sees(inspection)
    )
    statement = statement.where(*(c[name] == query[name] for name in INSPECTION_FILTERS if name in query))
    return keyset(session, statement, order=[c.inspection], after=query.get("after"), limit=query["limit"])


def list_corrections(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """What checks and appeals changed in one item, in its order; for whoever may see its inspections or the item's subject."""
    c = correction.c
    statement = select(correction).where(
        c.bureau == actor.bureau, c.cycle == query["cycle"], c.kind == query["kind"], c.item == query["item"]
    )
    seen = statement.where(c.item.in_(_visible_items(session, actor, query["kind"])))
    rows = session.execute(seen.order_by(c.revision)).mappings()
    return {"items": [dict(row) for row in rows]}


def _check(session: Session, actor: Actor, one: str) -> dict[str, Any]:
    statement = select(spot_check).where(spot_check.c.bureau == actor.bureau, spot_check.c.spot_check == one)
    row = session.execute(statement).mappings().first()
    if row is None:
        raise NotFound("spot_check.unknown", zh="没有这次抽查", en="there is no such spot check")
    return dict(row)


def _visible_items(session: Session, actor: Actor, kind: str) -> Any:
    table, key = _ITEMS[kind]
    return select(table.c[key]).where(table.c.bureau == actor.bureau, Scope.of(session, actor).sees(table))
