"""The five forms: what they are called, whose work stands on them, and which quantities an item asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rules
from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.words import Counts
from shared.vocabulary.refusals import invalid

REVIEW, ACCOUNTABILITY, CONTRIBUTION = "review", "accountability", "contribution"
TEMPORARY, SUBJECTIVE = "temporary", "subjective"


@dataclass(frozen=True)
class Quantity:
    key: str
    label: str
    machine: Any
    declared: Any


def label_of(key: str) -> str:
    """Return what a quantity is called, as the library and the explanation of a score call it."""
    return rules.QUANTITIES.get(key, key)


def keys_of(rule: str, params: Mapping[str, Any]) -> Sequence[str]:
    """The quantities that a rule counts, in the order of its table."""
    if rule == "tier":
        return ("numerator", "denominator")
    if rule in ("deduct", "accumulate") and isinstance(params.get("per"), Mapping):
        return tuple(params["per"])
    if rule == "grade":
        return rules.GRADES
    return ("count",) if rule in ("deduct", "accumulate", "veto") else ("done",)


def quantities(rule: str, params: Mapping[str, Any], machine: Counts | None, declared: Counts | None) -> list[Quantity]:
    return [
        Quantity(key, label_of(key), (machine or {}).get(key), (declared or {}).get(key))
        for key in keys_of(rule, params)
    ]


def period_of(cycle: Cycle, code: str) -> Period:
    if code not in cycle.periods:
        raise invalid("period.unknown", f"没有周期 {code}", f"no period {code} in this cycle", "period")
    return cycle.periods[code]
