"""What stands against a step: the state, what was done before, and the rules of the regime."""

from collections.abc import Callable
from datetime import date, timedelta

from services.complaints.domain.calendars import Calendar, settings_of
from services.complaints.domain.cases import (
    AGREEMENT,
    ASSOCIATION,
    COMPLAINT,
    FILED,
    NOT_FILED,
    REPORT,
    TERMINATED,
    Case,
    day_of,
)
from services.complaints.domain.clocks import regime_of
from services.complaints.domain.deadlines import PAUSED, SUPERSEDED, deadlines
from services.complaints.domain.events import PUTTING_RIGHT, Event
from services.complaints.domain.publication import last_day
from services.complaints.domain.regimes import FILED_CASE, LEAD, MEDIATE, VERIFY
from shared.vocabulary.refusals import conflict, invalid

_CORRECTABLE = {
    "register": frozenset({"kind", "summary", "trader", "trader_address", "channel", "goods", "amount", "request"}),
    "assign": frozenset({"unit", "handler"}),
    "refuse": frozenset({"ground", "knew_on"}),
    "conclude": frozenset({"outcome", "termination_ground", "recovered", "voucher", "perform_by", "must_tell", "form"}),
    "end_filed": frozenset({"nature", "penalised", "fined"}),
    "follow_up": frozenset({"answered", "satisfaction"}),
}


def check(case: Case, event: Event, calendar: Calendar) -> None:
    """Raise ``Refused`` where a rule of the regime, read at the time of ``event``, is against it."""
    if event.name in _CHECKS:
        _CHECKS[event.name](case, event, calendar)


def check_changes(named: Event, correction: Event) -> None:
    """Raise ``Refused`` where ``correction`` changes what that kind of event does not say."""
    changes = set(correction.given["changes"])
    allowed = _CORRECTABLE.get(named.name, frozenset())
    moved = correction.given.get("at") is not None
    still = named.name == "register" or named.name in PUTTING_RIGHT
    if not (changes or moved) or not changes <= allowed or (moved and still):
        told = "、".join(sorted(allowed)) or "—"
        raise invalid("case.correct", f"此步骤可更正：{told} 和时间", f"can be corrected: {told}, the time", "changes")
    kind = correction.given["changes"].get("kind", COMPLAINT)
    if named.given.get("organisation") == ASSOCIATION and kind != COMPLAINT:
        raise conflict("case.roles", "消费者协会只受理投诉", "an association takes complaints only", "changes")
    if correction.given.get("at") and correction.given["at"] > correction.recorded_at:
        raise invalid("case.future", "时间不能晚于现在", "the time lies in the future", "at")


def _before_due(*clocks: str) -> Callable[[Case, Event, Calendar], None]:
    def before_due(case: Case, event: Event, calendar: Calendar) -> None:
        day = day_of(event.happened_at)
        for one in deadlines(case, calendar):
            live = one.name in clocks and one.state not in (PAUSED, SUPERSEDED) and not (one.superseded)
            if live and one.due and day > one.due:
                raise conflict("case.overdue", "期限已过", "the deadline has passed")

    return before_due


def _refusal(case: Case, event: Event, _: Calendar) -> None:
    regime = regime_of(case)
    ground = event.given.get("ground")
    if case.organisation == "association":
        return
    if ground not in regime.refusal:
        raise conflict("case.ground", "不予受理须依据规定的情形", "a refusal needs a ground of the regime", "ground")
    if ground == regime.three_years:
        _three_years(event.given.get("knew_on"), day_of(case.received_at))


def _three_years(knew_on: date | None, received: date) -> None:
    if knew_on is None:
        raise conflict(
            "case.knew_on", "此情形须记明知道权益受侵害之日", "this ground needs the day of knowledge", "knew_on"
        )
    limit = date(knew_on.year + 3, knew_on.month, 28 if (knew_on.month, knew_on.day) == (2, 29) else knew_on.day)
    if received <= limit:
        raise conflict(
            "case.within_three_years", "自知道之日起未超过三年", "within three years of knowledge", "knew_on"
        )


def _conclusion(case: Case, event: Event, calendar: Calendar) -> None:
    outcome, ground = event.given["outcome"], event.given.get("termination_ground")
    if (outcome in (FILED, NOT_FILED)) != (case.kind == REPORT) or outcome == "answered":
        raise conflict("case.outcome", "办结方式与件的种类不符", "the outcome does not fit the kind of case", "outcome")
    own = case.organisation == "association"
    if (ground is not None) != (outcome == TERMINATED) and not own:
        raise conflict("case.ground", "终止调解须有依据", "termination needs a ground", "termination_ground")
    if event.given.get("must_tell") and case.kind != REPORT:
        raise conflict("case.kind", "仅举报有告知结果事项", "only reports are to be told of", "must_tell")
    _form(case, event)
    if ground is not None and not own:
        _termination(case, ground, day_of(event.happened_at), calendar)


def _form(case: Case, event: Event) -> None:
    """A 调解书 is the bureau's: an association writes a record of its own (消保法 37, 56)."""
    form = event.given.get("form")
    if form is not None and event.given["outcome"] != AGREEMENT:
        raise conflict("case.form", "只有达成协议才有调解文书", "only an agreement is written down", "form")
    if form == "statement" and case.organisation == "association":
        raise conflict("case.roles", "消费者协会不得出具行政调解书", "an association issues no 调解书", "form")


def _further(case: Case, event: Event, calendar: Calendar) -> None:
    """Decided before the end, for a day after it."""
    _before_due(FILED_CASE)(case, event, calendar)
    due = next((one.due for one in deadlines(case, calendar) if one.name == FILED_CASE), None)
    if due is not None and event.given["new_due"] <= due:
        raise conflict("case.no_longer", "须晚于现在的期限", "the day lies not after the present end", "new_due")


def _termination(case: Case, ground: str, day: date, calendar: Calendar) -> None:
    regime = regime_of(case)
    if ground not in regime.termination:
        raise conflict("case.ground", "终止调解须依据规定的情形", "not a ground of the regime", "termination_ground")
    if ground != regime.time_up:
        return
    due = next(one.due for one in deadlines(case, calendar) if one.name == MEDIATE)
    if due is None or day <= due:
        raise conflict("case.time_left", "调解期限尚未届满", "the time to mediate is not over", "termination_ground")


def _answer_and_grade(_: Case, event: Event, _calendar: Calendar) -> None:
    if event.given["answered"] != (event.given.get("satisfaction") is not None):
        raise conflict("case.answer", "有效答复须记满意度", "an answer says how satisfied", "satisfaction")


def _fine(_: Case, event: Event, _calendar: Calendar) -> None:
    if event.given.get("fined") and not event.given.get("penalised"):
        raise conflict(
            "case.fined", "有罚款须勾选已作出处罚", "a fine is a penalty: say that there was one", "penalised"
        )


def _repetition(case: Case, event: Event, calendar: Calendar) -> None:
    days = settings_of(calendar).on(day_of(case.received_at)).repeat_days
    received, concluded = day_of(case.received_at), event.given["repeat_concluded"]
    if case.kind != COMPLAINT:
        raise conflict("case.kind", "只有投诉可标记重复", "complaints only")
    if concluded is None or not concluded <= received <= concluded + timedelta(days=days):
        raise conflict(
            "case.no_repeat",
            f"不在原件办结后 {days} 日内",
            f"not within {days} days of the original's conclusion",
        )


def _answer_day(_: Case, event: Event, _calendar: Calendar) -> None:
    until = event.given.get("answer_by")
    if until is not None and until < day_of(event.happened_at):
        raise invalid("case.answer_by", "回复期限不能早于督办之日", "the answer is due before it is asked", "answer_by")


def _in_time(case: Case, event: Event, calendar: Calendar) -> None:
    published, day = case.published_at, day_of(event.happened_at)
    days = settings_of(calendar).on(day_of(published) if published else day).objection_days
    if published and day > last_day(published, days):
        raise conflict("case.objection_late", f"公示异议须在公示后 {days} 日内提出", f"within {days} days of it", "at")


def _later_day(_: Case, event: Event, _calendar: Calendar) -> None:
    until = event.given.get("withheld_until")
    if until is not None and until <= day_of(event.happened_at):
        raise invalid("case.withheld_until", "暂缓公示须至以后的日期", "a day to come", "withheld_until")


_CHECKS: dict[str, Callable[[Case, Event, Calendar], None]] = {
    "pause": _before_due(MEDIATE, VERIFY),
    "extend": _before_due(VERIFY),
    "extend_lead": _before_due(LEAD),
    "extend_filed": _before_due(FILED_CASE),
    "extend_filed_again": _further,
    "refuse": _refusal,
    "conclude": _conclusion,
    "end_filed": _fine,
    "follow_up": _answer_and_grade,
    "mark_repeat": _repetition,
    "supervise": _answer_day,
    "object": _in_time,
    "withhold": _later_day,
}
