"""Units and positions, as they are and as they were."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.targets.storage.organisation_history import OrganisationHistory
from services.targets.storage.units import Positions, Units
from shared.actor import Actor
from shared.errors import NotFound


def list_units(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """List units as they are; with ``on`` as they were on that day, all of them on one page."""
    where = {name: query[name] for name in ("kind", "line") if query[name]}
    if query["on"]:
        return _page([one for one in _on(session, actor, "unit", query["on"]) if one["active"]], where)
    return Units(session, actor.bureau).page(query["after"], query["limit"], **where)


def get_unit(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """Show one unit with its history, oldest first."""
    code = query["unit"]
    unit = Units(session, actor.bureau).get(code)
    if unit is None:
        raise NotFound("unit.unknown", zh=f"没有单位 {code}", en=f"there is no unit {code}")
    shown = {name: value for name, value in vars(unit).items() if name != "by"}
    return {**shown, "history": OrganisationHistory(session, actor.bureau).versions("unit", code)}


def list_positions(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    where = {"unit_kind": query["unit_kind"]} if query["unit_kind"] else {}
    if query["on"]:
        return _page(_on(session, actor, "position", query["on"]), where)
    return Positions(session, actor.bureau).page(query["after"], query["limit"], **where)


def _on(session: Session, actor: Actor, kind: str, day: date) -> list[dict[str, Any]]:
    found = OrganisationHistory(session, actor.bureau).on(kind, day, only_existing=True)
    return [found[code] for code in sorted(found)]


def _page(items: list[dict[str, Any]], where: dict[str, str]) -> dict[str, Any]:
    wanted = [one for one in items if all(one[name] == value for name, value in where.items())]
    return {"items": wanted, "next": None}
