"""Decisions are taken back over HTTP by whoever took them, as long as nobody has built on them: judgements, settlements, assessments, findings."""

from typing import Any

import pytest

from services.declarations.storage import projections
from shared.clock import today
from tests.component.declarations.bureau import ORDER
from tests.component.declarations.checking import appeal, drawn
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_choices import TASKS
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


@pytest.fixture
def work(bureau: HttpBureau) -> str:
    """Reported by PS and confirmed by HS."""
    bureau.inner.handle(projections.keep_indicators, TASKS)
    entry = {
        "subject": "PS", "indicator": "11-03-01", "period": "2026-Y", "title": "甲", "outcome": "乙", "asked_by": "局长",
        "done_on": "2026-01-05",
    }  # fmt: skip
    one = bureau.post("PS", "temporary-work", {"cycle": CYCLE, "works": [entry]}).json["works"][0]["work"]
    assert moved(bureau, "HS", "temporary-work/confirm", "work", one, decision="confirm").status_code == 200
    return str(one)


def assess(bureau: HttpBureau, one: str, decision: str = "assess", **more: Any) -> str | None:
    entry = {"work": one, **({"counts": JUDGED} if decision == "assess" else {})}
    body = {"cycle": CYCLE, "decision": decision, "works": [entry], **more}
    answer = bureau.post("office", "temporary-work/assess", body)
    assert answer.status_code == 200
    order: str | None = answer.json["works"][0]["order"]
    return order


def test_an_assessment_of_temporary_work_is_taken_back_and_its_order_falls_with_it(
    bureau: HttpBureau, work: str
) -> None:
    order = assess(bureau, work)
    assert "take_back" in bureau.get("office", f"temporary-work/{work}?cycle={CYCLE}").json["may"]
    refused = moved(bureau, "HS", "temporary-work/take-back", "work", work, reason="代撤")
    assert (refused.status_code, refused.json["code"]) == (403, "step.not_yours")
    silent = moved(bureau, "office", "temporary-work/take-back", "work", work)
    assert (silent.status_code, [one["code"] for one in silent.json["errors"]]) == (422, ["reason.required"])
    direct = moved(bureau, "office", "task-orders/take-back", "order", str(order), note="误")
    assert (direct.status_code, direct.json["code"]) == (409, "task_order.volunteered")
    back = moved(bureau, "office", "temporary-work/take-back", "work", work, reason="数量看错").json["works"][0]
    assert (back["status"], back["counts"], back["order"]) == ("confirmed", {}, None)
    fallen = bureau.get("office", f"task-orders/{order}?cycle={CYCLE}").json
    assert (fallen["status"], fallen["counts"]) == ("withdrawn", {})
    notices = bureau.get("PS", "notices").json["items"]
    assert [one["kind"] for one in notices] == ["taken_back", "judged"]
    assert "理由：数量看错" in notices[0]["content"]["zh"]
    steps = bureau.get("PS", f"temporary-work/{work}?cycle={CYCLE}").json["steps"]
    assert [(one["step"], one["reason"]) for one in steps][-1] == ("take_back", "数量看错")
    again = assess(bureau, work)
    assert again not in (None, order)
    listed = bureau.get("office", f"task-orders?cycle={CYCLE}&status=judged").json["items"]
    assert [one["order"] for one in listed] == [again]


def test_a_rejection_of_temporary_work_is_taken_back(bureau: HttpBureau, work: str) -> None:
    assess(bureau, work, "reject", reason="不属临时工作")
    back = moved(bureau, "office", "temporary-work/take-back", "work", work, reason="属实")
    assert back.json["works"][0]["status"] == "confirmed"
    assert assess(bureau, work) is not None
    assert bureau.get("PS", f"temporary-work/{work}?cycle={CYCLE}").json["reason"] == ""


def test_an_assessment_that_is_appealed_against_stands(bureau: HttpBureau, work: str) -> None:
    order = assess(bureau, work)
    appeal(bureau.inner, "PS", "judgement", str(order))
    refused = moved(bureau, "office", "temporary-work/take-back", "work", work, reason="误")
    assert (refused.status_code, refused.json["code"]) == (409, "task_order.appealed")
    row = bureau.get("office", f"temporary-work/{work}?cycle={CYCLE}").json
    assert row["why_not"]["take_back"]["code"] == "task_order.appealed"
