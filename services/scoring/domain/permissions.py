"""Who may do and see what in scoring: role × scope × state, decided here and nowhere else (law 9)."""

from dataclasses import dataclass

from shared.actor import Actor
from shared.errors import Forbidden

OVERSEERS = ("office", "panel", "leader", "auditor")  # see every subject at any time


@dataclass(frozen=True)
class Sight:
    """Whom an actor may see: everybody, or the subject ``person`` and whoever belongs to ``units``."""

    everybody: bool
    person: str | None = None
    units: frozenset[str] = frozenset()

    def covers(self, subject: str, unit: str) -> bool:
        return self.everybody or subject == self.person or unit in self.units


def oversees(actor: Actor) -> bool:
    return any(actor.has(role) for role in OVERSEERS)


def sight(actor: Actor, *, published: bool) -> Sight:
    """Lists of scores: everybody's once published; before that one's own and, for a head, the unit's."""
    return detail_sight(actor) if not (published or oversees(actor)) else Sight(everybody=True)


def detail_sight(actor: Actor) -> Sight:
    """Explanations, whatever is published: facts about a colleague are for that colleague and his head."""
    return Sight(oversees(actor), actor.person, actor.targets("unit_head"))


def require(actor: Actor, *roles: str) -> None:
    if not any(actor.has(role) for role in roles):
        raise Forbidden("run.not_allowed", zh="您的角色不能进行此项操作", en="your role does not allow this")


def require_to_see(seen: Sight, subject: str, unit: str) -> None:
    if not seen.covers(subject, unit):
        raise Forbidden("score.not_yours", zh="您无权查看该对象的得分", en="you may not see this subject's scores")
