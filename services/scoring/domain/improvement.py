"""An improvement measure (整改提升): from a weak item to a task order.

(propose) → proposed → (order) → ordered → (withdraw, with a reason) → withdrawn
               └─ (drop, with a reason) → dropped
"""

from dataclasses import dataclass, replace
from datetime import date

from shared.vocabulary.refusals import conflict, invalid
from shared.vocabulary.scoring import IMPROVEMENT_STATES
from shared.vocabulary.states import States

STATES = States(
    "improvement",
    "改进措施",
    {
        "order": {"proposed": "ordered"},
        "drop": {"proposed": "dropped"},
        "withdraw": {"ordered": "withdrawn"},
    },
    IMPROVEMENT_STATES,
    "improvement.step",
)

JUDGED = "judged"  # of its task order: the work is over, whatever became of the measure


@dataclass(frozen=True)
class Improvement:
    bureau: str
    improvement: str
    run: str
    subject: str
    layer: str
    unit: str
    weak_indicator: str  # what scored low
    cycle: str  # in which the order is issued
    indicator: str  # under which it is issued
    period: str
    title: str
    standard: str
    deadline: date
    proposed_by: str
    revision: int = 1
    status: str = "proposed"
    reason: str = ""
    ordered_by: str | None = None

    def ordered(self, by: str, today: date) -> "Improvement":
        self.check_deadline(today)
        return self._moved("order", ordered_by=by)

    def dropped(self, reason: str) -> "Improvement":
        return self._ended("drop", reason)

    def withdrawn(self, reason: str, order: str | None = None) -> "Improvement":
        """Withdraw it; ``order``: the status of its task order, where that is known."""
        if order == JUDGED:
            raise conflict(
                "improvement.judged",
                "任务单已经评定，改进措施不能再撤回",
                "its task order has been judged and is not withdrawn any more",
            )
        return self._ended("withdraw", reason)

    def check_deadline(self, today: date) -> None:
        if self.deadline < today:
            raise invalid("improvement.late", "期限已过", "the deadline has passed", "deadline")

    def _ended(self, command: str, reason: str) -> "Improvement":
        if not reason.strip():
            raise invalid("reason.required", "请说明理由", "a reason is needed", "reason")
        return self._moved(command, reason=reason)

    def _moved(self, command: str, **changes: object) -> "Improvement":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]
