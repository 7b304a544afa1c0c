"""A sample of goods from its taking to its end: which step leads where, what stands in the way, and the rates that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shared.vocabulary.case_knowledge import SAMPLE_STATES, SAMPLE_STEPS
from shared.vocabulary.refusals import Refused, conflict, invalid

FEW = 10  # tested samples, below which a rate says little
_BAD = ("failed", "told", "contested", "upheld")
# step -> status -> the next; where a result decides, by whether it passed
_MOVES: Mapping[str, Mapping[str, str | tuple[str, str]]] = {
    "test": {"taken": ("failed", "passed")},
    "tell_trader": {"failed": "told"},
    "ask_retest": {"told": "contested"},
    "retest": {"contested": ("upheld", "cleared")},
    "withdraw_goods": {one: one for one in _BAD},
    "open_case": {one: one for one in _BAD},
    "close": {"told": "closed", "upheld": "closed"},
    "void": {"taken": "void"},
}
RESULTS = frozenset({"test", "retest"})
_ONCE = frozenset({"withdraw_goods", "open_case"})
_TELLS = ("laboratory", "report_number", "standard")


@dataclass(frozen=True)
class Sample:
    status: str
    taken_on: date
    steps: tuple[Mapping[str, Any], ...] = ()

    @property
    def failed(self) -> bool | None:
        """Tell whether it failed, by the last test; None where there was none."""
        results = [one["passed"] for one in self.steps if one["step"] in RESULTS]
        return not results[-1] if results else None

    def did(self, step: str) -> bool:
        return any(one["step"] == step for one in self.steps)


def why_not(sample: Sample, step: str) -> str | None:
    """Return in Chinese why a step cannot be taken now; None where it can."""
    if sample.status not in _MOVES[step]:
        return f"样品{SAMPLE_STATES[sample.status]}，不能{SAMPLE_STEPS[step]}"
    if step in _ONCE and sample.did(step):
        return f"已{SAMPLE_STEPS[step]}"
    if step == "close" and not sample.did("withdraw_goods"):
        return "不合格商品须先下架停售"
    return None


def after(sample: Sample, given: Mapping[str, Any], today: date) -> Sample:
    """Return the sample after a step: ``{"step", "on", ...}``; raises ``Refused`` where it cannot be."""
    if reason := why_not(sample, given["step"]):
        raise conflict("sample.state", reason, f"not in the state {sample.status}")
    if fault := _fault(sample, given, today):
        raise fault
    target = _MOVES[given["step"]][sample.status]
    status = target if isinstance(target, str) else target[bool(given["passed"])]
    return Sample(status, sample.taken_on, (*sample.steps, given))


def _fault(sample: Sample, given: Mapping[str, Any], today: date) -> Refused | None:
    last = sample.steps[-1]["on"] if sample.steps else sample.taken_on.isoformat()
    if not last <= given["on"] <= today.isoformat():
        return invalid(
            "sample.day", "日期不能早于上一步，也不能晚于今天", "not before the step before, nor to come", "on"
        )
    if given["step"] == "open_case" and not given["case"]:
        return invalid("sample.case", "请填办件", "name the case", "case")
    if given["step"] not in RESULTS:
        return None
    if given["passed"] is None:
        return invalid("sample.result", "请填是否合格", "tell whether it passed", "passed")
    absent = next((name for name in _TELLS if not given[name]), None)
    if absent:
        return invalid(
            "sample.result", "请填检验机构、报告编号和依据标准", "tell laboratory, report and standard", absent
        )
    if not given["passed"] and not given["items"]:
        return invalid("sample.items", "请填不合格项目", "name what failed", "items")
    return None


def choices(sample: Sample) -> tuple[list[str], list[dict[str, str]]]:
    """Return the steps that can be taken now, and of the others why not."""
    reasons = {step: why_not(sample, step) for step in SAMPLE_STEPS}
    may = [step for step, reason in reasons.items() if reason is None]
    return may, [{"step": step, "zh": reason} for step, reason in reasons.items() if reason is not None]


def rate(failed: int, tested: int) -> str | None:
    """Return the share that failed in percent, rounded half up once to one place; None where nothing was tested."""
    if not tested:
        return None
    return str((Decimal(failed * 100) / tested).quantize(Decimal("0.1"), ROUND_HALF_UP))
