"""Improvement measures, as their users meet them: ordered, followed to the judgement of the task order, withdrawn while there is time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.scoring import errands
from shared.clock import today
from tests.component.scoring.after_a_run import Results, results_of
from tests.component.scoring.states import cycle_state, indicator_state, order_state
from tests.support.databases import Databases

ITEM = {
    "indicator": "03-01-01",
    "name": "督办任务",
    "category": "common",
    "tool": "accountability",
    "line": "all",
    "layers": ["person"],
    "full_points": "5",
    "rule": "ratio",
    "rule_params": {"cap": "1.0"},
    "frequency": "monthly",
    "active": True,
    "cycle": "2027",
}
Row = dict[str, Any]


@pytest.fixture
def results(database: Databases, world: Row, monkeypatch: pytest.MonkeyPatch) -> Iterator[Results]:
    monkeypatch.setattr(errands, "work_on", lambda *_: None)
    with results_of(database, world) as made:
        made.weak = next(one["indicator"] for one in world["indicators"] if one["active"])  # type: ignore[attr-defined]
        periods = [{"code": "2027-M03", "frequency": "monthly", "starts": "2027-03-01", "ends": "2027-03-31"}]
        next_year = {**world["cycle"], "cycle": "2027", "status": "open", "starts": "2027-01-01", "ends": "2027-12-31"}
        made.scoring.take([cycle_state({**next_year, "periods": periods}), indicator_state(ITEM)])
        made.approve()
        yield made


def ordered(results: Results) -> Row:
    body = {
        "subject": results.person,
        "weak_indicator": results.weak,  # type: ignore[attr-defined]
        "cycle": "2027",
        "indicator": "03-01-01",
        "period": "2027-M03",
        "title": "提高办结率",
        "standard": "不低于 98%",
        "deadline": (today() + timedelta(days=30)).isoformat(),
    }
    proposed = results.office.post(f"{results.at}/improvements", json=body)
    assert (proposed.status_code, proposed.json["task_order"]) == (201, None), proposed.json
    made = results.leader.post(f"/api/v1/improvements/{proposed.json['improvement']}/order")
    assert (made.status_code, made.json["status"]) == (200, "ordered")
    return dict(made.json)


def told(results: Results, measure: Row, status: str, revision: int, **counts: str) -> None:
    """What declarations tells of the order of the same id."""
    own = {"cycle": "2027", "layer": "person", "status": status, "revision": revision, "counts": counts}
    names = {"code": measure["improvement"], **{name: measure[name] for name in ("subject", "indicator", "period")}}
    results.scoring.take([order_state({**names, **own})])


def shown(results: Results) -> list[Row]:
    """What the list, and the person's own feedback sheet, say of the order."""
    listed = results.office.get(f"{results.at}/improvements").json["items"]
    sheet = results.staff(results.person).get(f"{results.at}/feedback/{results.person}").json["improvements"]
    return [one["task_order"] for one in (*listed, *sheet)]


def test_what_became_of_the_order_is_told_with_the_measure_and_on_the_sheet(results: Results) -> None:
    measure = ordered(results)
    assert shown(results) == [None, None]
    for revision, status in enumerate(("issued", "accepted", "completed"), 1):
        told(results, measure, status, revision)
        assert [one["status"] for one in shown(results)] == [status, status]
    told(results, measure, "judged", 4, done="9")
    judged = {"status": "judged", "counts": {"done": "9"}, "judged_by": "L01"}
    assert shown(results) == [judged, judged]
    paper = results.staff(results.person).get(f"{results.at}/feedback/{results.person}/paper")
    assert (paper.status_code, paper.data[:4]) == (200, b"%PDF")


def test_what_was_judged_is_not_withdrawn_and_an_open_order_is(results: Results) -> None:
    measure = ordered(results)
    at = f"/api/v1/improvements/{measure['improvement']}/withdraw"
    told(results, measure, "judged", 4, done="9")
    refused = results.leader.post(at, json={"reason": "重复"})
    assert (refused.status_code, refused.json["code"]) == (409, "improvement.judged")
    assert "已经评定" in refused.json["zh"]
    assert [one["status"] for one in results.office.get(f"{results.at}/improvements").json["items"]] == ["ordered"]
    told(results, measure, "completed", 5)  # its judgement was undone
    assert results.leader.post(at, json={"reason": "重复"}).json["status"] == "withdrawn"
