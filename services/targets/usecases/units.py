"""Units and positions, as they are and as they were."""

from datetime import date
from typing import Any

from services.targets.storage.organisation_history import OrganisationHistory
from services.targets.storage.units import Positions, Units
from services.targets.usecases.names import Names
from shared.contracts.targets.commands.units import UnitQuery
from shared.contracts.targets.commands.units import UnitKey
from shared.contracts.targets.commands.units import PositionQuery
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.errors import NotFound


def list_units(session: Session, actor: Actor, query: UnitQuery) -> Row:
    """List units as they are; with ``on`` as they were on that day, all of them on one page."""
    where = {name: query[name] for name in ("kind", "line") if query[name]}
    if query["on"]:
        active = [one for one in _on(session, actor, "unit", query["on"]) if one["active"]]
        page = _searched(active, query, where, ("unit", "name"))
    else:
        page = Units(session, actor.bureau).page(query, where)
    return {**page, "items": _named_units(session, actor, page["items"], query["on"] or today())}


def get_unit(session: Session, actor: Actor, query: UnitKey) -> Row:
    """Show one unit with its history, oldest first."""
    code = query["unit"]
    unit = Units(session, actor.bureau).get(code)
    if unit is None:
        raise NotFound("unit.unknown", zh=f"没有单位 {code}", en=f"there is no unit {code}")
    shown = {name: value for name, value in vars(unit).items() if name != "by"}
    history = OrganisationHistory(session, actor.bureau).versions("unit", code)
    (document,) = _named_units(session, actor, [shown], today())
    return {**document, "history": history}


def list_positions(session: Session, actor: Actor, query: PositionQuery) -> Row:
    """List positions as they are; with ``on`` as they were on that day, all of them on one page."""
    where = {"unit_kind": query["unit_kind"]} if query["unit_kind"] else {}
    if query["on"]:
        page = _searched(_on(session, actor, "position", query["on"]), query, where, ("position", "title"))
    else:
        page = Positions(session, actor.bureau).page(query, where)
    names, day = Names(session, actor.bureau), query["on"] or today()
    items = [
        {**one, "line_name": names.line(one["line"]), "unit_name": names.unit(one["unit"], day)}
        for one in page["items"]
    ]
    return {**page, "items": items}


def _named_units(session: Session, actor: Actor, items: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    names = Names(session, actor.bureau)
    return [
        {**one, "line_name": names.line(one["line"]), "parent_name": names.unit(one["parent"], day)} for one in items
    ]


def _on(session: Session, actor: Actor, kind: str, day: date) -> list[dict[str, Any]]:
    found = OrganisationHistory(session, actor.bureau).on(kind, day, only_existing=True)
    return [found[code] for code in sorted(found)]


def _searched(
    items: list[dict[str, Any]], query: dict[str, Any], where: dict[str, str], names: tuple[str, str]
) -> dict[str, Any]:
    """Return what ``keyset`` would of a list in memory, all on one page. ``names``: where ``q`` is looked for."""
    q, sort = (query["q"] or "").lower(), query["sort"] or ""
    wanted = [
        one
        for one in items
        if all(one[name] == value for name, value in where.items()) and any(q in one[name].lower() for name in names)
    ]
    if sort:
        wanted.sort(key=lambda one: one[sort.removeprefix("-")], reverse=sort.startswith("-"))
    counted = {"total": len(wanted), "total_capped": False} if query["total"] else {}
    return {"items": wanted[query["skip"] :], "next": None, **counted}
