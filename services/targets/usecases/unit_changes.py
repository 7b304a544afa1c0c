"""One unit changed by itself: its name, line, parent, notes, or that it is no more; at once, from a day past or on a day to come."""

from collections.abc import Mapping
from dataclasses import replace

from services.targets.domain import permissions
from services.targets.domain.organisation_cells import unit_cells
from services.targets.domain.organisation_rows import read_units
from services.targets.domain.refusals import no_unit
from services.targets.domain.sheet import Line
from services.targets.domain.units import Unit
from services.targets.storage.units import Bureaus
from services.targets.usecases.guards import need, none_in_the_way, none_wrong
from services.targets.usecases.organisation_ahead import bring_about_due
from services.targets.usecases.organisation_import import changed_units, save_organisation, wrong_day
from services.targets.usecases.organisation_reading import known_on
from services.targets.usecases.staff_import import check_closed_units
from services.targets.usecases.units import get_unit
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.units import UnitChange
from shared.database import Row, Session
from shared.vocabulary.refusals import check_revision

CHANGEABLE = ("name", "line", "parent", "notes", "active")


def change_unit(session: Session, actor: Actor, command: UnitChange) -> Row:
    """Change a unit, checked among all others, by the code that reads the sheets."""
    need(permissions.may_manage_organisation(actor))
    Bureaus(session).lock(actor.bureau)
    bring_about_due(session, actor)
    effective = command["effective"] or today()
    read, code = known_on(session, actor.bureau, effective), command["unit"]
    none_in_the_way(None if code in read.known_units else no_unit(code))
    check_revision("unit", command["revision"], read.known_units[code].revision)
    wanted: Row = {name: value for name, value in command.items() if name in CHANGEABLE}
    units = {**read.known_units, code: replace(read.known_units[code], **wanted)}
    none_wrong("unit.invalid", _namesakes(units, code), zh="单位变更有误", en="the change of the unit has faults")
    rows = [Line(number, cells) for number, cells in enumerate(unit_cells(units.values()), start=2)]
    read.units, read.faults = read_units(rows, read.lines)
    changed = changed_units(read, actor.account)
    read.faults += wrong_day(session, actor, effective, changed, [])
    read.faults += check_closed_units(session, actor, effective, changed, read)
    told = [{"field": one.column, "code": one.code, "zh": one.zh, "en": one.en} for one in read.faults]
    none_wrong("unit.invalid", told, zh="单位变更有误", en="the change of the unit has faults")
    save_organisation(session, actor, read, changed, [], effective)
    return get_unit(session, actor, {"unit": code})


def _namesakes(units: Mapping[str, Unit], code: str) -> list[dict[str, str]]:
    """Told by the other's code: there is no sheet here whose row could be named."""
    name = units[code].name
    return [
        {
            "field": "name",
            "code": "name.duplicate",
            "zh": f"{other} 已名为“{name}”",
            "en": f"{other} is called {name!r}",
        }
        for other, unit in units.items()
        if unit.name == name and other != code
    ]
