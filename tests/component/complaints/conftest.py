"""A small bureau as complaints knows it: the centre, a station, a division of another line, an association."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from services.complaints.storage.tables import cases, figures
from services.complaints.usecases import months, projections, registering, stepping
from shared import clock
from shared.actor import Actor, Grant, system
from shared.clock import SHANGHAI
from shared.contracts.complaints import cases as contract
from shared.database import Sessions, open_sessions
from shared.events import CycleChanged, PersonChanged, UnitChanged
from tests.support.databases import Databases
from tests.support.somebody import somebody

BUREAU = "B00"


def actor(*roles: str, person: str | None = None, unit: str | None = None, bureau: str = BUREAU) -> Actor:
    grants = tuple(Grant(one, "unit" if unit else "bureau", unit) for one in roles)
    return Actor(
        account="-".join(roles) or "someone",
        name="测试",
        bureau=bureau,
        person=somebody(person, "-".join(roles), roles),
        grants=grants,
    )


CENTRE = actor("complaints_centre")


def unit(code: str, kind: str, line: str) -> UnitChanged:
    return UnitChanged(
        bureau=BUREAU, unit=code, revision=1, name=code, kind=kind, line=line, parent=None, active=True, by="test"
    )


def person(code: str, at: str, line: str) -> PersonChanged:
    return PersonChanged(
        bureau=BUREAU,
        person=code,
        revision=1,
        name=code,
        unit=at,
        line=line,
        position="X01",
        head=False,
        assignments=[],
        active=True,
        by="test",
    )


def cycle(code: str, calendar: dict[str, bool], revision: int = 1) -> CycleChanged:
    return CycleChanged(
        bureau=BUREAU,
        cycle=code,
        revision=revision,
        status="open",
        starts=date(int(code), 1, 1),
        ends=date(int(code), 12, 31),
        periods=[],
        library_revision=1,
        model_revision=1,
        weights={},
        composite={},
        rounding="half_up",
        quota_percent=10,
        tie_chain=[],
        calendar=calendar,
        by="test",
    )


def at(text_: str) -> str:
    """Shanghai time, as a clerk gives it; a day alone is ten in the morning."""
    moment = datetime.fromisoformat(text_) if " " in text_ else datetime.fromisoformat(f"{text_} 10:00")
    return moment.replace(tzinfo=SHANGHAI).isoformat()


class Today:
    """The clock of these tests: what is given as having happened is entered at that moment, unless later things were before."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=SHANGHAI)

    def reach(self, moment: str | datetime | None) -> None:
        """Go on to ``moment``; never back."""
        if moment:
            self.now = max(self.now, datetime.fromisoformat(moment) if isinstance(moment, str) else moment)

    @staticmethod
    def moment(text_: str) -> datetime:
        return datetime.fromisoformat(at(text_))

    def __call__(self) -> datetime:
        return self.now


class Centre:
    """Does to the service what its entrypoints do, one transaction each."""

    def __init__(self, sessions: Sessions, today: Today) -> None:
        self.sessions = sessions
        self.today = today

    def do(self, usecase: Callable[..., Any], *arguments: Any, by: Actor = CENTRE) -> Any:
        with self.sessions.begin(by) as session:
            return usecase(session, by, *arguments)

    def handle(self, usecase: Callable[..., None], *states: Any) -> None:
        with self.sessions.begin_handling(states) as session:
            usecase(session, states)

    def register(self, *given: dict[str, Any], by: Actor = CENTRE) -> list[str]:
        plain = {"kind": "complaint", "intake_unit": "C01", "summary": "退款纠纷", "trader": "云汀百货"}
        for one in given:
            self.today.reach(one.get("at"))
            self.today.reach(one.get("received_at"))
        command = contract.register_cases.decode({"cases": [{**plain, **one} for one in given]})
        return [one["case"] for one in self.do(registering.register_cases, command, by=by)["cases"]]

    def steps(self, *given: dict[str, Any], by: Actor = CENTRE) -> dict[str, Any]:
        for one in given:
            self.today.reach(one.get("at"))
        command = contract.take_steps.decode({"steps": list(given)})
        return self.do(stepping.take_steps, command, by=by)  # type: ignore[no-any-return]

    def step(self, case: str, step: str, when: str, by: Actor = CENTRE, **given: Any) -> None:
        self.steps({"case": case, "step": step, "at": at(when), **given}, by=by)

    def handled(self, when: str, *, unit: str = "S01", handler: str = "P2", **given: Any) -> str:
        """A case received, registered and assigned at one time."""
        (case,) = self.register({"at": at(when), **given})
        self.step(case, "assign", when, unit=unit, handler=handler)
        return case

    def close(self, month: str) -> dict[str, Any]:
        """Close the month as soon as it is over."""
        year, number = (int(part) for part in month.split("-"))
        self.today.reach(datetime(year + number // 12, number % 12 + 1, 1, 9, tzinfo=SHANGHAI))
        return self.do(months.close_figures, {"month": month})  # type: ignore[no-any-return]

    def figures(self, month: str, subject: str) -> dict[str, Any]:
        with self.sessions.begin(system(BUREAU)) as session:
            chosen = select(figures).where(figures.c.month == month, figures.c.subject == subject)
            return dict(session.execute(chosen).mappings().one())

    def figure(self, month: str, subject: str, name: str) -> dict[str, str]:
        return self.figures(month, subject)["figures"][name]  # type: ignore[no-any-return]

    def row(self, case: str) -> dict[str, Any]:
        with self.sessions.begin(system(BUREAU)) as session:
            return dict(session.execute(select(cases).where(cases.c.code == case)).mappings().one())

    def count(self, table: str) -> int:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(f"SELECT count(*) FROM complaints.{table}")).scalar_one()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    told = Today()
    monkeypatch.setattr(clock, "now", told)
    return told


@pytest.fixture
def centre(database: Databases, today: Today) -> Iterator[Centre]:
    sessions = open_sessions(database("complaints"), "complaints")
    made = Centre(sessions, today)
    made.handle(
        projections.keep_units,
        unit("B00", "bureau", "all"),
        unit("C01", "centre", "special_supervision"),
        unit("S01", "station", "all"),
        unit("S02", "station", "all"),
        unit("D01", "division", "access"),
        unit("A01", "association", "association_guidance"),
    )
    made.handle(
        projections.keep_persons,
        person("P1", "C01", "special_supervision"),
        person("P2", "S01", "special_supervision"),
        person("P3", "S02", "special_supervision"),
        person("P4", "D01", "access"),
        person("P5", "A01", "association_guidance"),
    )
    made.handle(projections.keep_cycles, cycle("2026", {}))
    yield made
    sessions.engine.dispose()
