"""Questions that every use case asks first; each raises the problem that the caller sees."""

from collections.abc import Sequence
from typing import Any

from services.targets.domain.cycles import Cycle
from services.targets.storage.cycles import Cycles
from shared.actor import Actor
from shared.database import Session
from shared.errors import Conflict, Forbidden, Invalid, NotFound


def need(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(may_claim(...))
    if not allowed:
        raise Forbidden("role.missing", zh="您没有进行此操作的权限", en="your roles do not allow this")


def known_cycle(session: Session, actor: Actor, code: str, *, lock: bool = False, shared: bool = False) -> Cycle:
    cycle = Cycles(session, actor.bureau).get(code, lock=lock, shared=shared)
    if cycle is None:
        raise NotFound("cycle.unknown", zh=f"没有考核年度 {code}", en=f"there is no cycle {code}")
    return cycle


def open_cycle(session: Session, actor: Actor, code: str) -> Cycle:
    """Return the cycle, held so that it stays open until the commit."""
    cycle = known_cycle(session, actor, code, lock=True, shared=True)
    if not cycle.takes_claims:
        raise Conflict("cycle.not_open", zh="考核年度未处于开放状态，不能认领", en="claims need an open cycle")
    return cycle


def published_library(cycle: Cycle) -> int:
    if not cycle.library_revision:
        raise Conflict("library.not_published", zh="指标库尚未发布", en="the library is not published yet")
    return cycle.library_revision


def changeable(cycle: Cycle) -> None:
    if not cycle.takes_changes:
        raise Conflict("cycle.closed", zh="考核年度已进入收尾，不能再修改", en="the cycle no longer takes changes")


def none_wrong(code: str, errors: Sequence[dict[str, Any]], *, zh: str, en: str) -> None:
    if errors:
        raise Invalid(code, zh=f"{zh}（{len(errors)} 处）", en=f"{en} ({len(errors)})", errors=errors)


def written(*, whole: bool) -> None:
    if not whole:
        raise Conflict("revision.race", zh="内容刚被他人修改，请重试", en="somebody changed this just now: try again")
