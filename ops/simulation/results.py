"""Everything that an independent recomputation needs, fetched back through the API into one JSON file."""

from pathlib import Path
from typing import Any

from ops.client import Api
from ops.simulation.context import Simulation
from shared.jsontext import dumps


def write(sim: Simulation, run: str, path: Path) -> None:
    office = sim.office_api
    cycle = sim.world.cycle
    lists = {
        name: list(office.pages(path, cycle=cycle))
        for name, path in (
            ("indicators", "indicators"),
            ("claims", "claims"),
            ("declarations", "declarations"),
            ("task_orders", "task-orders"),
            ("contributions", "contributions"),
            ("vetoes", "vetoes"),
        )
    }
    document = {
        "bureau": sim.world.bureau,
        "cycle": office.get(f"cycles/{cycle}"),
        "units": list(office.pages("units")),
        "persons": list(office.pages("persons")),
        **lists,
        "evaluations": _evaluations(office, cycle),
        "run": office.get(f"runs/{run}"),
        "scores": list(office.pages(f"runs/{run}/scores")),
        "acknowledged": sim.journal.counts,
    }
    path.write_text(dumps(document) + "\n", encoding="utf-8")


def _evaluations(office: Api, cycle: str) -> list[dict[str, Any]]:
    """One entry for each subject of each campaign, with the votes counted."""
    found = []
    for campaign in office.pages("campaigns", cycle=cycle):
        whole = office.get(f"campaigns/{campaign['campaign']}")
        about = {name: whole[name] for name in ("campaign", "indicator", "period", "status")}
        found += [{**about, **one} for one in whole["evaluations"]]
    return found
