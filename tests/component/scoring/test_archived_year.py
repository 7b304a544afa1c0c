"""An archived year can only be read: nothing is said of its results any more, but for what the list of what goes on names."""

from collections.abc import Iterator
from typing import Any

from ops.authorisation.after_the_close import still
from ops.authorisation.matrix import operations
from shared.vocabulary.permissions import OPERATOR
from tests.component.scoring.after_a_run import TALK, Results
from tests.component.scoring.states import cycle_state

ANY = {"If-Match": "*"}
ASKED_ELSEWHERE = {
    "start_run",
    "freeze_run",
}  # the owners are asked for their counts first: tests/contract/test_closed_cycles.py
Row = dict[str, Any]


def talks(results: Results) -> Row:
    """A conversation that was drafted with one person and offered to another, by the unit's head."""
    head, leader = results.head("H99"), results.leader
    made = [head.post(f"{results.at}/conversations", json={"subject": results.person, **TALK})]
    made.append(leader.post(f"{results.at}/conversations", json={"subject": results.colleague, **TALK}))
    made.append(leader.post(f"{results.at}/conversations/{results.colleague}/offer"))
    assert [one.status_code for one in made] == [201, 201, 200], [one.text for one in made]
    return {"head": head, "drafted": f"{results.at}/conversations/{results.person}", "offered": made[1].json["subject"]}


def every_change(results: Results, there: Row) -> Iterator[tuple[str, Any]]:
    """(rpc, answer) of each change of scoring's, by whoever may, about what is there."""
    at, office, panel, leader = results.at, results.office, results.panel, results.leader
    head, drafted, weak = there["head"], there["drafted"], there["indicator"]
    mine, offered = results.staff(results.colleague), f"{at}/conversations/{there['offered']}"
    assumed = {"kind": "declaration", "fact": "D1", "reason": "本人离职"}
    yield "assume_waiting", panel.post("/api/v1/standings/waiting/assume", json={"cycle": "2026", "items": [assumed]})
    yield "approve_run", panel.post(f"{at}/approve")
    yield "publish_run", office.post(f"{at}/publish", json={})
    yield "change_publication", office.patch(f"{at}/publication", json={"objection_days": 30}, headers=ANY)
    yield "propose_grades", office.post(f"{at}/grades", json={})
    yield "decide_grades", panel.post(f"{at}/grades/decide", json={})
    yield "confirm_grade", panel.post(f"{at}/grades/confirm", json={})
    problem = {"indicator": weak, "changes": {"full_points": "4"}, "reason": "人人满分"}
    yield "report_problem", office.post(f"{at}/indicator-problems", json=problem)
    yield "draft_conversation", leader.post(f"{at}/conversations", json={"subject": there["third"], **TALK})
    yield "revise_conversation", head.patch(drafted, json=TALK, headers=ANY)
    yield "offer_conversation", head.post(f"{drafted}/offer")
    yield "return_conversation", mine.post(f"{offered}/return", json={"opinion": "三月已申报"})
    yield "confirm_conversation", mine.post(f"{offered}/confirm", json={"opinion": "同意"})
    yield "ask_conversation", leader.post(f"{at}/conversations/{there['third']}/ask", json={"held_on": "2099-01-05"})
    year, text = "/api/v1/cycles/2026/conversations", {"subject": there["third"], **TALK}
    talk = f"{year}/{results.colleague}"
    yield "ask_talk", leader.post(f"{talk}/ask", json={"held_on": "2099-01-05"})
    yield "draft_talk", leader.post(year, json=text)
    yield "revise_talk", leader.patch(talk, json=TALK, headers=ANY)
    yield "offer_talk", leader.post(f"{talk}/offer")
    yield "return_talk", mine.post(f"{talk}/return", json={"opinion": "三月已申报"})
    yield "confirm_talk", mine.post(f"{talk}/confirm", json={"opinion": "同意"})
    words = {"scope": "bureau", "summary": "一年", "next_steps": "明年"}
    yield "write_report_text", office.put("/api/v1/cycles/2026/report-text", json=words)
    measure = {
        "subject": results.person,
        "weak_indicator": weak,
        "cycle": "2026",
        "indicator": weak,
        "period": "2026-M12",
    }
    text = {"title": "提高", "standard": "按时", "deadline": "2099-12-20"}
    yield "propose_improvement", office.post(f"{at}/improvements", json={**measure, **text})


def test_an_archived_year_can_only_be_read(results: Results) -> None:
    results.publish(visible={"person": "list"})
    explained = results.office.get(f"/api/v1/standings/explanations/{results.person}?cycle=2026").json
    scores = results.office.get(f"{results.at}/scores?layer=person").json["items"]
    there = talks(results) | {
        "indicator": explained["lines"][0]["categories"][0]["items"][0]["indicator"],
        "third": next(one["subject"] for one in scores if one["subject"] not in (results.person, results.colleague)),
    }
    results.scoring.take([cycle_state(results.cycle, status="archived", revision=99)])
    asked = list(every_change(results, there))
    answers = dict(asked)
    assert len(answers) == len(asked), "each is asked once"
    assert {name: (one.status_code, (one.json or {}).get("code")) for name, one in answers.items()} == dict.fromkeys(
        answers, (409, "cycle.archived")
    )
    changes = [
        one for one in operations() if one.service == "scoring" and one.method not in ("", "GET") and not one.reads
    ]
    going_on = {one.rpc for one in changes if (entry := still(one)) and entry.takes("archived")}
    assert set(answers) == {one.rpc for one in changes if one.may != OPERATOR} - going_on - ASKED_ELSEWHERE


def test_what_an_investigation_left_open_is_given_in_an_archived_year_too(results: Results) -> None:
    investigated = {
        "circumstances": {results.person: {"investigation": "立案〔2026〕7 号"}},
        "marks": {"competent": 1, "basic": 0},
    }
    results.office.post(f"{results.at}/grades", json=investigated)
    results.publish()
    decided = results.panel.post(f"{results.at}/grades/decide", json={}).json
    results.scoring.take([cycle_state(results.cycle, status="archived", revision=99)])  # type: ignore[attr-defined]
    settled = {
        "person": results.person,
        "circumstances": {"warning": "县纪〔2027〕2 号"},
        "grade": "称职",
        "reason": "结案",
    }
    answer = results.panel.post(f"{results.at}/grades/settle", json={**settled, "revision": decided["revision"]})
    assert answer.status_code == 200, answer.text
