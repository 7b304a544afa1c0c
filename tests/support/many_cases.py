"""A whole 12315 network (a centre, 36 districts, 300 stations) with as many cases as one likes: some are lived through step by step,
the others are like them (tests/support/like_cases.py)."""

import random
import time
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from services.complaints.service import ComplaintsService
from services.complaints.usecases import projections
from services.complaints.usecases.linking import link_old
from shared import clock
from shared.actor import Actor, Grant
from shared.clock import SHANGHAI
from shared.database import Sessions
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.vocabulary.complaints import CHANNELS
from tests.support.like_cases import PEOPLE, STATIONS, person, station, told_of, write_like

BUREAU, YEAR = "B00", "2026"
DISTRICTS = 36  # with the bureau of the centre itself
_CHANNELS = tuple(CHANNELS)
TODAY = datetime(2026, 9, 15, 10, 0, tzinfo=SHANGHAI)
CENTRE = Actor(
    account="centre", name="centre", bureau=BUREAU, person=None, grants=(Grant("complaints_centre", "bureau"),)
)
HEAD = Actor(
    account="P0007", name="head", bureau=BUREAU, person=person(7), grants=(Grant("unit_head", "unit", station(7)),)
)
HANDLER = Actor(account="P0008", name="handler", bureau=BUREAU, person=person(8), grants=())


class Clock:
    """Stands where it is put: the year is lived through in a moment."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now


class Network:
    def __init__(self, sessions: Sessions) -> None:
        self.sessions, self.clock = sessions, Clock()
        self.service = ComplaintsService()
        self.service.database = sessions  # type: ignore[assignment]  # what the dependency provider gives it
        clock.now = self.clock

    def __call__(self, method: str, who: Actor, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self.service, method)(who, body)
        return answer

    def settle_in(self, models: int, cases: int) -> None:
        """``models``: how many are lived through; ``cases``: how many there are in the end."""
        districts = [_unit(f"X{number:02d}", "bureau") for number in range(1, DISTRICTS)]
        stations = [_unit(station(number), "station") for number in range(STATIONS)]
        units = [_unit("B00", "bureau"), _unit("C01", "centre"), *districts, *stations]
        people = [_person(person(number), station(number)) for number in range(PEOPLE)]
        with self.sessions.begin_handling(units) as session:
            projections.keep_units(session, units)
            projections.keep_persons(session, people)
            projections.keep_cycles(session, [_cycle()])
        dice = random.Random(1)
        for number in range(models):
            self._live(number, dice)
        self.clock.now = TODAY
        write_like(self.sessions.engine, cases // models - 1)
        self.vacuum()

    def _live(self, number: int, dice: random.Random) -> None:
        """One case goes as far as it goes: most are concluded, some wait, some are overdue."""
        self.clock.now = TODAY - timedelta(days=dice.randrange(1, 250), hours=dice.randrange(8))
        at = number % PEOPLE
        home = station(at) if number % 3 == 0 else "C01"
        case = self.register(number, "report" if number % 5 == 0 else "complaint", home)
        steps: list[dict[str, Any]] = [{"step": "assign", "unit": station(at), "handler": person(at)}]
        if dice.random() < 0.9:
            steps += _way(number)
        for step in steps:
            self.clock.now = min(TODAY, self.clock.now + timedelta(days=dice.randrange(4), hours=1))
            self("take_steps", CENTRE, steps=[{"case": case, **step}])

    def register(self, number: int, kind: str = "complaint", unit: str = "C01") -> str:
        who = {} if kind == "report" else {"consumer": f"示范{number}", "phone": f"138{number:08d}"}
        body = {
            "kind": kind,
            "intake_unit": unit,
            "channel": _CHANNELS[number % len(_CHANNELS)],
            **told_of(number),
            **who,
        }
        return str(self("register_cases", CENTRE, cases=[body])["cases"][0]["case"])

    def link(self) -> tuple[int, float]:
        """Link what is linked with no trader; returns how many cases that were, and how many seconds it took."""
        started = time.perf_counter()
        return link_old(self.sessions, BUREAU), time.perf_counter() - started

    def vacuum(self) -> None:
        with self.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))

    def scalar(self, statement: str) -> Any:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(statement)).scalar()


def _way(number: int) -> list[dict[str, Any]]:
    if number % 5 == 0:
        return [{"step": "conclude", "outcome": "not_filed", "must_tell": True}]
    if number % 7 == 0:
        return [{"step": "accept"}]
    recovered = {"recovered": f"{number % 400 + 1}.50"}
    ended = {"outcome": "settled", **recovered} if number % 3 else {"outcome": "terminated", "termination_ground": "1"}
    return [{"step": "contact"}, {"step": "accept"}, {"step": "conclude", **ended}]


def _unit(code: str, kind: str) -> UnitChanged:
    return UnitChanged(
        bureau=BUREAU, unit=code, revision=1, name=code, kind=kind, line="all", parent=None, active=True, by="bench"
    )


def _person(code: str, unit: str) -> PersonChanged:
    line = "special_supervision"
    return PersonChanged(
        bureau=BUREAU, person=code, revision=1, name=code, unit=unit, line=line, position="X", head=False,
        assignments=[], active=True, by="bench",
    )  # fmt: skip


def _cycle() -> CycleChanged:
    first, last = datetime(2026, 1, 1, tzinfo=SHANGHAI).date(), datetime(2026, 12, 31, tzinfo=SHANGHAI).date()
    return CycleChanged(
        bureau=BUREAU, cycle=YEAR, revision=1, status="open", starts=first, ends=last, periods=[], library_revision=1,
        model_revision=1, weights={}, composite={}, rounding="half_up", quota_percent=10, tie_chain=[], calendar={}, by="bench",
    )  # fmt: skip
