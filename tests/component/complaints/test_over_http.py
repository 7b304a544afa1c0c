"""From the HTTP API through the gateway's schemas to the service and back."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.complaints.service import ComplaintsService
from services.complaints.usecases import projections
from tests.component.complaints.conftest import BUREAU, Today, at, cycle, person, unit
from tests.support.databases import Databases
from tests.support.over_http import world_of


@pytest.fixture
def centre(database: Databases, today: Today) -> Iterator[FlaskClient]:
    today.reach(at("2026-11-29"))
    with world_of(database, ComplaintsService(), BUREAU) as world:
        with world.service.begin_handling([cycle("2026", {})]) as session:
            projections.keep_units(
                session, [unit("C01", "centre", "special_supervision"), unit("S01", "station", "all")]
            )
            projections.keep_persons(session, [person("P2", "S01", "special_supervision")])
            projections.keep_cycles(session, [cycle("2026", {})])
        yield world.log_in("centre", "complaints_centre")


def post(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1/{path}", json=body) if body else client.post(f"/api/v1/{path}")


def register(client: FlaskClient, **given: Any) -> str:
    case = {
        "kind": "complaint",
        "intake_unit": "C01",
        "summary": "退款纠纷",
        "trader": "云汀百货",
        "at": "2026-04-20T10:00:00+08:00",
        **given,
    }
    answer = post(client, "cases", cases=[case])
    assert answer.status_code == 201, answer.text
    return str(answer.json["cases"][0]["case"])


def test_a_complaint_from_intake_to_the_figures(centre: FlaskClient) -> None:
    case = register(centre, number="2026-00001", consumer="示范消费者")
    one = {"case": case, "at": "2026-04-20T11:00:00+08:00"}
    for path, entry in (
        ("assign", {**one, "unit": "S01", "handler": "P2"}),
        ("contact", {**one, "at": "2026-04-20T15:00:00+08:00"}),
        ("accept", {**one, "at": "2026-04-21T10:00:00+08:00"}),
        ("pause", {**one, "at": "2026-04-22T10:00:00+08:00"}),
        ("resume", {**one, "at": "2026-04-24T10:00:00+08:00"}),
        ("conclude", {**one, "at": "2026-04-27T10:00:00+08:00", "outcome": "agreement", "recovered": "880.50", "voucher": True,
                      "perform_by": "2026-04-30"}),
        ("perform", {**one, "at": "2026-04-29T10:00:00+08:00"}),
        ("follow-up", {**one, "at": "2026-04-29T16:00:00+08:00", "answered": True, "satisfaction": "satisfied"}),
    ):  # fmt: skip
        answer = post(centre, f"cases/{path}", cases=[entry])
        assert (answer.status_code, path) == (200, path), answer.text
    shown = centre.get(f"/api/v1/cases/{case}").json
    assert (shown["status"], shown["recovered"], shown["number"]) == ("concluded", "880.50", "2026-00001")
    assert {one["name"]: one["state"] for one in shown["deadlines"]} == {"accept": "kept", "mediate": "kept"}
    assert post(centre, "case-figures/2026-04/close").json["subjects"] == 3
    figures = {one["subject"]: one["figures"] for one in centre.get("/api/v1/case-figures/2026-04").json["items"]}
    assert figures["P2"]["recovered_loss"] == {"done": "0.08805"}
    assert figures["C01"]["dispatch_hours"] == {"numerator": "60", "denominator": "60"}
    facts = centre.get("/api/v1/case-figures/2026-04/P2").json["items"]
    assert {one["code"] for one in facts} == {case}
    assert [one["month"] for one in centre.get("/api/v1/case-figures").json["items"]] == ["2026-04"]


def test_a_list_of_mixed_steps(centre: FlaskClient) -> None:
    case, report = register(centre), register(centre, kind="report")
    steps = [
        {"case": case, "step": "assign", "at": "2026-04-20T11:00:00+08:00", "unit": "S01", "handler": "P2"},
        {"case": report, "step": "assign", "at": "2026-04-20T11:00:00+08:00", "unit": "S01"},
        {"case": case, "step": "refuse", "at": "2026-04-21T11:00:00+08:00", "ground": "1"},
        {"case": report, "step": "conclude", "at": "2026-04-22T11:00:00+08:00", "outcome": "filed", "must_tell": True},
        {"case": report, "step": "tell", "at": "2026-04-23T11:00:00+08:00"},
    ]
    answer = post(centre, "cases/steps", steps=steps)
    assert answer.json["changed"] == 2
    listed = centre.get("/api/v1/cases?kind=report").json["items"]
    assert [(one["code"], one["status"]) for one in listed] == [(report, "concluded")]


def test_the_regimes_are_shown_with_their_articles(centre: FlaskClient) -> None:
    regimes = centre.get("/api/v1/cases/regimes").json["regimes"]
    assert [one["code"] for one in regimes] == ["令20", "令121"]
    assert regimes[1]["terms"]["accept"] == {"days": 7, "unit": "working", "article": "第15条", "extension": 0}


BAD: list[tuple[str, dict[str, Any]]] = [
    ("accept", {"at": "9999-12-31T23:30:00+00:00"}),
    ("accept", {"at": "0001-01-01T00:00:00+08:00"}),
    ("accept", {"at": "yesterday"}),
    ("refuse", {}),
    ("refuse", {"ground": "99"}),
    ("assign", {"unit": "X99"}),
    ("assign", {"unit": "S01", "handler": "NOBODY"}),
    ("conclude", {"outcome": "won"}),
    ("conclude", {"outcome": "agreement"}),
    ("follow-up", {"answered": True}),
    ("mark-repeat", {"original": "00000000-0000-7000-8000-000000000000"}),
    ("tell", {}),
    ("extend", {}),
    ("accept", {"unknown": 1}),
]


def test_a_step_that_cannot_be_taken_gets_a_clear_answer_and_changes_nothing(centre: FlaskClient) -> None:
    case = register(centre)
    for path, entry in BAD:
        answer = post(centre, f"cases/{path}", cases=[{"case": case, **entry}])
        assert 400 <= answer.status_code < 500, f"{path} {entry}: {answer.text}"
        assert answer.mimetype == "application/problem+json"
        assert centre.get(f"/api/v1/cases/{case}").json["revision"] == 1


def test_a_case_of_an_impossible_time_is_answered_clearly(centre: FlaskClient) -> None:
    for moment in ("9999-12-31T23:30:00+00:00", "0001-01-01T00:00:00+00:00", "1900-01-01T00:00:00+08:00"):
        answer = post(
            centre, "cases", cases=[{"kind": "complaint", "intake_unit": "C01", "summary": "x", "at": moment}]
        )
        assert answer.status_code == 422, answer.text


def test_money_is_in_yuan_and_cents(centre: FlaskClient) -> None:
    case = register(centre)
    post(centre, "cases/accept", cases=[{"case": case, "at": "2026-04-21T10:00:00+08:00"}])
    for recovered in ("0.001", "-1", "1e30", "NaN", "x"):
        entry = {"case": case, "outcome": "settled", "recovered": recovered}
        assert post(centre, "cases/conclude", cases=[entry]).status_code == 422, recovered


def test_a_look_at_who_complained_is_on_the_trail_and_a_look_at_the_case_alone_is_not(database: Databases) -> None:
    with world_of(database, ComplaintsService(), BUREAU) as world:
        with world.service.begin_handling([cycle("2026", {})]) as session:
            projections.keep_units(session, [unit("C01", "centre", "special_supervision")])
            projections.keep_cycles(session, [cycle("2026", {})])
        client, auditor = world.log_in("clerk", "complaints_centre"), world.log_in("reads", "auditor")
        case = register(client, consumer="示范消费者")
        assert client.get(f"/api/v1/cases/{case}").json["consumer"] == "示范消费者"
        assert auditor.get(f"/api/v1/cases/{case}").json["consumer"] == ""
        with world.service.engine.connect() as connection:
            statement = "SELECT account, subject FROM complaints.audit WHERE action = 'show_case.looked'"
            assert [tuple(line) for line in connection.exec_driver_sql(statement)] == [("clerk", case)]
