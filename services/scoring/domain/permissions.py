"""Who may do and see what in scoring: role × scope × state, decided here and nowhere else (law 9)."""

from dataclasses import dataclass
from typing import Protocol

OVERSEERS = ("office", "panel", "leader", "auditor")  # see every subject at any time


class Holder(Protocol):
    """Whoever holds roles; shared.actor.Actor is one."""

    @property
    def person(self) -> str | None: ...

    def has(self, role: str) -> bool: ...

    def targets(self, role: str) -> frozenset[str]: ...


@dataclass(frozen=True)
class Sight:
    """Whom an actor may see: everybody, or the subject ``person`` and whoever belongs to ``units``."""

    everybody: bool
    person: str | None = None
    units: frozenset[str] = frozenset()

    def covers(self, subject: str, unit: str) -> bool:
        return self.everybody or subject == self.person or unit in self.units


def oversees(actor: Holder) -> bool:
    return any(actor.has(role) for role in OVERSEERS)


def may_freeze(actor: Holder) -> bool:
    return actor.has("office")


def may_approve(actor: Holder) -> bool:
    return actor.has("panel")


def may_publish(actor: Holder) -> bool:
    return actor.has("office") or actor.has("leader")


def may_read_run(actor: Holder, *, published: bool) -> bool:
    """Before publication a run as a whole is for those who make it and those who watch them."""
    return published or oversees(actor)


def sight(actor: Holder, *, published: bool) -> Sight:
    """Lists of scores: everybody's once published; before that one's own and, for a head, the unit's."""
    return Sight(everybody=True) if published else detail_sight(actor)


def detail_sight(actor: Holder) -> Sight:
    """Explanations, whatever is published: facts about a colleague are for that colleague and his head."""
    return Sight(oversees(actor), actor.person, actor.targets("unit_head"))
