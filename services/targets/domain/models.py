"""The model of a cycle (考核模型) by revision: weights, composition, rounding, quota, tie chain, grade values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from services.targets.domain.cycles import DEFAULT_TIE_CHAIN, Composite, Cycle, Weights
from services.targets.domain.model_rows import TARGETS, components
from services.targets.domain.refusals import NOT_OFFICE
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.refusals import Refusal

# data/README.md §二, rule grade.
GRADE_VALUES = {
    "优": Decimal("1.0"),
    "好": Decimal("0.85"),
    "一般": Decimal("0.7"),
    "可以": Decimal("0.6"),
    "差": Decimal("0.4"),
}
IN_CYCLE = (
    "weights",
    "composite",
    "rounding",
    "quota_percent",
    "tie_chain",
    "evaluations",
)  # what the cycle itself carries


@dataclass(frozen=True)
class ModelRevision:
    model_revision: int
    effective: date
    status: str = "in_force"  # draft (copied from another year), scheduled, in_force, withdrawn
    weights: Weights = field(default_factory=dict)
    composite: Composite = field(default_factory=dict)
    rounding: str = "half_up"
    quota_percent: int = 20
    tie_chain: tuple[str, ...] = DEFAULT_TIE_CHAIN
    grade_values: Mapping[str, Decimal] = field(default_factory=lambda: GRADE_VALUES)
    evaluations: str = "raw"
    note: str = ""
    by: str = ""
    at: datetime | None = None


def of_cycle(cycle: Cycle, effective: date, grade_values: Mapping[str, Decimal], note: str = "") -> ModelRevision:
    """Return the model that the cycle now carries, as a revision of its own."""
    carried = {name: getattr(cycle, name) for name in IN_CYCLE}
    return ModelRevision(
        cycle.model_revision, effective, **carried, grade_values=grade_values or GRADE_VALUES, note=note, by=cycle.by
    )


def check_model(model: ModelRevision, lines: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Check a model and return (path, code, zh, en) of every fault."""
    return [*_weights(model.weights, lines), *_composite(model.composite, lines), *_grades(model.grade_values)]


def _weights(weights: Weights, lines: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for layer in LAYERS:
        for line in lines:
            path, row = f"weights.{layer}.{line}", weights.get(layer, {}).get(line)
            if row is None or set(row) != set(CATEGORIES):
                yield (
                    path,
                    "model.missing",
                    f"缺少{LAYERS[layer]}·{lines[line]}的四类权重",
                    f"{layer} × {line} lacks its four weights",
                )
            else:
                yield from _sum(path, row)
        for line in set(weights.get(layer, {})) - set(lines):
            yield f"weights.{layer}.{line}", "line.unknown", f"没有口 {line}", f"there is no line {line}"


def _composite(composite: Composite, lines: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    parts = components(lines)
    for target in TARGETS:
        row, path = composite.get(target, {}), f"composite.{target}"
        for name in set(row) - set(parts[target]):
            yield f"{path}.{name}", "composite.unknown", f"没有组成部分 {name}", f"there is no component {name}"
        yield from _sum(path, row)


def _grades(values: Mapping[str, Decimal]) -> Iterator[tuple[str, str, str, str]]:
    ordered = list(values.values())
    if (
        list(values) != list(GRADE_VALUES)
        or ordered != sorted(ordered, reverse=True)
        or not 0 <= ordered[-1] <= ordered[0] <= 1
    ):
        zh, en = (
            "等次应为优、好、一般、可以、差，系数在0至1之间，依次不增",
            "the five grades, from best to worst, within 0 to 1",
        )
        yield "grade_values", "grades.invalid", zh, en


def _sum(path: str, row: Mapping[str, Decimal]) -> Iterator[tuple[str, str, str, str]]:
    for name, weight in row.items():
        if not 0 <= weight <= 1 or weight != round(weight, 4):
            yield (
                f"{path}.{name}",
                "weight.range",
                "权重应在0至1之间，至多四位小数",
                "a weight lies within 0 to 1, 4 decimals",
            )
    total = sum(row.values(), Decimal(0))
    if total != 1:
        yield path, "weight.sum", f"权重合计为 {total}，应为 1", f"the weights add up to {total}, not 1"


_NOT_NEWEST = Refusal(
    "conflict", "model.not_newest", "此后又有新版本，请先撤回新版本", "there is a newer revision: take that back first"
)
_FIRST = Refusal(
    "conflict", "model.first", "这是第一版，没有可恢复的上一版", "it is the first: there is none before it"
)
_RELEASED = Refusal(
    "conflict",
    "model.released",
    "年度已开始，生效的模型不能撤回；请修订新版本",
    "the year has begun: a model in force is not taken back; make a new revision",
)


def refuse_to_take_back(
    model: ModelRevision, every: Sequence[ModelRevision], cycle: Cycle, *, manages: bool
) -> Refusal | None:
    """Return why ``model`` cannot be taken back; ``every``: all the revisions of the cycle, in order."""
    before = [one for one in every if one.model_revision < model.model_revision and one.status == "in_force"]
    reasons = (
        (not manages, NOT_OFFICE),
        (model.status == "in_force" and cycle.is_begun, _RELEASED),
        (model.model_revision != every[-1].model_revision, _NOT_NEWEST),
        (not before, _FIRST),
    )
    return next((refusal for holds, refusal in reasons if holds), None)


def with_parts_of(model: ModelRevision, before: ModelRevision, parts: Sequence[str]) -> ModelRevision:
    return replace(model, **{name: getattr(before, name) for name in parts})


class Difference(TypedDict):
    path: str
    before: Any  # None: it said nothing there
    after: Any


def differences(old: ModelRevision, new: ModelRevision) -> list[Difference]:
    """Return what the newer revision says otherwise, by path."""
    before, after = _flat(old), _flat(new)
    paths = [*after, *(path for path in before if path not in after)]
    return [
        {"path": path, "before": before.get(path), "after": after.get(path)}
        for path in paths
        if before.get(path) != after.get(path)
    ]


def _flat(model: ModelRevision) -> dict[str, object]:
    flat: dict[str, object] = {name: getattr(model, name) for name in ("rounding", "quota_percent", "evaluations")}
    flat["tie_chain"] = list(model.tie_chain)
    for name in ("weights", "composite", "grade_values"):
        flat |= _leaves(name, getattr(model, name))
    return flat


def _leaves(path: str, value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        return {path: value}
    return {place: leaf for name, inner in value.items() for place, leaf in _leaves(f"{path}.{name}", inner).items()}
