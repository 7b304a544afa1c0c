"""临时工作 that was done without a task order: reported, confirmed by the head, assessed by the rule, and then counted as an order of its own."""

from dataclasses import dataclass, replace
from datetime import date

from services.declarations.domain.indicators import Indicator
from services.declarations.domain.orders import VOLUNTEERED, TaskOrder
from services.declarations.domain.ways_back import reasoned
from services.declarations.domain.words import Counts
from shared.vocabulary.refusals import invalid
from shared.vocabulary.states import States
from shared.vocabulary.task_orders import WORK_STATES

STATES = States(
    "temporary_work",
    "临时工作",
    {
        "report": {None: "reported", "returned": "reported", "withdrawn": "reported"},
        "withdraw": {"reported": "withdrawn"},
        "take_back": {  # by whoever confirmed it, or had decided on it
            "confirmed": "reported",
            "assessed": "confirmed",
            "rejected": "confirmed",
        },
        "confirm": {"reported": "confirmed"},
        "return": {"reported": "returned", "confirmed": "returned"},
        "assess": {"confirmed": "assessed"},
        "reject": {"confirmed": "rejected"},
    },
    WORK_STATES,
)
DECIDED = ("assessed", "rejected")
CATEGORY, TOOL = "additional", "accountability"  # data README, 边界约定: these are temporary tasks


@dataclass(frozen=True)
class TemporaryWork:
    bureau: str
    cycle: str
    work: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    unit: str
    assessor: str  # unit code or "panel"
    status: str
    title: str
    outcome: str
    asked_by: str
    done_on: date
    evidence: list[str]
    counts: Counts
    reason: str  # of the last return, rejection or taking back
    order: str | None
    reported_by: str
    confirmed_by: str | None
    assessed_by: str | None

    def confirmed(self, by: str) -> "TemporaryWork":
        return self._moved("confirm", confirmed_by=by)

    def withdrawn(self) -> "TemporaryWork":
        return self._moved("withdraw")

    @property
    def last_decider(self) -> str | None:
        """Return who took the last step of those that are taken back."""
        return self.assessed_by if self.status in DECIDED else self.confirmed_by

    def taken_back(self, reason: str) -> "TemporaryWork":
        """Undo the confirmation, or with a reason the assessment or rejection: its order falls with it."""
        if self.status in DECIDED:
            return self._moved("take_back", assessed_by=None, counts={}, order=None, reason=reasoned(reason))
        return self._moved("take_back", reason=reason, confirmed_by=None)

    def returned(self, reason: str) -> "TemporaryWork":
        return self._moved("return", reason=_reasoned(reason), confirmed_by=None)

    def rejected(self, reason: str, by: str) -> "TemporaryWork":
        return self._moved("reject", reason=_reasoned(reason), assessed_by=by)

    def assessed(self, counts: Counts, order: str, by: str) -> "TemporaryWork":
        return self._moved("assess", counts=counts, order=order, assessed_by=by, reason="")

    def as_order(self, order: str, counts: Counts, by: str, on: date) -> TaskOrder:
        """Return what scoring learns of it: an order that was issued, done and judged, marked as entered afterwards."""
        return TaskOrder(
            bureau=self.bureau,
            cycle=self.cycle,
            order=order,
            revision=1,
            indicator=self.indicator,
            subject=self.subject,
            layer=self.layer,
            period=self.period,
            unit=self.unit,
            assessor=self.assessor,
            status="judged",
            title=self.title,
            standard=self.asked_by,
            points=None,
            issued_on=self.done_on,
            deadline=self.done_on,
            deadlines=[],
            percent=100,
            reported_on=self.done_on,
            notes=[{"on": on.isoformat(), "by": by, "text": self.outcome, "kind": "judge"}],
            completed_on=self.done_on,
            counts=counts,
            origin=VOLUNTEERED,
            issued_by=by,
            judged_by=by,
        )

    def _moved(self, command: str, **changes: object) -> "TemporaryWork":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


def check_temporary(indicator: Indicator) -> None:
    if indicator.category != CATEGORY:
        code = indicator.indicator
        raise invalid(
            "indicator.not_temporary",
            f"指标 {code} 不是临时工作",
            f"indicator {code} is no temporary work",
            "indicator",
        )


def check_done_on(done_on: date, starts: date, ends: date, on: date) -> None:
    if not starts <= done_on <= ends:
        raise invalid("done_on.period", "完成日期不在该周期内", "that day is not in the period", "done_on")
    if done_on > on:
        raise invalid("done_on.future", "完成日期不能晚于今天", "that day is still to come", "done_on")


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise invalid("reason.required", "退回或不予认定须说明理由", "a return or rejection needs its reason", "reason")
    return reason
