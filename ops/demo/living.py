"""A demo bureau that lives: its year is today's, and goes on until yesterday, as a bureau's would that has used this for months.

What lies two months back is assessed, the month before is on its way over the desks: whoever enters finds a hand's work to do.
How far it has come is kept beside the accounts, so that each start, and each day, adds what is new.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

from ops.dice import Dice
from ops.simulation import claiming, complaining, contributing, ordering, punching, telling, waiting
from ops.simulation.context import Simulation
from ops.simulation.declaring import Declared, Item, Month
from shared.clock import now, today

NAME, LOCK = "demo-year.json", "demo-year.lock"
DECLARED, VERIFIED = 650, 500  # in a thousand, of what the last month leaves to do
Say = Callable[[str], Any]


@dataclass
class Kept:
    """How far the year has come: days and moments as texts, months by their numbers (0: none)."""

    year: int
    claimed: bool = False
    clocks: bool = False
    punched_until: str = ""
    cases_until: str = ""
    assessed: int = 0
    ordered: int = 0
    contributed: bool = False

    @classmethod
    def read(cls, var: Path, year: int) -> "Kept":
        try:
            told = json.loads((var / NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls(year)
        names = {one.name for one in fields(cls)}
        return cls(**{name: told[name] for name in names & set(told)}) if told.get("year") == year else cls(year)

    def write(self, var: Path) -> None:
        making = var / f"{NAME}.making"
        making.write_text(json.dumps(asdict(self)), encoding="utf-8")
        making.replace(var / NAME)


def go_on(sim: Simulation, var: Path, say: Say, slow: frozenset[str] = frozenset()) -> bool:
    """Bring the year up to yesterday; what was done by an earlier run is left as it is. Those of ``slow`` have the last month
    before them still. False where another process is at it."""
    with (var / LOCK).open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        _go_on(sim, var, say, slow)
        return True


def _go_on(sim: Simulation, var: Path, say: Say, slow: frozenset[str]) -> None:
    kept = Kept.read(var, sim.world.starts.year)

    def done(**changes: Any) -> None:
        for name, value in changes.items():
            setattr(kept, name, value)
        kept.write(var)

    if kept.claimed:
        claiming.read_claims(sim)
    else:
        say("认领 claims")
        claiming.claim(sim, _silent)
        done(claimed=True)
    if not kept.clocks:
        punching.prepare(sim)
        done(clocks=True)
    _punches(sim, kept, done, say)
    begun = now()
    if kept.cases_until[:10] != begun.isoformat()[:10]:
        say("投诉举报 complaints")
        complaining.go_on(sim, datetime.fromisoformat(kept.cases_until) if kept.cases_until else None)
        telling.tell(sim, begun.date())
        done(cases_until=begun.isoformat())
    waiting.claims_known(sim)
    for number in range(1, _over(sim) + 1):
        _month(sim, number, kept, done, say, slow)


def _silent(_: int) -> None: ...


def _all(_: Item) -> bool:
    return True


def _part(sim: Simulation, slow: frozenset[str]) -> tuple[Callable[[Item], bool], Callable[[Item], bool]]:
    """Whose items of the last month are declared, and whose of those are verified: somebody's whole list or none of it."""

    def among(item: Item, what: str, per_mille: int) -> bool:
        return Dice(sim.seed, what, item.subject.code, item.period.code).chance(per_mille)

    return (
        lambda item: item.subject.code not in slow and among(item, "early", DECLARED),
        lambda item: among(item, "soon", VERIFIED),
    )


def _over(sim: Simulation) -> int:
    """The last month of the year that is over, 0 in January."""
    return sum(one.ends < today() for one in sim.world.periods_of("monthly"))


def _punches(sim: Simulation, kept: Kept, done: Callable[..., None], say: Say) -> None:
    since = date.fromisoformat(kept.punched_until) if kept.punched_until else sim.world.starts
    if since < today():
        say("打卡 punches")
        punching.punch(sim, _silent, since)
        punching.close_months(sim, _silent, (since - timedelta(days=1)).month if since > sim.world.starts else 1)
        done(punched_until=today().isoformat())


def _month(sim: Simulation, number: int, kept: Kept, done: Callable[..., None], say: Say, slow: frozenset[str]) -> None:
    """Declare, verify and assess a month that is over; of the last one a part only."""
    last = number == _over(sim)
    if number <= kept.assessed:
        return
    say(f"{number} 月申报、核实、核评 declarations of month {number}")
    there = _there(sim, number)
    early, soon = _part(sim, slow) if last else (_all, _all)
    month = Month(sim, number, lambda item: _key(item) not in there and early(item))
    month.go_on_with(one for one, status in there.values() if status == "declared")
    month.declare(_silent)
    month.verify(_silent, soon)
    if number > kept.ordered:
        done(ordered=number)  # first: of an interrupted month some are missing, and none is there twice
        _orders(sim, number, last=last)
    if last:
        return
    month.go_on_with(one for one, status in there.values() if status == "verified")
    month.assess(_silent)
    for period in sim.world.periods:
        if period.month == number - 1:  # the newest month waits for the office
            _record(sim, period.code)
    if number >= sim.world.starts.month + 5 and not kept.contributed:
        done(contributed=True)
        contributing.settle(sim, contributing.declare(sim, _silent)[::2], _silent)
    done(assessed=number)


def _record(sim: Simulation, period: str) -> None:
    while sim.office_api.post("declarations/record-period", {"cycle": sim.world.cycle, "period": period})["left"]:
        pass


def _orders(sim: Simulation, number: int, *, last: bool) -> None:
    in_a_week = today() + timedelta(days=7)
    orders = ordering.issue(sim, _silent, lambda period: period.month == number, in_a_week if last else None)
    if not last:
        ordering.judge(sim, ordering.answer(sim, orders, _silent), _silent)


def _key(item: Item) -> tuple[str, str, str]:
    return item.subject.code, item.indicator.code, item.period.code


def _there(sim: Simulation, number: int) -> dict[tuple[str, str, str], tuple[Declared, str]]:
    """What is declared already of the periods that end with the month, with its status."""
    subjects = {one.code: one for one in sim.world.subjects}
    library = {one.code: one for one in sim.world.indicators}
    found = {}
    for period in (one for one in sim.world.periods if one.month == number):
        for one in sim.office_api.pages("declarations", cycle=sim.world.cycle, period=period.code):
            if one["subject"] in subjects and one["indicator"] in library:
                item = Item(subjects[one["subject"]], library[one["indicator"]], period)
                found[_key(item)] = Declared(one["declaration"], item), one["status"]
    return found
