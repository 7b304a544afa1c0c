"""Decisions are taken back over HTTP by whoever took them, as long as nobody has built on them: judgements, settlements, assessments, findings."""

from typing import Any

import pytest

from shared.clock import today
from tests.component.declarations.bureau import ORDER
from tests.component.declarations.checking import appeal, drawn
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_ways_back import moved


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


JUDGED = {"numerator": "1", "denominator": "1"}


def issued(bureau: HttpBureau, *subjects: str) -> list[str]:
    order = {**ORDER, "deadline": today().isoformat(), "subjects": list(subjects)}
    made = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).json["orders"]
    return [one["order"] for one in made]


def judged(bureau: HttpBureau, one: str, by: str = "P9") -> None:
    body = {"cycle": CYCLE, "orders": [{"order": one, "counts": JUDGED}]}
    assert bureau.post(by, "task-orders/judge", body).status_code == 200


def test_a_judgement_is_taken_back_by_whoever_judged_to_where_it_stood(bureau: HttpBureau) -> None:
    (one,) = issued(bureau, "PS")
    for verb in ("accept", "complete"):
        moved(bureau, "PS", f"task-orders/{verb}", "order", one, note="办结")
    judged(bureau, one)
    row = bureau.get("P9", f"task-orders/{one}?cycle={CYCLE}").json
    assert "take_back" in row["may"]
    refused = moved(bureau, "H9", "task-orders/take-back", "order", one, note="代撤")
    assert (refused.status_code, refused.json["code"]) == (403, "step.not_yours")
    assert moved(bureau, "P9", "task-orders/take-back", "order", one, note=" ").status_code == 422
    answer = moved(bureau, "P9", "task-orders/take-back", "order", one, note="数量看错").json["orders"][0]
    assert (answer["status"], answer["counts"], answer["deadline"]) == ("completed", {}, today().isoformat())
    told = bureau.get("PS", "notices").json["items"][0]
    assert (told["kind"], "任务单的评定已撤回" in told["content"]["zh"]) == ("taken_back", True)
    assert "理由：数量看错" in told["content"]["zh"]
    steps = bureau.get("PS", f"task-orders/{one}?cycle={CYCLE}").json["steps"]
    assert [(each["step"], each["reason"]) for each in steps][-1] == ("take_back", "数量看错")
    judged(bureau, one)
    assert [each["kind"] for each in bureau.get("PS", "notices").json["items"]][:2] == ["judged", "taken_back"]


def test_what_was_judged_unanswered_is_unanswered_and_as_late_as_before(bureau: HttpBureau, on: Any) -> None:
    on("2026-02-02")
    order = {**ORDER, "deadline": "2026-02-03", "subjects": ["PS", "QS"]}
    made = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).json["orders"]
    first, second = (one["order"] for one in made)
    moved(bureau, "QS", "task-orders/accept", "order", second)
    on("2026-02-05")
    for one, stood in ((first, "issued"), (second, "accepted")):
        judged(bureau, one)
        answer = moved(bureau, "P9", "task-orders/take-back", "order", one, note="再给一次机会").json["orders"][0]
        assert (answer["status"], answer["deadline"], answer["overdue"]) == (stood, "2026-02-03", True)


def test_a_judgement_that_somebody_built_on_stands(bureau: HttpBureau) -> None:
    appealed, checked = issued(bureau, "PS", "QS")
    for one, by in ((appealed, "PS"), (checked, "QS")):
        for verb in ("accept", "complete"):
            moved(bureau, by, f"task-orders/{verb}", "order", one, note="办结")
        judged(bureau, one)
    appeal(bureau.inner, "PS", "judgement", appealed)
    drawn(bureau.inner, kinds=["task_order"])
    for one, code in ((appealed, "task_order.appealed"), (checked, "task_order.being_checked")):
        refused = moved(bureau, "P9", "task-orders/take-back", "order", one, note="误")
        assert (refused.status_code, refused.json["code"]) == (409, code)
        row = bureau.get("P9", f"task-orders/{one}?cycle={CYCLE}").json
        assert (row["why_not"]["take_back"]["code"], "take_back" in row["may"]) == (code, False)
