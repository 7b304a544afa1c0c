"""Grades, as they are proposed and decided: by four eyes, nobody's own by himself, with what was entered before and the year before."""

from decimal import Decimal
from typing import Any

from services.scoring.domain.grading import DECIDED, PersonalGrade
from services.scoring.storage import gradings
from shared.clock import now
from shared.events import AttendanceMonthChanged
from tests.component.scoring.after_a_run import Results
from tests.component.scoring.conftest import actor
from tests.component.scoring.states import BUREAU, cycle_state

Row = dict[str, Any]
WARNED = {"warning": "市局纪〔2026〕3 号"}


def grades(results: Results, at: str | None = None) -> dict[str, Row]:
    return {one["person"]: one for one in results.office.get(f"{at or results.at}/grades").json["items"]}


def test_a_run_tells_how_far_its_grades_are(results: Results) -> None:
    def far() -> str | None:
        found: str | None = results.office.get(results.at).json["grading"]
        return found

    assert far() is None
    results.office.post(f"{results.at}/grades", json={})
    assert far() == "proposed"
    results.approve()
    results.panel.post(f"{results.at}/grades/decide", json={})
    assert far() == "decided"


def test_who_proposed_the_grades_does_not_decide_on_them(results: Results) -> None:
    both = results.http.log_in("both", "hr", "panel", person=results.person)
    made = both.post(f"{results.at}/grades", json={})
    assert (made.status_code, made.json["proposed_by"]) == (201, results.person)
    results.approve()
    refused = both.post(f"{results.at}/grades/decide", json={})
    assert (refused.status_code, refused.json["code"]) == (403, "grading.own_proposal")
    second = results.http.log_in("second", "panel", person=results.person)  # another account, the same person
    assert second.post(f"{results.at}/grades/decide", json={}).json["code"] == "grading.own_proposal"
    assert results.panel.post(f"{results.at}/grades/decide", json={}).json["status"] == "decided"


def test_the_grade_of_whoever_decides_waits_for_another_member_of_the_panel(results: Results) -> None:
    proposer = results.http.log_in("both", "hr", "panel", person=results.colleague)
    proposer.post(f"{results.at}/grades", json={"marks": {"competent": "1", "basic": 0}})
    results.publish()
    member = results.http.log_in("member", "panel", person=results.person)
    decided = member.post(f"{results.at}/grades/decide", json={})
    assert (decided.json["status"], decided.json["awaiting"]) == ("decided", results.person)
    sheet, staff = f"{results.at}/feedback/{results.person}", results.staff(results.person)
    assert staff.get(sheet).json["grade"] is None
    assert results.person not in {one["person"] for one in staff.get(f"{results.at}/grades").json["items"]}
    assert member.post(f"{results.at}/grades/confirm", json={}).json["code"] == "own.decision"
    assert proposer.post(f"{results.at}/grades/confirm", json={}).json["code"] == "grading.own_proposal"
    assert results.office.post(f"{results.at}/grades/confirm", json={}).status_code == 403
    stale = {"revision": decided.json["revision"] - 1}
    assert results.panel.post(f"{results.at}/grades/confirm", json=stale).status_code == 409
    other = {"otherwise": {"grade": "基本称职", "reason": "两次迟报"}, "revision": decided.json["revision"]}
    done = results.panel.post(f"{results.at}/grades/confirm", json=other)
    assert (done.status_code, done.json["awaiting"], done.json["confirmed_by"]) == (200, None, "X-panel")
    assert staff.get(sheet).json["grade"]["grade"] == "基本称职"
    assert results.panel.post(f"{results.at}/grades/confirm", json={}).json["code"] == "grading.nothing_open"


def test_what_was_entered_for_one_run_stands_in_the_next_until_it_is_named_again(results: Results) -> None:
    results.office.post(f"{results.at}/grades", json={"circumstances": {results.person: WARNED}})
    later = f"/api/v1/runs/{results.scoring.freeze()['run']}"
    assert results.office.post(f"{later}/grades", json={}).status_code == 201
    assert grades(results, later)[results.person]["circumstances"].items() >= WARNED.items()
    results.office.post(f"{later}/grades", json={"circumstances": {results.colleague: WARNED}})
    found = grades(results, later)
    assert "warning" in found[results.person]["circumstances"]
    assert "warning" in found[results.colleague]["circumstances"]
    results.office.post(f"{later}/grades", json={"circumstances": {results.person: {}}})
    assert "warning" not in grades(results, later)[results.person]["circumstances"]


def punished(results: Results, year: str, name: str = "heavier_penalty") -> None:
    """A year whose panel decided on a penalty."""
    dates = {"starts": f"{year}-01-01", "ends": f"{year}-12-31"}
    results.scoring.take([cycle_state({**results.cycle, "cycle": year, **dates})])  # type: ignore[attr-defined]
    owner = {"bureau": BUREAU, "run": f"run-{year}", "cycle": year}
    marks = {"competent": "70", "basic": "60", "excellent_percent": 20}
    told = {"revision": 2, "status": DECIDED, "marks": marks, "quota": {}, "proposed_by": "x", "proposed_at": now()}
    rest = {"decided_by": "y", "decided_at": now(), "awaiting": None, "confirmed_by": None, "confirmed_at": None}
    one = PersonalGrade(results.person, results.unit, None, None, "", None, "不确定等次", "", {name: "开除留用"})
    with results.scoring.sessions.begin(actor("office")) as session:
        gradings.save_grading(session, {**owner, **told, **rest})
        gradings.replace_grades(session, owner, [one])


def test_a_penalty_weighs_on_the_next_year_and_not_on_the_one_after(results: Results) -> None:
    def limited() -> str | None:
        assert results.office.post(f"{results.at}/grades", json={}).status_code == 201
        limit: str | None = grades(results)[results.person]["limited_by"]
        return limit

    punished(results, "2024")
    assert limited() != "heavier_penalty"
    punished(results, "2025")
    assert limited() == "heavier_penalty"


def test_a_grade_that_an_investigation_left_open_is_given_once_the_case_is_settled(results: Results) -> None:
    opened = {
        "circumstances": {results.person: {"investigation": "县纪委立案〔2026〕7 号"}},
        "marks": {"competent": 1, "basic": 0},
    }
    results.office.post(f"{results.at}/grades", json=opened)
    assert grades(results)[results.person]["grade"] == "不确定等次"
    settled = {
        "person": results.person,
        "circumstances": {"warning": "县纪〔2027〕2 号"},
        "grade": "称职",
        "reason": "结案，警告",
    }
    assert results.panel.post(f"{results.at}/grades/settle", json=settled).json["code"] == "grading.not_decided"
    results.publish()
    decided = results.panel.post(f"{results.at}/grades/decide", json={}).json
    settled["revision"] = decided["revision"]
    assert results.office.post(f"{results.at}/grades/settle", json=settled).status_code == 403
    member = results.http.log_in("member", "panel", person=results.person)
    assert member.post(f"{results.at}/grades/settle", json=settled).json["code"] == "own.decision"
    still = {**settled, "circumstances": {"investigation": "未结"}}
    assert results.panel.post(f"{results.at}/grades/settle", json=still).json["code"] == "grade.still_open"
    best = results.panel.post(f"{results.at}/grades/settle", json={**settled, "grade": "优秀"})
    assert best.status_code == 422
    assert "grade.limited" in best.get_data(as_text=True)
    done = results.panel.post(f"{results.at}/grades/settle", json=settled)
    assert (done.status_code, done.json["revision"]) == (200, decided["revision"] + 1)
    own = grades(results)[results.person]
    assert (own["grade"], own["reason"], "investigation" in own["circumstances"]) == ("称职", "结案，警告", False)
    again = {**settled, "revision": done.json["revision"]}
    assert results.panel.post(f"{results.at}/grades/settle", json=again).json["code"] == "grade.not_open"


def test_a_party_sanction_leaves_no_grade_for_two_more_years(results: Results) -> None:
    def limited(year: str, name: str) -> str | None:
        punished(results, year, name)
        assert results.office.post(f"{results.at}/grades", json={}).status_code == 201
        limit: str | None = grades(results)[results.person]["limited_by"]
        return limit

    assert limited("2025", "demerit") is None
    assert limited("2024", "party_probation") != "party_probation"
    assert limited("2024", "party_probation_two") == "party_probation_two"
    assert limited("2024", "demerit") is None
    assert limited("2025", "party_probation") == "party_probation"


def on_leave(results: Results, person: str, days: dict[int, str], revision: int = 1, layer: str = "person") -> None:
    """Months of the cycle with their days of sick and personal leave."""
    results.scoring.take(
        AttendanceMonthChanged(
            bureau=BUREAU,
            subject=person,
            layer=layer,
            month=f"2026-{month:02}",
            revision=revision,
            figures={"leave": {"days": Decimal(count)}} if count != "0" else {},
            by="tests",
        )
        for month, count in days.items()
    )


def test_leave_over_half_of_the_year_is_proposed_from_attendance(results: Results) -> None:
    """2026 has 248 working days: 124 are half of them and no more."""
    months = dict.fromkeys(range(1, 7), "20")
    on_leave(results, results.person, {**months, 7: "4.5"})
    on_leave(results, results.colleague, {**months, 7: "4"})
    on_leave(
        results, results.colleague, {12: "31"}, layer="station"
    )  # a unit of the same code says nothing of a person
    results.office.post(f"{results.at}/grades", json={"marks": {"competent": 1, "basic": 0}})
    found = grades(results)
    away = found[results.person]
    assert (away["grade"], away["limited_by"]) == ("不确定等次", "absent_half")
    basis = "考勤记录：病假、事假累计 124.5 个工作日，超过全年 248 个工作日的一半"
    assert away["circumstances"]["absent_half"] == basis
    assert "absent_half" not in found[results.colleague]["circumstances"]


def test_leave_put_right_by_attendance_is_no_circumstance_any_more_and_what_was_entered_stays(results: Results) -> None:
    months = dict.fromkeys(range(1, 8), "20")
    for person in (results.person, results.colleague):
        on_leave(results, person, months)
    own = {results.colleague: {"absent_half": "组织部认定"}}
    results.office.post(f"{results.at}/grades", json={"circumstances": own})
    assert grades(results)[results.colleague]["circumstances"]["absent_half"] == "组织部认定"
    for person in (results.person, results.colleague):
        on_leave(results, person, {7: "0"}, revision=2)
        on_leave(results, person, {7: "20"})  # the state of before comes late
    results.office.post(f"{results.at}/grades", json={})
    found = grades(results)
    assert "absent_half" not in found[results.person]["circumstances"]
    assert found[results.colleague]["circumstances"]["absent_half"] == "组织部认定"


def test_what_is_sent_back_as_it_was_read_is_entered_by_nobody(results: Results) -> None:
    """Nor is what somebody did enter known by itself, whatever its words."""
    on_leave(results, results.person, dict.fromkeys(range(1, 8), "20"))
    results.office.post(f"{results.at}/grades", json={})
    read = grades(results)[results.person]["circumstances"]
    assert "absent_half" in read
    on_leave(results, results.person, {7: "15"}, revision=2)
    own = {"absent_half": "考勤记录：纸质台账，人事科核定"}
    sent = {"circumstances": {results.person: {**read, **WARNED}, results.colleague: own}}
    results.office.post(f"{results.at}/grades", json=sent)
    assert "135 个工作日" in grades(results)[results.person]["circumstances"]["absent_half"]
    on_leave(results, results.person, {7: "0"}, revision=3)
    results.office.post(f"{results.at}/grades", json={})
    found = grades(results)
    assert found[results.person]["circumstances"].keys() - {"veto"} == {"warning"}
    assert found[results.colleague]["circumstances"].items() >= own.items()


def test_what_attendance_knows_stays_when_an_investigation_is_settled(results: Results) -> None:
    on_leave(results, results.person, dict.fromkeys(range(1, 8), "20"))
    opened = {"circumstances": {results.person: {"investigation": "县纪委立案〔2026〕7 号"}}}
    results.office.post(f"{results.at}/grades", json=opened)
    results.publish()
    results.panel.post(f"{results.at}/grades/decide", json={})
    settled = {"person": results.person, "circumstances": {}, "grade": "称职", "reason": "结案"}
    refused = results.panel.post(f"{results.at}/grades/settle", json=settled)
    assert (refused.status_code, refused.json["code"]) == (422, "grade.undetermined")
    left = results.panel.post(f"{results.at}/grades/settle", json={**settled, "grade": "不确定等次"})
    assert left.status_code == 200, left.json
    assert grades(results)[results.person]["circumstances"].keys() - {"veto"} == {"absent_half"}
