"""What the cells of one indicator owe to each other (data/README.md §一, §二; §三, 3 to 5)."""

from decimal import Decimal

from services.targets.domain.indicators import Indicator
from services.targets.domain.measures import PERCENT, is_counted
from services.targets.domain.sheet import Cells
from services.targets.domain.standards import check_standard
from shared.vocabulary.organisation import ALL_LINES


def check_row(cells: Cells, indicator: Indicator, cycle: str, *, scores: bool) -> None:
    """``scores``: the rule and its parameters are sound, so that other cells can be held against them."""
    _check_belonging(cells, indicator)
    _check_quantities(cells, indicator, cycle)
    if scores:
        _check_target(cells, indicator, f"target_{cycle}")
        _check_standard(cells, indicator)


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
    if indicator.rule == "ratio" and not indicator.target and not cells.given(target):
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
    if for_persons and not cap and (cap is not None or not cells.given("per_person_cap")):
        zh, en = "person 层承担的 ratio 指标应填写大于0的单人上限", "a ratio item of persons needs a cap above 0"
        cells.fault("per_person_cap", "cap.missing", zh, en)
    if cap is not None and not for_persons:
        cells.fault(
            "per_person_cap", "cap.unexpected", "只有 person 层承担的 ratio 指标填写单人上限", "no cap belongs here"
        )
    if cap is not None and for_persons:
        _check_scale(cells, "per_person_cap", cap, indicator.measure_unit)


def _check_standard(cells: Cells, indicator: Indicator) -> None:
    """The standard's second sentence must say what rule_params say."""
    if indicator.standard:
        for zh, en in check_standard(indicator):
            cells.fault("standard", "standard.differs", zh, en)


def _check_target(cells: Cells, indicator: Indicator, column: str) -> None:
    """A target that contradicts the row's own rule (data/README.md §三, 4)."""
    if indicator.rule == "veto" and indicator.target:
        cells.fault(column, "target.veto", "否决项目标应为0", "a veto's target is 0")
    if indicator.rule == "tier" and indicator.target is not None:
        best = Decimal(str(indicator.rule_params["steps"][0][0]))
        if indicator.target != best:
            zh, en = f"目标应等于满分档界限 {best}", f"the target differs from the best step, {best}"
            cells.fault(column, "target.not_best_step", zh, en)
