"""Deciding handed to somebody else while one is away: one role, a span of days, on record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from services.declarations.domain.organisation import Actor
from shared.vocabulary.declarations import DELEGATED_ROLES
from shared.vocabulary.refusals import Refused, conflict, invalid
from shared.vocabulary.states import States

OF_UNITS = frozenset({"unit_head", "assessor"})
STATES = States("delegation", "委托", {"delegate": {None: "active"}, "end": {"active": "ended"}})


@dataclass(frozen=True)
class Delegation:
    bureau: str
    delegation: str
    revision: int
    principal: str
    delegate: str
    role: str
    target: str | None  # unit or line; None: bureau-wide
    unit: str  # the principal's, when it was made: who moves on has nothing to hand over any more
    starts: date
    ends: date  # its last day
    status: str
    reason: str
    made_by: str
    ended_by: str | None

    def holds(self, on: date) -> bool:
        return self.status == "active" and self.starts <= on <= self.ends

    def gives(self, role: str, unit: str | None, line: str | None) -> bool:
        """Tell whether it gives the role, as a grant of the role and target would (shared/actor.py)."""
        if role != self.role:
            return False
        return self.target is None or self.target in (unit, line) or (unit is None and line is None)

    def ended(self, by: str) -> "Delegation":
        return replace(self, status=STATES.after("end", self.status), revision=self.revision + 1, ended_by=by)


@dataclass(frozen=True)
class Acting:
    """An actor in the place of ``delegation.principal``: with the one role that was handed over, and no other."""

    actor: Actor
    delegation: Delegation

    @property
    def account(self) -> str:
        return self.actor.account

    @property
    def person(self) -> str | None:
        return self.actor.person

    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool:
        return self.delegation.gives(role, unit, line)


Decider = Actor | Acting


def faces(decider: Decider) -> tuple[Actor, ...]:
    """Return those under each of whom somebody must not decide on what is their own: a delegate also as themselves."""
    return (decider, decider.actor) if isinstance(decider, Acting) else (decider,)


def hands(decider: Decider) -> frozenset[str]:
    """Return the persons (and accounts) behind a decision: who takes it, and for whom."""
    own = {decider.account, decider.person or decider.account}
    return frozenset(own | {decider.delegation.principal} if isinstance(decider, Acting) else own)


def principal_of(decider: Decider) -> str | None:
    return decider.delegation.principal if isinstance(decider, Acting) else None


def deciders(actor: Actor, delegations: Iterable[Delegation]) -> tuple[Decider, ...]:
    """Return the deciders in the order in which they are tried: in one's own right first."""
    return (actor, *(Acting(actor, one) for one in delegations))


def check_delegation(new: Delegation, on: date, longest: int) -> None:
    """Refuse a wrong span; ``longest``: days at once, by the rule of the day on which it starts."""
    if new.role not in DELEGATED_ROLES:  # a seat on the panel is its member's own
        raise invalid("delegation.role", "该职责不能委托", "this role cannot be handed over", "role")
    if new.target is None and new.role in OF_UNITS:
        raise invalid(
            "delegation.target", f"请写明是哪个科所的“{DELEGATED_ROLES[new.role]}”职责", "say of which unit", "target"
        )
    if new.delegate == new.principal:
        raise invalid("delegation.self", "不能委托给本人", "nobody stands in for themselves", "delegate")
    if not (new.starts <= new.ends and on <= new.ends):
        raise invalid("delegation.span", "委托期限有误：止日不得早于起日和今天", "it must end today or later", "ends")
    if (new.ends - new.starts).days >= longest:
        raise invalid(
            "delegation.long", f"一次委托不得超过 {longest} 天", f"{longest} days are the most at once", "ends"
        )


def overlapping() -> Refused:
    return conflict(
        "delegation.overlaps", "该职责在此期间已委托他人", "this role is handed to somebody in those days already"
    )


def in_whose_name(deciders: Iterable[Decider], check: Callable[[Decider], None]) -> Decider:
    """Return the first of ``deciders`` whom ``check`` lets pass; ``Refused`` as
    the actor themselves where it lets none."""
    refused: Refused | None = None
    for decider in deciders:
        try:
            check(decider)
        except Refused as refusal:
            refused = refused or refusal
        else:
            return decider
    raise refused or AssertionError("nobody decides")
