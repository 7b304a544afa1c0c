"""Publication of a complaint's result (令121 art. 38): published, withheld or put off, objected to by its trader, and what was decided on that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from services.complaints.domain.cases import COMPLAINT, Case, Objection, day_of
from services.complaints.domain.events import CORRECT, Event
from services.complaints.domain.procedure import Told

UPHELD, CORRECTED = "upheld", "corrected"
_OPEN_OBJECTION = "case.objected", "公示异议尚未处理", "an objection waits to be decided"
_PUBLISHED_NOT = "case.unpublished", "未公示", "it is not published"


def publish(case: Case, event: Event) -> Case:
    """Publish the result: what was put off until a day is put off no more."""
    return replace(case, published_at=event.happened_at, unpublished_at=None, withheld_at=None, withheld_until=None)


def unpublish(case: Case, event: Event) -> Case:
    return replace(case, published_at=None, unpublished_at=event.happened_at)


def withhold(case: Case, event: Event) -> Case:
    return replace(case, withheld_at=event.happened_at, withheld_until=event.given.get("withheld_until"))


def end_withholding(case: Case, _: Event) -> Case:
    return replace(case, withheld_at=None, withheld_until=None)


def object_to(case: Case, event: Event) -> Case:
    raised = Objection(event.happened_at, event.why, event.given.get("answer_by"))
    return replace(case, objections=(*case.objections, raised))


def decide(case: Case, event: Event) -> Case:
    """Decide on the objection: upheld, it ends the publication for good, until a head lets it be published again."""
    if case.objected_at is None:
        return case
    decision = event.given.get("objection")
    decided = replace(case.objections[-1], decided_at=event.happened_at, decision=decision, reason=event.why)
    told = replace(case, objections=(*case.objections[:-1], decided))
    if decision != UPHELD:
        return told
    gone = case.unpublished_at if case.published_at is None else event.happened_at
    return replace(told, published_at=None, unpublished_at=gone, withheld_at=event.happened_at, withheld_until=None)


def no_result(case: Case) -> Told:
    if case.kind != COMPLAINT or not case.accepted or case.outcome is None:
        return "case.unpublished", "只公示已受理并办结的投诉", "only complaints that were accepted and concluded"
    return ("case.done", "已公示", "published before") if case.published_at else None


def not_publishable(case: Case, event: Event) -> Told:
    if found := no_result(case):
        return found
    if case.objected_at:
        return _OPEN_OBJECTION
    return (
        ("case.withheld", "已决定不予公示或者暂缓公示", "it is withheld")
        if is_withheld(case, event.happened_at)
        else None
    )


def not_to_withhold(case: Case, event: Event) -> Told:
    if found := no_result(case):
        return found
    return ("case.done", "已决定不予公示", "withheld before") if is_withheld(case, event.happened_at) else None


def is_withheld(case: Case, at: datetime) -> bool:
    """Tell whether it may not be published at ``at``: until the day before the one to which it was put off."""
    return case.withheld_at is not None and (case.withheld_until is None or day_of(at) < case.withheld_until)


def not_published(case: Case, _: Event) -> Told:
    return None if case.published_at else _PUBLISHED_NOT


def not_withheld(case: Case, _: Event) -> Told:
    return None if case.withheld_at else ("case.not_withheld", "没有不予公示的决定", "it is not withheld")


def not_to_object(case: Case, _: Event) -> Told:
    if case.objected_at:
        return _OPEN_OBJECTION
    return None if case.published_at else _PUBLISHED_NOT


def not_objected(case: Case, _: Event) -> Told:
    return (
        None if case.objected_at else ("case.not_objected", "没有待处理的公示异议", "no objection waits to be decided")
    )


def uncorrected(case: Case, history: Sequence[Event], event: Event) -> Told:
    """Tell where an objection is said to be met by a correction and nothing was corrected since."""
    if event.name != "decide_objection" or event.given.get("objection") != CORRECTED or case.objected_at is None:
        return None
    since = [one for one in history if one.name == CORRECT and one.recorded_at >= case.objected_at]
    return (
        None if since else ("case.uncorrected", "尚未更正，请先更正登记的内容", "correct the case first", "objection")
    )


def last_day(published_at: datetime, days: int) -> date:
    """Return the last day on which the trader may object, ``days`` after the publication."""
    return date.fromordinal(day_of(published_at).toordinal() + days)


APPLY = {
    "publish": publish,
    "unpublish": unpublish,
    "withhold": withhold,
    "end_withholding": end_withholding,
    "object": object_to,
    "decide_objection": decide,
}
OBSTACLES = {
    "publish": not_publishable,
    "unpublish": not_published,
    "withhold": not_to_withhold,
    "end_withholding": not_withheld,
    "object": not_to_object,
    "decide_objection": not_objected,
}
