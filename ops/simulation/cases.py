"""Cases of the 12315 network as they come in over a year, and what happens to each, step by step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ops.client import Document
from ops.dice import Dice
from ops.simulation.behaviour import diligence
from ops.simulation.context import Simulation
from ops.simulation.world import Subject
from shared.clock import SHANGHAI
from shared.working_days import WorkingDays

FEWEST = 24
NEW_RULE = date(2026, 4, 15)  # 令121 is in force
MATTERS = (
    "手机维修后同一故障再次出现",
    "预付卡停业不退费",
    "网购商品与描述不符",
    "超市商品过期",
    "家具质量瑕疵",
    "装修材料以次充好",
)
REPORTED = ("门店无照经营", "广告使用绝对化用语", "计量器具短斤缺两", "销售假冒注册商标商品")
TRADERS = ("云汀百货", "滨河家居城", "青樟山货铺", "东圩水产行", "石埠农资店", "城东数码广场")

Step = dict[str, Any]


@dataclass
class Case:
    number: str
    kind: str
    handler: Subject
    received: datetime
    about: Dice
    id: str = ""
    concluded: bool = False
    clock: datetime = field(init=False)  # of its latest step

    def __post_init__(self) -> None:
        self.clock = self.received


def cases(sim: Simulation, days: Sequence[date]) -> Iterator[Case]:
    """Yield the cases of the year, each received on one of ``days``."""
    handlers = [one for one in sim.world.persons.values() if _handles(sim, one)]
    for number in range(1, max(FEWEST, len(sim.world.persons)) + 1 if days else 1):
        dice = Dice(sim.seed, "case", number)
        received = datetime.combine(dice.pick(days), time(9 + dice.below(7), dice.below(60)), SHANGHAI)
        kind = "report" if dice.chance(250) else "complaint"
        yield Case(f"{sim.world.cycle}-{number:05d}", kind, dice.pick(handlers), received, dice)


def _handles(sim: Simulation, one: Subject) -> bool:
    """The people of special supervision at the stations and in the section of consumer protection."""
    unit = sim.world.units[one.unit]
    return one.line == "special_supervision" and (unit.kind == "station" or one.unit == "D07")


def new_case(case: Case) -> Document:
    matter = case.about.pick(MATTERS if case.kind == "complaint" else REPORTED)
    consumer = {"consumer": f"示范消费者{case.about.below(900) + 100}"} if case.kind == "complaint" else {}
    return {
        "kind": case.kind,
        "number": case.number,
        "intake_unit": "C01",
        "received_at": case.received.isoformat(),
        "at": case.received.isoformat(),
        "summary": matter,
        "trader": case.about.pick(TRADERS),
        **consumer,
    }


def assign(case: Case) -> Step:
    return _step(case, "assign", minutes=case.about.between(10, 600), unit=case.handler.unit, handler=case.handler.code)


def late_entries(case: Case) -> Step:
    """Consent, as the centre's head does, to what the handlers enter late: a year is entered in one day."""
    return {"case": case.id, "step": "allow_late", "since": case.received.date().isoformat()}


def slowness(sim: Simulation, person: str) -> int:
    """Return how many days later than need be somebody works, 0..4."""
    return max(1, 115 - diligence(sim.seed, person)) // 10


def handling(case: Case, slow: int) -> Iterator[Step]:
    dice = case.about
    if case.kind == "report":
        filed = "filed" if dice.chance(300) else "not_filed"
        yield _step(case, "conclude", days=dice.between(6, 16) + slow, outcome=filed, must_tell=dice.chance(600))
        yield _step(case, "tell", days=dice.between(1, 5) + slow)
        return
    yield _step(case, "contact", days=dice.between(0, 2) + slow // 2)
    if dice.chance(80):
        yield _step(case, "refuse", days=dice.between(1, 5), ground="1")
        return
    yield _step(case, "accept", days=dice.between(1, 4) + slow)
    yield from _mediation(case, slow)


def _mediation(case: Case, slow: int) -> Iterator[Step]:
    dice = case.about
    days = dice.between(8, 48) + 3 * slow
    if dice.chance(680 - 40 * slow):
        promised = case.clock.date() + timedelta(days=days + 20)
        yield _step(
            case, "conclude", days=days, outcome="agreement", perform_by=promised.isoformat(), **_recovered(dice)
        )
        yield _step(case, "perform", days=dice.between(5, 22))
    elif dice.chance(400):
        yield _step(case, "conclude", days=days, outcome="settled", **_recovered(dice))
    else:
        ground = "3" if case.received.date() >= NEW_RULE else "4"  # a party says that there will be no agreement
        yield _step(case, "conclude", days=days, outcome="terminated", termination_ground=ground)
        yield _step(case, "tell", days=dice.between(1, 6) + slow)


def _recovered(dice: Dice) -> Document:
    return {"recovered": f"{dice.between(50, 20_000)}.{dice.below(100):02d}", "voucher": dice.chance(900)}


def follow_up(case: Case) -> Step | None:
    """Call the consumers of concluded complaints, as the centre does; some do not answer."""
    if not case.concluded or case.kind == "report" or case.about.chance(120):
        return None
    answered = case.about.chance(850)
    mood = case.about.pick(("satisfied", "satisfied", "very_satisfied", "dissatisfied"))
    given: Document = {"satisfaction": mood} if answered else {}
    return _step(case, "follow_up", days=5, answered=answered, **given)


def _step(case: Case, step: str, *, days: int = 0, minutes: int = 7, **given: Any) -> Step:
    """The case's clock moves on to the next working moment after so many days."""
    calendar, at = WorkingDays({}), case.clock + timedelta(days=days, minutes=minutes)
    while not _known_working(calendar, at.date()):
        at += timedelta(days=1)
    case.clock, case.concluded = at, case.concluded or step == "conclude"
    return {"case": case.id, "step": step, "at": at.isoformat(), **given}


def _known_working(calendar: WorkingDays, day: date) -> bool:
    """Days past the known calendar count as working: nothing happens on them here."""
    try:
        return calendar.is_working(day)
    except LookupError:
        return True
