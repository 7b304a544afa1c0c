"""indicators.csv: each row by itself. What rows owe to each other is in library_checks.py."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rules import PERCENT, check_params
from services.targets.domain.faults import Fault
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_headings import split_headings
from services.targets.domain.library_row_checks import check_row
from services.targets.domain.params import read_params
from services.targets.domain.sheet import Cells, Line, Notes, full_width_fault, half_width
from shared.vocabulary.library import CATEGORIES, FREQUENCIES, MACHINE_FIGURES, NATURES, RULES, SOURCES, TOOLS
from shared.vocabulary.organisation import LAYERS, LINES, with_all
from shared.vocabulary.refusals import Refused

CODE = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2}")
_SEPARATORS = re.compile(r"[|｜、,，]")
_TEXTS = [
    "code",
    "level1",
    "level2",
    "name",
    "category",
    "nature",
    "tool",
    "line",
    "layers",
    "measure_unit",
    "full_points",
    "rule",
    "rule_params",
    "frequency",
    "assessor",
    "evidence",
    "standard",
    "basis",
    "source",
]


def history_years(cycle: str) -> tuple[str, ...]:
    return tuple(str(int(cycle) - back) for back in (3, 2, 1))


def indicator_columns(cycle: str) -> tuple[str, ...]:
    """Return the sheet's columns; three of history and one of targets carry their year."""
    history = (f"history_{year}" for year in history_years(cycle))
    return (*_TEXTS, *history, f"target_{cycle}", "per_person_cap")


@dataclass(frozen=True)
class Surroundings:
    """What a library is read against."""

    cycle: str
    units_by_name: Mapping[str, str]  # name -> code, of units that may assess
    figures: Mapping[str, str]  # indicator -> machine figure
    lines: Mapping[str, str] = field(default_factory=lambda: LINES)  # of the bureau, code -> name


def read_indicators(lines: Sequence[Line], around: Surroundings) -> tuple[list[Indicator], list[Fault]]:
    """Read indicators; rows that only head a level (as exported sheets have them) are
    checked against the rows below and left out."""
    notes = Notes("indicators")
    items = split_headings(lines, notes)
    return [_indicator(Cells(line, notes), around) for line in items], notes.faults


def _indicator(cells: Cells, around: Surroundings) -> Indicator:
    code = _code(cells)
    rule, full = cells.choice("rule", RULES), cells.needed_number("full_points", decimals=1)
    source, share = cells.choice("source", SOURCES), cells.line.cells.get("measure_unit") == PERCENT
    params, scores = _params(cells, rule, full)
    indicator = Indicator(
        indicator=code,
        level1=cells.text("level1"),
        level2=cells.text("level2"),
        name=cells.text("name"),
        category=cells.choice("category", CATEGORIES),
        nature=cells.choice("nature", NATURES),
        tool=cells.choice("tool", TOOLS),
        line=cells.choice("line", with_all(around.lines)),
        layers=_layers(cells),
        measure_unit=cells.text("measure_unit", 20),
        full_points=full or Decimal(0),
        rule=rule,
        rule_params=params,
        frequency=cells.choice("frequency", FREQUENCIES),
        assessor=_assessor(cells, around),
        evidence=cells.optional("evidence"),
        standard=cells.text("standard", 2000),
        basis=cells.optional("basis"),
        source=source,
        figure=_figure(cells, source, around.figures.get(code)),
        history={year: cells.number(f"history_{year}", percent=share) for year in history_years(around.cycle)},
        target=cells.number(f"target_{around.cycle}", percent=share),
        per_person_cap=cells.number("per_person_cap"),
        row=cells.line.number,
    )
    check_row(cells, indicator, around.cycle, scores=scores)
    return indicator


def _code(cells: Cells) -> str:
    code = cells.text("code")
    if code and not CODE.fullmatch(code):
        if CODE.fullmatch(half_width(code)):
            cells.fault("code", *full_width_fault("code"))
            return code
        zh, en = "编码应为“一级-二级-三级”，如 03-02-01", "a code is three pairs of digits, 03-02-01"
        cells.fault("code", "code.form", zh, en)
    return code


def _layers(cells: Cells) -> tuple[str, ...]:
    names = {name: layer for layer, name in LAYERS.items()}
    parts = (part.strip() for part in _SEPARATORS.split(cells.text("layers")))
    layers = tuple(names.get(part, part) for part in parts)
    wrong = [layer for layer in layers if layer not in LAYERS]
    if any(layers) and (wrong or len(set(layers)) != len(layers)):
        zh, en = (
            f"承担层次应为{'、'.join(LAYERS.values())}，用“|”分隔且不重复",
            "layers are division|station|person, each once",
        )
        cells.fault("layers", "layers.unknown", zh, en)
    return layers


def _params(cells: Cells, rule: str, full: Decimal | None) -> tuple[Mapping[str, Any], bool]:
    """The parameters, and whether the rule can score by them."""
    try:
        params = read_params(cells.optional("rule_params", 4000))
    except Refused as refused:
        for one in refused.refusals:
            cells.fault("rule_params", one.code, one.zh, one.en)
        return {}, False
    if not rule or full is None:
        return params, False
    faults = check_params(rule, params, full)
    for found in faults:
        column = "full_points" if found.code == "rule.full_points" else "rule_params"
        place = f"{found.path}: " if found.path and column == "rule_params" else ""
        cells.fault(column, found.code, place + found.zh, place + found.en)
    return params, not faults


def _assessor(cells: Cells, around: Surroundings) -> str:
    name = cells.text("assessor")
    if name and name not in around.units_by_name:
        cells.fault("assessor", "assessor.unknown", f"机构表中没有核评科室“{name}”", f"no unit is called {name!r}")
    return around.units_by_name.get(name, "")


def _figure(cells: Cells, source: str, figure: str | None) -> str | None:
    if source in MACHINE_FIGURES and figure not in MACHINE_FIGURES[source]:
        cells.fault(
            "source",
            "figure.missing",
            "取数指标没有对应的取数口径",
            "no machine figure is named for it",
        )
    if source == "declared" and figure is not None:
        cells.fault(
            "source", "figure.unexpected", "自行申报的指标不应对应取数口径", "a declared item has no machine figure"
        )
    return figure
