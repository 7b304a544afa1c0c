"""Units and positions, from the office's sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from services.targets.domain import permissions
from services.targets.domain.faults import Fault, entries
from services.targets.domain.organisation_rows import (
    POSITION_COLUMNS,
    UNIT_COLUMNS,
    read_positions,
    read_units,
    warn_heads,
)
from services.targets.domain.units import Position, Unit
from services.targets.sheets import SheetFile, read_sheet
from services.targets.storage.units import Bureaus, Positions, Units
from services.targets.usecases.guards import need, none_wrong
from services.targets.usecases.states import unit_state
from shared.actor import Actor
from shared.errors import NotFound
from shared.recording import audit, record_all


@dataclass
class _Sheets:
    """What an upload holds, read against what is known."""

    units: list[Unit]
    positions: list[Position]
    faults: list[Fault]
    warnings: list[Fault]


def import_organisation(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Takes the sheets ``organisation`` and ``positions`` (either may be absent), whole or not at all.

    Units and positions that a sheet no longer names stay as they are and are told as warnings.
    """
    need(permissions.may_manage_organisation(actor))
    if not Bureaus(session).lock(actor.bureau):
        raise NotFound("bureau.unknown", zh="没有该分局", en="there is no such bureau")
    known_units, known_positions = Units(session, actor.bureau).all(), Positions(session, actor.bureau).all()
    read = _read(command["sheets"], known_units)
    units = _changed_units(read.units, known_units, actor.account)
    positions = _changed_positions(read.positions, known_positions)
    if not command["dry_run"]:
        none_wrong("organisation.invalid", entries(read.faults), zh="机构表或岗位表有误", en="the sheets have faults")
        _save(session, actor, units, known_units, positions, known_positions)
    return {
        "applied": not command["dry_run"],
        "units": _tally(len(read.units), units, known_units),
        "positions": _tally(len(read.positions), positions, known_positions),
        "errors": entries(read.faults),
        "warnings": entries(read.warnings),
    }


def list_units(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    where = {name: query[name] for name in ("kind", "line") if query[name]}
    return Units(session, actor.bureau).page(query["after"], query["limit"], **where)


def get_unit(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    code = query["unit"]
    unit = Units(session, actor.bureau).get(code)
    if unit is None:
        raise NotFound("unit.unknown", zh=f"没有单位 {code}", en=f"there is no unit {code}")
    return vars(unit)


def list_positions(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    where = {"unit_kind": query["unit_kind"]} if query["unit_kind"] else {}
    return Positions(session, actor.bureau).page(query["after"], query["limit"], **where)


def _read(sheets: Mapping[str, bytes], known: Mapping[str, Unit]) -> _Sheets:
    read = _Sheets([], [], [], [])
    if "organisation" in sheets:
        lines, faults = read_sheet(SheetFile("organisation", sheets["organisation"]), UNIT_COLUMNS)
        read.units, found = read_units(lines) if lines else ([], [])
        read.faults += [*faults, *found]
        read.warnings += _absent(read.units, known)
    if "positions" in sheets:
        all_units = {**known, **{unit.unit: unit for unit in read.units}}
        lines, faults = read_sheet(SheetFile("positions", sheets["positions"]), POSITION_COLUMNS)
        read.positions, found = read_positions(lines, all_units)
        read.faults += [*faults, *found]
        read.warnings += warn_heads(all_units.values(), read.positions)
    return read


def _absent(units: Sequence[Unit], known: Mapping[str, Unit]) -> list[Fault]:
    named = {unit.unit for unit in units}
    return [
        Fault(
            "organisation",
            0,
            "code",
            "unit.absent",
            f"表中没有 {unit.name}，保持不变",
            f"{code} is not in the sheet; kept",
        )
        for code, unit in known.items()
        if code not in named
    ]


def _changed_units(units: Sequence[Unit], known: Mapping[str, Unit], by: str) -> list[Unit]:
    changed = []
    for unit in units:
        before = known.get(unit.unit)
        if before is None:
            changed.append(replace(unit, by=by))
        elif replace(unit, revision=before.revision, by=before.by) != before:
            changed.append(replace(unit, revision=before.revision + 1, by=by))
    return changed


def _changed_positions(positions: Sequence[Position], known: Mapping[str, Position]) -> list[Position]:
    changed = []
    for position in positions:
        before = known.get(position.position)
        if before is None:
            changed.append(position)
        elif replace(position, revision=before.revision) != before:
            changed.append(replace(position, revision=before.revision + 1))
    return changed


def _save(
    session: Session,
    actor: Actor,
    units: Sequence[Unit],
    known_units: Mapping[str, Unit],
    positions: Sequence[Position],
    known_positions: Mapping[str, Position],
) -> None:
    Units(session, actor.bureau).save(units)
    Positions(session, actor.bureau).save(positions)
    record_all(
        session,
        (
            (unit_state(actor.bureau, unit), unit_state(actor.bureau, before) if before else None)
            for unit in units
            for before in [known_units.get(unit.unit)]
        ),
    )
    for position in positions:
        before = known_positions.get(position.position)
        audit(
            session,
            action="position.changed",
            subject=f"{actor.bureau}/{position.position}",
            before=vars(before) if before else {},
            after=vars(position),
        )


def _tally(rows: int, changed: Sequence[Unit] | Sequence[Position], known: Mapping[str, Any]) -> dict[str, int]:
    codes = [one.unit if isinstance(one, Unit) else one.position for one in changed]
    created = sum(code not in known for code in codes)
    return {"rows": rows, "created": created, "updated": len(codes) - created}
