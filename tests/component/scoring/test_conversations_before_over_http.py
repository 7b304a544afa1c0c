"""The talk before the appraisal year's results: asked for, recorded, confirmed by both sides; and who hears of what."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from shared.clock import today
from shared.jsontext import loads
from tests.component.scoring.after_a_run import TALK, Results
from tests.component.scoring.states import cycle_state

LATER = str(today() + timedelta(days=3))


@pytest.fixture
def at(results: Results, world: dict[str, Any]) -> str:
    return f"/api/v1/cycles/{world['cycle']['cycle']}/conversations"


def told(results: Results) -> list[tuple[str, int, str]]:
    """(kind, revision, status) of every conversation as the others were told it."""
    chosen = text("SELECT body FROM scoring.outbox WHERE event = 'scoring.ConversationChanged.v1' ORDER BY id")
    with results.scoring.sessions.engine.connect() as connection:
        states = [one for row in connection.execute(chosen) for one in loads(row.body)]
    return [(one["kind"], one["revision"], one["status"]) for one in states]


def test_a_talk_before_the_results_is_asked_for_and_confirmed_by_both_sides(results: Results, at: str) -> None:
    staff, head = results.staff(results.person), results.head("H99")
    own = f"{at}/{results.person}"
    asked = head.post(f"{own}/ask", json={"held_on": LATER})
    assert (asked.status_code, asked.json["status"], asked.json["held_on"]) == (201, "asked", LATER)
    assert (asked.json["kind"], asked.json["run"], asked.json["strengths"]) == ("before", None, "")
    assert head.post(at, json={"subject": results.person, **TALK}).json["code"] == "conversation.exists"
    assert head.post(f"{own}/offer").json["code"] == "conversation.step"  # nothing is written yet
    written = head.patch(own, json=TALK, headers={"If-Match": asked.headers["ETag"]})
    assert (written.json["status"], written.json["measures"]) == ("drafted", "按月申报")
    assert head.post(f"{own}/offer").json["status"] == "offered"
    assert head.post(f"{own}/confirm").status_code == 403  # nobody confirms for the other side
    assert staff.post(f"{own}/return").json["code"] == "reason.required"
    assert staff.post(f"{own}/return", json={"opinion": "目标过高"}).json["status"] == "returned"
    assert head.patch(own, json=TALK, headers={"If-Match": asked.headers["ETag"]}).status_code == 412
    assert head.patch(own, json=TALK, headers={"If-Match": "*"}).json["status"] == "drafted"
    head.post(f"{own}/offer")
    done = staff.post(f"{own}/confirm", json={"opinion": "同意"})
    assert (done.json["status"], done.json["opinion"]) == ("confirmed", "同意")
    assert results.office.get(f"{at}?status=confirmed").json["items"] == [done.json]
    assert staff.get(own).json == done.json
    steps = ["asked", "drafted", "offered", "returned", "drafted", "offered", "confirmed"]
    assert told(results) == [("before", number, step) for number, step in enumerate(steps, start=1)]


def test_it_is_asked_for_again_on_another_day_but_none_that_is_past(results: Results, at: str) -> None:
    head, own = results.head("H99"), f"{at}/{results.person}/ask"
    past = {"held_on": str(today() - timedelta(days=1))}
    assert head.post(own, json=past).json["code"] == "conversation.past"
    head.post(own, json={"held_on": LATER})
    again = head.post(own, json={"held_on": str(today())})
    assert (again.json["revision"], again.json["held_on"]) == (2, str(today()))
    assert head.post(own, json={"held_on": LATER}, headers={"If-Match": '"1"'}).status_code == 412


def test_it_is_led_by_the_head_and_seen_by_the_two_and_who_watches(results: Results, at: str) -> None:
    head, own = results.head("H99"), f"{at}/{results.person}"
    body = {"subject": results.person, **TALK}
    stranger = results.staff(results.colleague)
    assert stranger.post(at, json=body).status_code == 403
    assert results.head(results.person).post(at, json=body).status_code == 403  # nobody with himself
    assert results.office.post(f"{own}/ask", json={"held_on": LATER}).status_code == 403
    assert head.post(at, json={"subject": results.colleague, **TALK}).status_code == 403
    assert head.post(at, json={"subject": "P-NONE", **TALK}).json["code"] == "subject.unknown"
    assert head.post(at, json=body).status_code == 201
    assert stranger.get(own).status_code == 403
    assert stranger.get(at).json["items"] == []
    assert results.leader.post(f"{at}/{results.unit}/ask", json={"held_on": LATER}).status_code == 201
    assert {one["subject"] for one in results.leader.get(at).json["items"]} == {results.person, results.unit}


def test_it_is_held_from_the_opening_of_the_year_until_its_first_results(
    results: Results, world: dict[str, Any], at: str
) -> None:
    head, body = results.head("H99"), {"subject": results.person, **TALK}
    results.scoring.take([cycle_state(world["cycle"], status="draft", revision=9)])
    assert head.post(at, json=body).json["code"] == "conversation.too_early"
    results.scoring.take([cycle_state(world["cycle"], status="open", revision=10)])
    later = {**body, "held_on": "2099-01-01"}
    assert head.post(at, json=later).json["code"] == "conversation.future"
    assert head.post(at, json=body).status_code == 201
    results.approve()
    own = f"{at}/{results.person}"
    late = results.leader.post(f"{at}/{results.unit}/ask", json={"held_on": LATER})
    assert late.json["code"] == "conversation.too_late"  # none is begun any more
    staff = results.staff(results.person)
    assert head.post(f"{own}/offer").json["status"] == "offered"  # what was held is still put right and confirmed
    assert staff.post(f"{own}/return", json={"opinion": "三月已申报"}).json["status"] == "returned"
    assert head.patch(own, json=TALK, headers={"If-Match": "*"}).json["status"] == "drafted"
    head.post(f"{own}/offer")
    assert staff.post(f"{own}/confirm").json["status"] == "confirmed"
    results.scoring.take([cycle_state(world["cycle"], status="archived", revision=11)])
    assert results.leader.post(f"{at}/{results.unit}/offer").json["code"] == "cycle.archived"


def test_a_talk_about_the_result_is_asked_for_too_and_stands_beside_the_one_before(results: Results, at: str) -> None:
    head = results.head("H99")
    head.post(at, json={"subject": results.person, **TALK})
    results.approve()
    about = f"{results.at}/conversations/{results.person}"
    asked = head.post(f"{about}/ask", json={"held_on": LATER})
    assert (asked.status_code, asked.json["status"]) == (201, "asked")
    assert head.post(f"{about}/ask", json={"held_on": "2020-01-01"}).json["code"] == "conversation.past"
    assert head.patch(about, json=TALK, headers={"If-Match": "*"}).json["status"] == "drafted"
    assert told(results) == [("before", 1, "drafted"), ("after", 1, "asked"), ("after", 2, "drafted")]
    assert [one["subject"] for one in results.office.get(f"{results.at}/conversations").json["items"]] == [
        results.person
    ]
