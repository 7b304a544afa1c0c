"""告知: handlers tell the parties what was decided, nearly always."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from ops.client import ApiError, Document
from ops.dice import Dice
from ops.simulation.context import Simulation
from ops.simulation.crowd import grouped
from shared.clock import SHANGHAI

FORGOTTEN = 60  # in a thousand


def tell(sim: Simulation, until: date) -> None:
    """Record that those were told who had to be by ``until``, but for a few."""
    owed = [
        one
        for one in sim.api(sim.desk("complaints_centre")).pages("case-notifications", state="overdue")
        if one["handler"] and one["due"] <= until.isoformat()
    ]
    kept = [one for one in owed if not Dice(sim.seed, "untold", one["case_number"], one["matter"]).chance(FORGOTTEN)]
    sim.crowd.do(lambda task: _told(sim, *task), sorted(grouped(kept, lambda one: str(one["handler"])).items()))


def _told(sim: Simulation, person: str, owed: list[Document]) -> None:
    for one in owed:
        at = datetime.combine(date.fromisoformat(one["due"]) - timedelta(days=1), time(15), SHANGHAI)
        body = {"way": "phone", "at": at.isoformat(), "proof": f"录音 {one['case_number']}"}
        with suppress(ApiError):  # a case may have been passed on meanwhile
            sim.api(person).post(f"cases/{one['case']}/notifications/{one['notification']}/tell", body)
