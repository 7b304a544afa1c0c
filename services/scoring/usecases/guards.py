"""Questions that use cases ask first; each raises the problem that the caller sees."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from services.scoring.domain.permissions import Sight
from services.scoring.domain.refusals import CONFLICT, FORBIDDEN, Refused
from services.scoring.domain.runs import APPROVED, Run, WrongStep, is_freezable
from shared.actor import Actor
from shared.errors import Conflict, Forbidden, Invalid


def need(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(may_approve(...))
    if not allowed:
        raise Forbidden("run.not_allowed", zh="您的角色不能进行此项操作", en="your role does not allow this")


def need_to_see(seen: Sight, subject: str, unit: str) -> None:
    if not seen.covers(subject, unit):
        raise Forbidden("score.not_yours", zh="您无权查看该对象的得分", en="you may not see this subject's scores")


def need_freezable(cycle_status: str) -> None:
    if not is_freezable(cycle_status):
        raise Conflict("run.cycle_open", zh="考核年度尚未进入收尾，不能冻结核算", en="the cycle is still open")


def need_same_cycle(one: str, other: str) -> None:
    if one != other:
        zh, en = "核算不属于这一考核年度", "the run belongs to another cycle"
        raise Conflict("run.other_cycle", zh=zh, en=en)


def need_counted(actor: Actor, expected: Any) -> None:
    """Only the operator's replay, which waits itself until everything has arrived, freezes without the owners' counts."""
    if expected is None and actor.account != "system":
        zh, en = (
            "缺少来源计数，无法确认数据到齐",
            "without the owners' counts nobody knows whether all facts have arrived",
        )
        raise Invalid("run.tallies_missing", zh=zh, en=en)


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


def need_revision(given: int | None, found: int) -> None:
    """``given``: the revision that the caller has read, where he names one."""
    if given not in (None, found):
        raise Conflict("revision.changed", zh="内容已被他人修改，请刷新后重试", en="it was changed meanwhile")


@contextmanager
def refusing() -> Iterator[None]:
    """What a rule of the domain refuses becomes the caller's problem."""
    try:
        yield
    except Refused as refused:
        if refused.kind == CONFLICT:
            raise Conflict(refused.code, zh=refused.zh, en=refused.en) from refused
        if refused.kind == FORBIDDEN:
            raise Forbidden(refused.code, zh=refused.zh, en=refused.en) from refused
        entry = {"field": refused.field, "code": refused.code, "zh": refused.zh, "en": refused.en}
        raise Invalid(refused.code, zh=refused.zh, en=refused.en, errors=[entry]) from refused
