"""A spot check of one month's assessments, drawn as the handbook tells, and two appeals: one upheld, one that changes the points."""

from decimal import Decimal
from typing import Any

from ops.client import Document
from ops.dice import Dice
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import grouped
from rules import COUNT, RULES, Rule
from shared.clock import today

TITLE = "一月核评抽查"
POOL = 12  # heads of units, from whom inspectors are drawn
WRONG = 120  # of 1000 items: how many the inspectors correct
Counts = dict[str, Decimal]


def check(sim: Simulation, advance: Advance) -> None:
    """Announce, draw, find and close a spot check."""
    announced = _check(sim) or sim.office_api.post("spot-checks", _announcement(sim), found=lambda: _check(sim))
    path, about = f"spot-checks/{announced['spot_check']}", {"cycle": sim.world.cycle}
    sim.office_api.post_again(f"{path}/draw", {**about, "value": _value(sim)}, "spot_check.state")
    drawn = list(sim.office_api.pages("inspections", cycle=sim.world.cycle, spot_check=announced["spot_check"]))
    for inspector, theirs in sorted(grouped(drawn, lambda one: str(one["inspector"])).items()):
        body = {**about, "findings": [_finding(sim, one) for one in theirs]}
        sim.api(inspector).post_again("inspections/findings", body, "inspection.state")
        sim.journal.add("inspections", len(theirs))
        advance(len(theirs))
    sim.office_api.post_again(f"{path}/close", about, "spot_check.state")


def appeal(sim: Simulation, advance: Advance) -> None:
    """Appeal against the first correction, in vain; against the first assessment that could be better, with success."""
    found = list(sim.office_api.pages("inspections", cycle=sim.world.cycle, status="found"))
    corrected = next((one for one in found if one["verdict"] == "corrected"), None)
    if corrected is not None:
        _appealed(sim, "finding", corrected["inspection"], corrected, {"outcome": "upheld"})
        advance(1)
    for one in found:
        counts = _better(sim, one) if one["verdict"] == "confirmed" else None
        if counts is not None:
            _appealed(sim, "assessment", one["item"], one, {"outcome": "changed", "counts": counts})
            advance(1)
            return


def _announcement(sim: Simulation) -> Document:
    return {
        "cycle": sim.world.cycle,
        "title": TITLE,
        "period": sim.world.periods_of("monthly")[sim.since - 1].code,
        "kinds": ["declaration"],
        "method": {"name": "gbt2828", "level": "I", "aql": "4.0", "strata": True},
        "inspectors": sorted(sim.world.heads.values())[:POOL],
        "value_name": "福利彩票双色球当日开奖号码（示范数据）",
        "value_due": today().isoformat(),
        "veto_indicator": next(one.code for one in sim.world.indicators if one.name == "瞒报虚报绩效数据"),
    }


def _value(sim: Simulation) -> str:
    """Six of 33 and one of 16, as the lottery would have drawn them."""
    dice, red = Dice(sim.seed, "lottery"), set[int]()
    while len(red) < 6:
        red.add(dice.between(1, 33))
    return " ".join(f"{one:02}" for one in sorted(red)) + f" + {dice.between(1, 16):02}"


def _check(sim: Simulation) -> Document | None:
    return next(
        (one for one in sim.office_api.pages("spot-checks", cycle=sim.world.cycle) if one["title"] == TITLE), None
    )


def _finding(sim: Simulation, one: Document) -> Document:
    counts = _worse(sim, one) if Dice(sim.seed, "inspected", one["item"]).chance(WRONG) else None
    if counts is None:
        return {"inspection": one["inspection"], "verdict": "confirmed"}
    reason = {"text": "与台账核对，多计 1 件（示范数据）", "evidence": ["台账复印件"]}
    return {"inspection": one["inspection"], "verdict": "corrected", "counts": counts, **reason}


def _worse(sim: Simulation, one: Document) -> dict[str, str] | None:
    """One less of what earns points, or one more of what costs them; None where that is not possible."""
    rule, counts = _standing(sim, one)
    if rule.less_is_better:
        return _moved(counts, next(iter(counts), COUNT), 1)
    return _moved(counts, next((key for key in ("done", "numerator") if key in counts), None), -1)


def _better(sim: Simulation, one: Document) -> dict[str, str] | None:
    rule, counts = _standing(sim, one)
    if rule.less_is_better:
        return _moved(counts, next((key for key, number in counts.items() if number >= 1), None), -1)
    return _moved(counts, "done" if rule.shared_out else None, 1)


def _moved(counts: Counts, key: str | None, by: int) -> dict[str, str] | None:
    if key is None or key not in counts or counts[key] + by < 0:
        return None
    return {name: str(number + by if name == key else number) for name, number in counts.items()}


def _standing(sim: Simulation, one: Document) -> tuple[Rule, Counts]:
    indicator = next(known for known in sim.world.indicators if known.code == one["indicator"])
    document: Any = sim.office_api.get(f"declarations/{one['item']}", cycle=sim.world.cycle)
    return RULES[indicator.rule], {name: Decimal(number) for name, number in document["counts"].items()}


def _appealed(sim: Simulation, kind: str, about: str, one: Document, outcome: Document) -> None:
    cycle, subject = sim.world.cycle, one["subject"]
    speaker = subject if subject in sim.world.persons else sim.head_of(subject)
    entry = {"kind": kind, "object": about, "text": "与事实不符，附台账（示范数据）"}
    sim.api(speaker).post_again("appeals", {"cycle": cycle, "appeals": [entry]}, "appeal.open")
    filed = next(sim.office_api.pages("appeals", cycle=cycle, object=about))
    free = [person for person in sim.panel(one["unit"]) if person not in filed["involved"]]
    decision = {"appeal": filed["appeal"], "decision": "经小组复核决定", **outcome}
    sim.api(free[0]).post_again("appeals/decide", {"cycle": cycle, "appeals": [decision]}, "appeal.state")
    sim.journal.add("appeals")
