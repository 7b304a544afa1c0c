"""The library of a cycle: imported as a draft, checked, published; what is published never changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.faults import Fault, entries
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_checks import check_library
from services.targets.domain.library_rows import Surroundings, indicator_columns, read_indicators
from services.targets.domain.library_warnings import warn_capacity, warn_targets
from services.targets.domain.model_rows import (
    COMPOSITE_COLUMNS,
    FIGURE_COLUMNS,
    MODEL_COLUMNS,
    read_composite,
    read_figures,
    read_models,
)
from services.targets.domain.words import ALL_LINES
from services.targets.sheets import SheetFile, read_sheet
from services.targets.storage.library import Libraries, Model
from services.targets.storage.persons import Persons
from services.targets.storage.units import Units
from services.targets.usecases.cycles import save_change
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong
from services.targets.usecases.states import indicator_state
from shared.actor import Actor
from shared.clock import today
from shared.errors import Conflict
from shared.recording import audit, record_all


@dataclass
class _Draft:
    model: Model
    indicators: list[Indicator] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def import_library(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Takes indicators, models, composite and machine_figures as the cycle's draft, whole or not at all.

    A sheet that is absent keeps what the draft, or else the published library, says. ``dry_run`` only tells the faults.
    """
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    draft = _read(session, actor, cycle, command["sheets"])
    warnings = [] if draft.faults else _warnings(session, actor, cycle, draft.indicators)
    if not command["dry_run"]:
        none_wrong(
            "library.invalid",
            entries(draft.faults),
            zh="指标库有误，未导入",
            en="the library has faults, nothing taken",
        )
        _save(session, actor, cycle, draft)
    return {
        "applied": not command["dry_run"],
        "library_revision": cycle.library_revision + 1,
        "counts": _counts(draft.indicators),
        "errors": entries(draft.faults),
        "warnings": entries(warnings),
    }


def publish_library(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """The draft becomes the cycle's library; indicators that it no longer has are told as inactive."""
    need(permissions.may_manage_cycle(actor))
    before = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(before)
    libraries = Libraries(session, actor.bureau, before.cycle)
    revision = before.library_revision + 1
    model = libraries.model(revision)
    if model is None:
        raise Conflict(
            "library.no_draft", zh="没有待发布的指标库，请先导入", en="there is no draft to publish: import one"
        )
    libraries.mark_published(revision, actor.account)
    after = replace(before.with_library(revision, model.weights, model.composite), by=actor.account)
    old, new = libraries.indicators(before.library_revision), libraries.indicators(revision)
    _record_indicators(session, actor, before, old, new)
    return save_change(session, actor, before, after)


def _read(session: Session, actor: Actor, cycle: Cycle, sheets: Mapping[str, bytes]) -> _Draft:
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    kept = libraries.model(cycle.library_revision + 1) or libraries.model(cycle.library_revision) or Model({}, {}, {})
    weights, faults_w = _sheet(sheets, "models", MODEL_COLUMNS, read_models, kept.weights)
    composite, faults_c = _sheet(sheets, "composite", COMPOSITE_COLUMNS, read_composite, kept.composite)
    figures, faults_f = _sheet(sheets, "machine_figures", FIGURE_COLUMNS, read_figures, kept.figures)
    draft = _Draft(Model(weights, composite, figures), faults=[*faults_w, *faults_c, *faults_f])
    lines, faults = read_sheet(SheetFile("indicators", sheets["indicators"]), indicator_columns(cycle.cycle))
    units = Units(session, actor.bureau).all()
    around = Surroundings(cycle.cycle, {unit.name: unit.unit for unit in units.values() if unit.active}, figures)
    draft.indicators, found = read_indicators(lines, around)
    draft.faults += [*faults, *found, *(check_library(draft.indicators) if lines else [])]
    return draft


def _sheet(
    sheets: Mapping[str, bytes], name: str, columns: Sequence[str], read: Any, kept: Any
) -> tuple[Any, list[Fault]]:
    """What sheet ``name`` says; where it is absent, what is ``kept``."""
    if name not in sheets:
        missing = Fault(name, 0, "", "sheet.missing", f"缺少表 {name}", f"the sheet {name} is missing")
        return kept, [] if kept or name == "machine_figures" else [missing]
    lines, faults = read_sheet(SheetFile(name, sheets[name]), columns)
    if faults:
        return kept, faults
    content, found = read(lines)
    return content, found


def _warnings(session: Session, actor: Actor, cycle: Cycle, indicators: Sequence[Indicator]) -> list[Fault]:
    members = Persons(session, actor.bureau).staff_on(cycle.reference_day(today()))
    headcounts = {**Counter(member.line for member in members), ALL_LINES: len(members)}
    capacity = warn_capacity(indicators, headcounts) if members else []
    return [*warn_targets(indicators, cycle.cycle), *capacity]


def _save(session: Session, actor: Actor, cycle: Cycle, draft: _Draft) -> None:
    revision = cycle.library_revision + 1
    Libraries(session, actor.bureau, cycle.cycle).replace_draft(revision, draft.model, draft.indicators)
    audit(
        session,
        action="library.imported",
        subject=f"{actor.bureau}/{cycle.cycle}/{revision}",
        before={},
        after=_counts(draft.indicators),
    )


def _counts(indicators: Sequence[Indicator]) -> dict[str, int]:
    codes = [indicator.indicator for indicator in indicators]
    return {
        "level1": len({code[:2] for code in codes}),
        "level2": len({code[:5] for code in codes}),
        "level3": len(codes),
    }


def _record_indicators(
    session: Session, actor: Actor, cycle: Cycle, old: Sequence[Indicator], new: Sequence[Indicator]
) -> None:
    revision = cycle.library_revision + 1
    known = {
        one.indicator: indicator_state(actor.bureau, cycle.cycle, one, cycle.library_revision, by=actor.account)
        for one in old
    }
    stay = {one.indicator for one in new}
    changed = [(one, True) for one in new] + [(one, False) for one in old if one.indicator not in stay]
    states = (
        indicator_state(actor.bureau, cycle.cycle, one, revision, by=actor.account, active=active)
        for one, active in changed
    )
    record_all(session, ((state, known.get(state.indicator)) for state in states))
