"""A task order and its way: issued → accepted → completed → judged, or withdrawn; called to account once overdue."""

from dataclasses import dataclass, replace
from datetime import date

from services.declarations.domain.refusals import conflict, invalid
from services.declarations.domain.states import States
from services.declarations.domain.words import Counts

STATES = States(
    "task_order",
    "任务单",
    {
        "accept": {"issued": "accepted"},
        "progress": {"accepted": "accepted"},
        "complete": {"accepted": "completed"},
        "judge": {"issued": "judged", "accepted": "judged", "completed": "judged"},
        "withdraw": {"issued": "withdrawn", "accepted": "withdrawn", "completed": "withdrawn"},
    },
)
UNANSWERED = ("issued", "accepted")


@dataclass(frozen=True)
class TaskOrder:
    bureau: str
    cycle: str
    order: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    unit: str
    assessor: str  # unit code or "panel"
    status: str
    title: str
    standard: str
    deadline: date  # its last day
    notes: list[dict[str, str]]  # {"on": date, "by": who, "text": what}: progress, completion, judgement
    completed_on: date | None
    counts: Counts
    issued_by: str
    judged_by: str | None

    def accepted(self) -> "TaskOrder":
        return self._moved("accept")

    def progressed(self, note: dict[str, str]) -> "TaskOrder":
        if not note["text"].strip():
            raise invalid("note.required", "进度说明不能为空", "a progress note needs its text", "note")
        return self._moved("progress", notes=[*self.notes, note])

    def completed(self, note: dict[str, str], on: date) -> "TaskOrder":
        return self._moved("complete", notes=[*self.notes, note], completed_on=on)

    def judged(self, counts: Counts, note: dict[str, str], by: str, on: date) -> "TaskOrder":
        """With the counts that stand. Work not reported complete is judged only once its deadline has passed."""
        moved = self._moved("judge", counts=counts, judged_by=by, notes=[*self.notes, note])
        if self.status in UNANSWERED and not self.overdue(on):
            raise conflict(
                "task_order.not_due",
                f"任务尚未报完成，期限 {self.deadline} 未到，不能评定",
                f"it is neither completed nor past its deadline {self.deadline}",
            )
        return moved

    def withdrawn(self, note: dict[str, str]) -> "TaskOrder":
        if not note["text"].strip():
            raise invalid("reason.required", "撤回须说明理由", "a withdrawal needs its reason", "note")
        return self._moved("withdraw", notes=[*self.notes, note])

    def overdue(self, on: date) -> bool:
        """Whether the deadline passed before the work was reported complete."""
        if self.status == "withdrawn":
            return False
        return (self.completed_on or on) > self.deadline

    def _moved(self, command: str, **changes: object) -> "TaskOrder":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]
