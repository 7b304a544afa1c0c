"""Questions that every use case asks first; each raises the problem that the caller sees."""

from collections.abc import Sequence

from services.targets.domain.cycles import Cycle
from services.targets.domain.refusals import CLOSED, NO_LEAVE, NOT_OPEN
from services.targets.storage.cycles import Cycles
from shared.actor import Actor
from shared.batches import problem
from shared.database import Session
from shared.errors import Conflict, Entry, Invalid, NotFound, Problem
from shared.vocabulary.refusals import Refusal


def need(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(may_claim(...))
    none_in_the_way(None if allowed else NO_LEAVE)


def known_cycle(session: Session, actor: Actor, code: str, *, lock: bool = False, shared: bool = False) -> Cycle:
    cycle = Cycles(session, actor.bureau).get(code, lock=lock, shared=shared)
    if cycle is None:
        raise NotFound("cycle.unknown", zh=f"没有考核年度 {code}", en=f"there is no cycle {code}")
    return cycle


def open_cycle(session: Session, actor: Actor, code: str) -> Cycle:
    """Return the cycle, held so that it stays open until the commit."""
    cycle = known_cycle(session, actor, code, lock=True, shared=True)
    none_in_the_way(None if cycle.takes_claims else NOT_OPEN)
    return cycle


def published_library(cycle: Cycle) -> int:
    if not cycle.library_revision:
        raise Conflict("library.not_published", zh="指标库尚未发布", en="the library is not published yet")
    return cycle.library_revision


def changeable(cycle: Cycle) -> None:
    none_in_the_way(None if cycle.takes_changes else CLOSED)


def none_in_the_way(refusal: Refusal | None) -> None:
    """Raise what a list tells beforehand of why a step is not open."""
    if refusal is not None:
        raise problem([(None, refusal)])


def in_words(problem: Problem) -> str:
    """Tell all of a problem in one line, nothing twice."""
    return "；".join(dict.fromkeys([problem.zh, *(str(one.get("zh", "")) for one in problem.errors)]))


def none_wrong(code: str, errors: Sequence[Entry], *, zh: str, en: str) -> None:
    if errors:
        raise Invalid(code, zh=f"{zh}（{len(errors)} 处）", en=f"{en} ({len(errors)})", errors=errors)


def written(*, whole: bool) -> None:
    if not whole:
        raise Conflict("revision.race", zh="内容刚被他人修改，请重试", en="somebody changed this just now: try again")
