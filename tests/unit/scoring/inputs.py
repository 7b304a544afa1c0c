"""A made-up world (tests/oracle/worlds.py) as the inputs of the kernel: its frame and its dossiers."""

from typing import Any

from services.scoring.domain.frame import Frame
from services.scoring.domain.results import Scoring
from services.scoring.usecases.scoring import score_bureau

World = dict[str, Any]
KINDS = {
    "declarations": "declaration",
    "task_orders": "task_order",
    "contributions": "contribution",
    "evaluations": "evaluation",
}
COUNTING = {
    "declarations": ("assessed", "recorded", "declared", "verified"),
    "contributions": ("settled",),
    "evaluations": ("closed",),
}
ORDERS = ("issued", "accepted", "completed", "judged")


def score_world(world: World) -> tuple[Scoring, dict[str, dict[str, str | None]]]:
    """The scoring of a world and the points of every item of every subject."""
    frame = frame_of(world)
    scored = score_bureau(frame, (dossier(world, code) for code in frame.by_code))
    return scored.scoring, scored.items


def frame_of(world: World) -> Frame:
    return Frame.from_json(
        {
            "cycle": world["cycle"],
            "units": [unit for unit in world["units"] if unit["active"]],
            "persons": [_person(world, person) for person in world["persons"] if person["active"]],
            "indicators": [indicator for indicator in world["indicators"] if indicator["active"]],
        }
    )


def dossier(world: World, code: str) -> dict[str, Any]:
    def own(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row["subject"] == code]

    facts = [
        {"not_applicable": False, **row, "kind": kind, "fact": row["code"]}
        for name, kind in KINDS.items()
        for row in own(world[name])
        if row["status"] in COUNTING.get(name, ORDERS)
    ]
    return {
        "subject": code,
        "claims": [claim for claim in own(world["claims"]) if claim["status"] == "claimed"],
        "facts": facts,
        "vetoes": [{**veto, "veto": veto["code"]} for veto in own(world["vetoes"]) if veto["status"] == "confirmed"],
    }


def _person(world: World, person: dict[str, Any]) -> dict[str, Any]:
    starts, ends = world["cycle"]["starts"], world["cycle"]["ends"]
    stays = [
        {**one, "starts": max(one["starts"], starts), "ends": min(one["ends"] or ends, ends)}
        for one in person["assignments"]
    ]
    return {"person": person["person"], "stays": stays}
