"""Who does something: the account behind a request, what it may do and where the request came from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Grant:
    """A role within a scope: own, unit, line, bureau or installation; ``target`` is the unit's or line's code."""

    role: str
    scope: str
    target: str | None = None


@dataclass(frozen=True)
class Actor:
    account: str
    name: str
    bureau: str
    person: str | None = None
    grants: tuple[Grant, ...] = ()
    address: str = ""
    request_id: str = ""

    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool:
        """Tell whether a grant gives ``role``, and where ``unit`` or ``line`` is asked for, there or bureau-wide."""
        return any(grant.role == role and _covers(grant, unit, line) for grant in self.grants)

    def targets(self, role: str) -> frozenset[str]:
        """Return the units or lines for which the actor holds ``role``."""
        return frozenset(grant.target for grant in self.grants if grant.role == role and grant.target)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Actor":
        return cls(**{**raw, "grants": tuple(Grant(**grant) for grant in raw["grants"])})


def system(bureau: str, request_id: str = "") -> Actor:
    """Return the actor of what happens by itself: the handling of events, a clock's push."""
    return Actor(account="system", name="system", bureau=bureau, request_id=request_id)


def _covers(grant: Grant, unit: str | None, line: str | None) -> bool:
    if grant.scope in ("bureau", "installation"):
        return True
    if unit is not None and grant.scope == "unit":
        return grant.target == unit
    if line is not None and grant.scope == "line":
        return grant.target == line
    return unit is None and line is None
