"""A finding of a spot check is taken back over HTTP by whoever found, before the check is closed; what it changed is as it was."""

from typing import Any

import pytest

from tests.component.declarations.checking import appeal, assessed, close, drawn, find, inspections
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_other_tools import FULL, issue, orders
from tests.component.declarations.test_vetoes import decide

Row = dict[str, Any]
ONE = {"name": "size", "size": 1}


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def take_back(bureau: HttpBureau, one: Row, by: str | None = None, reason: str = "查错了台账") -> Any:
    body = {"cycle": CYCLE, "inspections": [{"inspection": one["inspection"], "reason": reason}]}
    return bureau.post(by or one["inspector"], "inspections/take-back", body)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["errors"][0]["code"]


def state(bureau: HttpBureau, declared: str) -> Row:
    return bureau.inner.rows(
        "SELECT status, counts, points, not_applicable, differs, machine, verified_by, assessed_by"
        f" FROM declarations.declaration WHERE declaration = '{declared}'"
    )[0]


def now(bureau: HttpBureau, one: Row) -> Row:
    return next(each for each in inspections(bureau.inner) if each["inspection"] == one["inspection"])


def test_a_correction_is_taken_back_and_the_item_is_as_it_was(bureau: HttpBureau) -> None:
    (declared,) = assessed(bureau.inner, "PS")
    check, (one,) = drawn(bureau.inner)
    before = state(bureau, declared)
    find(bureau.inner, one, "corrected")
    assert state(bureau, declared) != before
    assert refused(take_back(bureau, one, by="office")) == (403, "step.not_yours")
    assert take_back(bureau, one, reason=" ").status_code == 422
    (back,) = take_back(bureau, one).json["inspections"]
    assert (back["status"], back["verdict"], back["points_after"]) == ("assigned", None, None)
    assert state(bureau, declared) == before
    kept = bureau.inner.ask("list_corrections", "PS", {"cycle": CYCLE, "kind": "declaration", "item": declared})
    assert [(str(each["points_before"]), str(each["points_after"])) for each in kept["items"]] == [
        ("1.50", "0.50"),
        ("0.50", "1.50"),
    ]
    notices = bureau.get("PS", "notices").json["items"]
    assert [each["kind"] for each in notices][:2] == ["amended", "amended"]
    assert "撤回检查结果：查错了台账" in notices[0]["content"]["zh"]
    find(bureau.inner, now(bureau, one), "confirmed")
    assert close(bureau.inner, check)["figures"]["confirmed"] == 1


def test_the_veto_proposed_for_a_false_declaration_is_lifted_with_the_finding(bureau: HttpBureau) -> None:
    assessed(bureau.inner, "PS")
    _, (one,) = drawn(bureau.inner)
    veto = find(bureau.inner, one, "false")["veto"]
    assert take_back(bureau, one).status_code == 200
    (lifted,) = bureau.inner.ask("list_vetoes", "K1", {"cycle": CYCLE})["items"]
    assert (lifted["veto"], lifted["status"], lifted["decision"]) == (veto, "lifted", "撤回检查结果：查错了台账")
    assert find(bureau.inner, now(bureau, one), "false")["veto"] not in (None, veto)


def test_a_finding_whose_veto_was_decided_on_stands(bureau: HttpBureau) -> None:
    assessed(bureau.inner, "PS")
    _, (one,) = drawn(bureau.inner)
    decide(bureau.inner, "confirm", "K1", find(bureau.inner, one, "false")["veto"])
    assert refused(take_back(bureau, one)) == (409, "inspection.veto_decided")


def test_a_finding_that_is_appealed_against_and_one_of_a_closed_check_stand(bureau: HttpBureau) -> None:
    assessed(bureau.inner)
    check, found = drawn(bureau.inner)
    first, second = sorted(found, key=lambda one: str(one["subject"]))
    find(bureau.inner, first, "corrected")
    find(bureau.inner, second, "confirmed")
    filed = appeal(bureau.inner, "PS", "finding", first["inspection"])
    assert refused(take_back(bureau, first)) == (409, "inspection.appealed")
    bureau.inner.ask("withdraw_appeals", "PS", {"cycle": CYCLE, "appeals": [{"appeal": filed}]})
    close(bureau.inner, check)
    assert refused(take_back(bureau, second)) == (409, "spot_check.state")


def test_what_was_corrected_again_since_stands(bureau: HttpBureau) -> None:
    (declared,) = assessed(bureau.inner, "PS")
    _, (one,) = drawn(bureau.inner)
    find(bureau.inner, one, "corrected")
    bureau.inner.ask(
        "check_on_the_spot",
        "L1",
        {"cycle": CYCLE, "reason": "复查", "items": [{"kind": "declaration", "item": declared}]},
    )
    (again,) = [each for each in inspections(bureau.inner) if each["inspector"] == "L1"]
    find(bureau.inner, again, "corrected", counts={"done": "2"})
    assert refused(take_back(bureau, one)) == (409, "inspection.built_on")
    assert take_back(bureau, again).status_code == 200
    assert state(bureau, declared)["counts"] == {"done": "1"}


def test_a_finding_on_an_order_is_taken_back(bureau: HttpBureau) -> None:
    (order,) = issue(bureau.inner, "PS")
    orders(bureau.inner, "accept", "PS", [order])
    orders(bureau.inner, "complete", "PS", [order], note="已办")
    orders(bureau.inner, "judge", "P9", [order], counts=FULL)
    _, (one,) = drawn(bureau.inner, kinds=["task_order"], method=ONE, inspectors=["H10", "P10"])
    find(bureau.inner, one, "corrected", counts={"numerator": "0", "denominator": "1"})
    assert take_back(bureau, one).status_code == 200
    told = bureau.get("PS", f"task-orders/{order}?cycle={CYCLE}").json
    assert (told["status"], told["counts"]) == ("judged", {"numerator": "1", "denominator": "1"})
    assert [each["kind"] for each in told["notes"]][-2:] == ["amend", "amend"]
