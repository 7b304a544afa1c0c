"""What follows a run, as its users meet it: publication by settings, conversations, improvements, grades, lists."""

import pytest
from sqlalchemy import text

from shared.clock import today
from shared.jsontext import loads
from tests.component.scoring.after_a_run import TALK, Results


def test_nothing_is_published_that_was_not_asked_for_and_days_are_counted_in_working_days(results: Results) -> None:
    published = results.publish(visible={"person": "list"}, objection_days=5)
    settings = published["publication"]
    assert settings["visible"] == {"person": "list", "station": "scores", "division": "scores"}
    assert settings["objections_until"] > settings["published_on"]
    assert settings["open"] is True
    assert results.staff(results.person).get(f"{results.at}/publication").json == settings


def test_the_last_day_is_told_and_told_again_when_it_moves(results: Results) -> None:
    def told() -> list[tuple[int, str | None, str | None]]:
        chosen = text("SELECT body FROM scoring.outbox WHERE event = 'scoring.ScoresPublished.v2' ORDER BY id")
        with results.scoring.sessions.engine.connect() as connection:
            states = [one for row in connection.execute(chosen) for one in loads(row.body)]
        return [(one["revision"], one["published_on"], one["objections_until"]) for one in states]

    first = results.publish(objection_days=5)["publication"]
    more = results.office.patch(f"{results.at}/publication", json={"objection_days": 9}, headers={"If-Match": "*"}).json
    day = first["published_on"]
    assert more["objections_until"] > first["objections_until"]
    assert told() == [
        (1, None, None), (2, None, None), (3, day, first["objections_until"]), (4, day, more["objections_until"]),
    ]  # fmt: skip


LEVELS = {
    # of persons: (scores of all, ranks of all, list)
    "own": (False, False, False),
    "list": (False, False, True),
    "ranking": (False, True, True),
    "scores": (True, True, True),
}


@pytest.mark.parametrize("level", LEVELS)
def test_everybody_sees_of_others_what_was_published_and_no_more(results: Results, level: str) -> None:
    all_scores, all_ranks, the_list = LEVELS[level]
    everybody = len(results.office.get(f"{results.at}/ranking").json["items"])
    results.publish(visible={"person": level})
    staff = results.staff(results.person)
    scores = staff.get(f"{results.at}/scores?layer=person").json["items"]
    assert (len(scores) > 1) is all_scores
    assert results.person in {one["subject"] for one in scores}
    ranking = staff.get(f"{results.at}/ranking?layer=person").json["items"]
    assert (len(ranking) == everybody) is all_ranks
    numbers = {one["subject"]: one["final"] for one in ranking}
    assert numbers[results.person]
    assert all((number is not None) is all_scores for one, number in numbers.items() if one != results.person)
    if level == "ranking":
        other = next(one for one in ranking if one["subject"] != results.person)
        assert (other["vetoes"], other["struck"], other["components"]) == ([], None, {})
        assert other["name"]
    chosen = staff.get(f"{results.at}/selection?layer=person")
    assert (chosen.status_code == 200) is the_list
    if the_list:
        assert ("struck" in {one["step"] for one in chosen.json["steps"]}) is all_scores
    lists = staff.get(f"{results.at}/commendations").json["lists"]
    assert ("person" in lists) is the_list
    if the_list:
        assert all((one["final"] is not None) is all_scores for one in lists["person"])
    standing = staff.get("/api/v1/standings?cycle=2026&layer=person").json["items"]
    assert (len(standing) > 1) is all_scores
    units = staff.get(f"{results.at}/scores?layer=station").json["items"]
    assert len(units) > 1  # of units everything was published


def test_before_publication_nobody_sees_others_and_there_is_no_list(results: Results) -> None:
    results.approve()
    staff = results.staff(results.person)
    assert {one["subject"] for one in staff.get(f"{results.at}/scores").json["items"]} == {results.person}
    assert staff.get(f"{results.at}/commendations").status_code == 403
    assert results.office.get(f"{results.at}/commendations").json["lists"]["person"]


def test_the_days_for_objections_become_more_and_never_fewer(results: Results) -> None:
    results.publish(objection_days=5)
    at = f"{results.at}/publication"
    etag = results.office.get(at).headers["ETag"]
    assert results.office.patch(at, json={"objection_days": 8}).status_code == 428
    more = results.office.patch(
        at, json={"objection_days": 8, "visible": {"person": "own"}}, headers={"If-Match": etag}
    )
    assert (more.json["objection_days"], more.json["visible"]["person"], more.json["revision"]) == (8, "own", 2)
    late = results.office.patch(at, json={"objection_days": 9}, headers={"If-Match": etag})
    assert late.status_code == 412
    fewer = results.office.patch(at, json={"objection_days": 6}, headers={"If-Match": "*"})
    assert (fewer.status_code, fewer.json["code"]) == (422, "publication.shortened")
    assert results.staff(results.person).patch(at, json={}, headers={"If-Match": "*"}).status_code == 403


def test_a_feedback_sheet_tells_what_cost_how_much_as_json_and_on_paper(results: Results) -> None:
    staff = results.staff(results.person)
    assert staff.get(f"{results.at}/feedback/{results.person}").json["code"] == "run.not_approved"
    results.publish()
    sheet = staff.get(f"{results.at}/feedback/{results.person}").json
    assert sheet["weak"]
    costs = [float(one["cost"]) for one in sheet["weak"]]
    assert costs == sorted(costs, reverse=True)
    assert sheet["means"]["layer"]
    assert sheet["publication"]["open"] is True
    paper = staff.get(f"{results.at}/feedback/{results.person}/paper")
    assert (paper.status_code, paper.data[:4]) == (200, b"%PDF")
    assert staff.get(f"{results.at}/feedback/{results.colleague}").status_code == 403
    notice = staff.get(f"{results.at}/commendations/paper")
    assert (notice.status_code, notice.data[:4]) == (200, b"%PDF")


def test_a_conversation_is_confirmed_by_both_sides_and_stands_then(results: Results) -> None:
    results.approve()
    staff, head = results.staff(results.person), results.head("H99")
    made = head.post(f"{results.at}/conversations", json={"subject": results.person, **TALK})
    assert (made.status_code, made.json["status"], made.json["name"]) == (201, "drafted", f"名{results.person}")
    at = f"{results.at}/conversations/{results.person}"
    assert head.post(f"{results.at}/conversations", json={"subject": results.person, **TALK}).status_code == 409
    assert staff.post(f"{at}/confirm").json["code"] == "conversation.step"
    assert staff.post(f"{at}/offer").status_code == 403
    assert head.post(f"{at}/offer").json["status"] == "offered"
    assert head.post(f"{at}/confirm").status_code == 403  # nobody confirms for the other side
    assert staff.post(f"{at}/return").json["code"] == "reason.required"
    assert staff.post(f"{at}/return", json={"opinion": "三月已申报"}).json["status"] == "returned"
    etag = staff.get(at).headers["ETag"]
    revised = head.patch(at, json={**TALK, "shortcomings": "无"}, headers={"If-Match": etag})
    assert (revised.json["status"], revised.json["offered_at"]) == ("drafted", None)
    assert head.patch(at, json=TALK, headers={"If-Match": etag}).status_code == 412
    head.post(f"{at}/offer")
    done = staff.post(f"{at}/confirm", json={"opinion": "同意"})
    assert (done.json["status"], done.json["opinion"]) == ("confirmed", "同意")
    assert head.patch(at, json=TALK, headers={"If-Match": "*"}).json["code"] == "conversation.step"
    assert results.staff(results.colleague).get(at).status_code == 403
    assert results.office.get(f"{results.at}/conversations?status=confirmed").json["items"] == [done.json]


def test_nobody_leads_a_conversation_with_himself_nor_in_the_future(results: Results) -> None:
    results.approve()
    body = {"subject": results.person, **TALK}
    assert results.head(results.person).post(f"{results.at}/conversations", json=body).status_code == 403
    later = {**body, "held_on": "2099-01-01"}
    assert results.leader.post(f"{results.at}/conversations", json=later).json["code"] == "conversation.future"


def test_grades_are_proposed_and_decided_with_reasons_within_the_quota(results: Results) -> None:
    rows = results.office.get(f"{results.at}/scores?layer=person").json["items"]
    best, warned = rows[0]["subject"], results.colleague
    body = {"circumstances": {warned: {"warning": "市局纪〔2026〕3 号"}}, "marks": {"competent": "1", "basic": 0}}
    assert results.panel.post(f"{results.at}/grades", json=body).status_code == 403
    made = results.office.post(f"{results.at}/grades", json=body)
    assert (made.status_code, made.json["status"]) == (201, "proposed")
    assert results.staff(best).get(f"{results.at}/grades").status_code == 403
    listed = {one["person"]: one for one in results.panel.get(f"{results.at}/grades").json["items"]}
    assert listed[warned]["circumstances"] == {"warning": "市局纪〔2026〕3 号"}
    assert results.panel.post(f"{results.at}/grades/decide").json["code"] == "run.not_approved"
    results.publish(visible={"person": "list"})
    wrong = {"otherwise": {warned: {"grade": "优秀", "reason": "表现突出"}}}
    assert results.panel.post(f"{results.at}/grades/decide", json=wrong).json["code"] == "grade.limited"
    all_excellent = {one: {"grade": "优秀", "reason": "好"} for one in listed if not listed[one]["circumstances"]}
    refused = results.panel.post(f"{results.at}/grades/decide", json={"otherwise": all_excellent})
    assert (refused.status_code, refused.json["code"]) == (422, "grade.quota")
    lower = {"otherwise": {warned: {"grade": "基本称职", "reason": "两次迟报"}}, "revision": made.json["revision"]}
    decided = results.panel.post(f"{results.at}/grades/decide", json=lower)
    assert (decided.status_code, decided.json["status"], decided.json["quota"]["given"]) == (
        200, "decided", sum(one["grade"] == "优秀" for one in listed.values()),
    )  # fmt: skip
    assert results.panel.post(f"{results.at}/grades/decide").json["code"] == "grading.decided"
    assert results.office.post(f"{results.at}/grades", json=body).json["code"] == "grading.decided"
    own = results.staff(warned).get(f"{results.at}/grades").json["items"]
    mine = next(one for one in own if one["person"] == warned)
    assert (mine["grade"], mine["reason"]) == ("基本称职", "两次迟报")
    assert all((one["grade"], one["final"]) == ("优秀", None) for one in own if one["person"] != warned)
    assert results.staff(results.person).get(f"{results.at}/feedback/{results.person}").json["grade"]["grade"]


def test_who_is_on_the_panel_does_not_decide_on_his_own_grade(results: Results) -> None:
    results.office.post(f"{results.at}/grades", json={})
    results.approve()
    member = results.http.log_in("member", "panel", person=results.person)
    own = {"otherwise": {results.person: {"grade": "优秀", "reason": "好"}}}
    assert member.post(f"{results.at}/grades/decide", json=own).json["code"] == "own.decision"


def test_a_problem_of_an_indicator_is_reported_and_listed(results: Results) -> None:
    indicator = results.office.get("/api/v1/standings/explanations/" + results.person + "?cycle=2026").json
    code = indicator["lines"][0]["categories"][0]["items"][0]["indicator"]
    body = {"indicator": code, "changes": {"full_points": "4"}, "reason": "人人满分"}
    made = results.office.post(f"{results.at}/indicator-problems", json=body)
    assert (made.status_code, made.json["action"]) == (201, "change")
    assert results.office.get(f"{results.at}/indicator-problems").json["items"] == [made.json]
    assert results.staff(results.person).post(f"{results.at}/indicator-problems", json=body).status_code == 403
    nothing = {"indicator": code, "action": "remove", "changes": {"name": "x"}, "reason": "y"}
    assert results.office.post(f"{results.at}/indicator-problems", json=nothing).status_code == 422
    unknown = results.office.post(f"{results.at}/indicator-problems", json={**body, "indicator": "99-99-99"})
    assert unknown.status_code == 404


def test_bad_settings_get_a_clear_answer(results: Results) -> None:
    results.approve()
    for wrong in (
        {"visible": {"person": "everything"}},
        {"visible": {"bureau": "own"}},
        {"objection_days": 61},
        {"objection_days": 4},
    ):
        assert results.office.post(f"{results.at}/publish", json=wrong).status_code == 422


def test_the_bounds_of_the_days_for_objections_are_set_and_told_by_http(results: Results) -> None:
    rule = {"rule": "objection_days_least", "starts": f"{today():%Y-%m-%d}", "value": 7}
    assert results.panel.post("/api/v1/scoring-rules", json=rule).status_code == 403
    assert results.office.post("/api/v1/scoring-rules", json={**rule, "value": 400}).status_code == 422
    told = results.office.post("/api/v1/scoring-rules", json=rule).json["rules"]
    assert results.leader.get("/api/v1/scoring-rules").json["rules"] == told
    assert [one["value"] for one in told[0]["dated"]] == [7]
    assert results.publish()["publication"]["objection_days"] == 7
