"""问责: somebody over an order asks, the responsible answers by a day, and it is closed with a consequence. All of it stays on record."""

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import rules
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.words import Counts
from shared.vocabulary.refusals import conflict, invalid
from shared.vocabulary.states import States
from shared.vocabulary.task_orders import INQUIRY_STATES

STATES = States(
    "inquiry",
    "问责",
    {"ask": {None: "asked"}, "answer": {"asked": "answered"}, "close": {"asked": "closed", "answered": "closed"}},
    INQUIRY_STATES,
)
OPEN = ("asked", "answered")


@dataclass(frozen=True)
class Inquiry:
    bureau: str
    cycle: str
    inquiry: str
    revision: int
    order: str
    indicator: str
    subject: str
    layer: str
    period: str
    unit: str
    assessor: str
    status: str
    question: str
    answer_by: date  # its last day
    answer: str
    consequence: str | None
    deduction: Counts  # what the judgement of the order takes off beside what else it counts
    conclusion: str
    asked_by: str
    asked_on: date
    answered_by: str | None
    answered_on: date | None
    closed_by: str | None
    closed_on: date | None

    def answered(self, answer: str, by: str, on: date) -> "Inquiry":
        return self._moved("answer", answer=answer, answered_by=by, answered_on=on)

    def closed(self, consequence: str, deduction: Counts, conclusion: str, by: str, on: date) -> "Inquiry":
        """Close it after the answer, or once the day for it has passed; whoever asked hears first."""
        moved = self._moved(
            "close", consequence=consequence, deduction=deduction, conclusion=conclusion, closed_by=by, closed_on=on
        )
        check_asked_in_time(self, on)
        return moved

    def overdue(self, on: date) -> bool:
        return self.status == "asked" and on > self.answer_by

    def _moved(self, command: str, **changes: object) -> "Inquiry":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


def check_asked_in_time(inquiry: Inquiry, on: date) -> None:
    """Refuse to close what may still be answered: whoever asked hears first."""
    if inquiry.status == "asked" and on <= inquiry.answer_by:
        raise conflict(
            "inquiry.not_due",
            f"尚未答复，答复期限 {inquiry.answer_by} 未到，不能了结",
            f"it is not answered yet, and may be until {inquiry.answer_by}",
        )


def check_no_open_inquiry(*, called_to_account: bool) -> None:
    """Refuse to judge an order about which something is asked and not closed."""
    if called_to_account:
        raise conflict(
            "task_order.inquiry_open",
            "该任务单有问责尚未了结，不能评定",
            "it is called to account: that has to be closed before it is judged",
        )


def check_answer_by(answer_by: date, on: date) -> None:
    if answer_by < on:
        raise invalid("answer_by.past", "答复期限不能早于今天", "the day to answer by has passed", "answer_by")


def check_consequence(indicator: Indicator, consequence: str, deduction: Counts) -> None:
    """Check the consequence: only an indicator that deducts can take something off; elsewhere the
    judgement itself counts what was not done."""
    if consequence != "deduction":
        if deduction:
            raise invalid("deduction.unwanted", "该处理不含扣分", "this consequence deducts nothing", "deduction")
        return
    if not rules.RULES[indicator.rule].less_is_better:
        raise invalid(
            "deduction.rule",
            f"指标 {indicator.indicator} 不按扣分计分，请在评定任务单时体现",
            f"indicator {indicator.indicator} does not deduct: count it when the order is judged",
            "consequence",
        )
    indicator.check_counts(deduction)


def with_deductions(counts: Counts, deductions: list[Counts]) -> Counts:
    """Return the counts of a judgement and all that inquiries took off."""
    return reduce(rules.add_counts, deductions, counts)
