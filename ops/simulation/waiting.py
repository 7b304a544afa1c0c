"""Events take their way in a moment; where the next stage builds on them the simulation looks whether they have arrived."""

import time
from collections.abc import Callable
from decimal import Decimal

from ops.client import Api
from ops.simulation.context import Simulation

PATIENCE = 300.0


class NotArrived(Exception):
    """What was acknowledged has not reached another service within the simulation's patience."""


def until(arrived: Callable[[], str | None], what: str, patience: float = PATIENCE) -> None:
    """Wait until ``arrived()`` says None; what else it says tells what is missing."""
    deadline = time.monotonic() + patience
    while missing := arrived():
        if time.monotonic() > deadline:
            raise NotArrived(f"{what}: {missing}")
        time.sleep(0.5)


def claims_known(sim: Simulation) -> None:
    """Wait until the claims are known: declarations weighs a declared quantity against the claim: it must
    know at least one claim of each subject."""
    first: dict[str, tuple[str, str]] = {}
    library = {one.code: one for one in sim.world.indicators}
    for (subject, code), target in sorted(sim.targets.items()):
        if library[code].tool == "review":
            first.setdefault(subject, (code, target))
    for subject, (code, target) in first.items():
        period = sim.world.periods_of(library[code].frequency)[0].code
        until(lambda: _target_missing(sim.office_api, sim, subject, code, period, target), f"claim of {subject}")  # noqa: B023


def case_figures_known(sim: Simulation) -> None:
    """Wait until the figures of two handlers for each month with cases have come to
    declarations; months were told in their order."""
    figures = {one.document["figure"]: one.code for one in sim.world.indicators if one.source == "complaints"}
    accepted = figures["accepted_in_time"]
    for month in range(1, 13):
        period = f"{sim.world.cycle}-M{month:02d}"
        told = sim.office_api.pages(f"case-figures/{sim.world.cycle}-{month:02d}", layer="person")
        counts = {one["subject"]: one["figures"].get("accepted_in_time", {}) for one in told}
        handlers = sorted(subject for subject, own in counts.items() if Decimal(own.get("denominator", "0")) > 0)
        for subject in {*handlers[:1], *handlers[-1:]}:
            wanted = counts[subject]["denominator"]
            until(lambda: _case_prefill_missing(sim, subject, period, accepted, wanted), f"cases of {subject}")  # noqa: B023


def facts_counted(sim: Simulation) -> None:
    """Wait until scoring has every assessed declaration, every judged order, every settled contribution."""
    wanted = sim.journal.counts

    def missing() -> str | None:
        counts = sim.office_api.get("standings/facts", cycle=sim.world.cycle)["counts"]
        there = {kind: sum(by_status.values()) for kind, by_status in counts.items()}
        lacking = [
            f"{kind} {there.get(kind, 0)}/{wanted[name]}"
            for kind, name in (
                ("declaration", "declarations"),
                ("task_order", "orders"),
                ("contribution", "contributions"),
            )
            if there.get(kind, 0) < wanted.get(name, 0)
        ]
        lacking += [] if _all_assessed(counts, wanted) else ["declarations not yet assessed there"]
        return ", ".join(lacking) or None

    until(missing, "facts in scoring")


def _all_assessed(counts: dict[str, dict[str, int]], wanted: dict[str, int]) -> bool:
    orders = counts.get("task_order", {}).get("judged", 0)
    settled = counts.get("contribution", {}).get("settled", 0)
    declared = sum(counts.get("declaration", {}).get(status, 0) for status in ("assessed", "recorded"))
    return (
        declared >= wanted.get("declarations", 0)
        and orders >= wanted.get("orders_judged", 0)
        and settled >= wanted.get("contributions_settled", 0)
    )


def _target_missing(office: Api, sim: Simulation, subject: str, code: str, period: str, target: str) -> str | None:
    items = office.get("declarations/due", cycle=sim.world.cycle, period=period, subject=subject)["items"]
    known = next((one["target"] for one in items if one["indicator"] == code), target)
    return None if known is not None and Decimal(known) == Decimal(target) else f"{code} target {known}"


def _case_prefill_missing(sim: Simulation, subject: str, period: str, code: str, wanted: str) -> str | None:
    items = sim.office_api.get("declarations/due", cycle=sim.world.cycle, period=period, subject=subject)["items"]
    known = next((one["prefill"] for one in items if one["indicator"] == code), None) or {"denominator": wanted}
    return None if Decimal(known["denominator"]) == Decimal(wanted) else f"{code} prefill {known}"
