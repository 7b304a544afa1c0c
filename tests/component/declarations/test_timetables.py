"""Deadlines on PostgreSQL: who may declare late, what becomes of those who decide late, and what the next head up may do."""

from dataclasses import replace
from datetime import date

import pytest

from services.declarations.storage import projections
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau, ratio, refusal
from tests.component.declarations.states import ACTORS, CYCLE, cycle, unit

JANUARY = "2026-M01"


def item(bureau: Bureau, by: str = "PS") -> dict[str, object]:
    (row,) = bureau.rows(f"SELECT * FROM declarations.declaration WHERE subject = '{by}'")
    return row


def ask(bureau: Bureau, by: str = "PS", indicator: str = "01-01-01") -> dict[str, object]:
    body = {"cycle": CYCLE, "reason": "公出未归", "items": [{"period": JANUARY, "indicator": indicator}]}
    (asked,) = bureau.ask("ask_consents", by, body)["consents"]
    return dict(asked)


def answer(bureau: Bureau, by: str, consent: object, decision: str = "grant", **more: object) -> dict[str, object]:
    body = {"cycle": CYCLE, "decision": decision, "reason": "情况属实", "consents": [{"consent": consent}], **more}
    (answered,) = bureau.ask("answer_consents", by, body)["consents"]
    return dict(answered)


def test_without_a_timetable_nothing_is_enforced(bureau: Bureau, on):
    on("2026-12-30")
    (one,) = bureau.declare("PS", ratio())
    assert (one["status"], item(bureau)["due_on"]) == ("declared", None)
    assert bureau.ask("list_to_dos", "HS", {})["lists"]["to_verify"]["overdue"] == 0


def test_the_office_rules_and_every_period_has_its_days(bureau: Bureau, on):
    on("2026-01-10")
    told = bureau.rule()
    january, december = (next(one for one in told["periods"] if one["period"] == f"2026-M{m}") for m in ("01", "12"))
    assert [january[step] for step in ("declare", "verify", "assess")] == [
        date(2026, 2, 4),
        date(2026, 2, 6),
        date(2026, 2, 11),
    ]
    assert (december["declare"], december["calendar_missing"]) == (None, True)
    with pytest.raises(Forbidden):
        bureau.ask("set_timetable", "K1", {"cycle": CYCLE, "rules": [{"frequency": "monthly", "declare": 1}]})
    assert bureau.ask("get_timetable", "PS", {"cycle": CYCLE})["rules"] == told["rules"]


def test_a_rule_for_days_that_have_passed_is_refused(bureau: Bureau, on):
    on("2026-03-20")
    with pytest.raises(Invalid) as raised:
        bureau.rule()
    assert refusal(raised) == (0, "timetable.past")
    bureau.rule(since="2026-03-20", declare=3)


def test_a_late_declaration_needs_consent_and_says_so(bureau: Bureau, on):
    on("2026-01-10")
    bureau.rule()
    on("2026-02-05")
    bureau.declare("PS", ratio(), draft=True)  # a draft is nobody's business
    with pytest.raises(Conflict) as raised:
        bureau.declare("PS", ratio())
    assert refusal(raised) == (0, "declaration.late")
    due = bureau.ask("list_due", "PS", {"cycle": CYCLE, "period": JANUARY})
    assert (due["due_on"], due["late"]) == (date(2026, 2, 4), True)
    consent = ask(bureau)
    with pytest.raises(Conflict):
        bureau.declare("PS", ratio())
    for nobody in ("HS", "P9", "PS", "K1"):
        with pytest.raises(Forbidden):
            answer(bureau, nobody, consent["consent"])
    assert bureau.ask("list_to_dos", "P10", {})["lists"]["consents_to_answer"]["count"] == 1
    granted = answer(bureau, "P10", consent["consent"], until="2026-02-06")
    assert (granted["status"], granted["decided_by"]) == ("granted", "P10")
    (one,) = bureau.declare("PS", ratio())
    assert one["status"] == "declared"
    assert item(bureau)["due_on"] == date(2026, 2, 9)  # the verifier has the step's two working days from now on


def test_a_refused_consent_may_be_asked_for_once_more_and_an_expired_one_is_none(bureau: Bureau, on):
    on("2026-01-10")
    bureau.rule()
    on("2026-02-05")
    consent = ask(bureau)
    answer(bureau, "P10", consent["consent"], "refuse")
    with pytest.raises(Conflict) as raised:
        answer(bureau, "P10", consent["consent"])
    assert refusal(raised) == (0, "consent.state")
    again = ask(bureau)
    assert (again["consent"], again["revision"]) == (consent["consent"], 3)
    answer(bureau, "P10", again["consent"], until="2026-02-06")
    on("2026-02-07")
    with pytest.raises(Conflict) as raised:
        bureau.declare("PS", ratio())
    assert refusal(raised) == (0, "declaration.late")
    assert bureau.rows("SELECT action FROM declarations.audit WHERE action LIKE 'consent.%' ORDER BY seq") == [
        {"action": f"consent.{status}"} for status in ("asked", "refused", "asked", "granted")
    ]


def test_consent_is_asked_for_what_is_late_only(bureau: Bureau, on):
    on("2026-01-10")
    bureau.rule()
    with pytest.raises(Conflict) as raised:
        ask(bureau)
    assert refusal(raised) == (0, "consent.not_needed")


def test_what_was_returned_is_put_right_after_the_deadline_without_consent(bureau: Bureau, on):
    on("2026-01-10")
    bureau.rule()
    on("2026-02-04")
    (one,) = bureau.declare("PS", ratio())
    on("2026-02-06")
    bureau.decide("return", "HS", [one["declaration"]], reason="请补充")
    assert item(bureau)["due_on"] == date(2026, 2, 10)
    on("2026-02-10")
    assert bureau.declare("PS", ratio("2"))[0]["status"] == "declared"


def late_verification(bureau: Bureau, on) -> str:
    on("2026-01-10")
    bureau.rule()
    on("2026-02-02")
    (one,) = bureau.declare("PS", ratio())
    return str(one["declaration"])


def test_a_late_decision_is_kept_as_a_fact_with_its_working_days(bureau: Bureau, on):
    name = late_verification(bureau, on)
    on("2026-02-09")  # Monday after Friday the 6th
    assert bureau.ask("list_to_dos", "HS", {})["lists"]["to_verify"]["overdue"] == 1
    assert bureau.ask("sum_lateness", "K1", {"cycle": CYCLE})["waiting"][0]["times"] == 1
    bureau.decide("verify", "HS", [name])
    (late,) = bureau.ask("list_lateness", "K1", {"cycle": CYCLE})["items"]
    assert {key: late[key] for key in ("person", "unit", "step", "by", "days")} == {
        "person": "HS", "unit": "S01", "step": "verify", "by": "HS", "days": 1,
    }  # fmt: skip
    bureau.decide("assess", "P10", [name])
    told = bureau.ask("sum_lateness", "K1", {"cycle": CYCLE})
    assert [(one["person"], one["times"], one["days"]) for one in told["decided"]] == [("HS", 1, 1)]
    assert told["waiting"] == []
    assert bureau.ask("list_lateness", "QS", {"cycle": CYCLE})["items"] == []
    assert len(bureau.ask("list_lateness", "HS", {"cycle": CYCLE})["items"]) == 1


def test_what_is_decided_in_time_leaves_no_such_fact(bureau: Bureau, on):
    name = late_verification(bureau, on)
    on("2026-02-06")
    bureau.decide("verify", "HS", [name])
    on("2026-02-11")
    bureau.decide("assess", "P10", [name])
    assert bureau.count("lateness") == 0


def test_the_next_head_up_steps_in_and_the_lateness_stays_with_whose_duty_it_was(bureau: Bureau, on):
    name = late_verification(bureau, on)
    on("2026-02-09")
    with pytest.raises(Forbidden):
        bureau.decide("verify", "L1", [name])
    on("2026-02-10")
    assert bureau.ask("list_to_dos", "L1", {})["lists"]["to_verify"]["count"] == 1
    bureau.decide("verify", "L1", [name])
    (late,) = bureau.ask("list_lateness", "K1", {"cycle": CYCLE})["items"]
    assert (late["person"], late["by"], late["days"]) == ("HS", "L1", 2)


def test_who_takes_back_a_verification_has_not_missed_the_assessors_day_nor_gets_a_fresh_one(bureau: Bureau, on):
    name = late_verification(bureau, on)
    on("2026-02-06")
    bureau.decide("verify", "HS", [name])
    on("2026-02-12")  # the assessor's day was the 11th
    bureau.ask("take_back_decisions", "HS", {"cycle": CYCLE, "declarations": [{"declaration": name}], "reason": "误"})
    assert item(bureau)["due_on"] == date(2026, 2, 6)
    (late,) = bureau.ask("list_lateness", "K1", {"cycle": CYCLE})["items"]
    assert (late["step"], late["person"], late["by"]) == ("assess", "D10", "HS")
    bureau.decide("verify", "HS", [name])
    found = bureau.ask("list_lateness", "K1", {"cycle": CYCLE})["items"]
    assert [(one["step"], one["person"]) for one in found] == [("assess", "D10"), ("verify", "HS")]


def test_who_withdraws_leaves_the_missed_day_with_the_verifier(bureau: Bureau, on):
    name = late_verification(bureau, on)
    on("2026-02-09")
    bureau.ask("withdraw_declarations", "PS", {"cycle": CYCLE, "declarations": [{"declaration": name}], "reason": ""})
    (late,) = bureau.ask("list_lateness", "K1", {"cycle": CYCLE})["items"]
    assert (late["step"], late["person"], late["by"]) == ("verify", "HS", "PS")


def test_a_corrected_declaration_waits_as_long_as_before_and_stays_handed_up(bureau: Bureau, on):
    name = late_verification(bureau, on)
    on("2026-02-09")
    bureau.ask("hand_up", "office", {"cycle": CYCLE, "unit": "S01", "reason": "久拖不办"})
    before = item(bureau)
    bureau.declare("PS", ratio("2"))
    days = ("arrived_on", "due_on", "escalates_on")
    assert {day: item(bureau)[day] for day in days} == {day: before[day] for day in days}
    bureau.decide("verify", "L1", [name])
    (late,) = bureau.ask("list_lateness", "K1", {"cycle": CYCLE})["items"]
    assert (late["person"], late["by"], late["days"]) == ("HS", "L1", 1)


def test_who_is_above_is_told_of_the_unit_by_its_name(bureau: Bureau, on):
    late_verification(bureau, on)
    on("2026-02-09")
    bureau.handle(projections.keep_units, replace(unit("S01", "station", "all"), revision=2, name="城东工商所"))
    assert bureau.ask("hand_up", "office", {"cycle": CYCLE, "unit": "S01", "reason": "久拖不办"}) == {"declarations": 1}
    (told,) = bureau.rows("SELECT address, content FROM declarations.notice WHERE kind = 'verify_escalated'")
    assert told["address"] == "above:S01"
    assert told["content"]["zh"] == "城东工商所 有 1 项申报改由您核实（上一级负责人）。理由：久拖不办"
    assert told["content"]["en"].startswith("1 declarations of 城东工商所 ")


def test_a_changed_calendar_moves_the_days_of_what_lies_on_the_desks(bureau: Bureau, on):
    late_verification(bureau, on)
    assert item(bureau)["due_on"] == date(2026, 2, 6)
    changed = cycle(revision=2)
    state = type(changed)(**{**vars(changed), "calendar": {"2026-02-06": False}})
    bureau.handle(projections.keep_cycles, state)
    assert item(bureau)["due_on"] == date(2026, 2, 9)


def test_to_dos_tell_the_next_deadline_and_what_is_over(bureau: Bureau, on):
    late_verification(bureau, on)
    on("2026-02-05")
    mine = bureau.ask("list_to_dos", "PS", {})["lists"]["to_declare"]
    assert (mine["overdue"], mine["next_due"]) == (3, date(2026, 3, 4))  # of January's four items, and February's
    assert {one["due_on"] for one in mine["items"] if one["period"] == JANUARY} == {date(2026, 2, 4)}


def test_done_lists_show_what_one_did_the_newest_first(bureau: Bureau, on):
    name = late_verification(bureau, on)
    bureau.decide("return", "HS", [name], reason="请补充")
    bureau.declare("PS", ratio("2"))
    bureau.decide("verify", "HS", [name])
    first = bureau.ask("list_done", "HS", {"cycle": CYCLE, "limit": 1})
    rest = bureau.ask("list_done", "HS", {"cycle": CYCLE, "before": first["next"]})
    told = [(one["item"], one["before"], one["after"]) for page in (first, rest) for one in page["items"]]
    assert told == [(name, "declared", "verified"), (name, "declared", "returned")]
    assert bureau.ask("list_done", ACTORS["K1"], {"cycle": CYCLE})["items"] == []
