"""What the cells of one indicator owe to each other (data/README.md §一, §二; §三, 3 to 5)."""

from decimal import Decimal

from rules import PERCENT, RULES
from services.targets.domain.indicators import Indicator
from services.targets.domain.measures import is_counted
from services.targets.domain.sheet import Cells
from services.targets.domain.standards import check_standard
from shared.vocabulary.library import TOOLS
from shared.vocabulary.organisation import ALL_LINES


def check_row(cells: Cells, indicator: Indicator, cycle: str, *, scores: bool) -> None:
    """Check a row by itself; ``scores``: the rule and its parameters are sound, so
    that other cells can be held against them."""
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
    rule = RULES.get(indicator.rule)
    if rule and indicator.tool in TOOLS and not rule.serves(indicator.tool):
        fitting = "、".join(code for code, one in RULES.items() if one.serves(indicator.tool))
        zh, en = f"{TOOLS[indicator.tool]}应使用 {fitting}", f"items of {indicator.tool} are scored by {fitting}"
        cells.fault("rule", "rule.tool", zh, en)


def _check_quantities(cells: Cells, indicator: Indicator, cycle: str) -> None:
    target = f"target_{cycle}"
    values = {f"history_{year}": value for year, value in indicator.history.items()} | {target: indicator.target}
    for column, value in values.items():
        if value is not None:
            _check_scale(cells, column, value, indicator.measure_unit)
    code, shared_out = indicator.rule, is_shared_out(indicator)
    if shared_out and not indicator.target and not cells.given(target):
        cells.fault(target, "target.missing", f"{code} 指标应有全局目标", f"a {code} item needs the bureau's target")
    if shared_out and indicator.target == 0:
        cells.fault(target, "target.zero", f"{code} 指标的目标应大于0", f"a {code} item's target must be above 0")
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
    cap, for_persons = indicator.per_person_cap, is_shared_out(indicator) and "person" in indicator.layers
    if for_persons and not cap and (cap is not None or not cells.given("per_person_cap")):
        zh = f"个人承担的{RULES[indicator.rule].title}指标应填写大于0的单人上限"
        en = f"a {indicator.rule} item of persons needs a cap above 0"
        cells.fault("per_person_cap", "cap.missing", zh, en)
    if cap is not None and not for_persons:
        shared = "、".join(rule.title for rule in RULES.values() if rule.shared_out)
        zh, en = f"只有个人承担的{shared}指标填写单人上限", "no cap belongs here"
        cells.fault("per_person_cap", "cap.unexpected", zh, en)
    if cap is not None and for_persons:
        _check_scale(cells, "per_person_cap", cap, indicator.measure_unit)


def _check_standard(cells: Cells, indicator: Indicator) -> None:
    """The standard's second sentence must say what rule_params say."""
    if indicator.standard:
        for zh, en in check_standard(indicator):
            cells.fault("standard", "standard.differs", zh, en)


def _check_target(cells: Cells, indicator: Indicator, column: str) -> None:
    """A target that contradicts the row's own rule (data/README.md §三, 4)."""
    rule = RULES[indicator.rule]
    if rule.strikes and indicator.target:
        cells.fault(column, "target.veto", "否决项目标应为0", "a veto's target is 0")
    best = rule.best_target(indicator.rule_params)
    if best is not None and indicator.target is not None and indicator.target != best:
        zh, en = f"目标应等于满分档界限 {best}", f"the target differs from the best step, {best}"
        cells.fault(column, "target.not_best_step", zh, en)


def is_shared_out(indicator: Indicator) -> bool:
    """Tell whether the rule asks for a target to share out; the rule's own cell may be at fault."""
    return indicator.rule in RULES and RULES[indicator.rule].shared_out
