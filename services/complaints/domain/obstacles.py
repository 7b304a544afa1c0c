"""What stands against a step in the state that a case is in: the state itself, and what was done before or not yet."""

from collections.abc import Callable

from services.complaints.domain import closing, competence, mediation, parties, publication, superiors
from services.complaints.domain.cases import FILED, REPORT, Case
from services.complaints.domain.events import Event
from services.complaints.domain.procedure import Told
from shared.vocabulary.complaints import CASE_EVENTS, CASE_STATES
from shared.vocabulary.refusals import Refused, conflict

_NOT_RUNNING = (
    "case.not_running",
    "期限未在计算中或件不在办理中",
    "the case is not being handled, no clock is running",
)
_STATE_CODES: dict[str, tuple[str, str, str]] = {
    "assign": ("case.finished", "案件已办结", "the case is finished"),
    "contact": ("case.not_assigned", "案件尚未分派或已办结", "the case is not assigned, or finished"),
    "accept": ("case.decided", "已作出受理决定", "decided before"),
    "refuse": ("case.decided", "已作出受理决定", "decided before"),
    **dict.fromkeys(("pause", "extend", "restart", "conclude"), _NOT_RUNNING),
    "resume": ("case.not_paused", "期限未中止", "the clock is not paused"),
    **dict.fromkeys(
        ("tell", "perform", "follow_up"), ("case.not_concluded", "案件尚未办结", "the case is not concluded")
    ),
}
_ANYWHERE = frozenset({"pause", "resume", "extend", "restart", "conclude"})  # told by what they stop, not by the kind


def wrong_state(step: str, case: Case, *, known: bool) -> Refused:
    """Return the refusal of ``step`` in the state of ``case``. ``known``: whether cases of this kind have it at all."""
    if not known and step not in _ANYWHERE:
        if step == "perform":
            return conflict("case.no_agreement", "没有约定履行期的协议", "no agreement with a date")
        return conflict("case.kind", f"此类件没有“{CASE_EVENTS[step]}”", f"{step} is no step of this kind of case")
    if step in _STATE_CODES:
        return conflict(*_STATE_CODES[step])
    name = CASE_STATES[case.status]
    return conflict(
        "case.state", f"案件当前为“{name}”，不能{CASE_EVENTS[step]}", f"{step} is not possible while {case.status}"
    )


def out_of_order() -> Refused:
    return conflict("case.order", "时间与办理步骤的先后不符", "the time is against the order of steps", "at")


def others_follow() -> Refused:
    return conflict(
        "case.follows", "其后的步骤将不再成立，请先撤销后续步骤", "later steps rest on it: annul those first", "event"
    )


def obstacle(case: Case, event: Event) -> Refused | None:
    """Return what was done or not done before and stands against ``event``; None where nothing does."""
    found, family = _OBSTACLES.get(event.name), _OF_A_FAMILY.get(event.name)
    told = (found(case) if found else None) or (family(case, event) if family else None)
    return conflict(*told) if told else None


def _paused(case: Case) -> Told:
    return _NOT_RUNNING if case.paused else None


def _not_paused(case: Case) -> Told:
    return None if case.paused else ("case.not_paused", "期限未中止", "the clock is not paused")


def _extended(case: Case) -> Told:
    return ("case.extended", "只能延长一次", "extended before") if case.extended_at else None


def _told(case: Case) -> Told:
    return ("case.told", "已告知", "told before") if case.told_at else None


def _no_agreement(case: Case) -> Told:
    return None if case.perform_by else ("case.no_agreement", "没有约定履行期的协议", "no agreement with a date")


def _followed_up(case: Case) -> Told:
    """An answer stands, but whoever was not satisfied is heard once more after the work was done again."""
    again = case.satisfaction == "dissatisfied" and case.redone and case.follow_ups == 1
    return ("case.followed_up", "已回访", "followed up before") if case.answered and not again else None


def _unconsented(case: Case) -> Told:
    both = {("entrusting", "consumer"), ("entrusting", "trader")}
    lacking = ("case.roles", "委托调解须有双方书面同意", "entrusting needs both parties' recorded consent")
    return None if both <= case.consents else lacking


def _unmediated(case: Case) -> Told:
    both = {("mediation", "consumer"), ("mediation", "trader")}
    lacking = ("case.consent", "调解须双方同意", "mediation needs the recorded consent of both parties")
    return None if both <= case.consents or case.entrusted_to else lacking


def _not_repeated(case: Case) -> Told:
    return None if case.repeat_of else ("case.no_repeat", "未标记重复", "not marked as a repetition")


def _already(step: str) -> Callable[[Case], Told]:
    done = ("case.done", f"已{CASE_EVENTS[step]}", f"{step} was done before")
    return lambda case: done if step in case.marks else None


def _only_after(first: str, step: str) -> Callable[[Case], Told]:
    lacking = ("case.order", f"尚未{CASE_EVENTS[first]}", f"{first} comes first")
    return lambda case: _already(step)(case) if first in case.marks else lacking


def _not_filed(step: str) -> Callable[[Case], Told]:
    lacking = ("case.not_filed", "没有立案", "no case was filed")
    return lambda case: _already(step)(case) if case.outcome == FILED else lacking


def _not_extended(case: Case) -> Told:
    """Only what was extended once is extended again, together and once (行政处罚程序规定 art. 64)."""
    if case.outcome != FILED or "end_filed" in case.marks:
        return _not_filed("end_filed")(case)
    if "extend_filed" not in case.marks:
        return "case.order", "尚未延期", "it was not extended by the head yet"
    return ("case.done", "已集体讨论延期", "extended together before") if case.filed_until else None


def _not_led(case: Case) -> Told:
    if "lead" not in case.marks:
        return "case.order", "尚未记录违法线索", "no suspicion is on record"
    return ("case.done", "已诉转案", "it has become a report before") if case.reported_as else None


def _disputed(case: Case) -> Told:
    return ("case.done", "已提出管辖争议", "disputed before") if case.competence.disputed_at else None


def _no_conclusion(case: Case, event: Event) -> Told:
    """An undecided recusal, another bureau's competence, an absence that nobody recorded."""
    if case.kind == REPORT:
        return competence.not_ours(case, event)
    return mediation.suspended(case, event) or mediation.unproven_absence(case, event)


_OBSTACLES: dict[str, Callable[[Case], Told]] = {
    "pause": _paused,
    "resume": _not_paused,
    "extend": _extended,
    "tell": _told,
    "perform": _no_agreement,
    "follow_up": _followed_up,
    "entrust": _unconsented,
    "mediate": _unmediated,
    "unmark_repeat": _not_repeated,
    "lead": _already("lead"),
    "extend_lead": _only_after("lead", "extend_lead"),
    "check_lead": _only_after("lead", "check_lead"),
    "withdraw": _already("withdraw"),  # only a report's withdrawal leaves it as it is
    "turn_into_case": _not_led,
    "dispute": _disputed,
    "send_to_trader": _already("send_to_trader"),
    "trader_answered": _only_after("send_to_trader", "trader_answered"),
    "extend_filed": _not_filed("extend_filed"),
    "extend_filed_again": _not_extended,
    "end_filed": _not_filed("end_filed"),
}
_OF_A_FAMILY: dict[str, Callable[[Case, Event], Told]] = {
    **parties.OBSTACLES,
    **mediation.OBSTACLES,
    **competence.OBSTACLES,
    **closing.OBSTACLES,
    **publication.OBSTACLES,
    **superiors.OBSTACLES,
    "conclude": _no_conclusion,
}
