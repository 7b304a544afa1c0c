"""An appeal (申诉) of a subject against a decision on it, and its way: filed → upheld or changed, or withdrawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

from services.declarations.domain.declarations import SETTLED
from shared.vocabulary.checking import APPEAL_STATES, INSPECTION_STATES, VETO_STATES
from shared.vocabulary.contributions import CONTRIBUTION_STATES
from shared.vocabulary.declarations import DECLARATION_STATES
from shared.vocabulary.refusals import conflict, invalid
from shared.vocabulary.states import States
from shared.vocabulary.task_orders import ORDER_STATES

STATES = States(
    "appeal",
    "申诉",
    {
        "file": {None: "filed"},
        "uphold": {"filed": "upheld"},
        "change": {"filed": "changed"},
        "withdraw": {"filed": "withdrawn"},
    },
    APPEAL_STATES,
)
VERIFICATION, ASSESSMENT, JUDGEMENT, SETTLEMENT = "verification", "assessment", "judgement", "settlement"
FINDING, VETO, SCORE = "finding", "veto", "score"
# What each kind is against, and in which state that can be appealed against.
AGAINST: dict[str, tuple[str, tuple[str, ...]]] = {
    VERIFICATION: ("declaration", ("returned",)),
    ASSESSMENT: ("declaration", SETTLED),
    JUDGEMENT: ("task_order", ("judged",)),
    SETTLEMENT: ("contribution", ("settled", "rejected")),
    FINDING: ("inspection", ("found",)),
    VETO: ("veto", ("confirmed",)),
    SCORE: ("run", ("published",)),
}
_NAMES = {
    VERIFICATION: DECLARATION_STATES,
    ASSESSMENT: DECLARATION_STATES,
    JUDGEMENT: ORDER_STATES,
    SETTLEMENT: CONTRIBUTION_STATES,
    FINDING: INSPECTION_STATES,
    VETO: VETO_STATES,
    SCORE: {"withdrawn": "撤销公布"},
}
OPEN_TO_APPEALS = ("open", "closing", "closed", "published")  # of the cycle


@dataclass(frozen=True)
class Terms:
    """Working days to appeal after a decision, and to decide on the appeal."""

    file_days: int = 10
    decide_days: int = 15


@dataclass(frozen=True)
class DatedTerms:
    """Terms by the day from which they hold, ascending: a decision is appealed against by those of its own day."""

    since: Sequence[tuple[date, Terms]] = ()

    def on(self, day: date) -> Terms:
        held = [terms for since, terms in self.since if since <= day]
        return held[-1] if held else Terms()


class Correction(TypedDict):
    """What an appeal changed in one item; numbers as text."""

    kind: str
    item: str
    before: dict[str, str]
    after: dict[str, str]
    points_before: str
    points_after: str


@dataclass(frozen=True)
class Appeal:
    bureau: str
    cycle: str
    appeal: str
    revision: int
    kind: str
    object: str  # id of the declaration, order, contribution, inspection, veto or run
    object_revision: int  # as it was when appealed against
    subject: str
    layer: str
    unit: str
    indicator: str | None  # of a score: all of them
    status: str
    text: str
    evidence: list[str]
    involved: list[str]  # whoever had a part in what is appealed against: none of them decides
    filed_by: str
    filed_on: date
    due_on: date  # by when it is to be decided
    decision: str
    corrections: list[Correction]
    decided_by: str | None
    decided_on: date | None

    def overdue(self, on: date) -> bool:
        return self.status == "filed" and on > self.due_on

    def upheld(self, decision: str, by: str, on: date) -> "Appeal":
        """Let the decision appealed against stand."""
        return self._decided("uphold", decision, by, on)

    def changed(self, decision: str, corrections: list[Correction], by: str, on: date) -> "Appeal":
        return replace(self._decided("change", decision, by, on), corrections=corrections)

    def withdrawn(self, reason: str, on: date) -> "Appeal":
        status = STATES.after("withdraw", self.status)
        return replace(self, status=status, decision=reason, decided_on=on, revision=self.revision + 1)

    def _decided(self, command: str, decision: str, by: str, on: date) -> "Appeal":
        status = STATES.after(command, self.status)
        if not decision.strip():
            raise invalid("decision.required", "请写明申诉处理意见", "the decision needs its words", "decision")
        return replace(self, status=status, decision=decision, decided_by=by, decided_on=on, revision=self.revision + 1)


def check_takes_appeals(cycle: str, status: str) -> None:
    """Check that the cycle takes appeals, which are taken longer than declarations: until the year is put away."""
    if status not in OPEN_TO_APPEALS:
        raise conflict(
            "cycle.not_open", f"考核年度 {cycle} 已归档或未开放", f"cycle {cycle} takes no appeals: it is {status}"
        )


def check_appealable(kind: str, status: str) -> None:
    _, states = AGAINST[kind]
    if status not in states:
        raise conflict(
            "appeal.nothing_decided",
            f"对象当前为“{_NAMES[kind].get(status, status)}”，没有可以申诉的决定",
            f"its state is {status}: there is no decision to appeal against",
        )


def check_in_time(decided: date | None, dated: DatedTerms, on: date, add: Callable[[date, int], date]) -> None:
    """Check that the appeal is in time; ``add`` counts working days. Decisions from before their days were
    kept can be appealed against at any time."""
    if decided is None:
        return
    terms = dated.on(decided)
    last = add(decided, terms.file_days)
    if on > last:
        raise conflict(
            "appeal.too_late",
            f"申诉期限为决定（{decided}）后 {terms.file_days} 个工作日，已于 {last} 届满",
            f"appeals are taken for {terms.file_days} working days after {decided}: until {last}",
        )


def check_since(since: date, on: date) -> None:
    """Check the day from which it holds: what was decided before keeps the days that were given then."""
    if since < on:
        raise conflict("rule.past", "不能从已过去的日期起施行", "it holds from today on at the earliest", "since")


def check_published(until: date, on: date) -> None:
    """Check that a published score is appealed against until the day that its publication
    names, whatever the terms say of decisions."""
    if on > until:
        raise conflict(
            "appeal.too_late",
            f"对公布得分的申诉期限为公示期，已于 {until} 届满",
            f"appeals against published scores were taken until {until}",
        )


def check_not_again(earlier: Appeal | None, decided: date | None) -> None:
    """Check that there is one open appeal against a thing, and one decision on it: unless it was
    decided anew on a later day (``decided``)."""
    if earlier is None or earlier.status == "withdrawn":
        return
    if earlier.status == "filed":
        raise conflict("appeal.open", "该事项已有未处理的申诉", "an appeal against it is open already")
    if decided is None or earlier.decided_on is None or decided <= earlier.decided_on:
        raise conflict("appeal.decided", "该事项的申诉已作出处理决定", "an appeal against it has been decided")
