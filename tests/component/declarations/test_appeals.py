"""Appeals: filed by the subject in time, decided by somebody who had no part in it; new points flow, with what was kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from services.declarations.storage import projections
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.checking import appeal, assessed, close, decide_appeal, drawn, find, inspections
from tests.component.declarations.states import CYCLE, cycle
from tests.component.declarations.test_other_tools import on_day


def listed(bureau: Bureau, by: str, **filters: object) -> list[str]:
    return [one["appeal"] for one in bureau.ask("list_appeals", by, {"cycle": CYCLE, **filters})["items"]]


def standing(bureau: Bureau, declared: str) -> dict:
    return bureau.ask("get_declaration", "K1", {"cycle": CYCLE, "declaration": declared})


def test_an_appeal_against_an_assessment_changes_the_points(bureau: Bureau):
    (declared,) = assessed(bureau, "PS", done="2")
    one = appeal(bureau, "PS", "assessment", declared)
    decided = decide_appeal(bureau, "K1", one, counts={"done": "4"})
    assert (
        decided["status"],
        decided["corrections"][0]["points_before"],
        decided["corrections"][0]["points_after"],
    ) == (
        "changed",
        "1.00",
        "2.00",
    )
    now = standing(bureau, declared)
    assert (str(now["points"]), now["history"][-1]["command"], now["history"][-1]["by"]) == ("2.00", "appeal", "K1")


def test_an_appeal_that_is_upheld_changes_nothing_and_is_final(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    before = standing(bureau, declared)["revision"]
    one = appeal(bureau, "PS", "assessment", declared)
    assert decide_appeal(bureau, "K1", one, "upheld")["status"] == "upheld"
    assert standing(bureau, declared)["revision"] == before
    with pytest.raises(Conflict, match=r"appeal\.decided"):
        appeal(bureau, "PS", "assessment", declared)


def test_one_open_appeal_at_a_time_and_none_after_withdrawal_is_lost(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    one = appeal(bureau, "PS", "assessment", declared)
    with pytest.raises(Conflict, match=r"appeal\.open"):
        appeal(bureau, "PS", "assessment", declared)
    body = {"cycle": CYCLE, "appeals": [{"appeal": one}]}
    for by in ("QS", "K1"):
        with pytest.raises(Forbidden):
            bureau.ask("withdraw_appeals", by, body)
    assert bureau.ask("withdraw_appeals", "PS", body)["appeals"][0]["status"] == "withdrawn"
    with pytest.raises(Conflict):
        decide_appeal(bureau, "K1", one, "upheld")
    assert appeal(bureau, "PS", "assessment", declared) != one


def test_only_the_subject_appeals(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    for by in ("QS", "HS", "P10", "K1", "L1"):
        with pytest.raises(Forbidden):
            appeal(bureau, by, "assessment", declared)
    with pytest.raises(NotFound):
        appeal(bureau, "PS", "assessment", "nothing")


def test_nobody_decides_who_took_part_or_is_of_the_subjects_side(bureau: Bureau):
    (one,) = bureau.declare("P9", ratio("3"))  # of D09, verified by H9
    bureau.decide("verify", "H9", [one["declaration"]])
    bureau.decide("assess", "H10", [one["declaration"]])  # H10 is of the panel, too
    filed = appeal(bureau, "P9", "assessment", str(one["declaration"]))
    for by in ("P9", "H9", "H10", "P10", "office", "auditor", "QS"):
        with pytest.raises(Forbidden):
            decide_appeal(bureau, by, filed, "upheld")
    to_decide = {by: bureau.ask("list_to_dos", by, {"cycle": CYCLE})["lists"].get("appeals_to_decide") for by in ("K1", "L1", "H10", "P9")}  # fmt: skip
    assert [to_decide["K1"]["count"], to_decide["L1"]["count"], to_decide["H10"]["count"], to_decide["P9"]] == [1, 1, 0, None]  # fmt: skip
    assert decide_appeal(bureau, "L1", filed, "upheld")["status"] == "upheld"


def test_a_return_appealed_against_goes_on_to_the_assessor(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio("3"))
    declared = str(one["declaration"])
    bureau.decide("return", "HS", [declared], reason="不予认可")
    filed = appeal(bureau, "PS", "verification", declared)
    decide_appeal(bureau, "K1", filed)
    assert (standing(bureau, declared)["status"], standing(bureau, declared)["verified_by"]) == ("verified", "K1")
    assert bureau.decide("assess", "P10", [declared])[0]["status"] == "assessed"


def test_an_appeal_against_a_finding_restores_the_points_and_lifts_the_veto(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    check, (one,) = drawn(bureau)
    find(bureau, one, "false")
    assert close(bureau, check)["figures"]["false"] == 1
    filed = appeal(bureau, "PS", "finding", one["inspection"])
    with pytest.raises(Forbidden):  # the inspector decides nothing, whatever else they are
        decide_appeal(bureau, one["inspector"], filed, verdict="confirmed")
    with pytest.raises(Invalid):
        decide_appeal(bureau, "K1", filed)
    decide_appeal(bureau, "K1", filed, verdict="confirmed")
    assert str(standing(bureau, declared)["points"]) == "1.50"
    (now,) = inspections(bureau)
    assert (now["verdict"], str(now["points_after"])) == ("confirmed", "1.50")
    (veto,) = bureau.ask("list_vetoes", "K1", {"cycle": CYCLE})["items"]
    assert veto["status"] == "lifted"
    (figured,) = bureau.ask("list_spot_checks", "PS", {"cycle": CYCLE})["items"]
    assert (figured["figures"]["false"], figured["figures"]["confirmed"]) == (0, 1)


def test_a_veto_is_appealed_against_once_confirmed(bureau: Bureau):
    entry = {
        "indicator": "01-03-05",
        "subject": "PS",
        "reason": "查实",
        "source": "inspectorate",
        "fact_on": "2026-01-05",
    }
    one = bureau.ask("propose_vetoes", "K1", {"cycle": CYCLE, "vetoes": [entry]})["vetoes"][0]["veto"]
    with pytest.raises(Conflict):
        appeal(bureau, "PS", "veto", one)
    bureau.ask("confirm_vetoes", "K2", {"cycle": CYCLE, "vetoes": [{"veto": one}], "decision": "认定"})
    filed = appeal(bureau, "PS", "veto", one)
    assert bureau.ask("list_vetoes", "PS", {"cycle": CYCLE})["items"][0]["appeal"] == "filed"
    for by in ("K1", "K2"):
        with pytest.raises(Forbidden):
            decide_appeal(bureau, by, filed)
    decide_appeal(bureau, "K3", filed)
    (now,) = bureau.ask("list_vetoes", "PS", {"cycle": CYCLE})["items"]
    assert (now["status"], now["appeal"], now["fact_on"], now["decided_on"]) == (
        "lifted",
        "changed",
        now["fact_on"],
        today(),
    )


def test_a_fact_does_not_lie_in_the_future(bureau: Bureau):
    entry = {
        "indicator": "01-03-05",
        "subject": "PS",
        "reason": "查实",
        "fact_on": (today() + timedelta(1)).isoformat(),
    }
    with pytest.raises(Invalid, match=r"fact_on\.future"):
        bureau.ask("propose_vetoes", "K1", {"cycle": CYCLE, "vetoes": [entry]})


def test_a_settled_or_rejected_contribution_is_appealed_against(bureau: Bureau):
    entry = {"subject": "PS", "indicator": "11-01-03", "period": "2026-H1", "title": "经验", "effect": "推广", "proof": "通知", "level": "district"}  # fmt: skip
    one = bureau.ask("declare_contributions", "PS", {"cycle": CYCLE, "contributions": [entry]})["contributions"][0]
    chosen = {"cycle": CYCLE, "contributions": [{"contribution": one["contribution"]}]}
    bureau.ask("screen_contributions", "HS", {**chosen, "decision": "pass"})
    for member in ("K1", "K2", "H10"):
        opinion = {"contribution": one["contribution"], "agree": False, "note": "不足"}
        bureau.ask("give_opinions", member, {"cycle": CYCLE, "opinions": [opinion]})
    bureau.ask("settle_contributions", "K1", {**chosen, "decision": "reject", "reason": "材料不足"})
    filed = appeal(bureau, "PS", "settlement", one["contribution"])
    for by in ("K1", "K2", "H10"):  # they said what they think already
        with pytest.raises(Forbidden):
            decide_appeal(bureau, by, filed, counts={"provincial": "1"})
    with pytest.raises(Invalid):
        decide_appeal(bureau, "K3", filed)
    decide_appeal(bureau, "K3", filed, counts={"provincial": "1"})
    (now,) = bureau.ask("list_contributions", "PS", {"cycle": CYCLE})["items"]
    assert (now["status"], {key: str(value) for key, value in now["counts"].items()}) == (
        "settled",
        {"provincial": "1"},
    )


def test_a_judgement_is_appealed_against(bureau: Bureau):
    order = {"indicator": "03-01-01", "period": "2026-M01", "title": "督办", "standard": "按期", "deadline": "2026-01-05", "subjects": ["PS"]}  # fmt: skip
    with on_day(date(2026, 1, 4)):
        one = bureau.ask("issue_orders", "L1", {"cycle": CYCLE, "orders": [order]})["orders"][0]["order"]
    judged = {"order": one, "counts": {"numerator": "1", "denominator": "2"}, "note": ""}
    bureau.ask("judge_orders", "L1", {"cycle": CYCLE, "orders": [judged]})
    filed = appeal(bureau, "PS", "judgement", one)
    with pytest.raises(Forbidden):
        decide_appeal(bureau, "L1", filed, counts={"numerator": "2", "denominator": "2"})
    assert decide_appeal(bureau, "K1", filed, counts={"numerator": "2", "denominator": "2"})["corrections"]


def test_terms_are_the_offices_to_set_and_bind(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    assert bureau.ask("get_appeal_terms", "PS", {"cycle": CYCLE}) == {"cycle": CYCLE, "revision": 0, "file_days": 10, "decide_days": 15}  # fmt: skip
    body = {"cycle": CYCLE, "file_days": 5, "decide_days": 7}
    with pytest.raises(Forbidden):
        bureau.ask("set_appeal_terms", "K1", body)
    assert bureau.ask("set_appeal_terms", "office", body)["revision"] == 1
    with pytest.raises(Conflict):
        bureau.ask("set_appeal_terms", "office", {**body, "revision": 0})
    with bureau.sessions.engine.begin() as connection:
        connection.execute(text('UPDATE declarations.decided SET "on" = "on" - 30'))
    with pytest.raises(Conflict, match="too_late"):
        appeal(bureau, "PS", "assessment", declared)


def test_overdue_appeals_are_listed(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    one = appeal(bureau, "PS", "assessment", declared)
    assert listed(bureau, "K1", overdue=True) == []
    with bureau.sessions.engine.begin() as connection:
        connection.execute(text("UPDATE declarations.appeal SET due_on = due_on - 90"))
    assert listed(bureau, "K1", overdue=True) == [one]
    assert listed(bureau, "PS") == listed(bureau, "HS") == [one]
    assert listed(bureau, "QS") == listed(bureau, "P9") == []
    waiting = bureau.ask("list_to_dos", "K1", {"cycle": CYCLE})["lists"]["appeals_to_decide"]
    assert (waiting["count"], waiting["overdue"]) == (1, 1)


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_no_appeal_outside_of_the_year(bureau: Bureau, status):
    (declared,) = assessed(bureau, "PS")
    bureau.handle(projections.keep_cycles, cycle(status, 2))
    with pytest.raises(Problem, match=r"cycle\.not_open"):
        appeal(bureau, "PS", "assessment", declared)
