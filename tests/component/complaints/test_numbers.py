"""Readable numbers: each given once, in order, without a gap that nothing explains."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from sqlalchemy import text

from services.complaints.usecases import projections, reading
from shared.contracts.complaints import cases as contract
from shared.errors import Invalid
from shared.vocabulary.refusals import Refused
from tests.component.complaints.conftest import Centre, actor, at, unit


def numbers(centre: Centre, where: str = "TRUE") -> list[str]:
    with centre.sessions.engine.connect() as connection:
        return list(connection.scalars(text(f"SELECT number FROM complaints.cases WHERE {where} ORDER BY number")))


def named(centre: Centre) -> None:
    told = unit("S01", "station", "all")
    centre.handle(projections.keep_units, type(told)(**{**vars(told), "revision": 2, "name": "滨河市场监管所"}))


def test_each_unit_and_kind_has_a_series_of_its_own(centre: Centre) -> None:
    named(centre)
    centre.register(
        *(
            {"intake_unit": "S01", "kind": kind, "at": at("2026-03-02")}
            for kind in ("complaint", "report", "complaint", "enquiry")
        )
    )
    centre.register({"intake_unit": "C01", "at": at("2026-03-03")})
    assert numbers(centre) == [
        "2026-C01-投-000001",
        "2026-滨河-举-000001",
        "2026-滨河-咨-000001",
        "2026-滨河-投-000001",
        "2026-滨河-投-000002",
    ]


def test_the_year_is_that_of_the_receipt(centre: Centre) -> None:
    centre.register({"received_at": at("2025-12-31"), "at": at("2026-01-05")}, {"at": at("2026-01-05")})
    assert numbers(centre) == ["2025-C01-投-000001", "2026-C01-投-000001"]


def test_a_number_is_found_and_stays_whatever_happens(centre: Centre) -> None:
    case = centre.handled("2026-03-02")
    centre.step(case, "correct", "2026-03-03", event=1, why="录错", changes={"kind": "report"})
    (number,) = numbers(centre)
    assert number == "2026-C01-投-000001"
    query = contract.list_cases.decode({"q": "C01-投-0000"})
    assert [one["number"] for one in centre.do(reading.list_cases, query)["items"]] == [number]


def test_who_was_refused_uses_no_number_up(centre: Centre) -> None:
    centre.register({"at": at("2026-03-02")})
    with pytest.raises(Invalid):
        centre.register({"at": at("2026-03-02")}, {"intake_unit": "X99"})
    with pytest.raises(Refused):
        centre.register({"at": at("2026-01-02"), "received_at": at("2026-01-02")}, by=actor("staff", person="P1"))
    centre.register({"at": at("2026-03-04")})
    assert numbers(centre) == ["2026-C01-投-000001", "2026-C01-投-000002"]


def test_an_annulled_registration_keeps_its_number(centre: Centre) -> None:
    first, _ = centre.register({"at": at("2026-03-02")}, {"at": at("2026-03-02")})
    centre.step(first, "annul", "2026-03-03", event=1, why="误登记")
    assert numbers(centre, "status = 'voided'") == ["2026-C01-投-000001"]


def test_numbers_of_the_made_form_are_given_by_nobody(centre: Centre) -> None:
    with pytest.raises(Invalid) as refused:
        centre.register({"number": "2026-C01-投-000009"})
    assert [one["code"] for one in refused.value.errors] == ["case.number_form"]


def test_a_report_that_a_complaint_becomes_is_numbered_too(centre: Centre) -> None:
    case = centre.handled("2026-03-02")
    centre.step(case, "accept", "2026-03-03")
    centre.step(case, "lead", "2026-03-04")
    centre.step(case, "turn_into_case", "2026-03-05", why="涉嫌销售假冒商品")
    assert numbers(centre) == ["2026-C01-投-000001", "2026-S01-举-000001"]


def test_twenty_writers_at_once_leave_neither_a_gap_nor_a_repetition(centre: Centre) -> None:
    centre.today.reach(at("2026-03-02"))
    command = {"kind": "complaint", "summary": "退款纠纷", "trader": "云汀百货"}

    def write(number: int) -> None:
        rows = [{**command, "intake_unit": unit} for unit in (("S01", "C01") if number % 2 else ("C01", "S01"))]
        centre.register(*rows, {**command, "intake_unit": "S01"})

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(write, range(20)))
    of_station = [f"2026-S01-投-{number:06d}" for number in range(1, 41)]
    of_centre = [f"2026-C01-投-{number:06d}" for number in range(1, 21)]
    assert numbers(centre) == sorted([*of_station, *of_centre])


def test_old_cases_are_numbered_in_the_order_of_receipt_and_the_series_goes_on(centre: Centre) -> None:
    named(centre)
    for day in ("2026-03-09", "2026-03-05", "2026-03-07"):
        centre.register({"intake_unit": "S01", "received_at": at(day), "at": at("2026-03-09")})
    centre.register({"number": "R-1", "at": at("2026-03-09")})
    migration = import_module("services.complaints.migrations.versions.0012_readable_numbers")
    with centre.sessions.engine.begin() as connection:
        connection.execute(text("DELETE FROM complaints.case_counters"))
        connection.execute(text("UPDATE complaints.cases SET number = code WHERE number <> 'R-1'"))
        connection.execute(text(migration.NUMBER))
    centre.register({"intake_unit": "S01", "at": at("2026-03-10")})
    with centre.sessions.engine.connect() as connection:
        told = connection.scalars(text("SELECT number FROM complaints.cases ORDER BY received_at, registered_at")).all()
    assert told == [
        "2026-滨河-投-000001",
        "2026-滨河-投-000002",
        *sorted(("2026-滨河-投-000003", "R-1"), reverse=told[2] == "R-1"),
        "2026-滨河-投-000004",
    ]
