"""The figures of a closed check: how many of each verdict, whether the lot passes its plan, how many may be false in the whole."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from services.declarations.domain.inspections import Inspection
from services.declarations.domain.sampling.strata import ALL
from services.declarations.domain.spot_checks import CONFIRMED, FALSE, ON_THE_SPOT, SpotCheck, counted
from services.declarations.statistics.bounds import Bound, points_bound, stratified_bound

Figures = dict[str, Any]


def figures_of(check: SpotCheck, inspected: Sequence[Inspection]) -> Figures:
    numbers: Figures = {"checked": len(inspected), **counted(str(one.verdict) for one in inspected)}
    if check.kind == ON_THE_SPOT:
        return numbers  # chosen, not drawn: it says nothing of the others
    wrong = [one for one in inspected if one.verdict != CONFIRMED]
    false = [one for one in inspected if one.verdict == FALSE]
    return {
        **numbers,
        "accepted": _accepted(check, len(wrong)),
        "false_rate": _shown(_bound(check, false)),
        "wrong_rate": _shown(_bound(check, wrong)),
    }


def _accepted(check: SpotCheck, wrong: int) -> bool | None:
    """By Ac of the plan; None without a plan, and where risk was drawn more often than numbers alone would."""
    if "accept" not in check.method or set(check.strata) != {ALL}:
        return None
    return bool(wrong <= check.method["accept"])


def _bound(check: SpotCheck, found: Sequence[Inspection]) -> Bound:
    confidence = Decimal(check.method["confidence"])
    if check.method["name"] == "points" and check.sample < check.population:
        return points_bound(check.sample, len(found), Decimal(check.method["floor"]), confidence)
    by_stratum = Counter(one.stratum for one in found)
    parts = [(one["population"], one["sample"], by_stratum[name]) for name, one in check.strata.items()]
    return stratified_bound(parts, confidence)


def _shown(bound: Bound) -> Figures:
    return {"at_most": str(bound.upper), "confidence": str(bound.confidence), "bound": bound.method}
