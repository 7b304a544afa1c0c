"""12315: cases come in all year, the centre dispatches and follows up, handlers contact, decide, mediate and tell."""

from contextlib import suppress
from datetime import datetime

from ops.client import ApiError
from ops.simulation import waiting
from ops.simulation.cases import (
    Case,
    Step,
    assign,
    follow_up,
    handling,
    late_entries,
    new_case,
    slowness,
)
from ops.simulation.cases import cases as coming
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import grouped, in_lists
from shared.clock import SHANGHAI, now, today

LAST_MONTH = 10  # of intake: what comes later is not concluded within the year


def handle(sim: Simulation, advance: Advance) -> None:
    """Take every case as far as the present day; then close the months that are over and await their figures where
    they are declared."""
    centre = sim.api(sim.desk("complaints_centre"))
    days = [day for day in sim.world.working_days if day.month <= LAST_MONTH and day < today()]
    cases = list(coming(sim, days))
    for part in in_lists(cases, 100):
        _register(sim, part)
        take(sim, sim.desk("complaints_centre"), [step for one in part for step in (assign(one), late_entries(one))])
    by_handler = sorted(grouped(cases, lambda one: one.handler.code).items())
    sim.crowd.do(lambda task: _work(sim, *task, advance), by_handler)
    take(sim, sim.desk("complaints_centre"), [step for one in cases if (step := follow_up(one))])
    months = [f"{sim.world.cycle}-{month:02d}" for month in range(1, 13)]
    for month in months:
        if month < f"{today():%Y-%m}":
            centre.post(f"case-figures/{month}/close")
    waiting.case_figures_known(sim)


def go_on(sim: Simulation, since: datetime | None) -> None:
    """Take the cases of a year that is under way from ``since`` (its beginning) to this moment; close the months over since."""
    centre = sim.desk("complaints_centre")
    latest = now()
    cases = [one for one in coming(sim, sim.world.working_days) if one.received < latest]
    known = {one["number"]: one["code"] for one in sim.office_api.pages("cases")}
    for part in in_lists([one for one in cases if one.number not in known], 100):
        _register(sim, part)
    for one in cases:
        if one.number in known:
            one.id = known[one.number]
            new_case(one)  # what is drawn for the registration comes before what is drawn for the steps
    opening = [step for one in cases for step in (assign(one), late_entries(one))]
    by_handler = sorted(grouped(cases, lambda one: one.handler.code).items())
    handled = [
        (person, [step for one in theirs for step in handling(one, slowness(sim, person))])
        for person, theirs in by_handler
    ]
    closing = [step for one in cases if (step := follow_up(one))]
    fresh = {one.id for one in cases if since is None or one.received > since}
    for person, steps in [(centre, opening), *handled, (centre, closing)]:
        for some in in_lists([one for one in steps if _is_new(one, since, fresh)], 80):
            _take_what_goes(sim, person, some)
    for month in range(1, today().month if sim.world.starts.year == today().year else 13):
        if since is None or month >= since.astimezone(SHANGHAI).month:
            sim.api(centre).post(f"case-figures/{sim.world.cycle}-{month:02d}/close")


def _is_new(step: Step, since: datetime | None, fresh: set[str]) -> bool:
    return step["case"] in fresh or (since is not None and "at" in step and datetime.fromisoformat(step["at"]) > since)


def _take_what_goes(sim: Simulation, person: str, steps: list[Step]) -> None:
    """Take the steps together, or one by one where some were taken before this process was ended."""
    try:
        take(sim, person, steps)
    except ApiError:
        for step in steps:
            with suppress(ApiError):
                take(sim, person, [step])


def _register(sim: Simulation, cases: list[Case]) -> None:
    body = {"cases": [new_case(one) for one in cases]}
    try:
        answer = sim.api(sim.desk("complaints_centre")).post("cases", body)
        ids = {one["number"]: one["case"] for one in answer["cases"]}
    except ApiError as error:
        if not error.repeated or error.codes != {"case.number_taken"}:
            raise
        ids = {one["number"]: one["code"] for one in sim.office_api.pages("cases")}  # the first try had done it
    for one in cases:
        one.id = ids[one.number]
    sim.journal.add("cases", len(cases))


def _work(sim: Simulation, person: str, cases: list[Case], advance: Advance) -> None:
    """A handler's part of their cases, in the order in which it happened."""
    slow = slowness(sim, person)
    for part in in_lists(cases, 80):
        take(sim, person, [step for one in part for step in handling(one, slow)])
        advance(len(part))


def take(sim: Simulation, person: str, steps: list[Step]) -> None:
    """Take those that have happened by now: the future is not entered."""
    latest = now()
    past = [one for one in steps if "at" not in one or datetime.fromisoformat(one["at"]) <= latest]
    for part in in_lists(past, 500):
        try:
            sim.api(person).post("cases/steps", {"steps": part})
        except ApiError as error:
            if not error.repeated or not error.codes <= {
                "case.finished",
                "case.decided",
                "case.not_running",
                "case.told",
                "case.followed_up",
            }:
                raise
        sim.journal.add("case_steps", len(part))
