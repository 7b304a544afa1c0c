"""What raises a score, where points are reached, and how scores came to be: over HTTP, held against what scoring itself gives."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rules import rounded
from services.scoring import errands
from services.scoring.service import ScoringService
from services.scoring.usecases import advising, incremental, series
from services.scoring.workers import stop_workers
from tests.component.scoring.after_a_run import Results, results_of
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import (
    BUREAU,
    contribution_state,
    cycle_state,
    declaration_state,
    order_state,
    states_of,
)
from tests.properties.scoring.test_narrative import items_of
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

LAYERS = ("division", "station", "person")
AT = "/api/v1/standings/advice"
DAY = date(2026, 12, 31)
JUDGED = {"declaration": "assessed", "task_order": "judged", "contribution": "settled"}
STATES = {"declaration": declaration_state, "task_order": order_state, "contribution": contribution_state}


@pytest.fixture
def http(database: Databases, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A year that goes on, on its last day."""
    for module in (incremental, advising, series):
        monkeypatch.setattr(module, "today", lambda: DAY)
    service = ScoringService()
    with world_of(database, service, BUREAU) as made:
        Scoring(service.database).take([*states_of(world), cycle_state(world["cycle"], status="open", revision=8)])
        yield made
        stop_workers()


@pytest.fixture
def results(database: Databases, world: dict[str, Any]) -> Iterator[Results]:
    with results_of(database, world) as made:
        yield made


def subjects_of(client: Any, layer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/standings?cycle=2026&layer={layer}&limit=500").json["items"]
    return found


def test_what_is_advised_and_done_over_the_wire_gives_exactly_the_promised_final(http: World) -> None:
    office, scoring = http.log_in("office", "office"), Scoring(http.service)
    followed, actions = 0, set()
    for layer in LAYERS:
        for row in subjects_of(office, layer)[:3]:
            code = row["subject"]
            told = office.get(f"{AT}/{code}?cycle=2026").json
            gains = [Decimal(one["gain"]) for one in told["items"]]
            assert gains == sorted(gains, reverse=True)
            own = dict.fromkeys(("indicator", "subject", "layer"))
            for one in told["items"][:2]:
                actions.add(one["action"])
                before = office.get(f"{AT}/{code}?cycle=2026").json
                now = next((each for each in before["items"] if each["indicator"] == one["indicator"]), None)
                if now is None:  # what was done before left nothing to be had here
                    continue
                own = {"indicator": one["indicator"], "subject": code, "layer": layer}
                scoring.take(_done(now, own))
                after = office.get(f"{AT}/{code}?cycle=2026").json
                assert Decimal(after["final"]) - Decimal(before["final"] or 0) == Decimal(now["gain"]), now
                followed += 1
    assert followed > 6
    assert len(actions) > 1


def _done(advice: dict[str, Any], own: dict[str, Any]) -> Iterator[Any]:
    """The states that the subject's following the advice would bring."""
    waiting = {desk["period"]: desk["fact"] for desk in advice["desks"]}
    for fact in advice["assumed"]:
        code = waiting.pop(fact["period"], f"advised-{own['subject']}-{own['indicator']}-{fact['period']}")
        made = {"code": code, "period": fact["period"], "status": JUDGED[fact["kind"]], "counts": fact["counts"], **own}
        more = {"not_applicable": fact["not_applicable"]} if fact["kind"] == "declaration" else {}
        yield STATES[fact["kind"]]({**made, **more, "revision": 9})


def test_advice_is_for_the_subject_the_head_and_those_who_watch(http: World) -> None:
    office = http.log_in("office", "office")
    person, *others = subjects_of(office, "person")
    other = next(one for one in others if one["unit"] != person["unit"])
    staff = http.log_in("staff", "staff", person=person["subject"])
    assert staff.get(f"{AT}/{person['subject']}?cycle=2026").status_code == 200
    assert staff.get(f"{AT}/{other['subject']}?cycle=2026").json["code"] == "score.not_yours"
    head = http.log_in("head", "staff", person="H99", heads=person["unit"])
    assert head.get(f"{AT}/{person['subject']}?cycle=2026").status_code == 200
    assert head.get(f"{AT}/{other['subject']}?cycle=2026").status_code == 403
    assert office.get(f"{AT}/nobody?cycle=2026").json["code"] == "score.unknown"


def test_advice_names_no_vote_and_fills_no_contribution_that_nobody_made(http: World) -> None:
    office = http.log_in("office", "office")
    for layer in LAYERS:
        for row in subjects_of(office, layer):
            told = office.get(f"{AT}/{row['subject']}?cycle=2026").json
            tree = office.get(f"/api/v1/standings/explanations/{row['subject']}?cycle=2026").json
            items = {one["indicator"]: one for one in items_of(tree)}
            assert sum(told["causes"].values()) == len(items)
            assert (told["final"], told["rank"], told["ranked"]) == (row["final"], row["rank"], row["ranked"])
            for one in told["items"]:
                assert one["tool"] != "subjective"
                assert items[one["indicator"]]["cause"] == one["cause"] != "not_allotted"
                assert one["tool"] != "contribution" or items[one["indicator"]]["facts"]
                assert one["sentence"].endswith("。")


def test_a_closed_year_is_past_advice(http: World, world: dict[str, Any]) -> None:
    office = http.log_in("office", "office")
    code = subjects_of(office, "person")[0]["subject"]
    Scoring(http.service).take([cycle_state(world["cycle"], status="closing", revision=9)])
    actions = {one["action"] for one in office.get(f"{AT}/{code}?cycle=2026").json["items"]}
    assert actions <= {"declare", "complete", "wait"}
    Scoring(http.service).take([cycle_state(world["cycle"], status="closed", revision=10)])
    assert office.get(f"{AT}/{code}?cycle=2026").json["items"] == []


def test_every_rank_says_of_how_many(results: Results) -> None:
    people = results.office.get(f"{results.at}/scores?limit=500").json["items"]
    ranked = {layer: sum(one["layer"] == layer and one["rank"] is not None for one in people) for layer in LAYERS}
    assert {(one["layer"], one["ranked"]) for one in people} == {(layer, ranked[layer]) for layer in LAYERS}
    ranking = results.office.get(f"{results.at}/ranking?layer=person").json
    assert {one["ranked"] for one in ranking["items"]} == {ranking["quota"]["ranked"]} == {ranked["person"]}
    tree = results.staff(results.person).get(f"{results.at}/explanations/{results.person}").json
    live = results.staff(results.person).get("/api/v1/standings?cycle=2026").json["items"]
    explained = results.office.get(f"/api/v1/standings/explanations/{results.person}?cycle=2026").json
    assert tree["ranked"] == explained["ranked"] == live[0]["ranked"] == ranked["person"]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_matrix_is_what_the_explanations_give(results: Results, layer: str) -> None:
    expected: dict[tuple[str, str], list[Fraction]] = {}
    for row in results.office.get(f"{results.at}/scores?layer={layer}").json["items"]:
        tree = results.office.get(f"{results.at}/explanations/{row['subject']}").json
        for line in tree["lines"]:
            for category in line["categories"]:
                for item in category["items"]:
                    if item["applicable"] and category["category"] == "professional":
                        share = Fraction(item["points"]) / Fraction(item["full_points"])
                        expected.setdefault((row["unit"], item["indicator"]), []).append(share)
    means = {
        place: (f"{rounded(sum(shares, Fraction(0)) / len(shares), 4):f}", len(shares))
        for place, shares in expected.items()
    }
    query = f"?cycle=2026&layer={layer}&category=professional"
    results.approve()
    for more in ("", f"&run={results.run}"):
        told = results.office.get(f"/api/v1/reports/matrix{query}{more}").json
        cells = {(one["unit"], cell["indicator"]): (cell["share"], cell["count"]) for one in told["units"] for cell in one["cells"]}  # fmt: skip
        assert cells == means
        assert {one["indicator"] for one in told["indicators"]} == {indicator for _, indicator in means}


def test_the_matrix_is_filtered_and_shows_a_head_the_units_row(results: Results) -> None:
    at = f"/api/v1/reports/matrix?cycle=2026&run={results.run}"
    results.approve()
    whole = results.office.get(at).json
    assert {one["category"] for one in whole["indicators"]} == {"common", "professional", "additional"}
    line = next(one["line"] for one in whole["indicators"] if one["category"] == "professional")
    only = results.office.get(f"{at}&line={line}").json
    assert {one["line"] for one in only["indicators"]} == {line}
    contributions = results.office.get(f"{at}&category=contribution").json
    assert {one["category"] for one in contributions["indicators"]} == {"contribution"}
    head = results.head("H99").get(at).json
    assert [one["unit"] for one in head["units"]] == [results.unit]
    assert results.staff(results.person).get(at).status_code == 403


def test_the_matrix_of_a_run_that_nobody_has_approved_is_refused_as_its_report_is(results: Results) -> None:
    at = f"/api/v1/reports/matrix?cycle=2026&run={results.run}"
    report = f"{results.at}/report?scope=unit&target={results.unit}"
    head = results.head("H99")
    for client in (results.office, head):
        assert client.get(report).json["code"] == "run.not_approved"
        assert (client.get(at).status_code, client.get(at).json["code"]) == (409, "run.not_approved")
    results.approve()
    assert head.get(at).status_code == 200


def test_a_series_is_for_whoever_sees_the_detail_and_no_worker_begins_for_others(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = f"/api/v1/reports/series?cycle=2026&run={results.run}"
    live = "/api/v1/reports/series?cycle=2026"
    head = results.head("H97")
    assert head.get(f"{live}&subject={results.person}").status_code == 200
    asked: list[str] = []
    monkeypatch.setattr(errands, "workers_of", lambda _: asked.append("a worker"))
    for at in (runs, live):
        for client in (head, results.staff(results.person)):
            answer = client.get(f"{at}&subject={results.colleague}")
            assert (answer.status_code, answer.json["code"]) == (403, "score.not_yours")
            assert client.get(at).json["code"] == "run.not_allowed"
    assert asked == []


def test_a_series_ends_where_the_run_stands_and_grows_by_what_ended(results: Results) -> None:
    row = results.office.get(f"{results.at}/explanations/{results.person}").json
    at = f"/api/v1/reports/series?cycle=2026&run={results.run}"
    own = results.staff(results.person).get(f"{at}&subject={results.person}").json
    last = own["points"][-1]
    assert [one["month"] for one in own["points"]] == [f"2026-{month:02}" for month in range(1, 13)]
    assert (last["final"], last["rank"], last["ranked"]) == (row["final"], row["rank"], row["ranked"])
    assert last["categories"] == row["categories"]
    assert len({one["final"] for one in own["points"]}) > 1
    assert results.staff(results.person).get(f"{at}&subject={results.colleague}").status_code == 403
    assert results.staff(results.person).get(at).status_code == 403
    bureau = results.office.get(at).json
    assert bureau["points"][-1]["final"] == results.office.get(results.at).json["summary"]["score"]
    unit = results.head("H98").get(f"{at}&subject={results.unit}").json
    (score,) = (one for one in results.office.get(f"{results.at}/scores?limit=500").json["items"] if one["subject"] == results.unit)  # fmt: skip
    assert unit["points"][-1]["final"] == score["final"]


def test_a_series_of_a_year_that_goes_on_ends_today_and_each_month_is_the_standing_of_then(
    http: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (incremental, advising, series):
        monkeypatch.setattr(module, "today", lambda: date(2026, 4, 1))
    office = actor("office")
    rows = {row["subject"]: row for row in subjects_of(http.log_in("office", "office"), "person")}
    code = min(rows)
    query = {"cycle": "2026", "run": None, "subject": code}
    told = series.read_series(http.service, office, query)
    assert [one["until"].isoformat() for one in told["points"]] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-01",
    ]
    assert told["points"][-1]["final"] == rows[code]["final"]
    assert told["points"][-1]["rank"] == rows[code]["rank"]
