"""A library as sheets or as a stored draft have it, with every fault and doubt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.targets.domain.cycles import Cycle
from services.targets.domain.faults import Fault, in_reading_order
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_checks import check_library
from services.targets.domain.library_rows import Surroundings, indicator_columns, read_indicators
from services.targets.domain.library_warnings import warn_capacity, warn_grades, warn_heavy, warn_targets
from services.targets.domain.model_rows import (
    COMPOSITE_COLUMNS,
    FIGURE_COLUMNS,
    MODEL_COLUMNS,
    Composition,
    read_composite,
    read_figures,
    read_models,
)
from services.targets.domain.sheet import Line, TextRow
from services.targets.sheets import SheetFile, read_sheet
from services.targets.storage.library import Libraries, Model
from services.targets.storage.lines import Lines
from services.targets.storage.models import Models
from services.targets.storage.persons import Persons
from services.targets.storage.units import Units
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.errors import Entry
from shared.vocabulary.organisation import ALL_LINES


@dataclass
class Draft:
    model: Model
    indicators: list[Indicator] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)  # of single rows and cells
    between: list[Fault] = field(default_factory=list)  # of rows with one another

    @property
    def all_faults(self) -> list[Fault]:
        return [*self.faults, *self.between]


def read_sheets(session: Session, actor: Actor, cycle: Cycle, sheets: Mapping[str, bytes]) -> Draft:
    """Read the sheets; one that is absent keeps what the draft, or else the published library, says."""
    kept = kept_model(session, actor, cycle)
    lines = Lines(session, actor.bureau).all()
    weights, faults_w = _sheet(sheets, "models", MODEL_COLUMNS, lambda rows: read_models(rows, lines), kept.weights)
    composed, faults_c = _sheet(
        sheets,
        "composite",
        COMPOSITE_COLUMNS,
        lambda rows: read_composite(rows, lines),
        Composition(kept.composite, kept.definitions) if kept.composite else None,
    )
    figures, faults_f = _sheet(sheets, "machine_figures", FIGURE_COLUMNS, read_figures, kept.figures)
    composed = composed or Composition({}, {})
    model = Model(weights, composed.weights, figures, composed.definitions)
    rows, faults = read_sheet(SheetFile("indicators", sheets["indicators"]), indicator_columns(cycle.cycle))
    draft = read_rows(session, actor, cycle, model, rows)
    draft.faults = [*faults_w, *faults_c, *faults_f, *faults, *draft.faults]
    return draft


def read_rows(session: Session, actor: Actor, cycle: Cycle, model: Model, rows: Sequence[Line]) -> Draft:
    bureau = actor.bureau
    lines, units = Lines(session, bureau).all(), Units(session, bureau).all()
    assessing = {unit.name: unit.unit for unit in units.values() if unit.active}
    around = Surroundings(cycle.cycle, assessing, model.figures, lines)
    indicators, faults = read_indicators(rows, around)
    earlier = Libraries(session, bureau, cycle.cycle).names_before(cycle.library_revision + 1) if cycle.is_begun else {}
    between = check_library(indicators, lines, earlier) if rows else []
    return Draft(model, indicators, faults, between)


def read_cells(session: Session, actor: Actor, cycle: Cycle, model: Model, rows: Sequence[TextRow]) -> Draft:
    """Read rows of cells as an exported sheet has them, counted as it would count them."""
    return read_rows(session, actor, cycle, model, [Line(number, row) for number, row in enumerate(rows, start=2)])


def kept_model(session: Session, actor: Actor, cycle: Cycle) -> Model:
    """Return what the draft says, or else the published library, or nothing yet."""
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    return libraries.model(cycle.library_revision + 1) or libraries.model(cycle.library_revision) or Model({}, {}, {})


def told_of(draft: Draft, faults: Sequence[Fault]) -> list[Entry]:
    """Return the faults with the indicator's code beside the row: a draft has no sheet whose rows one could count."""
    codes = {one.row: one.indicator for one in draft.indicators}
    return [
        {**one.told, "indicator": codes.get(one.row, "") if one.sheet == "indicators" else ""}
        for one in in_reading_order(faults)
    ]


def counts_of(indicators: Sequence[Indicator]) -> dict[str, int]:
    codes = [indicator.indicator for indicator in indicators]
    return {
        "level1": len({code[:2] for code in codes}),
        "level2": len({code[:5] for code in codes}),
        "level3": len(codes),
    }


def warnings(session: Session, actor: Actor, cycle: Cycle, indicators: Sequence[Indicator]) -> list[Fault]:
    """Return the doubts about a library without faults."""
    members = Persons(session, actor.bureau).staff_on(cycle.reference_day(today()))
    headcounts = {**Counter(member.line for member in members), ALL_LINES: len(members)}
    capacity = warn_capacity(indicators, headcounts) if members else []
    grades = Models(session, actor.bureau, cycle.cycle).grade_values(cycle.model_revision)
    return [
        *warn_targets(indicators, cycle.cycle),
        *capacity,
        *warn_heavy(indicators),
        *warn_grades(indicators, grades),
    ]


def _sheet(
    sheets: Mapping[str, bytes], name: str, columns: Sequence[str], read: Any, kept: Any
) -> tuple[Any, list[Fault]]:
    """What sheet ``name`` says; where it is absent, what is ``kept``."""
    if name not in sheets:
        missing = Fault(name, 0, "", "sheet.missing", f"缺少表 {name}", f"the sheet {name} is missing")
        return kept, [] if kept or name == "machine_figures" else [missing]
    lines, faults = read_sheet(SheetFile(name, sheets[name]), columns)
    if faults and not lines:
        return kept, faults
    content, found = read(lines)
    return content, [*faults, *found]
