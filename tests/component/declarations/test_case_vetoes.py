"""What complaints proposes is a veto like any other: once, in whatever order it is told, and only the panel confirms it."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.errors import Conflict, Forbidden, Problem
from shared.events import AttendanceNotice, CaseNotice, VetoProposed
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE, B, indicator
from tests.component.declarations.test_vetoes import decide


def proposal(status: str = "proposed", revision: int = 5, **changes: Any) -> VetoProposed:
    state = {
        "bureau": B, "proposal": "p-1", "revision": revision, "cycle": CYCLE, "case": "c-1", "number": "TS-1", "subject": "PS",
        "indicator": "01-03-04", "reason": "上级转办，查实推诿", "fact_on": date(2026, 1, 5), "status": status, "by": "K1",
    }  # fmt: skip
    return VetoProposed(**{**state, **changes})


@pytest.fixture
def bureau_(bureau: Bureau) -> Bureau:
    item = indicator("01-03-04", "veto", {}, tool="accountability", frequency="yearly", assessor="D10", full="0")
    bureau.handle(projections.keep_indicators, item)
    return bureau


def listed(bureau: Bureau) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = bureau.ask("list_vetoes", "K2", {"cycle": CYCLE})["items"]
    return items


def test_it_is_proposed_once_however_often_it_is_told(bureau_: Bureau) -> None:
    for _ in range(3):
        bureau_.service.take_VetoProposed([proposal()])
    (one,) = listed(bureau_)
    told = {
        name: one[name] for name in ("indicator", "subject", "status", "source", "source_ref", "proposed_by", "reason")
    }
    assert told == {
        "indicator": "01-03-04", "subject": "PS", "status": "proposed", "source": "complaints", "source_ref": "TS-1", "proposed_by": "K1",
        "reason": "上级转办，查实推诿",
    }  # fmt: skip


def test_the_panel_decides_and_who_found_it_does_not_confirm_it(bureau_: Bureau) -> None:
    bureau_.service.take_VetoProposed([proposal()])
    veto = listed(bureau_)[0]["veto"]
    with pytest.raises(Forbidden):
        decide(bureau_, "confirm", "K1", veto)
    with pytest.raises(Conflict):
        bureau_.ask(
            "confirm_vetoes", "K2", {"cycle": CYCLE, "vetoes": [{"veto": veto, "revision": 9}], "decision": "是"}
        )
    assert decide(bureau_, "confirm", "K2", veto) == "confirmed"
    bureau_.service.take_VetoProposed([proposal("withdrawn", 6)])
    assert listed(bureau_)[0]["status"] == "confirmed", "what the panel confirmed only the panel lifts"
    assert decide(bureau_, "lift", "K3", veto) == "lifted"


WAY = [proposal(), proposal("withdrawn", 6), proposal("proposed", 7)]


@pytest.mark.parametrize("told", list(permutations(WAY)), ids=lambda told: "-".join(str(one.revision) for one in told))
def test_in_whatever_order_the_last_state_stands(bureau_: Bureau, told: Any) -> None:
    for state in told:
        bureau_.service.take_VetoProposed([state])
    assert [one["status"] for one in listed(bureau_)].count("proposed") == 1


def test_a_withdrawn_one_is_lifted_and_the_reason_says_so(bureau_: Bureau) -> None:
    bureau_.service.take_VetoProposed([WAY[0]])
    bureau_.service.take_VetoProposed([WAY[1]])
    (one,) = listed(bureau_)
    assert (one["status"], one["decision"]) == ("lifted", "12315 已撤销该项认定")


def test_one_that_was_withdrawn_before_it_was_heard_of_is_never_proposed(bureau_: Bureau) -> None:
    for state in (WAY[1], WAY[0]):
        bureau_.service.take_VetoProposed([state])
    assert listed(bureau_) == []


def test_what_cannot_be_proposed_is_kept_for_the_operator(bureau_: Bureau) -> None:
    with pytest.raises(Problem):
        bureau_.service.take_VetoProposed([proposal(subject="nobody")])
    assert bureau_.count("veto_proposal") == 0, "nothing of it is kept, so it can be told again"


def notice(**changes: Any) -> CaseNotice:
    state = {
        "bureau": B, "notice": "n-1", "revision": 1, "cycle": CYCLE, "case": "c-1", "kind": "case_overdue", "about": "accept 2026-01-05",
        "address": "person:PS", "channel": "screen", "phone": "", "told_on": date(2026, 1, 6), "due_on": date(2026, 1, 5), "zh": "已逾期", "en": "late",
        "by": "system",
    }  # fmt: skip
    return CaseNotice(**{**state, **changes})


def test_a_notice_of_a_case_reaches_whom_it_concerns_once(bureau: Bureau) -> None:
    told = [
        notice(),
        notice(notice="n-2", address="head:S01"),
        notice(notice="n-3", address="desk:office", kind="calendar_unknown", case=""),
    ]
    for _ in range(2):
        bureau.service.take_CaseNotice(told)

    def read(who: str) -> list[tuple[str, Any, Any]]:
        items = bureau.ask("list_notices", who, {})["items"]
        return [(one["kind"], one["content"]["channel"], one["content"]["case"]) for one in items]

    assert (read("PS"), read("HS")) == ([("case_overdue", "screen", "c-1")], [("case_overdue", "screen", "c-1")])
    assert read("office") == [("calendar_unknown", "screen", None)]
    assert read("Q10") == []


def test_a_notice_of_a_case_leads_to_it_and_one_of_a_hot_spot_to_the_list_of_them(bureau: Bureau) -> None:
    told = [
        notice(address="desk:office"),
        notice(notice="n-2", address="desk:office", kind="hot_spot", case="", about="s-1"),
        notice(notice="n-3", address="desk:office", kind="calendar_unknown", case=""),
    ]
    bureau.service.take_CaseNotice(told)
    items = bureau.ask("list_notices", "office", {})["items"]
    assert {one["kind"]: one["content"]["link"] for one in items} == {
        "case_overdue": "/cases/c-1",
        "hot_spot": "/hot-spots",
        "calendar_unknown": "/cycles",
    }


def test_a_reminder_of_a_missed_point_reaches_the_person_once_and_leads_to_the_month(bureau: Bureau) -> None:
    told = AttendanceNotice(
        bureau=B, notice="n-9", revision=1, person="PS", kind="point_missed", day=date(2026, 1, 5), told_on=date(2026, 1, 5),
        due_on=date(2026, 1, 8), zh="缺少打卡", en="no punch", link="/attendance?month=2026-01", by="system",
    )  # fmt: skip
    for _ in range(2):
        bureau.service.take_AttendanceNotice([told])
    (read,) = bureau.ask("list_notices", "PS", {})["items"]
    assert (read["kind"], read["content"]["link"]) == ("point_missed", "/attendance?month=2026-01")
    assert bureau.ask("list_notices", "HS", {})["items"] == []
