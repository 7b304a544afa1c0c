"""Declaring on PostgreSQL: what is accepted, what is refused with its row, what is kept and what leaves."""

import json

import pytest

from services.declarations.storage import projections
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.declarations.bureau import Bureau, ratio, refusal
from tests.component.declarations.states import CYCLE, attendance, cases, claim, cycle, indicator, person

LATE = {"indicator": "02-01-01"}
CASES = {"indicator": "08-01-01"}


def test_an_item_goes_from_declared_to_assessed(bureau: Bureau):
    (declared,) = bureau.declare("PS", ratio("4"))
    assert (declared["status"], str(declared["points"]), str(declared["self_points"])) == ("declared", "2.00", "2.00")
    bureau.decide("verify", "HS", [declared["declaration"]])
    (assessed,) = bureau.decide("assess", "P10", [declared["declaration"]])
    assert (assessed["status"], assessed["revision"]) == ("assessed", 3)
    (row,) = bureau.rows("SELECT * FROM declarations.declaration")
    assert (row["declared_by"], row["verified_by"], row["assessed_by"]) == ("PS", "HS", "P10")


def test_a_batch_leaves_as_one_message_and_one_audit_line_each(bureau: Bureau):
    ids = [one["declaration"] for one in bureau.declare("PS", ratio(), {"indicator": "08-01-01"})]
    bureau.decide("verify", "HS", ids)
    messages = [json.loads(row["body"]) for row in bureau.rows("SELECT body FROM declarations.outbox ORDER BY id")]
    assert [[state["status"] for state in one] for one in messages] == [["declared"] * 2, ["verified"] * 2]
    assert bureau.count("audit") == 4


def test_drafts_are_replaced_and_then_declared(bureau: Bureau):
    (draft,) = bureau.declare("PS", ratio("1"), draft=True)
    (again,) = bureau.declare("PS", ratio("2", revision=1), draft=True)
    (final,) = bureau.declare("PS", ratio("3"))
    assert draft["declaration"] == again["declaration"] == final["declaration"]
    assert [one["status"] for one in (draft, again, final)] == ["draft", "draft", "declared"]
    assert bureau.count("declaration") == 1


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (ratio(indicator="99-99-99"), "indicator.unknown"),
        (ratio(period="2026-M13"), "period.unknown"),
        (ratio(period="2026-Q1"), "period.frequency"),
        (ratio(indicator="08-09-09", counts={"numerator": "1", "denominator": "1"}), "indicator.not_applicable"),
        (ratio(indicator="03-01-01"), "indicator.tool"),
        (ratio(indicator="01-03-05", period="2026-Y"), "indicator.tool"),
        (ratio(counts={"count": "1"}), "counts.unknown"),
        (ratio(counts={"done": "-1"}), "counts.number"),
        (ratio("4", self_points="2.01"), "self_points.above"),
        (ratio(indicator="02-01-01", counts=None), "counts.missing"),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_stored(bureau: Bureau, entry, code):
    sound = ratio(period="2026-M02")
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", sound, entry)
    assert refusal(raised) == (1, code)
    assert [bureau.count(table) for table in ("declaration", "outbox", "audit")] == [0, 0, 0]


@pytest.mark.parametrize(
    "wrong", [{"counts": {"done": 1.5}}, {"counts": {"done": "NaN"}}, {"counts": {"done": "1E+99"}}, {"x": 1}]
)
def test_what_is_no_exact_number_or_no_field_is_refused(bureau: Bureau, wrong):
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", {**ratio(), **wrong})
    assert raised.value.code == "request.invalid"


def test_the_same_item_twice_in_a_batch_is_refused(bureau: Bureau):
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", ratio("1"), ratio("2"))
    assert refusal(raised) == (1, "batch.repeated")


def test_what_is_verified_is_not_declared_again(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio())
    bureau.decide("verify", "HS", [one["declaration"]])
    with pytest.raises(Conflict) as raised:
        bureau.declare("PS", ratio())
    assert refusal(raised) == (0, "declaration.state")


def test_only_oneself_declares_and_a_head_for_the_unit(bureau: Bureau):
    for by in ("HS", "QS", "L1", "admin"):
        with pytest.raises(Forbidden):
            bureau.declare(by, ratio(subject="PS"))
    (unit,) = bureau.declare("HS", ratio("1", subject="S01"))
    assert unit["subject"] == "S01"
    with pytest.raises(Forbidden):
        bureau.declare("PS", ratio(subject="S01", period="2026-M02"))


@pytest.mark.parametrize(
    ("who", "by", "assessor", "verifier", "assessing"),
    [
        ("PS", "PS", "D10", "HS", "P10"),
        ("HS", "HS", "D10", "L1", "P10"),
        ("S01", "HS", "D10", "L2", "P10"),  # a station answers to all lines: any leader
        ("P8", "P8", "D10", "L2", "P10"),  # D08 has no head: the leader of its line
        ("Q10", "Q10", "panel", "H10", "K1"),  # its own section assesses: the panel instead
        ("D10", "H10", "panel", "L1", "K1"),
    ],
)
def test_who_verifies_and_who_assesses(bureau: Bureau, who, by, assessor, verifier, assessing):
    (one,) = bureau.declare(by, ratio("0", subject=who))
    ids = [one["declaration"]]
    assert bureau.rows("SELECT assessor FROM declarations.declaration") == [{"assessor": assessor}]
    bureau.decide("verify", verifier, ids)
    assert bureau.decide("assess", assessing, ids)[0]["status"] == "assessed"


def test_machine_counts_stand_in_and_a_difference_is_marked(bureau: Bureau):
    bureau.handle(
        projections.keep_figures,
        attendance("PS", "2026-01", {"late_early": {"late": "3", "early": "1"}}),
        source="attendance",
    )
    (one,) = bureau.declare("PS", LATE)
    assert (str(one["points"]), one["differs"]) == ("6.00", False)
    other = {**LATE, "counts": {"late": "0", "early": "0"}, "period": "2026-M01"}
    bureau.decide("return", "R1", [one["declaration"]], reason="请核对")
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", other)
    assert refusal(raised) == (0, "remark.required")
    explained = {**other, "remark": "三次均为因公外出"}
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", explained)
    assert refusal(raised) == (0, "evidence.required")
    (marked,) = bureau.declare("PS", {**explained, "evidence": ["外出审批单"]})
    assert (str(marked["points"]), marked["differs"]) == ("8.00", True)


def test_a_person_without_cases_is_not_measured_by_them(bureau: Bureau):
    (one,) = bureau.declare("PS", CASES)
    assert (one["not_applicable"], one["points"]) == (True, 0)
    bureau.handle(
        projections.keep_figures,
        cases("QS", "2026-01", {"accepted_in_time": {"numerator": "0", "denominator": "0"}}),
        source="complaints",
    )
    assert bureau.declare("QS", CASES)[0]["not_applicable"]


def test_a_cycle_that_is_not_open_takes_nothing(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio())
    bureau.handle(projections.keep_cycles, cycle("closed", 2))
    for ask in (
        lambda: bureau.declare("PS", ratio(period="2026-M02")),
        lambda: bureau.decide("verify", "HS", [one["declaration"]]),
    ):
        with pytest.raises(Conflict) as raised:
            ask()
        assert raised.value.code == "cycle.not_open"


def test_another_bureau_sees_and_decides_nothing(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio())
    with pytest.raises(NotFound):
        bureau.decide("assess", "stranger", [one["declaration"]])
    assert bureau.ask("list_declarations", "stranger", {"cycle": CYCLE})["items"] == []


def test_copies_keep_the_newest_state_in_any_order(bureau: Bureau):
    late, early = claim("PS", "01-01-01", "20", revision=3), claim("PS", "01-01-01", "5", revision=2)
    for _ in range(2):
        bureau.handle(projections.keep_claims, late)
        bureau.handle(projections.keep_claims, early)
    assert str(bureau.declare("PS", ratio("4"))[0]["points"]) == "1.00"


def test_a_retired_indicator_or_person_is_refused(bureau: Bureau):
    bureau.handle(projections.keep_indicators, indicator("01-01-01", "ratio", {"cap": "1.0"}, active=False, revision=2))
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", ratio())
    assert refusal(raised) == (0, "indicator.retired")
    bureau.handle(projections.keep_persons, person("PS", "S01", "all", active=False, revision=2))
    with pytest.raises(Invalid) as raised:
        bureau.declare("PS", CASES)
    assert refusal(raised) == (0, "subject.unknown")
