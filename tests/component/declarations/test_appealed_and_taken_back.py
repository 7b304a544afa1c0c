"""What an appeal decided is taken back by nobody, whatever came after it; what another decision replaced binds no longer."""

from typing import Any

import pytest

from services.declarations.storage import projections
from shared.events import ScoresPublishedV1
from tests.component.declarations.checking import appeal, assessed, decide_appeal, drawn, find, inspections
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE, B
from tests.component.declarations.test_decisions_taken_back import issued, judged
from tests.component.declarations.test_findings_taken_back import refused, take_back
from tests.component.declarations.test_ways_back import declared, moved, shown, step

RUN = {"bureau": B, "cycle": CYCLE, "run": "r-1", "input_hash": "a", "result_hash": "b", "by": "a-office"}


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def score_changed(bureau: HttpBureau, kind: str, item: str, counts: dict[str, str]) -> None:
    """By an appeal of PS against the published score."""
    bureau.inner.handle(projections.keep_runs, ScoresPublishedV1(**RUN, revision=2, status="approved"))
    bureau.inner.handle(projections.keep_runs, ScoresPublishedV1(**RUN, revision=3, status="published"))
    one = appeal(bureau.inner, "PS", "score", "r-1")
    decide_appeal(bureau.inner, "K1", one, items=[{"kind": kind, "item": item, "counts": counts}])


def why_not(bureau: HttpBureau, one: str, by: str = "P10") -> str:
    return str(shown(bureau, one, by)["why_not"]["take_back"]["code"])


def test_an_assessment_that_an_appeal_against_the_score_corrected_stands_until_it_is_assessed_anew(
    bureau: HttpBureau,
) -> None:
    (one,) = assessed(bureau.inner, "PS")
    score_changed(bureau, "declaration", one, {"done": "5"})
    assert why_not(bureau, one) == "declaration.appealed"
    assert refused(step(bureau, "P10", "take-back", one, reason="看错")) == (409, "declaration.appealed")
    assert shown(bureau, one)["counts"] == {"done": "5"}
    bureau.inner.decide("return", "P10", [one], reason="重报")
    assert assessed(bureau.inner, "PS") == [one]
    assert step(bureau, "P10", "take-back", one, reason="看错").status_code == 200


def test_a_judgement_stands_once_appeals_against_it_and_against_the_score_were_decided(bureau: HttpBureau) -> None:
    (one,) = issued(bureau, "PS")
    for verb in ("accept", "complete"):
        moved(bureau, "PS", f"task-orders/{verb}", "order", one, note="办结")
    judged(bureau, one)
    less, more = {"numerator": "0", "denominator": "1"}, {"numerator": "1", "denominator": "2"}
    decide_appeal(bureau.inner, "K1", appeal(bureau.inner, "PS", "judgement", one), counts=less)
    score_changed(bureau, "task_order", one, more)
    back = moved(bureau, "P9", "task-orders/take-back", "order", one, note="误")
    assert refused(back) == (409, "task_order.appealed")


def test_an_appeal_that_was_upheld_is_not_forgotten_by_a_finding_that_was_taken_back(bureau: HttpBureau) -> None:
    (one,) = assessed(bureau.inner, "PS")
    decide_appeal(bureau.inner, "K1", appeal(bureau.inner, "PS", "assessment", one), "upheld")
    _, (held,) = drawn(bureau.inner)
    find(bureau.inner, held, "corrected")
    assert take_back(bureau, held).status_code == 200
    assert why_not(bureau, one) == "declaration.appealed"


def test_the_verification_that_is_an_appeals_decision_stands(bureau: HttpBureau) -> None:
    one = declared(bureau)
    step(bureau, "HS", "return", one, reason="不予认可")
    decide_appeal(bureau.inner, "K1", appeal(bureau.inner, "PS", "verification", one))
    step(bureau, "P10", "assess", one)
    assert step(bureau, "P10", "take-back", one, reason="看错").status_code == 200
    assert refused(step(bureau, "K1", "take-back", one, reason="看错")) == (409, "declaration.appealed")
    step(bureau, "P10", "return", one, reason="缺少台账")
    bureau.inner.declare("PS")
    step(bureau, "HS", "verify", one)
    assert step(bureau, "HS", "take-back", one, reason="看错").status_code == 200


@pytest.mark.parametrize("outcome", ["upheld", "changed"])
@pytest.mark.parametrize("verdict", ["confirmed", "corrected"])
def test_a_finding_after_an_appeal_about_the_assessment_is_taken_back(
    bureau: HttpBureau, outcome: str, verdict: str
) -> None:
    (one,) = assessed(bureau.inner, "PS")
    counts: dict[str, Any] = {"counts": {"done": "2"}} if outcome == "changed" else {}
    decide_appeal(bureau.inner, "K1", appeal(bureau.inner, "PS", "assessment", one), outcome, **counts)
    before = shown(bureau, one)["counts"]
    _, (held,) = drawn(bureau.inner)
    find(bureau.inner, held, verdict)
    assert take_back(bureau, held).status_code == 200
    assert shown(bureau, one)["counts"] == before


def test_a_finding_that_an_appeal_about_the_item_came_after_stands(bureau: HttpBureau) -> None:
    (one,) = assessed(bureau.inner, "PS")
    _, (held,) = drawn(bureau.inner)
    find(bureau.inner, held, "corrected")
    appeal(bureau.inner, "PS", "assessment", one)
    assert refused(take_back(bureau, held)) == (409, "inspection.appealed")


def test_of_two_findings_on_one_item_both_are_taken_back_the_last_first(bureau: HttpBureau) -> None:
    (one,) = assessed(bureau.inner, "PS")
    _, (first,) = drawn(bureau.inner)
    find(bureau.inner, first, "corrected")
    items = [{"kind": "declaration", "item": one}]
    bureau.inner.ask("check_on_the_spot", "L1", {"cycle": CYCLE, "reason": "复查", "items": items})
    (second,) = [each for each in inspections(bureau.inner) if each["inspector"] == "L1"]
    find(bureau.inner, second, "corrected", counts={"done": "2"})
    for held, stands in ((second, {"done": "1"}), (first, {"done": "3"})):
        assert take_back(bureau, held).status_code == 200
        assert shown(bureau, one)["counts"] == stands


def test_the_declarers_counts_stand_again_with_a_finding_taken_back_in_between(bureau: HttpBureau) -> None:
    one = declared(bureau)
    step(bureau, "HS", "verify", one)
    step(bureau, "P10", "assess", one, entry={"counts": {"done": "2"}, "reason": "只认两次"})
    check, (held,) = drawn(bureau.inner)
    find(bureau.inner, held, "corrected")
    assert take_back(bureau, held).status_code == 200
    bureau.inner.ask("cancel_spot_check", "office", {"cycle": CYCLE, "spot_check": check, "reason": "另行安排"})
    assert shown(bureau, one)["counts"] == {"done": "2"}
    assert step(bureau, "P10", "take-back", one, reason="台账在后").status_code == 200
    told = shown(bureau, one)
    assert (told["counts"], told["points"], told["reason"]) == ({"done": "3"}, "1.50", "")


def test_an_earlier_assessments_correction_is_not_given_back(bureau: HttpBureau) -> None:
    one = declared(bureau)
    step(bureau, "HS", "verify", one)
    step(bureau, "P10", "assess", one, entry={"counts": {"done": "1"}, "reason": "只认一次"})
    step(bureau, "P10", "return", one, reason="重报")
    assert assessed(bureau.inner, "PS", done="2") == [one]
    assert step(bureau, "P10", "take-back", one, reason="看错").status_code == 200
    assert shown(bureau, one)["counts"] == {"done": "2"}
