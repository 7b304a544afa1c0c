"""Clocks: a simulated day at every door, sent as the devices send it; HR closes month after month."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import requests

from ops.client import ApiError, raw_post
from ops.dice import Dice
from ops.simulation.behaviour import diligence
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import grouped, in_lists
from ops.simulation.world import Subject
from shared.clock import today

SHIFT = {"shift": "day", "name": "正常班 08:30–17:30", "spans": [[510, 1050]]}
ARRIVE, LEAVE = 510, 1050  # minutes after midnight
LINES = 500  # of one push
LATE, EARLY, FORGOTTEN, ABSENT, SKIPS_STUDY = 14, 9, 12, 2, 50  # in a thousand, of the averagely diligent
PATIENCE = 300.0


def prepare(sim: Simulation) -> None:
    """Register the clocks, enrol everybody, set the shift, call the meetings."""
    devices = sim.api(sim.desk("devices"))
    for serial, place in sorted({(_serial(sim, one), _door(sim, one)) for one in sim.world.persons.values()}):
        devices.post("devices", {"serial": serial, "name": f"{place}考勤机", "place": place})
    for part in in_lists(sorted(sim.world.persons)):
        devices.post("enrolments", {"enrolments": [{"pin": _pin(person), "person": person} for person in part]})
    hr = sim.api(sim.desk("hr"))
    try:
        hr.post("shifts", SHIFT)
    except ApiError as error:
        if error.code != "shift.exists":
            raise
    hr.post("shifts/assignments", {"assignments": [{"shift": "day", "starts": sim.world.starts.isoformat()}]})
    if not any(one["opens_at"].startswith(sim.world.cycle) for one in hr.pages("gatherings", kind="study")):
        hr.post("gatherings", {"gatherings": [_gathering(day) for day in _study_days(sim)]})


def punch(sim: Simulation, advance: Advance, since: date | None = None) -> None:
    """Send what the clocks heard from ``since`` (the year's first day) until yesterday."""
    study = set(_study_days(sim))
    heard = [day for day in sim.world.working_days if (since or sim.world.starts) <= day < today()]
    for month in range(1, 13):
        days = [day for day in heard if day.month == month]
        lines: dict[str, list[str]] = {}
        for serial, people in grouped(sim.world.persons.values(), lambda one: _serial(sim, one)).items():
            lines[serial] = [line for day in days for one in people for line in _day(sim, one, day, study=day in study)]

        def push(clock: tuple[str, list[str]]) -> None:
            """Let one clock tell its month, one request after the other, as clocks do."""
            serial, theirs = clock
            for part in in_lists(theirs, LINES):
                taken = send(sim.url, serial, part)
                sim.journal.add("punches", taken)
                advance(taken)

        sim.crowd.do(push, sorted(lines.items()))


def close_months(sim: Simulation, advance: Advance, since: int = 1) -> None:
    """Close the months that are over, from month ``since`` on."""
    hr = sim.api(sim.desk("hr"))
    for period in sim.world.periods_of("monthly"):
        if period.month >= since and period.ends < today():  # what is not over cannot be closed
            hr.post(f"attendance-months/{period.starts:%Y-%m}/close")
        advance(1)


def send(url: str, serial: str, lines: list[str]) -> int:
    """Send as a device does: the same push again until the server says how many it has taken."""
    address = f"{url.rstrip('/')}/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=9999"
    body = "".join(f"{line}\n" for line in lines).encode()
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            answer = raw_post(address, body)
            if answer.ok and answer.text.strip() == f"OK: {len(lines)}":
                return len(lines)
            reason = f"{answer.status_code} {answer.text[:100]}"
        except requests.RequestException as error:
            reason = str(error)
        if time.monotonic() > deadline:
            raise TimeoutError(f"the clock {serial} was not answered: {reason}")
        time.sleep(0.5)


def _day(sim: Simulation, one: Subject, day: date, *, study: bool) -> Iterator[str]:
    """One person's punches of a day. The diligent are late less often."""
    dice = Dice(sim.seed, "punch", one.code, day.isoformat())
    weight = max(1, 130 - diligence(sim.seed, one.code))  # about 40 on average
    if dice.chance(ABSENT * weight // 40):
        return
    late = dice.between(8, 50) if dice.chance(LATE * weight // 40) else -dice.between(0, 25)
    early = dice.between(8, 60) if dice.chance(EARLY * weight // 40) else -dice.between(0, 60)
    if not dice.chance(FORGOTTEN * weight // 80):
        yield _line(one, day, ARRIVE + late, dice)
    if study and not dice.chance(SKIPS_STUDY * weight // 40):
        yield _line(one, day, 14 * 60 + 2 + dice.below(20), dice)
    if not dice.chance(FORGOTTEN * weight // 80):
        yield _line(one, day, LEAVE - early, dice)


def _line(one: Subject, day: date, minute: int, dice: Dice) -> str:
    at = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute, seconds=dice.below(60))
    return f"{_pin(one.code)}\t{at:%Y-%m-%d %H:%M:%S}\t255\t{dice.pick((1, 15))}\t0\t0"


def _study_days(sim: Simulation) -> list[date]:
    """The tenth working day of each month."""
    months = grouped(sim.world.working_days, lambda day: f"{day:%m}")
    return [days[min(9, len(days) - 1)] for _, days in sorted(months.items())]


def _gathering(day: date) -> dict[str, object]:
    opens = f"{day.isoformat()}T14:00:00+08:00"
    closes = f"{day.isoformat()}T14:30:00+08:00"
    return {"kind": "study", "name": f"{day.month}月集中学习", "opens_at": opens, "closes_at": closes, "everyone": True}


def _serial(sim: Simulation, one: Subject) -> str:
    """A station has a clock of its own, the sections share the one in the bureau's hall."""
    door = one.unit if sim.world.units[one.unit].kind == "station" else "B00"
    return f"KH{sim.world.bureau}{door}"


def _door(sim: Simulation, one: Subject) -> str:
    unit = sim.world.units[one.unit]
    return unit.name if unit.kind == "station" else "机关大厅"


def _pin(person: str) -> str:
    return person.removeprefix("P")
