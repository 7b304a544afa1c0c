"""What the appraisal office does, over the HTTP API: sheets to save, drafts, revisions, models, places, proposals."""

import codecs
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.component.targets.test_over_http import prepare, upload
from tests.component.targets.world import LIBRARY, sheet

UNIT_OF_P1 = {"unit": "D07", "position": "D07-02", "starts": "2026-04-01", "ends": "2026-06-30"}


@pytest.fixture
def library(office: FlaskClient) -> FlaskClient:
    prepare(office)
    upload(office, "cycles/2026/library/import", **{name: sheet(name) for name in LIBRARY})
    return office


def get(client: FlaskClient, path: str, status: int = 200):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.get_data()
    return answer


def post(client: FlaskClient, path: str, body: object = None, status: int = 200):
    answer = client.post(f"/api/v1/{path}", json=body) if body is not None else client.post(f"/api/v1/{path}")
    assert answer.status_code == status, answer.get_data()
    return answer.json


def test_a_library_is_saved_as_a_file_and_uploaded_again_as_one_workbook(library):
    saved = get(library, "cycles/2026/library/export")
    named = saved.headers["Content-Disposition"]
    assert named.startswith('attachment; filename="library-2026-1.xlsx"; ')
    assert named.endswith("%E6%8C%87%E6%A0%87%E5%BA%93.xlsx")  # 指标库
    assert saved.content_type.startswith("application/vnd.openxmlformats")
    book = {"workbook": (BytesIO(saved.get_data()), "library.xlsx")}
    answer = library.post("/api/v1/cycles/2026/library/import", data=book, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["counts"]["level3"], answer.json["errors"]) == (200, 250, [])
    plain = get(library, "cycles/2026/library/export?format=csv&sheet=indicators")
    assert plain.get_data() == codecs.BOM_UTF8 + sheet("indicators")  # by which a spreadsheet knows Chinese


def test_the_organisation_goes_out_and_in_with_its_staff(library):
    book = {"workbook": (BytesIO(get(library, "organisation/export").get_data()), "organisation.xlsx")}
    answer = library.post("/api/v1/organisation/import", data=book, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["persons"]) == (200, {"rows": 2, "created": 0, "updated": 0})
    assert [one["line"] for one in get(library, "lines").json["items"]][-1] == "association_guidance"


def test_who_was_where_is_asked_by_day(library):
    post(library, "persons/P1/secondments", UNIT_OF_P1, 201)
    places = get(library, "places?on=2026-05-01").json["items"]
    assert [(one["person"], one["unit_name"], one["kind"]) for one in places] == [
        ("P1", "消保科", "secondment"),
        ("P2", "注册登记科", "post"),
    ]
    back = post(library, "persons/P1/recall", {"last_day": "2026-04-30"}, 201)
    assert back["assignments"][-1]["starts"] == "2026-05-01"
    assert get(library, "persons/P1?on=2026-04-15").json["unit"] == "D07"
    history = [{"unit": "D01", "position": "D01-02", "starts": "2026-02-01"}]
    right = post(library, "persons/P1/assignments/correct", {"assignments": history, "reason": "核对"}, 201)
    assert [one["starts"] for one in right["assignments"]] == ["2026-02-01"]
    renamed = library.patch("/api/v1/persons/P1", json={"name": "王一"}, headers={"If-Match": f'"{right["revision"]}"'})
    assert (renamed.status_code, renamed.json["name"]) == (200, "王一")
    assert len(get(library, "units?on=2026-01-01").json["items"]) == 31


def test_a_revision_is_worked_out_compared_and_published_with_a_note(library):
    post(library, "cycles/2026/library/publish")
    post(library, "cycles/2026/open")
    change = {"indicator": "03-02-01", "cells": {"name": "政务信息被采用"}}
    report = post(library, "cycles/2026/library/draft", {"changes": [change]})
    assert (report["library_revision"], report["errors"]) == (2, [])
    assert get(library, "cycles/2026/library/draft").json["errors"] == []
    found = get(library, "cycles/2026/library/difference").json
    assert [one["indicator"] for one in found["changed"]] == ["03-02-01"]
    assert post(library, "cycles/2026/library/publish", {"note": "更名"})["library_revision"] == 2
    revisions = get(library, "cycles/2026/library/revisions").json["items"]
    assert [one["note"] for one in revisions] == ["", "更名"]


def test_the_model_is_revised_and_looked_up(library):
    post(library, "cycles/2026/library/publish")
    revised = post(library, "cycles/2026/models", {"quota_percent": 15, "note": "名额调整"}, 201)
    assert (revised["model_revision"], revised["quota_percent"]) == (2, 15)
    assert [one["path"] for one in get(library, "cycles/2026/models/2").json["changes"]] == ["quota_percent"]
    assert [one["model_revision"] for one in get(library, "cycles/2026/models").json["items"]] == [1, 2]
    assert get(library, "cycles/2026/model").json["model_revision"] in (1, 2)
    begun = post(library, "cycles", {"cycle": "2027", "copy_from": "2026"}, 201)
    assert (begun["quota_percent"], "change_library" in begun["permits"]) == (15, True)


def test_a_proposal_is_made_decided_and_taken_in(library, log_in):
    post(library, "cycles/2026/library/publish")
    clerk = log_in("p1", {"role": "staff", "scope": "own"}, person="P1")
    body = {"changes": {"name": "政务信息被采用"}, "reason": "名称不准确"}
    made = post(clerk, "cycles/2026/indicators/03-02-01/proposals", body, 201)
    panel = log_in("panel", {"role": "panel", "scope": "bureau"}, person="P2")
    decision = {"proposal": made["proposal"], "decision": "accepted", "reason": "同意"}
    (decided,) = post(panel, "indicator-proposals/decide", {"decisions": [decision]})["items"]
    assert (decided["status"], decided["library_revision"]) == ("applied", 2)
    assert get(clerk, "indicator-proposals?status=applied").json["items"] == [decided]
    second = post(clerk, "cycles/2026/indicators/03-02-02/proposals", {**body, "changes": {"evidence": "单"}}, 201)
    assert post(clerk, f"indicator-proposals/{second['proposal']}/withdraw")["status"] == "withdrawn"


def test_rules_are_described_for_forms(library):
    rules = {one["rule"]: one for one in get(library, "rules").json["items"]}
    assert len(rules) == 7
    assert rules["checklist"]["params_schema"]["properties"]["items"]["type"] == "array"
    tried = {"counts": {"done": "3"}, "rule": "checklist", "rule_params": {"items": ["a", "b", "c", "d"]}}
    assert post(library, "cycles/2026/indicators/03-02-01/try", tried)["points"] == "3.00"
