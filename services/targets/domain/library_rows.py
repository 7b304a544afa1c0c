"""indicators.csv: each row by itself. What rows owe to each other is in library_checks.py."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules import check_params
from services.targets.domain.faults import Fault
from services.targets.domain.indicators import Indicator
from services.targets.domain.params import ParamsFault, read_params
from services.targets.domain.sheet import Cells, Line, Notes
from services.targets.domain.words import (
    ALL_LINES,
    CATEGORIES,
    FIGURES,
    FREQUENCIES,
    LAYERS,
    LINES,
    NATURES,
    PERCENT,
    RULES,
    SOURCES,
    TOOLS,
    is_counted,
)

CODE = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2}")
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
    """The sheet's columns; three of history and one of targets carry their year."""
    history = (f"history_{year}" for year in history_years(cycle))
    return (*_TEXTS, *history, f"target_{cycle}", "per_person_cap")


@dataclass(frozen=True)
class Surroundings:
    """What a library is read against."""

    cycle: str
    units_by_name: Mapping[str, str]  # name -> code, of units that may assess
    figures: Mapping[str, str]  # indicator -> machine figure


def read_indicators(lines: Sequence[Line], around: Surroundings) -> tuple[list[Indicator], list[Fault]]:
    notes = Notes("indicators")
    return [_indicator(Cells(line, notes), around) for line in lines], notes.faults


def _indicator(cells: Cells, around: Surroundings) -> Indicator:
    code = _code(cells)
    rule, full = cells.choice("rule", RULES), cells.needed_number("full_points", decimals=1)
    source = cells.choice("source", SOURCES)
    indicator = Indicator(
        indicator=code,
        level1=cells.text("level1"),
        level2=cells.text("level2"),
        name=cells.text("name"),
        category=cells.choice("category", CATEGORIES),
        nature=cells.choice("nature", NATURES),
        tool=cells.choice("tool", TOOLS),
        line=cells.choice("line", (*LINES, ALL_LINES)),
        layers=_layers(cells),
        measure_unit=cells.text("measure_unit", 20),
        full_points=full or Decimal(0),
        rule=rule,
        rule_params=_params(cells, rule, full),
        frequency=cells.choice("frequency", FREQUENCIES),
        assessor=_assessor(cells, around),
        evidence=cells.optional("evidence"),
        standard=cells.text("standard", 2000),
        basis=cells.optional("basis"),
        source=source,
        figure=_figure(cells, source, around.figures.get(code)),
        history={year: cells.number(f"history_{year}") for year in history_years(around.cycle)},
        target=cells.number(f"target_{around.cycle}"),
        per_person_cap=cells.number("per_person_cap"),
        row=cells.line.number,
    )
    _check_belonging(cells, indicator)
    _check_quantities(cells, indicator, around.cycle)
    return indicator


def _code(cells: Cells) -> str:
    code = cells.text("code")
    if code and not CODE.fullmatch(code):
        cells.fault(
            "code", "code.form", "编码应为“一级-二级-三级”，如 03-02-01", "a code is three pairs of digits, 03-02-01"
        )
    return code


def _layers(cells: Cells) -> tuple[str, ...]:
    layers = tuple(part.strip() for part in cells.text("layers").split("|"))
    wrong = [layer for layer in layers if layer not in LAYERS]
    if any(layers) and (wrong or len(set(layers)) != len(layers)):
        zh, en = (
            "承担层次应为 division、station、person，用“|”分隔且不重复",
            "layers are division|station|person, each once",
        )
        cells.fault("layers", "layers.unknown", zh, en)
    return layers


def _params(cells: Cells, rule: str, full: Decimal | None) -> Mapping[str, Any]:
    try:
        params = read_params(cells.optional("rule_params", 4000))
    except ParamsFault as fault:
        cells.fault("rule_params", fault.code, fault.zh, fault.en)
        return {}
    if rule and full is not None:
        for found in check_params(rule, params, full):
            column = "full_points" if found.code == "rule.full_points" else "rule_params"
            place = f"{found.path}: " if found.path and column == "rule_params" else ""
            cells.fault(column, found.code, place + found.zh, place + found.en)
    return params


def _assessor(cells: Cells, around: Surroundings) -> str:
    name = cells.text("assessor")
    if name and name not in around.units_by_name:
        cells.fault("assessor", "assessor.unknown", f"机构表中没有核评科室“{name}”", f"no unit is called {name!r}")
    return around.units_by_name.get(name, "")


def _figure(cells: Cells, source: str, figure: str | None) -> str | None:
    if source in FIGURES and figure not in FIGURES[source]:
        cells.fault(
            "source",
            "figure.missing",
            "取数指标未在 machine_figures 中对应取数口径",
            "no machine figure is named for it",
        )
    if source == "declared" and figure is not None:
        cells.fault(
            "source", "figure.unexpected", "自行申报的指标不应对应取数口径", "a declared item has no machine figure"
        )
    return figure


def _check_belonging(cells: Cells, indicator: Indicator) -> None:
    """Category, line, tool and rule must go together (data/README.md §一, §二)."""
    if (
        indicator.category
        and indicator.line
        and (indicator.category == "professional") == (indicator.line == ALL_LINES)
    ):
        zh, en = "专业类属于一个口，其余三类为 all", "professional items belong to one line, all others to all"
        cells.fault("line", "line.category", zh, en)
    marks = (indicator.category == "contribution", indicator.tool == "contribution", indicator.nature == "contribution")
    if any(marks) and not all(marks):
        zh, en = "贡献类、贡献性与贡献累积法应一致", "contribution goes with its own nature and tool"
        cells.fault("tool", "tool.category", zh, en)
    if indicator.tool == "contribution" and indicator.rule not in ("accumulate", ""):
        cells.fault("rule", "rule.tool", "贡献累积法应使用 accumulate", "contributions accumulate")
    if indicator.tool == "subjective" and indicator.rule not in ("grade", ""):
        cells.fault("rule", "rule.tool", "主观评估法应使用 grade", "evaluations are graded")


def _check_quantities(cells: Cells, indicator: Indicator, cycle: str) -> None:
    target = f"target_{cycle}"
    values = {f"history_{year}": value for year, value in indicator.history.items()} | {target: indicator.target}
    for column, value in values.items():
        if value is not None:
            _check_scale(cells, column, value, indicator.measure_unit)
    if indicator.rule == "ratio" and not indicator.target and not cells.line.cells.get(target):
        cells.fault(target, "target.missing", "ratio 指标应有全局目标", "a ratio item needs the bureau's target")
    if indicator.rule == "ratio" and indicator.target == 0:
        cells.fault(target, "target.zero", "ratio 指标的目标应大于0", "a ratio item's target must be above 0")
    _check_cap(cells, indicator)


def _check_scale(cells: Cells, column: str, value: Decimal, measure_unit: str) -> None:
    if measure_unit == PERCENT and value > 1:
        cells.fault(
            column,
            "percent.range",
            "百分比应以0至1之间的小数存放，如 0.985",
            "a share lies between 0 and 1, such as 0.985",
        )
    if is_counted(measure_unit) and value % 1:
        cells.fault(
            column, "count.whole", f"计数单位“{measure_unit}”的数值应为整数", "things are counted in whole numbers"
        )


def _check_cap(cells: Cells, indicator: Indicator) -> None:
    cap, for_persons = indicator.per_person_cap, indicator.rule == "ratio" and "person" in indicator.layers
    if for_persons and not cap and (cap is not None or not cells.line.cells.get("per_person_cap")):
        zh, en = "person 层承担的 ratio 指标应填写大于0的单人上限", "a ratio item of persons needs a cap above 0"
        cells.fault("per_person_cap", "cap.missing", zh, en)
    if cap is not None and not for_persons:
        cells.fault(
            "per_person_cap", "cap.unexpected", "只有 person 层承担的 ratio 指标填写单人上限", "no cap belongs here"
        )
    if cap is not None and for_persons:
        _check_scale(cells, "per_person_cap", cap, indicator.measure_unit)
