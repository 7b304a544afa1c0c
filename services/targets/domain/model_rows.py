"""models.csv, composite.csv and machine_figures.csv: weights that add up to exactly 1, and whose figures feed what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.targets.domain.faults import Fault
from services.targets.domain.sheet import Cells, Line, Notes, full_width_fault, half_width
from shared.vocabulary.library import CATEGORIES, MACHINE_FIGURES
from shared.vocabulary.organisation import LAYERS, LINES

MODEL_COLUMNS = ("layer", "line", *CATEGORIES)
COMPOSITE_COLUMNS = ("target", "component", "weight", "definition")
FIGURE_COLUMNS = ("code", "figure")
TARGETS = {
    "person": "个人",
    "division": "机关科室",
    "station": "工商所",
    "station_lines": "工商所各口",
    "bureau": "全局",
}
PARTS: Mapping[str, Mapping[str, str]] = {
    "person": {"personal": "个人得分", "unit": "单位得分", "bureau": "分局得分"},
    "division": {
        "layer_score": "本层得分",
        "members_mean": "人员平均",
        "stations_line_mean": "各所本口平均",
    },
    "station": {"layer_score": "本层得分", "members_mean": "人员平均"},
    "bureau": {"divisions_mean": "科室平均", "stations_mean": "工商所平均", "persons_mean": "人员平均"},
}
_ONE = Decimal(1)
KNOWN_FIGURES = tuple(figure for figures in MACHINE_FIGURES.values() for figure in figures)

ModelWeights = dict[str, dict[str, dict[str, Decimal]]]
CompositeWeights = dict[str, dict[str, Decimal]]


@dataclass(frozen=True)
class Composition:
    weights: Mapping[str, Mapping[str, Decimal]]
    definitions: Mapping[str, Mapping[str, str]]


def components(lines: Mapping[str, str] = LINES) -> dict[str, Mapping[str, str]]:
    """Return target -> component -> its name; a station's score is made of one part a line."""
    return {target: PARTS.get(target, lines) for target in TARGETS}


def read_models(rows: Sequence[Line], lines: Mapping[str, str] = LINES) -> tuple[ModelWeights, list[Fault]]:
    """Read the models: layer -> line -> category -> weight; each layer × line once."""
    notes = Notes("models")
    weights: ModelWeights = {layer: {} for layer in LAYERS}
    for line in rows:
        cells = Cells(line, notes)
        layer, of_line = cells.choice("layer", LAYERS), cells.choice("line", lines)
        row = {category: _weight(cells, category) for category in CATEGORIES}
        _check_sum(
            notes,
            line.number,
            "layer",
            sum(row.values(), Decimal(0)),
            f"{LAYERS.get(layer, layer)}·{lines.get(of_line, of_line)}",
        )
        if layer and of_line in weights[layer]:
            cells.fault(
                "line",
                "model.duplicate",
                f"{LAYERS[layer]}·{lines[of_line]}重复",
                f"{layer} × {of_line} is given twice",
            )
        elif layer and of_line:
            weights[layer][of_line] = row
    for layer, line_name in ((layer, name) for layer in LAYERS for name in lines if name not in weights[layer]):
        notes.note(
            0, "line", "model.missing", f"缺少{LAYERS[layer]}·{lines[line_name]}", f"{layer} × {line_name} is missing"
        )
    return weights, notes.faults


def read_composite(rows: Sequence[Line], lines: Mapping[str, str] = LINES) -> tuple[Composition, list[Fault]]:
    """Read the compositions: target -> component -> weight, and what each component is in words."""
    notes = Notes("composite")
    weights: CompositeWeights = {}
    words: dict[str, dict[str, str]] = {}
    first: dict[str, int] = {}
    parts = components(lines)
    for line in rows:
        cells = Cells(line, notes)
        target = cells.choice("target", TARGETS)
        component = cells.choice("component", parts.get(target, ()) or (cells.optional("component"),))
        if component in weights.get(target, {}):
            zh, en = f"{target}·{component} 重复", "this component is given twice"
            cells.fault("component", "composite.duplicate", zh, en)
        weight = _weight(cells, "weight")
        if target and component:
            weights.setdefault(target, {}).setdefault(component, weight)
            words.setdefault(target, {}).setdefault(component, cells.optional("definition"))
            first.setdefault(target, line.number)
    for target in TARGETS:
        _check_sum(notes, first.get(target, 0), "weight", sum(weights.get(target, {}).values(), Decimal(0)), target)
    return Composition(weights, words), notes.faults


def read_figures(lines: Sequence[Line]) -> tuple[dict[str, str], list[Fault]]:
    """Read the machine figures: indicator -> machine figure; one figure feeds one indicator."""
    notes = Notes("machine_figures")
    figures: dict[str, str] = {}
    for line in lines:
        cells = Cells(line, notes)
        code, figure = cells.text("code"), cells.choice("figure", KNOWN_FIGURES)
        if half_width(code) != code:
            cells.fault("code", *full_width_fault("code"))
        if code in figures or figure in figures.values():
            cells.fault("code", "figure.duplicate", "编码或取数口径重复", "the code or the figure is given twice")
        elif code and figure:
            figures[code] = figure
    return figures, notes.faults


def _weight(cells: Cells, column: str) -> Decimal:
    """Scores are kept in ten-thousandths of a weight, so finer ones could not be honoured exactly."""
    weight = cells.needed_number(column, decimals=4)
    if weight is not None and weight > 1:
        cells.fault(column, "weight.range", "权重应在0至1之间", "a weight lies between 0 and 1")
    return weight or Decimal(0)


def _check_sum(notes: Notes, row: int, column: str, total: Decimal, what: str) -> None:
    if total != _ONE:
        notes.note(
            row,
            column,
            "weight.sum",
            f"{what} 权重合计为 {total}，应为 1",
            f"weights of {what} add up to {total}, not 1",
        )
