"""A task order and its way: issued → accepted (or refused, and decided by its issuer) → completed → judged, or withdrawn."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict

from services.declarations.domain.words import Counts
from shared.vocabulary.refusals import conflict, invalid
from shared.vocabulary.states import States
from shared.vocabulary.task_orders import ORDER_STATES

STATES = States(
    "task_order",
    "任务单",
    {
        "issue": {None: "issued"},
        "accept": {"issued": "accepted"},
        "refuse": {"issued": "refused"},
        "insist": {"refused": "accepted"},
        "progress": {"accepted": "accepted"},
        "complete": {"accepted": "completed"},
        "send_back": {"completed": "accepted"},
        "take_back": {  # by whoever had said so: the subject, or who judged what was reported complete
            "refused": "issued",
            "completed": "accepted",
            "judged": "completed",
        },
        "reopen": {"judged": "accepted"},  # the judgement is taken back of what was never reported complete
        "reissue": {"judged": "issued"},  # … or never even accepted
        "void": {"judged": "withdrawn"},  # the assessment is taken back of the temporary work that it was entered for
        "postpone": {"issued": "issued", "refused": "refused", "accepted": "accepted"},
        "ask": {"issued": "issued", "accepted": "accepted", "completed": "completed"},
        "judge": {"issued": "judged", "accepted": "judged", "completed": "judged"},
        "withdraw": {
            "issued": "withdrawn",
            "refused": "withdrawn",
            "accepted": "withdrawn",
            "completed": "withdrawn",
        },
    },
    ORDER_STATES,
)
UNANSWERED = ("issued", "accepted")  # by the subject
OPEN = ("issued", "refused", "accepted")  # work not reported complete
DONE = 100  # percent
VOLUNTEERED = "volunteered"


class Note(TypedDict):
    """``on``: a day as text; ``kind``: the command, once the order has it; ``percent``: how far."""

    on: str
    by: str
    text: str
    kind: NotRequired[str]
    percent: NotRequired[int]


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
    points: Decimal | None  # what of the indicator's points is meant to hang on it; the rule scores, not this
    issued_on: date
    deadline: date  # its last day
    deadlines: list[dict[str, str]]  # every change: {"on", "by", "from", "to", "reason"}
    percent: int  # as last reported
    reported_on: date | None
    notes: list[Note]  # progress, refusal, completion, judgement …
    completed_on: date | None
    counts: Counts
    origin: str  # ordered, or volunteered: entered afterwards for temporary work (domain/temporary.py)
    issued_by: str
    judged_by: str | None

    def accepted(self) -> "TaskOrder":
        return self._moved("accept")

    def refused(self, note: Note) -> "TaskOrder":
        """Refuse it: its issuer decides to insist or to withdraw. Until then it is due as before."""
        return self._noted("refuse", _worded(note, "不接受任务须说明理由", "a refusal needs its reason"))

    def insisted(self, note: Note) -> "TaskOrder":
        """Let the order stand in spite of the refusal; it counts as accepted."""
        return self._noted("insist", _worded(note, "维持下达须说明理由", "insisting needs its reason"))

    def progressed(self, note: Note, percent: int | None, on: date) -> "TaskOrder":
        worded = _worded(note, "进度说明不能为空", "a progress note needs its text")
        told = self.percent if percent is None else percent
        return self._noted("progress", {**worded, "percent": told}, percent=told, reported_on=on)

    def completed(self, note: Note, on: date) -> "TaskOrder":
        return self._noted("complete", note, completed_on=on, percent=DONE, reported_on=on)

    def sent_back(self, note: Note) -> "TaskOrder":
        """Send it back as not done as ordered: it is open again, under its old deadline."""
        return self._noted(
            "send_back", _worded(note, "退回整改须说明理由", "sending back needs its reason"), completed_on=None
        )

    def taken_back(self, note: Note) -> "TaskOrder":
        """Take back a refusal or the report of completion: it is due as before."""
        return self._noted(
            "take_back", _worded(note, "撤回须说明理由", "taking it back needs its reason"), completed_on=None
        )

    def postponed(self, deadline: date, note: Note) -> "TaskOrder":
        """Set another deadline, later or earlier, but never one that has passed; both dates stay on record."""
        worded = _worded(note, "变更期限须说明理由", "a change of deadline needs its reason")
        if deadline == self.deadline:
            raise invalid("deadline.same", "新期限与原期限相同", "it is the same deadline", "deadline")
        check_deadline(deadline, date.fromisoformat(note["on"]))
        change = {
            "on": note["on"],
            "by": note["by"],
            "from": self.deadline.isoformat(),
            "to": deadline.isoformat(),
            "reason": worded["text"],
        }
        return self._moved("postpone", deadline=deadline, deadlines=[*self.deadlines, change])

    def judged(self, counts: Counts, note: Note, by: str, on: date) -> "TaskOrder":
        """Judge it with the counts that stand. Work not reported complete is
        judged only once its deadline has passed."""
        moved = self._noted("judge", note, counts=counts, judged_by=by)
        self.check_due(on)
        return moved

    def check_due(self, on: date) -> None:
        """Refuse to judge work that is neither reported complete nor past its deadline."""
        if self.status in UNANSWERED and not self.overdue(on):
            raise conflict(
                "task_order.not_due",
                f"任务尚未报完成，期限 {self.deadline} 未到，不能评定",
                f"it is neither completed nor past its deadline {self.deadline}",
            )

    def withdrawn(self, note: Note) -> "TaskOrder":
        return self._noted("withdraw", _worded(note, "撤回须说明理由", "a withdrawal needs its reason"))

    def unjudged(self, note: Note, before: str) -> "TaskOrder":
        """Take back the judgement: it stands as ``before``, due as before."""
        worded = _worded(note, "撤回须说明理由", "taking it back needs its reason")
        self.check_ordered()
        return self._unjudged({"issued": "reissue", "accepted": "reopen"}.get(before, "take_back"), worded)

    def check_ordered(self) -> None:
        """Refuse to take back the judgement of what was entered for temporary work: that goes with the work's assessment."""
        if self.origin == VOLUNTEERED:
            zh = "该任务单由临时工作评定产生，请撤回临时工作的评定"
            raise conflict("task_order.volunteered", zh, "it stands for temporary work: take back its assessment")

    def voided(self, note: Note) -> "TaskOrder":
        """Withdraw it with the assessment of the temporary work that it was entered for."""
        return self._unjudged("void", note)

    def overdue(self, on: date) -> bool:
        """Tell whether the deadline passed before the work was reported complete."""
        if self.status == "withdrawn":
            return False
        return (self.completed_on or on) > self.deadline

    def at_risk(self, on: date, last: date, silent_since: date) -> bool:
        """Tell whether it is open, due by ``last``, and either behind what has passed of its time or
        without a report since ``silent_since``."""
        if self.status not in OPEN or not on <= self.deadline <= last:
            return False
        passed, whole = (on - self.issued_on).days + 1, (self.deadline - self.issued_on).days + 1
        return self.percent * whole < DONE * passed or (self.reported_on or self.issued_on) <= silent_since

    def _noted(self, command: str, note: Note, **changes: object) -> "TaskOrder":
        return self._moved(command, notes=[*self.notes, {**note, "kind": command}], **changes)

    def _unjudged(self, command: str, note: Note) -> "TaskOrder":
        notes: list[Note] = [*self.notes, {**note, "kind": "take_back"}]
        return self._moved(command, notes=notes, counts={}, judged_by=None)

    def _moved(self, command: str, **changes: object) -> "TaskOrder":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


def check_deadline(deadline: date, on: date) -> None:
    """Refuse to order what could not be done in time any more."""
    if deadline < on:
        raise invalid("deadline.past", "期限不能早于今天", "the deadline has passed already", "deadline")


def check_points(points: Decimal | None, full: Decimal) -> None:
    if points is not None and not 0 < points <= full:
        raise invalid(
            "points.range",
            f"任务分值应大于 0、不超过指标满分 {full}",
            f"the points must lie above 0 and within the indicator's {full}",
            "points",
        )


def _worded(note: Note, zh: str, en: str) -> Note:
    if not note["text"].strip():
        raise invalid("note.required", zh, en, "note")
    return note
