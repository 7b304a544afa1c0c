"""From the HTTP API through the gateway's schemas to the service and back."""

import pytest
from flask.testing import FlaskClient

from tests.component.targets.world import LIBRARY, sheet
from tests.unit.targets.reference import spoiled


def upload(client, path, **sheets):
    data = {name: (open_bytes(content), f"{name}.csv", "text/csv") for name, content in sheets.items()}
    return client.post(f"/api/v1/{path}", data=data, content_type="multipart/form-data")


def open_bytes(content: bytes):
    from io import BytesIO

    return BytesIO(content)


def prepare(office: FlaskClient) -> None:
    upload(office, "organisation/import", organisation=sheet("organisation"), positions=sheet("positions"))
    persons = [
        {"person": f"P{n}", "name": f"王{n}", "unit": "D01", "position": "D01-02", "starts": "2026-01-01"}
        for n in (1, 2)
    ]
    assert office.post("/api/v1/persons", json={"persons": persons}).status_code == 201
    assert office.post("/api/v1/cycles", json={"cycle": "2026"}).status_code == 201


def test_a_year_starts_over_http(office, log_in):
    prepare(office)
    answer = upload(office, "cycles/2026/library/import", **{name: sheet(name) for name in LIBRARY})
    assert (answer.status_code, answer.json["applied"], answer.json["counts"]["level3"]) == (200, True, 250)
    assert office.post("/api/v1/cycles/2026/library/publish").json["library_revision"] == 1
    opened = office.post("/api/v1/cycles/2026/open")
    assert (opened.status_code, opened.json["status"]) == (200, "open")
    assert opened.headers["ETag"] == f'"{opened.json["revision"]}"'
    assert office.post("/api/v1/cycles/2026/allocations/propose").json["indicators"] == 82
    assert office.post("/api/v1/cycles/2026/allocations", json={"accept_proposals": True}).json["changed"] > 0
    clerk = log_in("p1", {"role": "staff", "scope": "own"}, person="P1")
    assert clerk.post("/api/v1/claims/accept-proposals", json={"cycle": "2026"}).json["claimed"] > 0
    claims = clerk.get("/api/v1/claims?cycle=2026&subject=P1").json["items"]
    assert {one["subject"] for one in claims} == {"P1"}
    again = clerk.post("/api/v1/claims", json={"cycle": "2026", "claims": [{"indicator": "04-01-01", "target": "1"}]})
    assert (again.status_code, again.json["items"][0]["target"]) == (201, "1")
    assert clerk.get("/api/v1/claims/balance?cycle=2026&unit=D01&limit=5").json["next"]


def test_a_rule_is_tried_out_over_http(office):
    prepare(office)
    upload(office, "cycles/2026/library/import", **{name: sheet(name) for name in LIBRARY})
    tried = office.post("/api/v1/cycles/2026/indicators/05-02-01/try", json={"counts": {"done": 34}, "target": "40"})
    assert (tried.json["points"], tried.json["explanation"]) == ("4.25", "5 × min(1, 34 ÷ 40) = 4.25")
    path = "/api/v1/cycles/2026/indicators/08-01-01/try"
    nothing = office.post(path, json={"counts": {"numerator": "0", "denominator": "0"}})
    assert (nothing.status_code, nothing.json["points"]) == (200, None)  # not 0.00: the year leaves it out
    assert "不适用" in nothing.json["explanation"]
    impossible = office.post(path, json={"counts": {"numerator": "130", "denominator": "120"}})
    assert impossible.status_code == 422
    assert [one["field"] for one in impossible.json["errors"]] == ["counts.numerator"]
    listed = office.get("/api/v1/indicators?cycle=2026&limit=500").json
    assert (len(listed["items"]), listed["next"]) == (250, None)
    assert office.get("/api/v1/cycles/2026/indicators/05-02-01").json["active"]


def test_a_broken_sheet_is_a_422_with_its_places(office):
    prepare(office)
    broken = {**{name: sheet(name) for name in LIBRARY}, "indicators": spoiled("indicators", "03-02-01", line="sea")}
    answer = upload(office, "cycles/2026/library/import", **broken)
    assert (answer.status_code, answer.json["code"]) == (422, "library.invalid")
    assert ("indicators", "line", "cell.choice") in {
        (one["sheet"], one["column"], one["code"]) for one in answer.json["errors"]
    }
    dry = upload(office, "cycles/2026/library/import?dry_run=true", **broken)
    assert (dry.status_code, dry.json["applied"]) == (200, False)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("units/X99", 404),
        ("units/%20", 422),
        ("cycles/1", 422),
        ("cycles/2031", 404),
        ("persons/nobody", 404),
        ("indicators", 422),
        ("indicators?cycle=2026&rule=luck", 422),
        ("claims?cycle=2026&colour=red", 422),
    ],
)
def test_what_cannot_be_found_or_asked_is_a_problem(office, path, status):
    prepare(office)
    answer = office.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_rules_are_changed_against_the_etag(office):
    prepare(office)
    etag = office.get("/api/v1/cycles/2026").headers["ETag"]
    change = {"quota_percent": 15, "calendar": {"2026-10-10": True}}
    assert office.patch("/api/v1/cycles/2026", json=change).status_code == 428
    changed = office.patch("/api/v1/cycles/2026", json=change, headers={"If-Match": etag})
    assert (changed.status_code, changed.json["quota_percent"]) == (200, 15)
    assert office.patch("/api/v1/cycles/2026", json=change, headers={"If-Match": etag}).status_code == 412


def test_persons_move_and_leave_over_http(office):
    prepare(office)
    place = {"unit": "S01", "position": "S-03", "starts": "2026-05-01"}
    moved = office.post("/api/v1/persons/P1/assignments", json=place)
    assert (moved.status_code, [one["unit"] for one in moved.json["assignments"]]) == (201, ["D01", "S01"])
    left = office.post("/api/v1/persons/P2/departure", json={"last_day": "2026-04-30"})
    assert (left.status_code, left.json["active"]) == (201, False)
    assert [one["person"] for one in office.get("/api/v1/persons?unit=S01").json["items"]] == ["P1"]


def test_the_openapi_page_tells_of_the_uploads(office):
    document = office.get("/api/v1/openapi.json").json
    upload_of = document["paths"]["/api/v1/cycles/{cycle}/library/import"]["post"]["requestBody"]["content"]
    assert set(upload_of["multipart/form-data"]["schema"]["properties"]) == {*LIBRARY, "workbook"}
