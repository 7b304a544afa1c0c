"""Units and positions, as they are and as they were."""

from collections.abc import Callable, Mapping
from datetime import date

from services.targets.domain.refusals import no_unit
from services.targets.storage.lists import ListPage
from services.targets.storage.organisation_history import OrganisationHistory
from services.targets.storage.units import Positions, Units
from services.targets.usecases.names import Names
from shared.actor import Actor
from shared.batches import problem
from shared.clock import today
from shared.contracts.targets.commands.units import PositionQuery, UnitKey, UnitQuery
from shared.database import Row, Session


def list_units(session: Session, actor: Actor, query: UnitQuery) -> Row:
    """List units as they are; with ``on`` as they were on that day, all of them on one page."""
    if query["on"]:
        active = [one for one in _on(session, actor, "unit", query["on"]) if one["active"]]
        where = {"kind": query["kind"], "line": query["line"]}
        page = _searched(active, query, where, ("unit", "name"))
    else:
        page = Units(session, actor.bureau).page(query)
    return page.told(_naming_units(session, actor, query["on"] or today()))


def get_unit(session: Session, actor: Actor, query: UnitKey) -> Row:
    """Show one unit with its history, oldest first."""
    code = query["unit"]
    unit = Units(session, actor.bureau).get(code)
    if unit is None:
        raise problem([(None, no_unit(code))])
    shown = {name: value for name, value in vars(unit).items() if name != "by"}
    history = OrganisationHistory(session, actor.bureau).versions("unit", code)
    return {**_naming_units(session, actor, today())(shown), "history": history}


def list_positions(session: Session, actor: Actor, query: PositionQuery) -> Row:
    """List positions as they are; with ``on`` as they were on that day, all of them on one page."""
    if query["on"]:
        page = _searched(
            _on(session, actor, "position", query["on"]),
            query,
            {"unit_kind": query["unit_kind"]},
            ("position", "title"),
        )
    else:
        page = Positions(session, actor.bureau).page(query)
    names, day = Names(session, actor.bureau), query["on"] or today()
    return page.told(
        lambda one: {**one, "line_name": names.line(one["line"]), "unit_name": names.unit(one["unit"], day)}
    )


def _naming_units(session: Session, actor: Actor, day: date) -> Callable[[Row], Row]:
    names = Names(session, actor.bureau)
    return lambda one: {**one, "line_name": names.line(one["line"]), "parent_name": names.unit(one["parent"], day)}


def _on(session: Session, actor: Actor, kind: str, day: date) -> list[Row]:
    found = OrganisationHistory(session, actor.bureau).on(kind, day, only_existing=True)
    return [found[code] for code in sorted(found)]


def _searched(
    items: list[Row], query: UnitQuery | PositionQuery, where: Mapping[str, str | None], names: tuple[str, str]
) -> ListPage[Row]:
    """Return what ``keyset`` would of a list in memory, all on one page. ``names``: where ``q`` is looked for."""
    q, sort = (query["q"] or "").lower(), query["sort"] or ""
    wanted = [
        one
        for one in items
        if all(one[name] == value for name, value in where.items() if value)
        and any(q in one[name].lower() for name in names)
    ]
    if sort:
        wanted.sort(key=lambda one: one[sort.removeprefix("-")], reverse=sort.startswith("-"))
    counted = {"total": len(wanted), "total_capped": False} if query["total"] else {}
    return ListPage(wanted[query["skip"] :], {"next": None, **counted})
