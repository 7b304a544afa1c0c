"""The organisation from the office's sheets: all of them or nothing, in force from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.targets.domain import permissions
from services.targets.domain.faults import Fault, in_reading_order
from services.targets.domain.units import Position, Unit
from services.targets.storage.lines import Lines
from services.targets.storage.organisation_history import BEGINNING, OrganisationHistory
from services.targets.storage.units import Bureaus, Positions, Units
from services.targets.usecases.guards import need, none_wrong
from services.targets.usecases.organisation_ahead import bring_about_due, schedule, state_of
from services.targets.usecases.organisation_reading import Organisation, read_organisation
from services.targets.usecases.staff_import import check_closed_units, follow_positions, take_staff
from services.targets.usecases.states import unit_state
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.organisation import ImportOrganisation
from shared.database import Row, Session
from shared.errors import Entry, NotFound
from shared.recording import audit, record_all


def import_organisation(session: Session, actor: Actor, command: ImportOrganisation) -> Row:
    """Take the sheets ``lines``, ``organisation``, ``positions`` and ``persons``
    (any may be absent), whole or not at all.

    What changes of units and positions holds from ``effective`` on, today where no day is named; of a day to come it
    waits. Units, positions and persons that a sheet no longer names stay as they are; units are told as warnings.
    """
    need(permissions.may_manage_organisation(actor))
    if not Bureaus(session).lock(actor.bureau):
        raise NotFound("bureau.unknown", zh="没有该分局", en="there is no such bureau")
    if not command["dry_run"]:
        bring_about_due(session, actor)
    read = read_organisation(session, actor.bureau, command["sheets"], command["effective"] or today())
    effective = command["effective"] or (today() if read.known_units else BEGINNING)
    units, positions = changed_units(read, actor.account), _changed_positions(read)
    read.faults += [*wrong_day(session, actor, effective, units, positions), *_lines_ahead(read, effective)]
    read.faults += check_closed_units(session, actor, effective, units, read)
    told = _told(read.faults)
    if not command["dry_run"]:
        none_wrong("organisation.invalid", told, zh="机构、岗位或人员表有误", en="the sheets have faults")
        save_organisation(session, actor, read, units, positions, effective)
    staff = take_staff(session, actor, read.persons, dry_run=command["dry_run"] or bool(told))
    return {
        "applied": not command["dry_run"],
        "effective": effective,
        "units": _tally(len(read.units), [one.unit for one in units], read.known_units),
        "positions": _tally(len(read.positions), [one.position for one in positions], read.known_positions),
        "persons": staff,
        "errors": told,
        "warnings": _told(read.warnings),
    }


def changed_units(read: Organisation, by: str) -> list[Unit]:
    changed = []
    for unit in read.units:
        before = read.known_units.get(unit.unit)
        if before is None:
            changed.append(replace(unit, by=by))
        elif replace(unit, revision=before.revision, by=before.by) != before:
            changed.append(replace(unit, revision=before.revision + 1, by=by))
    return changed


def _changed_positions(read: Organisation) -> list[Position]:
    changed = []
    for position in read.positions:
        before = read.known_positions.get(position.position)
        if before is None:
            changed.append(position)
        elif replace(position, revision=before.revision) != before:
            changed.append(replace(position, revision=before.revision + 1))
    return changed


def wrong_day(
    session: Session, actor: Actor, effective: date, units: Sequence[Unit], positions: Sequence[Position]
) -> list[Fault]:
    history = OrganisationHistory(session, actor.bureau)
    faults = []
    for sheet, kind, codes in (
        ("organisation", "unit", [unit.unit for unit in units]),
        ("positions", "position", [one.position for one in positions]),
    ):
        last = history.last_change(kind)
        for code in codes:
            if code in last and effective < last[code]:
                zh, en = f"{code} 在 {last[code]} 已有更晚的变更", f"{code} changed later, on {last[code]}"
                faults.append(Fault(sheet, 0, "effective", "effective.order", zh, en))
    return faults


def _lines_ahead(read: Organisation, effective: date) -> list[Fault]:
    if effective <= today() or read.lines == read.known_lines:
        return []
    zh, en = "口的调整不能预定，请在当天导入", "lines cannot change on a day to come: import them on the day"
    return [Fault("lines", 0, "effective", "effective.future", zh, en)]


def save_organisation(
    session: Session,
    actor: Actor,
    read: Organisation,
    units: Sequence[Unit],
    positions: Sequence[Position],
    effective: date,
) -> None:
    bureau = actor.bureau
    if effective > today():
        schedule(session, actor, units, positions, effective)
        return
    if read.lines != read.known_lines or list(read.lines) != list(read.known_lines):
        Lines(session, bureau).replace(read.lines)
        before, after = dict(read.known_lines), dict(read.lines)
        audit(session, action="lines.changed", subject=bureau, before=before, after=after)
    Units(session, bureau).save(units)
    Positions(session, bureau).save(positions)
    history = OrganisationHistory(session, bureau)
    history.save("unit", ((one.unit, state_of(one)) for one in units), effective, actor.account)
    history.save("position", ((one.position, state_of(one)) for one in positions), effective, actor.account)
    known = read.known_units
    record_all(
        session,
        (
            (unit_state(bureau, one), unit_state(bureau, known[one.unit]) if one.unit in known else None)
            for one in units
        ),
    )
    _audit_positions(session, actor, positions, read.known_positions)
    follow_positions(session, actor, [one for one in positions if one.position in read.known_positions], effective)


def _audit_positions(
    session: Session, actor: Actor, positions: Sequence[Position], known: Mapping[str, Position]
) -> None:
    for position in positions:
        before = known.get(position.position)
        audit(
            session,
            action="position.changed",
            subject=f"{actor.bureau}/{position.position}",
            before=vars(before) if before else {},
            after=vars(position),
        )


def _told(faults: Sequence[Fault]) -> list[Entry]:
    return [one.told for one in in_reading_order(faults)]


def _tally(rows: int, codes: Sequence[str], known: Mapping[str, object]) -> dict[str, int]:
    created = sum(code not in known for code in codes)
    return {"rows": rows, "created": created, "updated": len(codes) - created}
