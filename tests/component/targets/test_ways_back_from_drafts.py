"""What is prepared can be taken back over HTTP: a change of the draft, the draft, a model's revision, a whole year."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from services.targets.usecases import models, scheduling
from shared.clock import today
from shared.errors import Conflict
from tests.component.targets.test_office_over_http import get, post
from tests.component.targets.test_over_http import prepare, upload
from tests.component.targets.test_weights import SOUND, answer, ask
from tests.component.targets.world import ADMIN, CYCLE, LIBRARY, World, sheet, sheets

GONE = "03-02-01"
DRAFT = "cycles/2026/library/draft"


@pytest.fixture
def library(office: FlaskClient) -> FlaskClient:
    prepare(office)
    upload(office, "cycles/2026/library/import", **{name: sheet(name) for name in LIBRARY})
    return office


def delete(client: FlaskClient, path: str, revision: int | None, status: int = 200):
    headers = {} if revision is None else {"If-Match": f'"{revision}"'}
    answer = client.delete(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == status, answer.get_data()
    return answer.json


def changes_of(client: FlaskClient) -> list[dict]:
    return get(client, f"{DRAFT}/changes").json["items"]


def take_back(client: FlaskClient, change: int, status: int = 200):
    return post(client, f"{DRAFT}/changes/{change}/take-back", {}, status)


def change(client: FlaskClient, *wanted: dict, status: int = 200):
    return post(client, DRAFT, {"changes": [*wanted]}, status)


def put(code: str, **cells: str) -> dict:
    return {"indicator": code, "cells": cells}


def test_a_removed_indicator_comes_back_as_it_was_before_any_library_is_published(library):
    before = get(library, "cycles/2026/library/difference?older=0").json["added"]
    assert change(library, {"indicator": GONE, "action": "remove"})["counts"]["level3"] == 249
    removal = changes_of(library)[0]
    assert (removal["action"], removal["indicator"], removal["after"]) == ("remove", GONE, None)
    assert (removal["may"], removal["why_not"], removal["status"]) == (["take_back"], [], "standing")
    report = take_back(library, removal["change"])
    assert (report["counts"]["level3"], report["errors"]) == (250, [])
    assert get(library, "cycles/2026/library/difference?older=0").json["added"] == before
    told = [(one["action"], one["status"], one["takes_back"]) for one in changes_of(library)]
    back, was, taken_in = told
    assert back == ("take_back", "standing", removal["change"])
    assert was == ("remove", "taken_back", None)
    assert taken_in == ("import", "standing", None)
    assert take_back(library, removal["change"], 409)["code"] == "draft_change.taken_back"


def test_changed_cells_and_an_added_indicator_are_taken_back_the_last_first(library):
    post(library, "cycles/2026/library/publish")
    added = {**changes_cells(library), "name": "新增的指标"}
    change(library, put(GONE, name="甲"), put(GONE, name="乙"), {"indicator": "03-02-99", "cells": added})
    third, second, first, *_ = changes_of(library)
    assert [one["code"] for one in first["why_not"]] == ["draft_change.changed_since"]
    assert take_back(library, first["change"], 409)["code"] == "draft_change.changed_since"
    take_back(library, third["change"])
    take_back(library, second["change"])
    take_back(library, first["change"])
    found = get(library, "cycles/2026/library/difference").json
    assert (found["added"], found["removed"], found["changed"]) == ([], [], [])


def changes_cells(client: FlaskClient) -> dict[str, str]:
    """The row of an indicator as the record of a change has it."""
    change(client, put(GONE, name="待撤回"))
    newest = changes_of(client)[0]
    take_back(client, newest["change"])
    return {name: value for name, value in newest["before"].items() if name != "code"}


def test_what_was_decided_on_an_older_draft_is_refused(library):
    read = get(library, DRAFT)
    assert read.headers["ETag"] == f'"{read.json["revision"]}"'
    stale = {"If-Match": read.headers["ETag"]}
    change(library, put(GONE, name="别人改的"))
    body = {"changes": [put(GONE, name="我改的")]}
    assert library.post(f"/api/v1/{DRAFT}", json=body, headers=stale).status_code == 412
    newest = changes_of(library)[0]["change"]
    assert library.post(f"/api/v1/{DRAFT}/changes/{newest}/take-back", headers=stale).status_code == 412
    assert delete(library, DRAFT, read.json["revision"], 412)["code"] == "revision.stale"
    assert delete(library, DRAFT, None, 428)


def test_a_draft_is_thrown_away_and_the_published_library_stays(library):
    post(library, "cycles/2026/library/publish")
    change(library, {"indicator": GONE, "action": "remove"})
    revision = get(library, DRAFT).json["revision"]
    assert delete(library, DRAFT, revision) == {"library_revision": 2, "indicators": 249, "revision": revision + 1}
    assert get(library, "cycles/2026/library/draft").json["counts"]["level3"] == 250  # the published one again
    assert len(get(library, "cycles/2026/library/revisions").json["items"]) == 1
    removal = changes_of(library)[1]
    assert (removal["status"], removal["why_not"][0]["code"]) == ("replaced", "draft_change.replaced")
    assert delete(library, DRAFT, revision + 1, 409)["code"] == "library.no_draft"


def test_a_published_change_is_taken_back_no_more(library):
    post(library, "cycles/2026/library/publish")
    change(library, put(GONE, name="更名"))
    post(library, "cycles/2026/library/publish")
    (newest, *_) = changes_of(library)
    assert (newest["status"], newest["why_not"][0]["code"]) == ("published", "draft_change.published")
    assert take_back(library, newest["change"], 409)["code"] == "draft_change.published"
    assert take_back(library, 999, 404)["code"] == "draft_change.unknown"


def test_what_the_panel_accepted_is_taken_back_with_the_whole_draft_only(library, log_in):
    post(library, "cycles/2026/library/publish")
    clerk = log_in("p1", {"role": "staff", "scope": "own"}, person="P1")
    body = {"changes": {"name": "政务信息被采用"}, "reason": "名称不准确"}
    made = post(clerk, f"cycles/2026/indicators/{GONE}/proposals", body, 201)
    panel = log_in("panel", {"role": "panel", "scope": "bureau"}, person="P2")
    post(
        panel,
        "indicator-proposals/decide",
        {"decisions": [{"proposal": made["proposal"], "decision": "accepted", "reason": "同意"}]},
    )
    newest = changes_of(library)[0]
    assert (newest["proposal"], newest["why_not"][0]["code"]) == (made["proposal"], "draft_change.decided")
    (seen, *_) = changes_of(panel)
    assert [one["code"] for one in seen["why_not"]] == ["role.missing"]
    delete(library, DRAFT, get(library, DRAFT).json["revision"])
    (proposal,) = get(library, "indicator-proposals").json["items"]
    assert proposal["status"] == "accepted"
    assert post(library, "cycles/2026/library/publish")["library_revision"] == 2
    assert get(library, f"cycles/2026/indicators/{GONE}").json["name"] == "政务信息被采用"


def test_only_the_office_takes_back_and_throws_away(library, log_in):
    change(library, put(GONE, name="更名"))
    panel = log_in("panel", {"role": "panel", "scope": "bureau"}, person="P2")
    newest = changes_of(panel)[0]["change"]
    assert take_back(panel, newest, 403)["code"] == "role.missing"
    assert delete(panel, DRAFT, 1, 403)["code"] == "role.missing"
    assert delete(panel, "cycles/2026", 1, 403)["code"] == "role.missing"
    assert post(panel, "cycles/2026/models/1/take-back", {}, 403)["code"] == "role.missing"
    clerk = log_in("p1", {"role": "staff", "scope": "own"}, person="P1")
    assert get(clerk, f"{DRAFT}/changes", 403).json["code"] == "role.missing"


def test_a_year_in_preparation_is_thrown_away_and_begun_anew(library):
    revision = get(library, "cycles/2026").json["revision"]
    assert delete(library, "cycles/2026", revision + 1, 412)["code"] == "revision.stale"
    assert delete(library, "cycles/2026", revision)["status"] == "discarded"
    assert get(library, "cycles/2026", 404).json["code"] == "cycle.unknown"
    assert get(library, "cycles").json["items"] == []
    begun = post(library, "cycles", {"cycle": "2026"}, 201)
    assert (begun["status"], begun["revision"]) == ("draft", revision + 2)
    assert get(library, f"{DRAFT}/changes").json["items"][0]["action"] == "discard"
    upload(library, "cycles/2026/library/import", **{name: sheet(name) for name in LIBRARY})
    assert post(library, "cycles/2026/library/publish")["library_revision"] == 1


def test_a_year_whose_library_is_published_is_not_thrown_away_nor_one_that_has_begun(library):
    post(library, "cycles/2026/library/publish")
    revision = get(library, "cycles/2026").json["revision"]
    assert delete(library, "cycles/2026", revision, 409)["code"] == "cycle.library_published"
    post(library, "cycles/2026/open")
    assert delete(library, "cycles/2026", revision + 1, 409)["code"] == "cycle.released"
    assert get(library, "cycles/2026").json["status"] == "open"


def test_the_others_are_told_that_the_year_is_gone_and_once_more_when_they_lost_their_copy(drafted: World):
    calendar = {"2026-10-10": True}
    revision = drafted.call("change_cycle", cycle=CYCLE, calendar=calendar)["revision"]
    drafted.clear_outbox()
    drafted.call("discard_cycle", cycle=CYCLE, revision=revision)
    (told,) = drafted.states("CycleChanged")
    assert (told["status"], told["calendar"], told["revision"]) == ("discarded", {}, revision + 1)
    for table in ("libraries", "indicators", "models"):
        assert drafted.count(table) == 0
    drafted.clear_outbox()
    drafted.call("replay_state", ADMIN)
    assert [one["status"] for one in drafted.states("CycleChanged")] == ["discarded"]


def test_a_model_in_force_is_taken_back_while_the_year_is_a_draft_whole_or_in_parts(library):
    post(library, "cycles/2026/library/publish")
    first = get(library, "cycles/2026/models/1").json
    assert post(library, "cycles/2026/models/1/take-back", {}, 409)["code"] == "model.first"
    post(library, "cycles/2026/models", {"quota_percent": 15, "rounding": "half_even"}, 201)
    assert [one["may"] for one in get(library, "cycles/2026/models").json["items"]] == [[], ["take_back"]]
    part = post(library, "cycles/2026/models/2/take-back", {"parts": ["rounding"]})
    assert (part["model_revision"], part["rounding"], part["quota_percent"]) == (3, "half_up", 15)
    assert post(library, "cycles/2026/models/2/take-back", {}, 409)["code"] == "model.not_newest"
    post(library, "cycles/2026/models", {"quota_percent": 10}, 201)
    whole = post(library, "cycles/2026/models/4/take-back", {})
    assert (whole["quota_percent"], whole["model_revision"], whole["weights"]) == (15, 5, first["weights"])
    assert get(library, "cycles/2026").json["quota_percent"] == 15
    post(library, "cycles/2026/open")
    assert post(library, "cycles/2026/models/5/take-back", {}, 409)["code"] == "model.released"


def test_a_part_of_a_scheduled_model_is_taken_back_and_with_its_last_part_all_of_it(opened: World, monkeypatch):
    day = today().replace(year=2026, month=3, day=2)
    for module in (models, scheduling):
        monkeypatch.setattr(module, "today", lambda: day)
    ahead = str(day + timedelta(days=30))
    opened.call("revise_model", cycle=CYCLE, quota_percent=15, rounding="half_even", effective=ahead)
    kept = opened.call("take_back_model", cycle=CYCLE, model_revision=2, parts=["rounding"])
    assert (kept["status"], kept["rounding"], kept["quota_percent"]) == ("scheduled", "half_up", 15)
    gone = opened.call("take_back_model", cycle=CYCLE, model_revision=2, parts=["quota_percent"])
    assert gone["status"] == "withdrawn"
    assert [one["model_revision"] for one in opened.call("list_models", cycle=CYCLE)["items"]] == [1]


def test_a_year_for_which_somebody_answered_a_questionnaire_is_not_thrown_away(drafted: World):
    answer(drafted, ask(drafted), SOUND)
    with pytest.raises(Conflict, match=r"cycle\.used"):
        drafted.call("discard_cycle", cycle=CYCLE)


def test_every_way_back_is_on_record(drafted: World):
    drafted.call("change_draft", cycle=CYCLE, changes=[put(GONE, name="更名")])
    newest = drafted.call("list_draft_changes", cycle=CYCLE)["items"][0]["change"]
    drafted.call("take_back_draft_change", cycle=CYCLE, change=newest)
    drafted.call("discard_draft", cycle=CYCLE)
    drafted.call("discard_cycle", cycle=CYCLE)
    with drafted.sessions.engine.connect() as connection:
        told = connection.execute(text("SELECT action, account FROM targets.audit")).all()
    wanted = {"library.change_taken_back", "library.discarded", "cycle.discarded"}
    assert {(action, by) for action, by in told if action in wanted} == {(action, "office") for action in wanted}


def test_an_imported_sheet_replaces_what_was_changed_before(drafted: World):
    drafted.call("change_draft", cycle=CYCLE, changes=[put(GONE, name="更名")])
    drafted.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))
    newest, changed, _ = drafted.call("list_draft_changes", cycle=CYCLE)["items"]
    assert (newest["action"], changed["status"]) == ("import", "replaced")
