"""Questions that use cases ask first; each raises the problem that the caller sees."""

from collections.abc import Callable
from datetime import datetime

from services.scoring.domain.permissions import Sight
from services.scoring.domain.runs import APPROVED, Run, WrongStep, is_freezable
from shared.errors import Conflict, Forbidden


def need(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(may_approve(...))
    if not allowed:
        raise Forbidden("run.not_allowed", zh="您的角色不能进行此项操作", en="your role does not allow this")


def need_to_see(seen: Sight, subject: str, unit: str) -> None:
    if not seen.covers(subject, unit):
        raise Forbidden("score.not_yours", zh="您无权查看该对象的得分", en="you may not see this subject's scores")


def need_freezable(cycle_status: str) -> None:
    if not is_freezable(cycle_status):
        raise Conflict("run.cycle_open", zh="考核年度尚未进入收尾，不能冻结核算", en="the cycle is still open")


def stepped(step: Callable[[str, datetime], Run], by: str, at: datetime) -> Run:
    """The run after ``step`` (``run.approve``, ``run.publish``)."""
    try:
        return step(by, at)
    except WrongStep as wrong:
        if wrong.args == (APPROVED,):
            raise Conflict(
                "run.not_frozen", zh="只有已冻结的核算可以审定", en="only a frozen run can be approved"
            ) from wrong
        raise Conflict(
            "run.not_approved", zh="只有已审定的核算可以公布", en="only an approved run can be published"
        ) from wrong
