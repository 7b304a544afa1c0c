"""A spot check and its way: announced → drawn → closed, or cancelled; a leader's own check begins as drawn.

The frozen list and the draw are in domain/sampling; what was found on each item is an ``Inspection``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict

from shared.vocabulary.checking import SPOT_CHECK_STATES
from shared.vocabulary.refusals import conflict, invalid
from shared.vocabulary.states import States

STATES = States(
    "spot_check",
    "抽查",
    {
        "announce": {None: "announced"},
        "check": {None: "drawn"},  # a leader's, on the spot
        "draw": {"announced": "drawn"},
        "find": {"drawn": "drawn"},
        "close": {"drawn": "closed"},
        "cancel": {"announced": "cancelled", "drawn": "cancelled"},
    },
    SPOT_CHECK_STATES,
)
DRAWN, ON_THE_SPOT = "drawn", "on_the_spot"
VERDICTS = CONFIRMED, CORRECTED, FALSE = ("confirmed", "corrected", "false")


class Within(TypedDict):
    """What a spot check's list is taken from; null: not narrowed by that."""

    line: str | None
    unit: str | None
    indicator: str | None
    kinds: list[str]


@dataclass(frozen=True)
class SpotCheck:
    bureau: str
    cycle: str
    spot_check: str
    revision: int
    kind: str  # drawn, on_the_spot
    status: str
    title: str
    reason: str  # of a check on the spot, of a cancellation
    period: str | None
    scope: Mapping[str, Any]  # ``Within``; of a check on the spot nothing
    method: Mapping[str, Any]  # how the sample's size was found, with every parameter
    veto_indicator: str  # what a false declaration is proposed as
    population: int
    sample: int
    strata: dict[str, dict[str, int]]  # {"population", "sample"} of each
    pool: list[str]
    commitment: str
    value_name: str
    value_due: date | None
    value: str | None
    announced_by: str
    announced_at: datetime
    drawn_by: str | None
    drawn_at: datetime | None
    closed_by: str | None
    closed_on: date | None
    figures: Mapping[str, Any]  # once closed: how many of each verdict, the bound with its confidence

    def check_value(self, value: str, on: date) -> None:
        """Check that the value may be entered from the day on which it becomes public."""
        STATES.after("draw", self.status)
        if self.value_due is not None and on < self.value_due:
            raise conflict(
                "spot_check.too_early",
                f"公开值 {self.value_name} 于 {self.value_due} 产生，尚不能抽取",
                f"{self.value_name} becomes public on {self.value_due}: no draw before",
            )
        if not value.strip():
            raise invalid("value.required", "请填写公开值", "the public value is missing", "value")

    def drawn(self, value: str, by: str, at: datetime) -> "SpotCheck":
        return self._moved("draw", value=value, drawn_by=by, drawn_at=at)

    def closed(self, figures: Mapping[str, Any], by: str, on: date) -> "SpotCheck":
        return self._moved("close", figures=figures, closed_by=by, closed_on=on)

    def refigured(self, figures: Mapping[str, Any]) -> "SpotCheck":
        """Put in a finding that an appeal changed after the check was closed."""
        return replace(self, figures=figures, revision=self.revision + 1)

    def cancelled(self, reason: str, by: str, on: date) -> "SpotCheck":
        if not reason.strip():
            raise invalid("reason.required", "取消抽查须说明理由", "a cancellation needs its reason", "reason")
        return self._moved("cancel", reason=reason, closed_by=by, closed_on=on)

    def _moved(self, command: str, **changes: object) -> "SpotCheck":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


def check_all_found(open_ones: int) -> None:
    if open_ones:
        raise conflict(
            "spot_check.unfinished",
            f"还有 {open_ones} 项没有检查结果，不能办结",
            f"{open_ones} items have no finding yet: it cannot be closed",
        )


def check_none_found(found: int) -> None:
    if found:
        raise conflict(
            "spot_check.found", "已有检查结果，不能取消", "something was found already: it cannot be cancelled"
        )


def counted(verdicts: Iterable[str]) -> Mapping[str, int]:
    """Count how many there are of each verdict, those that are missing too."""
    numbers = Counter(verdicts)
    return {verdict: numbers[verdict] for verdict in VERDICTS}
