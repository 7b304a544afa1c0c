"""Who may do and see what in scoring: role × scope × state, decided here and nowhere else (law 9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from services.scoring.domain.publication import OWN, PERSON, SCORES, only_rank, reaches, tells_of_people
from shared.vocabulary import trail_permissions
from shared.vocabulary.permissions import noting

Row = dict[str, Any]
OVERSEERS = ("office", "panel", "leader", "auditor")  # see every subject at any time


class Holder(Protocol):
    """Whoever holds roles; shared.actor.Actor is one."""

    @property
    def account(self) -> str: ...

    @property
    def person(self) -> str | None: ...

    def has(self, role: str) -> bool: ...

    def targets(self, role: str) -> frozenset[str]: ...


@dataclass(frozen=True)
class Sight:
    """Whom an actor may see: everybody, or the subject ``person``, whoever belongs to ``units``, and what is public of a layer."""

    everybody: bool
    person: str | None = None
    units: frozenset[str] = frozenset()
    visible: Mapping[str, str] = field(default_factory=dict)  # layer -> level of publication

    def shows(self, layer: str, level: str) -> bool:
        """Tell whether the whole layer may be seen at least so far."""
        return self.everybody or reaches(self.visible.get(layer, OWN), level)

    def covers(self, subject: str, unit: str, layer: str | None = None) -> bool:
        """Tell whether the subject's scores may be seen."""
        if layer is not None and self.shows(layer, SCORES):
            return True
        return self.everybody or subject == self.person or unit in self.units


def oversees(actor: Holder) -> bool:
    return any(actor.has(role) for role in OVERSEERS)


def may_freeze(actor: Holder) -> bool:
    return actor.has("office")


def may_freeze_uncounted(actor: Holder) -> bool:
    """Tell whether the actor may freeze without the owners' counts: only the operator's replay, which waits
    itself until everything has arrived, may."""
    return actor.account == "system"


def may_replay(actor: Holder) -> bool:
    return actor.has("admin") or actor.account == "system"


def may_approve(actor: Holder) -> bool:
    return actor.has("panel")


def may_assume(actor: Holder) -> bool:
    """Tell whether the actor may take upon oneself that a run is frozen without what still waits for its assessor."""
    return actor.has("panel")


def may_publish(actor: Holder) -> bool:
    return actor.has("office") or actor.has("leader")


def may_set_rules(actor: Holder) -> bool:
    """Tell whether the actor may set rules: what holds about results is the office's to set."""
    return actor.has("office")


def may_read_run(actor: Holder, *, published: bool) -> bool:
    """Tell whether the actor may read the run: before publication a run as a whole is for
    those who make it and those who watch them."""
    return published or oversees(actor)


def may_read_report(actor: Holder, scope: str, target: str | None) -> bool:
    """Tell whether the actor may read the report: whoever watches over all; a head that of the unit."""
    return oversees(actor) or (scope == "unit" and target in actor.targets("unit_head"))


def may_read_some_report(actor: Holder) -> bool:
    """Tell whether a report is open to the actor: the bureau's, or that of a unit at least."""
    return oversees(actor) or bool(actor.targets("unit_head"))


def may_read_series(actor: Holder, subject: str | None, unit: str | None) -> bool:
    """Tell whether the actor may read the series of months: the bureau's who watches over all; a
    subject's (its ``unit`` None: not known) whoever may see its detail."""
    if subject is None:
        return oversees(actor)
    return detail_sight(actor).covers(subject, unit or "")


def sight(actor: Holder, visible: Mapping[str, str]) -> Sight:
    """Return what lists of scores may show: one's own and, for a head, the unit's; of the
    others what was published (layer -> level)."""
    return replace(detail_sight(actor), visible=visible)


def everybodys_sight(visible: Mapping[str, str]) -> Sight:
    """Return what whoever passes by may see: what was published, and of nobody more."""
    return Sight(everybody=False, visible=visible)


def detail_sight(actor: Holder) -> Sight:
    """Return what explanations may show, whatever is published: facts about a
    colleague are for that colleague and his head."""
    return Sight(oversees(actor), actor.person, actor.targets("unit_head"))


def guarded(rows: Iterable[Row], seen: Sight, members: Mapping[str, int]) -> list[Row]:
    """Return as much of each row as may be seen. ``members``: how many persons each
    unit has, whose scores may not be public."""
    public = seen.shows(PERSON, SCORES)

    def is_seen(row: Row) -> bool:
        kept = not public and tells_of_people(row, members)
        return seen.covers(row["subject"], row["unit"], None if kept else row["layer"])

    return [row if is_seen(row) else only_rank(row) for row in rows]


may_read_trail = trail_permissions.may_read_trail
noting(globals())
