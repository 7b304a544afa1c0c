"""Cases of the release before, which kept one row each: they get a history, and count as they were counted.

before/cases.json: 140 random cases, wrongly ordered steps among them, with the facts that release had made of them.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from services.complaints.domain.deadlines import deadlines
from services.complaints.storage.cases import Cases
from services.complaints.storage.facts import Facts
from services.complaints.storage.projections import Copies
from services.complaints.storage.tables import case_events, case_facts, cases
from services.complaints.usecases import projections, reading
from shared.actor import system
from shared.database import ensure_partitions
from tests.component.complaints.conftest import BUREAU, Centre

BEFORE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "before" / "cases.json").read_text(encoding="utf-8"))
MOMENTS = {name for name in cases.c.keys() if name.endswith("_at")}  # noqa: SIM118  # columns, no mapping
DAYS = {"perform_by", "performed_on", "restarted_on", "repeat_concluded"}
EXTRA = {"accepted_cases", "mediated_cases"}  # counted besides since there are histories
EMPTY = {
    **dict.fromkeys(("entrusted", "voucher", "must_tell", "answered"), False),
    **dict.fromkeys(("summary", "trader", "consumer"), ""),
    "pauses": [],
    "deadlines": [],
    "recovered": Decimal(0),
    "revision": 1,
}


def row_of(told: dict[str, Any]) -> dict[str, Any]:
    typed = {
        name: datetime.fromisoformat(value) if name in MOMENTS else date.fromisoformat(value) if name in DAYS else value
        for name, value in told.items()
    }
    nothing = dict.fromkeys(
        column.name for column in cases.c if column.nullable and column.name not in ("due", "contact")
    )
    return {**nothing, **EMPTY, **typed, "bureau": BUREAU, "cycle": "2026"}


def fact_of(code: str, number: int, told: list[Any]) -> dict[str, Any]:
    figure, day, unit, person, numerator, denominator = told
    counts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    key = {"bureau": BUREAU, "cycle": "2026", "code": code, "number": number, "month": day[:7]}
    return {**key, "day": date.fromisoformat(day), "figure": figure, "unit": unit, "person": person, **counts}


@pytest.fixture
def before(centre: Centre) -> Centre:
    with centre.sessions.begin(system(BUREAU)) as session:
        ensure_partitions(session, [cases, case_facts], ["2026"])
        session.execute(insert(cases), [row_of(one["row"]) for one in BEFORE])
        facts = [
            fact_of(one["row"]["code"], number, fact) for one in BEFORE for number, fact in enumerate(one["facts"])
        ]
        session.execute(insert(case_facts), facts)
    return centre


def counted(centre: Centre) -> dict[str, list[tuple[Any, ...]]]:
    with centre.sessions.begin(system(BUREAU)) as session:
        told = Facts(session, BUREAU).of_cases(one["row"]["code"] for one in BEFORE)
    key = lambda one: (one.figure, one.day, one.unit, one.person or "", one.numerator, one.denominator)  # noqa: E731
    return {code: sorted(key(one) for one in facts if one.figure not in EXTRA) for code, facts in told.items()}


def convert(centre: Centre) -> int:
    done = 0
    while True:
        with centre.sessions.begin(system(BUREAU)) as session:
            some = projections.recount(session, BUREAU)
        if not some:
            return done
        done += some


def test_every_case_gets_its_history_and_the_same_figures(before: Centre) -> None:
    as_they_were = counted(before)
    assert convert(before) == len(BEFORE)
    assert counted(before) == as_they_were
    with before.sessions.begin(system(BUREAU)) as session:
        told = session.scalars(select(case_events.c.code).distinct()).all()
        assert len(told) == len(BEFORE)
        assert session.scalars(select(case_events.c.inherited).distinct()).all() == [True]


def test_the_figures_of_every_month_stay_as_they_were_closed(before: Centre) -> None:
    before.close("2026-12")
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    for month in months:
        before.close(month)
    subjects = ("P2", "P3", "S01", "S02", "C01")
    as_closed = {(month, one): before.figures(month, one) for month in months for one in subjects}
    convert(before)
    assert {(month, one): before.figures(month, one) for month in months for one in subjects} == as_closed


def test_what_a_case_is_stays_as_it_was(before: Centre) -> None:
    names = ("status", "unit", "handler", "assigned_at", "contacted_at", "decided_at", "refusal_ground", "concluded_at")
    more = ("outcome", "termination_ground", "recovered", "voucher", "told_at", "answered", "satisfaction", "repeat_of")
    with before.sessions.begin(system(BUREAU)) as session:
        found = Cases(session, BUREAU).get(one["row"]["code"] for one in BEFORE)
    for one in BEFORE:
        row, case = row_of(one["row"]), found[one["row"]["code"]].case
        told = {name: getattr(case, name) for name in (*names, *more)}
        told["recovered"] = Decimal(told["recovered"])
        assert told == {name: row[name] for name in (*names, *more)} | {"recovered": Decimal(row["recovered"])}, (
            case.code
        )


def test_a_case_is_read_and_goes_on_before_it_was_converted(before: Centre) -> None:
    code = next(one["row"]["code"] for one in BEFORE if one["row"]["status"] == "accepted")
    before.today.reach("2027-01-05T10:00:00+08:00")
    shown = before.do(reading.show_case, {"case": code})
    assert (shown["status"], shown["consumer"]) == ("accepted", "示范")
    before.steps({"case": code, "step": "conclude", "outcome": "settled"})
    with before.sessions.begin(system(BUREAU)) as session:
        one = Cases(session, BUREAU).get([code])[code]
        clocks = deadlines(one.case, Copies(session, BUREAU).calendar())
    assert one.case.status == "concluded"
    assert one.history[0].inherited
    assert not one.history[-1].inherited
    assert [each.name for each in clocks][:2] == ["accept", "mediate"]
