"""The figures of a closed check: how many of each verdict, whether the lot passes its plan, how many may be false in the whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from services.declarations.domain.inspections import Inspection
from services.declarations.domain.sampling import gbt2828, protocol
from services.declarations.domain.sampling.strata import ALL
from services.declarations.domain.spot_checks import CONFIRMED, FALSE, ON_THE_SPOT, SpotCheck, counted
from services.declarations.statistics.bounds import Bound, points_bound, stratified_bound
from services.declarations.statistics.points_bounds import units_of
from services.declarations.storage import checks
from shared.database import Row, Session

Figures = Row


def figures_now(session: Session, check: SpotCheck) -> Figures:
    """Return the figures of what is found by now."""
    listed = () if check.kind == ON_THE_SPOT else protocol.read(checks.list_of(session, check.spot_check)).entries
    return figures_of(check, checks.inspections_of(session, check.spot_check), listed)


def figures_of(check: SpotCheck, inspected: Sequence[Inspection], listed: Sequence[protocol.Entry]) -> Figures:
    """Return the figures; ``listed``: the frozen list, by which a draw in proportion to points is judged."""
    numbers: Figures = {"checked": len(inspected), **counted(str(one.verdict) for one in inspected)}
    if check.kind == ON_THE_SPOT:
        return numbers  # chosen, not drawn: it says nothing of the others
    wrong = [one for one in inspected if one.verdict != CONFIRMED]
    false = [one for one in inspected if one.verdict == FALSE]
    return {
        **numbers,
        **_verdicts(check, wrong),
        "false_rate": _shown(_bound(check, inspected, listed, false)),
        "wrong_rate": _shown(_bound(check, inspected, listed, wrong)),
    }


def _verdicts(check: SpotCheck, wrong: Sequence[Inspection]) -> Figures:
    """Return whether the lot passes its plan of GB/T 2828.1, and each stratum the plan of its own lot; None: the sample cannot tell.

    Where strata were looked at with different care, the whole is judged by the number that its sample would have shown on average.
    """
    if "accept" not in check.method:
        return {"accepted": None}
    by_stratum = Counter(one.stratum for one in wrong)
    parts = {name: (*lot, by_stratum[name]) for name, lot in _lots(check).items()}
    estimated = sum((Fraction(lot * found, sample) for lot, sample, found in parts.values()), Fraction(0))
    passes = estimated * check.sample <= check.method["accept"] * check.population
    if set(parts) == {ALL}:
        return {"accepted": passes}
    named = (check.method["level"], Decimal(check.method["aql"]), check.method["severity"])
    plans = {name: gbt2828.plan(lot, *named) for name, (lot, _, _) in parts.items()}
    each = {
        name: found <= plans[name].accept if sample >= plans[name].size or found > plans[name].accept else None
        for name, (_, sample, found) in parts.items()
    }
    return {"accepted": passes, "accepted_by_stratum": each}


def _lots(check: SpotCheck) -> Mapping[str, tuple[int, int]]:
    return {name: (one["population"], one["sample"]) for name, one in check.strata.items()}


def _bound(
    check: SpotCheck, inspected: Sequence[Inspection], listed: Sequence[protocol.Entry], found: Sequence[Inspection]
) -> Bound:
    confidence = Decimal(check.method["confidence"])
    if check.method["name"] == "points" and check.sample < check.population:
        hits = {(one.kind, one.item) for one in found}
        told = {(one.kind, one.item): (one.kind, one.item) in hits for one in inspected}
        measures = [one.measure for one in listed]
        states = [told.get(one.pair) for one in listed]
        return points_bound(units_of(measures, Fraction(check.method["floor"]), check.sample, states), confidence)
    by_stratum = Counter(one.stratum for one in found)
    parts = [(*lot, by_stratum[name]) for name, lot in _lots(check).items()]
    return stratified_bound(parts, confidence)


def _shown(bound: Bound) -> Figures:
    return {"at_most": str(bound.upper), "confidence": str(bound.confidence), "bound": bound.method}
