"""The year's points of one item (docs/decisions/0302), period by period."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.arithmetic import Table, day, rounded

World = dict[str, Any]
KINDS = ("claims", "declarations", "task_orders", "contributions", "evaluations")
GRADES = ("优", "好", "一般", "可以", "差")


def grouped(rows: list[Table]) -> dict[tuple[str, str], list[Table]]:
    """By subject and indicator: a year has some hundred thousand rows."""
    groups: dict[tuple[str, str], list[Table]] = {}
    for row in rows:
        groups.setdefault((row["subject"], row["indicator"]), []).append(row)
    return groups


def item_points(world: World, indicator: dict[str, Any], code: str) -> Decimal | None:
    """Points of one item; ``periods`` lists what was due: the quantities of each period, "n/a" or "missing"."""
    periods, quantities = _periods(world, indicator, code)
    if indicator["tool"] != "contribution" and all(period == "n/a" for period in periods):
        return None
    model, full, params = world["cycle"], Fraction(indicator["full_points"]), indicator["rule_params"]
    rule, target = indicator["rule"], _target(world, indicator, code)
    if rule == "ratio" and not target:
        return None  # not allotted
    missing = sum(period == "missing" for period in periods)
    share = Fraction(len(periods) - missing, len(periods)) if periods else Fraction(1)
    if periods and 0 < missing < len(periods) and all(period in ("n/a", "missing") for period in periods):
        return rounded(model, _at_best(rule, params, full) * share, 2)
    if rule in ("grade", "checklist"):
        measured = [period for period in periods if period not in ("n/a", "missing")]
        return rounded(model, _mean_of_periods(model, indicator, measured) * share, 2)
    total: dict[str, Fraction] = {}
    for one in quantities:
        for key, number in one.items():
            total[key] = total.get(key, Fraction(0)) + Fraction(number)
    points = _year(rule, params, full, total, target)
    return rounded(model, points * share if rule in ("deduct", "tier") else points, 2)


def _at_best(rule: str, params: Any, full: Fraction) -> Fraction:
    """What the declared part gives where nothing in it could be measured."""
    if rule == "accumulate":
        return Fraction(0)
    if rule == "tier":
        return full * Fraction(params["steps"][0][1])
    return full * min(Fraction(1), Fraction(params["cap"])) if rule == "ratio" else full


def _periods(world: World, indicator: dict[str, Any], code: str) -> tuple[list[Any], list[dict[str, Any]]]:
    def own(kind: str) -> list[Table]:
        found: list[Table] = world[kind].get((code, indicator["indicator"]), [])
        return found

    if indicator["tool"] in ("review", "electronic"):
        return _declared_periods(world, indicator, code, own("declarations"))
    if indicator["tool"] == "accountability":
        return _ordered_periods([one for one in own("task_orders") if one["status"] == "judged"])
    if indicator["tool"] == "contribution":
        settled: list[dict[str, Any]] = [one["counts"] for one in own("contributions") if one["status"] == "settled"]
        return [[one] for one in settled], settled
    closed: list[dict[str, Any]] = [one["counts"] for one in own("evaluations") if one["status"] == "closed"]
    grade = indicator["rule"] == "grade"
    silent = [grade and not any(Fraction(counts.get(name, 0)) for name in GRADES) for counts in closed]
    return ["n/a" if none else [counts] for none, counts in zip(silent, closed, strict=True)], closed


def _declared_periods(
    world: World, indicator: dict[str, Any], code: str, made: list[dict[str, Any]]
) -> tuple[list[Any], list[dict[str, Any]]]:
    periods: list[Any] = []
    quantities: list[dict[str, Any]] = []
    for period in world["cycle"]["periods"]:
        if period["frequency"] != indicator["frequency"]:
            continue
        all_here = [one for one in made if one["period"] == period["code"]]
        here = [one for one in all_here if one["status"] in ("assessed", "recorded")]
        if not here and any(one["status"] in ("declared", "verified") for one in all_here):
            continue  # on somebody's desk: it costs nothing
        if not _is_there(
            world, code, period, indicator["line"]
        ):  # nothing is due: a quantity counts all the same, "not applicable" says nothing
            here = [one for one in here if not one["not_applicable"]]
            if not here:
                continue
        counting = [one["counts"] for one in here if not one["not_applicable"]]
        periods.append("missing" if not here else counting or "n/a")
        quantities.extend(counting)
    return periods, quantities


def _ordered_periods(orders: list[dict[str, Any]]) -> tuple[list[Any], list[dict[str, Any]]]:
    codes = {one["period"] for one in orders}
    periods = [[one["counts"] for one in orders if one["period"] == code] for code in codes]
    return periods, [one["counts"] for one in orders]


def _mean_of_periods(model: Table, indicator: dict[str, Any], periods: list[Any]) -> Fraction:
    each = []
    for period in periods:
        given = [Fraction(_period_points(model, indicator, counts)) for counts in period]
        each.append(Fraction(rounded(model, sum(given, Fraction(0)) / len(given), 2)))
    return sum(each, Fraction(0)) / len(each) if each else Fraction(0)


def _period_points(model: Table, indicator: dict[str, Any], counts: dict[str, Any]) -> Decimal:
    full, params = Fraction(indicator["full_points"]), indicator["rule_params"]
    if indicator["rule"] == "checklist":
        return rounded(model, full * min(Fraction(1), Fraction(counts.get("done", 0)) / len(params["items"])), 2)
    votes = sum(Fraction(counts.get(name, 0)) for name in GRADES)
    if not votes:
        return Decimal("0.00")
    value = sum(Fraction(counts.get(name, 0)) * Fraction(params["values"][name]) for name in GRADES)
    return rounded(model, full * value / votes, 2)


def _year(rule: str, params: Any, full: Fraction, total: dict[str, Fraction], target: Fraction | None) -> Fraction:
    zero = Fraction(0)
    if rule == "ratio":
        return min(full, full * min(Fraction(params["cap"]), total.get("done", zero) / target)) if target else zero
    if rule == "tier":
        return full * _tier_share(params, total)
    per = params["per"] if isinstance(params["per"], dict) else {"count": params["per"]}
    worth = sum((total.get(key, zero) * Fraction(each) for key, each in per.items()), zero)
    return max(zero, full - worth) if rule == "deduct" else min(full, Fraction(params["cap"]), worth)


def _tier_share(params: Any, total: dict[str, Fraction]) -> Fraction:
    if not total.get("denominator"):
        return Fraction(0)
    value = total["numerator"] / total["denominator"]
    for bound, share in params["steps"]:
        if value >= Fraction(bound) if params["direction"] == "higher" else value <= Fraction(bound):
            return Fraction(share)
    return Fraction(0)


def _target(world: World, indicator: dict[str, Any], code: str) -> Fraction | None:
    for claim in world["claims"].get((code, indicator["indicator"]), []):
        if claim["status"] == "claimed":
            if claim["target"] is None:
                return None
            return _by_days(world, code, Fraction(claim["target"]), claim.get("days"), indicator["line"])
    return None


def _by_days(world: World, code: str, target: Fraction, claimed_for: int | None, line: str) -> Fraction:
    """Who was there for fewer days than the claim was meant for answers for that part of it, in hundredths (docs/decisions/0315)."""
    year = list(_days(world["cycle"]))
    meant = len(year) if claimed_for is None else claimed_for
    if code not in world["person"]:
        return target
    there = sum(_serves(world, world["person"][code], when, line) for when in year)
    if there >= meant or not target:
        return target
    return max(Fraction(1, 100), Fraction(rounded(world["cycle"], target * there / meant, 2)))


def _is_there(world: World, code: str, period: Table, line: str) -> bool:
    """Of a person: on any day of the period. Periods of older years say no days: all of them are due."""
    if "starts" not in period:
        return True
    person = world["person"].get(code)
    return person is None or any(_serves(world, person, when, line) for when in _days(period))


def _days(span: Table) -> Iterator[date]:
    when, last = day(span["starts"]), day(span["ends"])
    while when <= last:
        yield when
        when += timedelta(days=1)


def _serves(world: World, person: Table, when: date, line: str) -> bool:
    """Anywhere, for what all lines share; in that line and in a scored unit, for what is a line's own."""
    here = [one for one in person["assignments"] if _covers(one, when)]
    return any(line == "all" or (one["line"] == line and one["unit"] in world["scored_units"]) for one in here)


def _covers(assignment: Table, when: date) -> bool:
    return day(assignment["starts"]) <= when and (assignment["ends"] is None or when <= day(assignment["ends"]))
