"""Entries that cannot be true, over HTTP: of days to come, of more than all, of halves, of too much; and what is taken with a warning."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from services.declarations.domain.plausibility import USUAL, check_confirmed
from services.declarations.storage import projections
from shared.vocabulary.refusals import Refused
from tests.component.declarations.bureau import CONTRIBUTION
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE, TIER, claim, indicator

HOURS = "06-06-07"
RATE = "08-02-02"


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def declare(bureau: HttpBureau, code: str, counts: dict[str, str], by: str = "PS", **more: Any) -> Any:
    period = more.pop("period", "2026-M01")
    entry = {"indicator": code, "period": period, "counts": counts, **more}
    return bureau.post(by, "declarations", {"cycle": CYCLE, "entries": [entry]})


def code_of(answer: Any) -> str:
    assert answer.status_code in (409, 422), answer.text
    return str(answer.json["errors"][0]["code"] if answer.json["errors"] else answer.json["code"])


def add(bureau: HttpBureau, code: str, rule: str, params: dict[str, Any], **more: Any) -> None:
    state = indicator(code, rule, params)
    for name, value in more.items():
        object.__setattr__(state, name, value)
    bureau.inner.handle(projections.keep_indicators, state)


def test_a_period_that_has_not_begun_is_not_declared(bureau: HttpBureau, on: Callable[[str], None]) -> None:
    on("2026-11-15")
    assert code_of(declare(bureau, "01-01-01", {"done": "1"}, period="2026-M12")) == "period.not_begun"
    assert declare(bureau, "01-01-01", {"done": "1"}, period="2026-M11").status_code == 201


def test_nor_told_of_in_any_other_family(bureau: HttpBureau, on: Callable[[str], None]) -> None:
    on("2026-05-15")
    achievement = {**CONTRIBUTION, "period": "2026-H2"}
    answer = bureau.post("PS", "contributions", {"cycle": CYCLE, "contributions": [achievement]})
    assert code_of(answer) == "period.not_begun"
    graded = {
        "indicator": "11-04-06",
        "period": "2026-H2",
        "subjects": ["PS"],
        "groups": [{"group": "peers", "raters": ["P9"]}],
    }
    answer = bureau.post("office", "campaigns", {"cycle": CYCLE, "campaigns": [graded]})
    assert code_of(answer) == "period.not_begun"


def test_work_may_be_ordered_ahead_but_not_judged_before_its_period(
    bureau: HttpBureau, on: Callable[[str], None]
) -> None:
    on("2026-05-15")
    order = {
        "indicator": "03-01-01",
        "period": "2026-M07",
        "title": "甲",
        "standard": "乙",
        "deadline": "2026-07-20",
        "subjects": ["S01"],
    }
    issued = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]})
    assert issued.status_code == 201, issued.text
    one = issued.json["orders"][0]["order"]
    for step in ("accept", "complete"):
        entry = {"order": one, **({"note": "已办"} if step == "complete" else {})}
        assert bureau.post("HS", f"task-orders/{step}", {"cycle": CYCLE, "orders": [entry]}).status_code == 200
    judged = {"order": one, "counts": {"numerator": "1", "denominator": "1"}, "note": "按期"}
    answer = bureau.post("P9", "task-orders/judge", {"cycle": CYCLE, "orders": [judged]})
    assert code_of(answer) == "period.not_begun"


def test_an_order_is_not_due_in_the_past(bureau: HttpBureau, on: Callable[[str], None]) -> None:
    on("2026-05-15")
    order = {
        "indicator": "03-01-01",
        "period": "2026-M05",
        "title": "甲",
        "standard": "乙",
        "deadline": "2026-05-14",
        "subjects": ["S01"],
    }
    assert code_of(bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]})) == "deadline.past"
    today = {**order, "deadline": "2026-05-15"}
    assert bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [today]}).status_code == 201


def test_twelve_of_ten_are_not_in_time_whoever_says_so(bureau: HttpBureau) -> None:
    add(bureau, RATE, "tier", TIER, measure_unit="%")
    assert code_of(declare(bureau, RATE, {"numerator": "12", "denominator": "10"})) == "counts.rate"
    declared = declare(bureau, RATE, {"numerator": "10", "denominator": "10"})
    assert declared.status_code == 201
    one = declared.json["declarations"][0]["declaration"]
    bureau.inner.decide("verify", "HS", [one])
    wrong = {"declaration": one, "counts": {"numerator": "12", "denominator": "10"}, "reason": "笔误"}
    answer = bureau.post("P10", "declarations/assess", {"cycle": CYCLE, "declarations": [wrong]})
    assert code_of(answer) == "counts.rate"


def test_hours_by_case_may_be_more_than_the_cases(bureau: HttpBureau) -> None:
    add(bureau, RATE, "tier", TIER, measure_unit="小时")
    assert declare(bureau, RATE, {"numerator": "12.5", "denominator": "10"}).status_code == 201


def test_what_is_counted_whole_has_no_halves(bureau: HttpBureau) -> None:
    answer = declare(bureau, "01-01-01", {"done": "0.5"})
    assert code_of(answer) == "counts.whole"
    assert "整数" in answer.json["errors"][0]["zh"]
    assert "“次”" in answer.json["errors"][0]["zh"]
    add(bureau, HOURS, "ratio", {"cap": "1.0"}, measure_unit="小时")
    assert declare(bureau, HOURS, {"done": "0.5"}).status_code == 201


def test_much_is_confirmed_by_the_person_and_more_than_can_be_is_refused(bureau: HttpBureau) -> None:
    """PS has claimed 10 for the year: above 100 in a month it is asked for again."""
    answer = declare(bureau, "01-01-01", {"done": "101"})
    assert code_of(answer) == "counts.unconfirmed"
    assert "已核对" in answer.json["errors"][0]["zh"]
    assert code_of(declare(bureau, "01-01-01", {"done": "99999999999"}, confirmed=True)) == "counts.impossible"
    assert declare(bureau, "01-01-01", {"done": "101"}, confirmed=True).status_code == 201


@pytest.mark.parametrize(("target", "unasked"), [("5000", "1250"), ("5000", "50000"), (None, "1000")])
def test_what_is_usual_follows_the_target_however_high_it_is(target: str | None, unasked: str) -> None:
    bounds = USUAL.for_target(None if target is None else Decimal(target))
    check_confirmed({"done": Decimal(unasked)}, bounds)
    with pytest.raises(Refused):
        check_confirmed({"done": bounds.confirm + 1}, bounds)


def test_the_office_bounds_an_item(bureau: HttpBureau) -> None:
    bounds = {"cycle": CYCLE, "bounds": [{"indicator": "01-01-01", "confirm_above": "2", "refuse_above": "5"}]}
    client = bureau.client("office")
    assert bureau.client("PS").put("/api/v1/declaration-bounds", json=bounds).status_code == 403
    assert client.put("/api/v1/declaration-bounds", json=bounds).status_code == 200
    assert bureau.get("PS", f"declaration-bounds?cycle={CYCLE}").json["bounds"][0]["refuse_above"] == "5"
    assert code_of(declare(bureau, "01-01-01", {"done": "3"})) == "counts.unconfirmed"
    assert code_of(declare(bureau, "01-01-01", {"done": "6"}, confirmed=True)) == "counts.impossible"
    bounds["bounds"][0]["confirm_above"] = "9"
    assert code_of(client.put("/api/v1/declaration-bounds", json=bounds)) == "bounds.order"


def test_a_released_claim_is_said_and_nothing_is_taken(bureau: HttpBureau) -> None:
    released = claim("PS", "01-01-01", "10", revision=2)
    object.__setattr__(released, "status", "released")
    bureau.inner.handle(projections.keep_claims, released)
    assert code_of(declare(bureau, "01-01-01", {"done": "1"})) == "claim.released"
    assert bureau.inner.count("declaration") == 0


def test_what_nobody_claimed_is_taken_with_a_word(bureau: HttpBureau) -> None:
    answer = declare(bureau, "01-01-01", {"done": "1"}, by="QS", evidence=["台账"])
    assert [one["code"] for one in answer.json["declarations"][0]["warnings"]] == ["claim.missing"]


def test_missing_evidence_is_told_to_declarer_and_verifier(bureau: HttpBureau) -> None:
    declared = declare(bureau, "01-01-01", {"done": "1"}).json["declarations"][0]
    assert [(one["code"], "材料" in one["zh"]) for one in declared["warnings"]] == [("evidence.missing", True)]
    (seen,) = bureau.get("HS", f"declarations?cycle={CYCLE}&waiting=verify").json["items"]
    assert [one["code"] for one in seen["warnings"]] == ["evidence.missing"]
    attached = declare(bureau, "01-01-01", {"done": "1"}, period="2026-M02", evidence=["台账一本"])
    assert attached.json["declarations"][0]["warnings"] == []


def test_or_refused_from_the_day_that_the_office_sets(bureau: HttpBureau) -> None:
    today = bureau.get("office", "declaration-rules").json  # the rule is known to everybody
    assert "evidence_refused" in {one["rule"] for one in today["rules"]}
    from shared.clock import today as day

    rule = {"rule": "evidence_refused", "starts": day().isoformat(), "value": 1}
    assert bureau.post("office", "declaration-rules", rule).status_code == 200
    answer = declare(bureau, "01-01-01", {"done": "1"})
    assert code_of(answer) == "evidence.missing"
    assert declare(bureau, "01-01-01", {"done": "1"}, evidence=["台账"]).status_code == 201


def test_whoever_replaces_names_what_is_replaced(bureau: HttpBureau) -> None:
    body = {
        "cycle": CYCLE,
        "draft": True,
        "entries": [{"indicator": "01-01-01", "period": "2026-M01", "counts": {"done": "1"}}],
    }
    assert bureau.post("PS", "declarations", body).status_code == 201
    assert code_of(declare(bureau, "01-01-01", {"done": "2"})) == "revision.required"
    assert declare(bureau, "01-01-01", {"done": "2"}, revision=1).status_code == 201
