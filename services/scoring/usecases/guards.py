"""Questions that use cases ask first; each refuses what the caller may not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from services.scoring.domain.permissions import Sight, may_freeze_uncounted
from services.scoring.domain.run import ARCHIVED, FROZEN, Run, is_freezable
from shared.actor import Actor
from shared.batches import problem
from shared.errors import Invalid
from shared.vocabulary.refusals import Refused, conflict, forbidden, invalid


def need(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(may_approve(...))
    if not allowed:
        raise forbidden("run.not_allowed", "您的角色不能进行此项操作", "your role does not allow this")


def need_to_see(seen: Sight, subject: str, unit: str) -> None:
    need_yours(seen.covers(subject, unit))


def need_yours(seen: bool) -> None:  # noqa: FBT001  # as ``need``
    if not seen:
        raise forbidden("score.not_yours", "您无权查看该对象的得分", "you may not see this subject's scores")


def need_approved(run: Run) -> None:
    """Refuse what reports of a run that nobody has approved yet."""
    if run.status == FROZEN:
        raise conflict("run.not_approved", "核算尚未审定", "the run is not yet approved")


def need_freezable(actor: Actor, cycle_status: str) -> None:
    """Refuse what is not frozen now; an archived year is frozen again by the operator's replay only."""
    if not may_freeze_uncounted(actor):
        need_not_archived(cycle_status)
    if not is_freezable(cycle_status):
        raise conflict("run.cycle_open", "考核年度尚未进入收尾，不能冻结核算", "the cycle is still open")


def need_not_archived(cycle_status: str) -> None:
    if cycle_status == ARCHIVED:
        raise conflict("cycle.archived", "考核年度已归档，只能查看", "the cycle is archived: it can only be read")


def need_same_cycle(one: str, other: str) -> None:
    if one != other:
        raise conflict("run.other_cycle", "核算不属于这一考核年度", "the run belongs to another cycle")


def need_counted(actor: Actor, expected: Any) -> None:
    if expected is None and not may_freeze_uncounted(actor):
        zh, en = (
            "缺少来源计数，无法确认数据到齐",
            "without the owners' counts nobody knows whether all facts have arrived",
        )
        raise invalid("run.tallies_missing", zh, en)


@contextmanager
def as_one(code: str, within: str = "") -> Iterator[None]:
    """Answer with ``code`` whatever is refused inside; the fields of its reasons lie in ``within``."""
    try:
        yield
    except Refused as refused:
        told = problem([(None, one) for one in refused.refusals])
        errors = [{**one, "field": ".".join(filter(None, (within, one.get("field"))))} for one in told.errors]
        raise Invalid(code, zh=told.zh, en=told.en, errors=errors) from refused
