"""What one did oneself is taken back, over HTTP, as long as nobody has built on it."""

from typing import Any

import pytest

from services.declarations.storage import projections
from shared.clock import today
from tests.component.declarations.bureau import CONTRIBUTION, ORDER, ratio
from tests.component.declarations.checking import appeal, assessed, drawn, find, inspections
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_choices import TASKS


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def step(bureau: HttpBureau, by: str, what: str, one: str, **more: Any) -> Any:
    entry = {"declaration": one, **more.pop("entry", {})}
    return bureau.post(by, f"declarations/{what}", {"cycle": CYCLE, "declarations": [entry], **more})


def shown(bureau: HttpBureau, one: str, by: str = "PS") -> Any:
    return bureau.get(by, f"declarations/{one}?cycle={CYCLE}").json


def declared(bureau: HttpBureau) -> str:
    return str(bureau.inner.declare("PS", ratio("3", remark="三次"))[0]["declaration"])


def test_a_declaration_is_withdrawn_before_it_is_verified_and_is_a_draft_as_it_was(bureau: HttpBureau) -> None:
    one = declared(bureau)
    assert "withdraw" in shown(bureau, one)["may"]
    assert step(bureau, "QS", "withdraw", one).status_code == 403
    withdrawn = step(bureau, "PS", "withdraw", one, reason="数错了")
    assert withdrawn.json["declarations"][0]["status"] == "draft"
    assert bureau.get("HS", f"declarations?cycle={CYCLE}&waiting=verify").json["items"] == []
    told = shown(bureau, one)
    assert (told["counts"], told["remark"]) == ({"done": "3"}, "三次")
    assert [(end["command"], end["by"], end["reason"]) for end in told["history"]] == [("withdraw", "PS", "数错了")]
    assert [each["step"] for each in told["steps"]] == ["declare", "withdraw"]


def test_what_is_verified_is_withdrawn_no_more(bureau: HttpBureau) -> None:
    one = declared(bureau)
    step(bureau, "HS", "verify", one)
    answer = step(bureau, "PS", "withdraw", one)
    assert (answer.status_code, answer.json["code"]) == (409, "declaration.state")
    assert "withdraw" not in shown(bureau, one)["may"]


def test_a_declaration_is_corrected_before_it_is_verified_with_what_stood_on_record(bureau: HttpBureau) -> None:
    one = declared(bureau)
    entry = ratio("2", period="2026-M01", remark="两次", revision=1)
    answer = bureau.post("PS", "declarations", {"cycle": CYCLE, "entries": [entry]})
    assert (answer.status_code, answer.json["declarations"][0]["declaration"]) == (201, one)
    told = shown(bureau, one)
    assert (told["status"], told["counts"], told["revision"]) == ("declared", {"done": "2"}, 2)
    assert [(end["command"], end["state"]["counts"]) for end in told["history"]] == [("replace", {"done": "3"})]


def test_a_verification_is_taken_back_by_whoever_verified_until_it_is_assessed(bureau: HttpBureau) -> None:
    one = declared(bureau)
    step(bureau, "HS", "verify", one)
    refused = step(bureau, "P10", "take-back", one)
    assert (refused.status_code, refused.json["code"]) == (403, "declaration.not_decided_by_you")
    back = step(bureau, "HS", "take-back", one, reason="看错了人")
    assert back.json["declarations"][0]["status"] == "declared"
    told = shown(bureau, one)
    assert told["verified_by"] is None
    assert [(end["command"], end["by"]) for end in told["history"]] == [("take_back", "HS")]
    step(bureau, "HS", "verify", one)
    step(bureau, "P10", "assess", one)
    assert step(bureau, "HS", "take-back", one).status_code == 403


def test_an_assessment_is_taken_back_with_its_correction_until_it_is_recorded(bureau: HttpBureau) -> None:
    one = declared(bureau)
    step(bureau, "HS", "verify", one)
    step(bureau, "P10", "assess", one, entry={"counts": {"done": "1"}, "reason": "只认一次"})
    assert shown(bureau, one)["points"] == "0.50"
    back = step(bureau, "P10", "take-back", one, reason="台账在后")
    assert back.json["declarations"][0]["status"] == "verified"
    told = shown(bureau, one)
    assert (told["counts"], told["points"], told["reason"], told["assessed_by"]) == ({"done": "3"}, "1.50", "", None)
    step(bureau, "P10", "assess", one)
    step(bureau, "P10", "record", one)
    late = step(bureau, "P10", "take-back", one)
    assert (late.status_code, late.json["code"]) == (409, "declaration.state")


def test_what_is_appealed_against_or_checked_is_taken_back_no_more(bureau: HttpBureau) -> None:
    appealed, checked = assessed(bureau.inner)
    one = appeal(bureau.inner, "PS", "assessment", appealed)
    drawn(bureau.inner)

    def refused(declaration: str) -> tuple[int, str, str]:
        answer = step(bureau, "P10", "take-back", declaration, reason="看错")
        why = shown(bureau, declaration, "P10")["why_not"]["take_back"]["code"]
        return answer.status_code, answer.json["code"], why

    assert refused(appealed) == (409, "declaration.appealed", "declaration.appealed")
    assert refused(checked) == (409, "declaration.being_checked", "declaration.being_checked")
    for held in inspections(bureau.inner):
        find(bureau.inner, held, "confirmed")
    assert refused(checked) == (409, "declaration.checked", "declaration.checked")
    bureau.inner.ask("withdraw_appeals", "PS", {"cycle": CYCLE, "appeals": [{"appeal": one}]})
    assert refused(appealed) == (409, "declaration.checked", "declaration.checked")


def test_an_appeal_that_was_withdrawn_binds_nothing(bureau: HttpBureau) -> None:
    (one,) = assessed(bureau.inner, "PS")
    filed = appeal(bureau.inner, "PS", "assessment", one)
    bureau.inner.ask("withdraw_appeals", "PS", {"cycle": CYCLE, "appeals": [{"appeal": filed}]})
    assert "take_back" in shown(bureau, one, "P10")["may"]
    assert step(bureau, "P10", "take-back", one, reason="看错").status_code == 200


def test_of_a_list_each_is_taken_back_by_itself(bureau: HttpBureau) -> None:
    one = declared(bureau)
    (other,) = bureau.inner.declare("QS", ratio("1"))
    body = {
        "cycle": CYCLE,
        "mode": "each",
        "declarations": [{"declaration": one}, {"declaration": other["declaration"]}],
    }
    answer = bureau.post("PS", "declarations/withdraw", body)
    assert [len(answer.json[name]) for name in ("declarations", "refused")] == [1, 1]


def moved(bureau: HttpBureau, by: str, path: str, key: str, one: str, **more: Any) -> Any:
    listed = {"contribution": "contributions", "work": "works", "order": "orders"}[key]
    entry = {key: one, **({"note": more.pop("note")} if "note" in more else {})}
    return bureau.post(by, path, {"cycle": CYCLE, listed: [entry], **more})


def test_a_contribution_is_withdrawn_and_a_screening_taken_back_before_the_first_opinion(bureau: HttpBureau) -> None:
    made = bureau.post("PS", "contributions", {"cycle": CYCLE, "contributions": [CONTRIBUTION]})
    one = made.json["contributions"][0]["contribution"]
    assert moved(bureau, "QS", "contributions/withdraw", "contribution", one).status_code == 403
    withdrawn = moved(bureau, "PS", "contributions/withdraw", "contribution", one)
    assert withdrawn.json["contributions"][0]["status"] == "withdrawn"
    again = bureau.post(
        "PS", "contributions", {"cycle": CYCLE, "contributions": [{**CONTRIBUTION, "contribution": one, "revision": 2}]}
    )
    assert again.json["contributions"][0]["status"] == "declared"
    assert moved(bureau, "HS", "contributions/screen", "contribution", one, decision="pass").status_code == 200
    assert moved(bureau, "PS", "contributions/take-back", "contribution", one).status_code == 403
    back = moved(bureau, "HS", "contributions/take-back", "contribution", one)
    assert back.json["contributions"][0]["status"] == "declared"
    moved(bureau, "HS", "contributions/screen", "contribution", one, decision="pass")
    opinion = {"cycle": CYCLE, "opinions": [{"contribution": one, "agree": True}]}
    assert bureau.post("K1", "contributions/opinions", opinion).status_code == 201
    late = moved(bureau, "HS", "contributions/take-back", "contribution", one)
    assert (late.status_code, late.json["code"]) == (409, "contribution.deliberated")
    told = bureau.get("PS", f"contributions/{one}?cycle={CYCLE}").json
    assert [each["step"] for each in told["steps"]][:5] == ["declare", "withdraw", "declare", "screen", "take_back"]


def test_a_refusal_and_a_completion_of_an_order_are_taken_back_with_a_reason(bureau: HttpBureau) -> None:
    order = {**ORDER, "deadline": today().isoformat()}
    one = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).json["orders"][0]["order"]
    for verb, back in (("refuse", "issued"), ("accept", None), ("complete", "accepted")):
        assert moved(bureau, "PS", f"task-orders/{verb}", "order", one, note="甲").status_code == 200
        if back is not None:
            assert moved(bureau, "P9", "task-orders/take-back", "order", one, note="甲").status_code == 403
            assert moved(bureau, "PS", "task-orders/take-back", "order", one, note="").status_code == 422
            answer = moved(bureau, "PS", "task-orders/take-back", "order", one, note="填错了")
            assert answer.json["orders"][0]["status"] == back
    told = bureau.get("PS", f"task-orders/{one}?cycle={CYCLE}").json
    assert [note["kind"] for note in told["notes"]] == ["refuse", "take_back", "complete", "take_back"]


def test_temporary_work_is_withdrawn_and_a_confirmation_taken_back(bureau: HttpBureau) -> None:
    bureau.inner.handle(projections.keep_indicators, TASKS)
    entry = {
        "subject": "PS",
        "indicator": "11-03-01",
        "period": "2026-Y",
        "title": "甲",
        "outcome": "乙",
        "asked_by": "局长",
        "done_on": "2026-01-05",
    }
    one = bureau.post("PS", "temporary-work", {"cycle": CYCLE, "works": [entry]}).json["works"][0]["work"]
    assert moved(bureau, "PS", "temporary-work/withdraw", "work", one).json["works"][0]["status"] == "withdrawn"
    again = bureau.post("PS", "temporary-work", {"cycle": CYCLE, "works": [{**entry, "work": one, "revision": 2}]})
    assert again.json["works"][0]["status"] == "reported"
    assert moved(bureau, "HS", "temporary-work/confirm", "work", one, decision="confirm").status_code == 200
    assert moved(bureau, "PS", "temporary-work/take-back", "work", one).status_code == 403
    assert moved(bureau, "HS", "temporary-work/take-back", "work", one).json["works"][0]["status"] == "reported"


def test_what_was_returned_is_a_list_of_its_own_with_the_reason(bureau: HttpBureau) -> None:
    one = declared(bureau)
    step(bureau, "HS", "return", one, reason="缺少台账")
    made = bureau.post("PS", "contributions", {"cycle": CYCLE, "contributions": [CONTRIBUTION]}).json["contributions"][
        0
    ]
    moved(
        bureau, "HS", "contributions/screen", "contribution", made["contribution"], decision="return", reason="证明不足"
    )
    lists = bureau.get("PS", "to-dos").json["lists"]
    returned = {
        name: [item["reason"] for item in lists[name]["items"]] for name in ("to_correct", "contributions_to_correct")
    }
    assert returned == {"to_correct": ["缺少台账"], "contributions_to_correct": ["证明不足"]}
