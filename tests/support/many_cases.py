"""A 12315 network with as many cases as one likes: some are lived through step by step, the others are like them."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from services.complaints.service import ComplaintsService
from services.complaints.usecases import projections
from shared import clock
from shared.actor import Actor, Grant
from shared.clock import SHANGHAI
from shared.database import Sessions
from shared.events import CycleChanged, PersonChanged, UnitChanged

BUREAU, YEAR = "B00", "2026"
UNITS, PEOPLE = 30, 300
TODAY = datetime(2026, 9, 15, 10, 0, tzinfo=SHANGHAI)
CENTRE = Actor(
    account="centre", name="centre", bureau=BUREAU, person=None, grants=(Grant("complaints_centre", "bureau"),)
)
_COPIES = (
    """
    INSERT INTO complaints.cases ({columns}) SELECT {chosen} FROM complaints.cases, generate_series(1, :copies) n
    """,
    """
    INSERT INTO complaints.case_events ({columns}) SELECT {chosen} FROM complaints.case_events, generate_series(1, :copies) n
    """,
    """
    INSERT INTO complaints.case_facts ({columns}) SELECT {chosen} FROM complaints.case_facts, generate_series(1, :copies) n
    """,
)


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
        units = [_unit("B00", "bureau"), _unit("C01", "centre"), *(_unit(f"S{n}", "station") for n in range(UNITS))]
        people = [_person(f"P{n}", f"S{n % UNITS}") for n in range(PEOPLE)]
        with self.sessions.begin_handling(units) as session:
            projections.keep_units(session, units)
            projections.keep_persons(session, people)
            projections.keep_cycles(session, [_cycle()])
        dice = random.Random(1)
        for number in range(models):
            self._live(number, dice)
        self.clock.now = TODAY
        self._multiply(cases // models - 1)

    def _live(self, number: int, dice: random.Random) -> None:
        """One case goes as far as it goes: most are concluded, some wait, some are overdue."""
        self.clock.now = TODAY - timedelta(days=dice.randrange(1, 250), hours=dice.randrange(8))
        case = self.register(number, "report" if number % 5 == 0 else "complaint")
        person = number % PEOPLE
        steps: list[dict[str, Any]] = [{"step": "assign", "unit": f"S{person % UNITS}", "handler": f"P{person}"}]
        if dice.random() < 0.9:
            steps += _way(number)
        for step in steps:
            self.clock.now = min(TODAY, self.clock.now + timedelta(days=dice.randrange(4), hours=1))
            self("take_steps", CENTRE, steps=[{"case": case, **step}])

    def register(self, number: int, kind: str = "complaint") -> str:
        who = {} if kind == "report" else {"consumer": f"示范{number}", "phone": f"138{number:08d}"}
        body = {
            "kind": kind,
            "intake_unit": "C01",
            "summary": f"商品质量纠纷{number}",
            "trader": f"示范商行{number % 997}",
            **who,
        }
        return str(self("register_cases", CENTRE, cases=[body])["cases"][0]["case"])

    def _multiply(self, copies: int) -> None:
        with self.sessions.engine.begin() as connection:
            for statement in _COPIES:
                table = statement.split("complaints.")[1].split()[0]
                names = connection.execute(
                    text(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'complaints' AND table_name = :t"
                    ),
                    {"t": table},
                ).scalars()
                given = """CASE WHEN "name" = 'register'
                    THEN jsonb_set("given", '{number}', to_jsonb(("given" ->> 'number') || '-' || n)) ELSE "given" END"""
                own = {"code": "left(code, 28) || lpad(to_hex(n), 8, '0')"}
                if table == "case_events":
                    own["given"] = given
                if table == "cases":
                    own |= {
                        "number": "number || '-' || n",
                        "trader": "trader || n % 20",
                        "person_keys": "ARRAY[md5(code || n)]",
                    }
                listed = list(names)
                chosen = ", ".join(own.get(name, f'"{name}"') for name in listed)
                columns = ", ".join(f'"{name}"' for name in listed)
                connection.execute(text(statement.format(columns=columns, chosen=chosen)), {"copies": copies})
        with self.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))

    def scalar(self, statement: str) -> Any:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(statement)).scalar()


def _way(number: int) -> list[dict[str, Any]]:
    if number % 5 == 0:
        return [{"step": "conclude", "outcome": "not_filed"}]
    if number % 7 == 0:
        return [{"step": "accept"}]
    ended = {"outcome": "settled"} if number % 3 else {"outcome": "terminated", "termination_ground": "1"}
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
