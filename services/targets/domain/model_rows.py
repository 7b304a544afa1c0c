"""models.csv, composite.csv and machine_figures.csv: weights that add up to exactly 1, and whose figures feed what."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.targets.domain.faults import Fault
from services.targets.domain.sheet import Cells, Line, Notes
from services.targets.domain.words import CATEGORIES, FIGURES, LAYERS, LINES

MODEL_COLUMNS = ("layer", "line", *CATEGORIES)
COMPOSITE_COLUMNS = ("target", "component", "weight", "definition")
FIGURE_COLUMNS = ("code", "figure")
COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "person": ("personal", "unit", "bureau"),
    "division": ("layer_score", "members_mean", "stations_line_mean"),
    "station": ("layer_score", "members_mean"),
    "station_lines": tuple(LINES),
    "bureau": ("divisions_mean", "stations_mean", "persons_mean"),
}
_ONE = Decimal(1)
_KNOWN_FIGURES = tuple(figure for figures in FIGURES.values() for figure in figures)

ModelWeights = dict[str, dict[str, dict[str, Decimal]]]
CompositeWeights = dict[str, dict[str, Decimal]]


def read_models(lines: Sequence[Line]) -> tuple[ModelWeights, list[Fault]]:
    """layer -> line -> category -> weight; each of the 15 combinations once."""
    notes = Notes("models")
    weights: ModelWeights = {layer: {} for layer in LAYERS}
    for line in lines:
        cells = Cells(line, notes)
        layer, of_line = cells.choice("layer", LAYERS), cells.choice("line", LINES)
        row = {category: _weight(cells, category) for category in CATEGORIES}
        _check_sum(notes, line.number, "layer", sum(row.values(), Decimal(0)), f"{layer}·{of_line}")
        if layer and of_line in weights[layer]:
            cells.fault("line", "model.duplicate", f"{layer}·{of_line} 重复", f"{layer} × {of_line} is given twice")
        elif layer and of_line:
            weights[layer][of_line] = row
    for layer, line_name in ((layer, name) for layer in LAYERS for name in LINES if name not in weights[layer]):
        notes.note(0, "line", "model.missing", f"缺少 {layer}·{line_name}", f"{layer} × {line_name} is missing")
    return weights, notes.faults


def read_composite(lines: Sequence[Line]) -> tuple[CompositeWeights, list[Fault]]:
    """target -> component -> weight."""
    notes = Notes("composite")
    weights: CompositeWeights = {}
    rows: dict[str, int] = {}
    for line in lines:
        cells = Cells(line, notes)
        target = cells.choice("target", COMPONENTS)
        component = cells.choice("component", COMPONENTS.get(target, ()) or (cells.optional("component"),))
        if component in weights.get(target, {}):
            cells.fault(
                "component", "composite.duplicate", f"{target}·{component} 重复", "this component is given twice"
            )
        weight = _weight(cells, "weight")
        if target and component:
            weights.setdefault(target, {}).setdefault(component, weight)
            rows.setdefault(target, line.number)
    for target in COMPONENTS:
        _check_sum(notes, rows.get(target, 0), "weight", sum(weights.get(target, {}).values(), Decimal(0)), target)
    return weights, notes.faults


def read_figures(lines: Sequence[Line]) -> tuple[dict[str, str], list[Fault]]:
    """indicator -> machine figure; one figure feeds one indicator."""
    notes = Notes("machine_figures")
    figures: dict[str, str] = {}
    for line in lines:
        cells = Cells(line, notes)
        code, figure = cells.text("code"), cells.choice("figure", _KNOWN_FIGURES)
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
