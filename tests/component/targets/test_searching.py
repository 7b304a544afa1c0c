"""Lists of the organisation and the library: found by name, code or sound, sorted, counted, scrolled, asked for again."""

import codecs

import pytest
from flask.testing import FlaskClient

from tests.component.targets.test_office_over_http import get, post
from tests.component.targets.test_over_http import upload
from tests.component.targets.world import LIBRARY, sheet

PLACE = {"unit": "D01", "position": "D01-02", "starts": "2026-01-01"}
STAFF = {"P1": "单田芳", "P2": "张三", "P3": "欧阳修", "P4": "张三丰"}


@pytest.fixture
def staffed(office: FlaskClient) -> FlaskClient:
    upload(office, "organisation/import", organisation=sheet("organisation"), positions=sheet("positions"))
    post(office, "persons", {"persons": [{**PLACE, "person": code, "name": STAFF[code]} for code in STAFF]}, 201)
    return office


@pytest.fixture
def library(staffed: FlaskClient) -> FlaskClient:
    post(staffed, "cycles", {"cycle": "2026"}, 201)
    upload(staffed, "cycles/2026/library/import", **{name: sheet(name) for name in LIBRARY})
    return staffed


def codes(client: FlaskClient, path: str, name: str) -> list[str]:
    return [one[name] for one in get(client, path).json["items"]]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("三", ["P2", "P4"]),
        ("p3", ["P3"]),
        ("zs", ["P2", "P4"]),
        ("zhangsanf", ["P4"]),
        ("stf", ["P1"]),
        ("DTF", ["P1"]),
        ("tf", []),
        ("100%", []),
    ],
)
def test_people_are_found_by_name_code_and_sound(staffed, q, found):
    answer = staffed.get("/api/v1/persons", query_string={"q": q, "total": "true"}).json
    assert ([one["person"] for one in answer["items"]], answer["total"]) == (found, len(found))


def test_people_are_listed_by_sound_and_page_after_page(staffed):
    assert codes(staffed, "persons?sort=name", "person") == ["P1", "P3", "P2", "P4"]
    assert codes(staffed, "persons?sort=-name", "person") == ["P4", "P2", "P3", "P1"]
    first = get(staffed, "persons?sort=-name&limit=2").json
    assert codes(staffed, f"persons?sort=-name&limit=2&after={first['next']}", "person") == ["P3", "P1"]
    assert codes(staffed, "persons?skip=1&limit=2", "person") == ["P2", "P3"]


def test_a_renamed_person_is_found_by_the_new_name(staffed):
    etag = get(staffed, "persons/P2").headers["ETag"]
    assert staffed.patch("/api/v1/persons/P2", json={"name": "李四"}, headers={"If-Match": etag}).status_code == 200
    assert codes(staffed, "persons?q=ls", "person") == ["P2"]
    assert codes(staffed, "persons?q=zs", "person") == ["P4"]


def test_names_stand_beside_codes_as_they_were_then(staffed):
    etag = get(staffed, "units/D01").headers["ETag"]
    renamed = {"name": "登记注册科", "effective": "2026-06-01"}
    assert staffed.patch("/api/v1/units/D01", json=renamed, headers={"If-Match": etag}).status_code == 200
    person = get(staffed, "persons/P2?on=2026-03-01").json
    assert (person["unit_name"], person["line_name"], person["title"]) == ("注册登记科", "资质准入口", "企业登记受理员")
    assert get(staffed, "persons/P2?on=2026-07-01").json["unit_name"] == "登记注册科"
    assert [one["unit_name"] for one in person["assignments"]] == ["注册登记科"]
    assert get(staffed, "places?on=2026-07-01").json["items"][0]["unit_name"] == "登记注册科"


def test_units_and_positions_are_found_by_name_now_and_then(staffed):
    for day in ("", "&on=2026-03-01"):
        found = get(staffed, f"units?q=注册登记&total=true{day}").json
        assert ([one["unit"] for one in found["items"]], found["total"], found["total_capped"]) == (["D01"], 1, False)
        listed = codes(staffed, f"units?sort=-unit&kind=station{day}", "unit")
        assert listed == sorted(listed, reverse=True)
        assert "D01-02" in codes(staffed, f"positions?q=D01-02{day}", "position")
    station = get(staffed, "units?kind=station&limit=1").json["items"][0]
    assert station["line_name"] == "各口共用"
    assert station["parent_name"].endswith("滨河分局")


def test_indicators_are_found_sorted_and_counted(library):
    found = get(library, "indicators?cycle=2026&q=政务信息&total=true").json
    assert found["total"] == len(found["items"]) > 0
    assert all("政务信息" in one["name"] + one["level2"] for one in found["items"])
    by_points = [one["full_points"] for one in _all(library, "indicators?cycle=2026&sort=-full_points&limit=100")]
    assert len(by_points) == 250
    assert by_points == sorted(by_points, key=float, reverse=True)
    one = get(library, "cycles/2026/indicators/04-01-01").json
    assert (one["line_name"], one["assessor_name"]) == ("资质准入口", "注册登记科")


def test_a_revision_is_asked_for_by_its_number(library):
    post(library, "cycles/2026/library/publish")
    change = {"indicator": "03-02-01", "cells": {"name": "政务信息被采用"}}
    post(library, "cycles/2026/library/draft", {"changes": [change]})
    post(library, "cycles/2026/library/publish")
    assert get(library, "cycles/2026/indicators/03-02-01?library_revision=1").json["name"] != "政务信息被采用"
    assert get(library, "cycles/2026/indicators/03-02-01?library_revision=2").json["name"] == "政务信息被采用"
    difference = get(library, "cycles/2026/library/difference?older=1&newer=2").json
    assert [one["indicator"] for one in difference["changed"]] == ["03-02-01"]
    assert {
        one["library_revision"] for one in get(library, "indicators?cycle=2026&library_revision=1").json["items"]
    } == {1}
    first = get(library, "cycles/2026/library/export?library_revision=1&format=csv&sheet=indicators").get_data()
    assert first == codecs.BOM_UTF8 + sheet("indicators")
    nothing = get(library, "cycles/2026/library/difference?older=0&newer=1").json
    assert len(nothing["added"]) == 250


@pytest.mark.parametrize(
    "path", ["units", "positions", "persons", "cycles", "cycles/2026", "rules", "indicators?cycle=2026"]
)
def test_what_has_not_changed_is_not_sent_again(library, path):
    first = get(library, path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = library.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def _all(client: FlaskClient, path: str) -> list[dict]:
    items, after = [], ""
    while True:
        page = get(client, path + after).json
        items += page["items"]
        if page["next"] is None:
            return items
        after = f"&after={page['next']}"
