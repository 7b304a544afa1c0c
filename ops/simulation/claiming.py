"""Stage 1: targets are shared out as proposed, units and people claim their part."""

from ops.simulation.context import Advance, Simulation


def claim(sim: Simulation, advance: Advance) -> None:
    office, cycle = sim.office_api, sim.world.cycle
    if not _is_shared_out(sim):
        office.post(f"cycles/{cycle}/allocations/propose")
        office.post(f"cycles/{cycle}/allocations", {"accept_proposals": True})
    sim.crowd.do(lambda unit: _claim_for(sim, unit), sorted(sim.world.heads), lambda: advance(1))
    read_claims(sim)
    sim.journal.add("claims", len(sim.targets))


def read_claims(sim: Simulation) -> None:
    """Read who claimed how much into ``sim.targets``."""
    for one in sim.office_api.pages("claims", cycle=sim.world.cycle):
        if one["target"] is not None and one["status"] == "claimed":
            sim.targets[one["subject"], one["indicator"]] = one["target"]


def _is_shared_out(sim: Simulation) -> bool:
    return bool(sim.office_api.get("allocations", cycle=sim.world.cycle, limit=1)["items"])


def _claim_for(sim: Simulation, unit: str) -> None:
    """A head takes on the unit's part and hands its people theirs."""
    if unit not in {one.code for one in sim.world.scored_units}:
        return
    sim.api(sim.head_of(unit)).post(
        "claims/accept-proposals", {"cycle": sim.world.cycle, "scope": "unit", "unit": unit}
    )
