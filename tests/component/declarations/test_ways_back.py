"""What one did oneself is taken back, over HTTP, as long as nobody has built on it."""

from typing import Any

import pytest

from tests.component.declarations.bureau import ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE


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
