"""The end of the year: the cycle is closed, the run frozen, approved by the panel and published."""

from typing import Any

from ops.client import ApiError
from ops.simulation import waiting
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import in_lists
from shared.clock import today

Document = dict[str, Any]
PUBLIC = {"visible": {"person": "ranking"}, "objection_days": 5}  # of persons the ranks, of units everything
_REASON = "核评人逾期未核评，不影响申报人"
TALK = {"strengths": "完成认领任务，协作主动。", "shortcomings": "个别月份申报偏晚。", "measures": "每月五日前申报。"}


def close(sim: Simulation, advance: Advance) -> None:
    cycle = f"cycles/{sim.world.cycle}"
    sim.office_api.post_again(f"{cycle}/closing", {}, "cycle.step")
    advance(1)
    waiting.facts_counted(sim)
    sim.office_api.post_again(f"{cycle}/close", {}, "cycle.step")
    advance(1)


def score(sim: Simulation, advance: Advance) -> str:
    """Score the cycle; return the published run's id."""
    run = _freeze(sim)["run"]
    advance(1)
    sim.api(sim.panel("")[0]).post_again(f"runs/{run}/approve", {}, "run.not_frozen")
    advance(1)
    sim.office_api.post_again(f"runs/{run}/publish", PUBLIC, "run.not_approved")
    sim.office_api.post_again(f"cycles/{sim.world.cycle}/publish", {}, "cycle.step")
    advance(1)
    _talk(sim, run)
    advance(1)
    return str(run)


def _talk(sim: Simulation, run: str) -> None:
    """The head of a unit talks with one of its people: drafted, confirmed by the head, then by the person."""
    person = next(one for one in sim.world.persons.values() if not one.head and one.unit in sim.world.heads)
    head, own = sim.api(sim.head_of(person.unit)), sim.api(person.code)
    at = f"runs/{run}/conversations"
    head.post_again(at, {"subject": person.code, "held_on": today().isoformat(), **TALK}, "conversation.exists")
    head.post_again(f"{at}/{person.code}/offer", {}, "conversation.step")
    own.post_again(f"{at}/{person.code}/confirm", {"opinion": "同意，按月申报。"}, "conversation.step")


def _frozen_before(sim: Simulation) -> Document | None:
    return next(sim.office_api.pages("runs", cycle=sim.world.cycle), None)


def _freeze(sim: Simulation) -> Document:
    """Scoring hears of the closing by an event of its own."""
    frozen: list[Document] = []

    def closed() -> str | None:
        try:
            frozen.append(sim.office_api.post("runs", {"cycle": sim.world.cycle}, found=lambda: _frozen_before(sim)))
        except ApiError as error:
            if error.code == "run.waiting":
                _assume(sim)
            elif error.code != "run.cycle_open":
                raise
            return error.code
        return None

    waiting.until(closed, "the closing in scoring")
    return frozen[0]


def _assume(sim: Simulation) -> None:
    """What nobody assessed in time the panel takes upon itself: it costs those who declared it nothing. One's own is another's."""
    first, second = sim.panel("")[:2]
    waits = sim.api(first).pages("standings/waiting", cycle=sim.world.cycle)
    left = [one for one in waits if one["assumed"] is None]
    for member, part in (
        (first, [one for one in left if one["subject"] != first]),
        (second, [one for one in left if one["subject"] == first]),
    ):
        for some in in_lists(part, 500):
            items = [{"kind": one["kind"], "fact": one["fact"], "reason": _REASON} for one in some]
            sim.api(member).post("standings/waiting/assume", {"cycle": sim.world.cycle, "items": items})
