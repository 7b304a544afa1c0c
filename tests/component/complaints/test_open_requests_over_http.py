"""Open311 GeoReport v2 over HTTP: what may be public of cases, in both formats, to whom, and nothing of who complained or reported."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.component.complaints.conftest import BUREAU
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_closing_over_http import concluded

__all__ = ["network"]
NAME, PHONE = "钱示秘", "13912345678"
TEXT = f"投诉人：{NAME}，电话{PHONE}"
V2 = "open311/v2"
ITEM = {
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime"),
    *("address", "address_id", "zipcode", "lat", "long", "media_url"),
}


def asked(client: FlaskClient, path: str, answered: int = 200, **query: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", query_string=query)
    assert answer.status_code == answered, answer.text
    return answer.json if answer.is_json else ET.fromstring(answer.data)


def anybody(network: Network) -> FlaskClient:
    return network.world.app.test_client()


def published(network: Network) -> str:
    case = concluded(network)
    network.took(case, "archive", "2026-06-11", network.by("P2", "staff", person="P2"))
    network.took(case, "pass-archive", "2026-06-12")
    network.took(case, "publish", "2026-06-12")
    return case


def test_services_and_what_they_ask_for_are_told_in_both_formats(network: Network) -> None:
    told = asked(network.centre, f"{V2}/services.json")
    assert [one["service_code"] for one in told] == ["complaint", "enquiry", "suggestion"]
    document = asked(network.centre, f"{V2}/services.xml")
    assert (document.tag, [one.tag for one in document]) == ("services", ["service"] * 3)
    assert [one.findtext("service_code") for one in document] == [one["service_code"] for one in told]
    definition = asked(network.centre, f"{V2}/services/complaint.json")
    assert [one["code"] for one in definition["attributes"]][:3] == ["trader", "trader_address", "summary"]
    written = asked(network.centre, f"{V2}/services/complaint.xml")
    assert written.tag == "service_definition"
    assert {one.tag for one in written.find("attributes") or []} == {"attribute"}
    network.refused(network.centre.get(f"/api/v1/{V2}/services/report.json"), 422)
    network.refused(network.centre.get(f"/api/v1/{V2}/services.yaml"), 422)


def test_discovery_names_the_resources_and_their_formats(network: Network) -> None:
    told = asked(network.centre, "open311/discovery.json")
    (endpoint,) = told["endpoints"]
    assert endpoint["url"].endswith("/api/v1/open311/v2")
    assert set(endpoint["formats"]) == {"text/xml", "application/json"}
    document = asked(network.centre, "open311/discovery.xml")
    assert [one.text for one in document.iterfind("endpoints/endpoint/formats/format")] == endpoint["formats"]


def test_a_case_is_told_by_days_and_the_trader_only_once_it_is_published(network: Network) -> None:
    running = network.register("2026-06-01", summary=TEXT, goods="手机", trader_address="示范大道 2 号", consumer=NAME)
    case = published(network)
    told = {one["service_request_id"]: one for one in asked(network.centre, f"{V2}/requests.json")}
    assert set(told) == {running, case}
    assert all(set(one) == ITEM for one in told.values())
    assert (told[running]["status"], told[case]["status"]) == ("open", "closed")
    assert (told[running]["address"], told[running]["description"], told[running]["status_notes"]) == ("", "", "")
    assert (told[case]["address"], told[case]["description"]) == ("示范大道 2 号", "手机")
    assert told[case]["status_notes"] == "达成调解协议"
    assert told[case]["requested_datetime"] == "2026-06-01T00:00:00+08:00"
    assert told[case]["updated_datetime"] == "2026-06-12T00:00:00+08:00"
    document = asked(network.centre, f"{V2}/requests/{case}.xml")
    assert (document.tag, [one.tag for one in document]) == ("service_requests", ["request"])
    assert {one.tag: one.text or None for one in document[0]} == {
        name: value or None for name, value in told[case].items()
    }
    network.took(case, "unpublish", "2026-06-13", why="当事人提出异议，正在核实")
    assert asked(network.centre, f"{V2}/requests/{case}.json")[0]["address"] == ""


def test_nothing_of_reports_of_persons_and_of_free_texts_is_told(network: Network) -> None:
    who = {"consumer": NAME, "phone": PHONE, "address": "示范路1号", "request": f"退给{NAME}"}
    report = network.register("2026-06-01", kind="report", summary=TEXT)
    complaint = network.register("2026-06-01", summary=TEXT, **who)
    enquiry = network.register("2026-06-01", kind="enquiry", summary=TEXT, trader="")
    own = network.register("2026-06-01", network.by("head", heads="A01"), intake_unit="A01")
    for form in ("json", "xml"):
        text = network.centre.get(f"/api/v1/{V2}/requests.{form}").get_data(as_text=True)
        assert complaint in text
        assert enquiry in text
        assert [one for one in (NAME, PHONE, "示范路1号", report, own) if one in text] == []
    for code in (report, own):
        assert asked(network.centre, f"{V2}/requests.json", service_request_id=code) == []
        network.refused(network.centre.get(f"/api/v1/{V2}/requests/{code}.json"), 404, "open_request.unknown")


def test_requests_are_found_by_service_state_days_and_ids_page_by_page(network: Network) -> None:
    first = network.register("2026-03-02")
    second = network.register("2026-06-01")
    third = network.register("2026-06-02", kind="enquiry", trader="")
    case = published(network)
    path = f"{V2}/requests.json"

    def found(**query: Any) -> list[str]:
        return [one["service_request_id"] for one in asked(network.centre, path, **query)]

    assert set(found()) == {second, third, case}
    assert found(service_code="enquiry") == [third]
    assert set(found(service_code="complaint,enquiry", status="open")) == {second, third}
    assert found(status="closed") == [case]
    assert found(service_request_id=f"{first},{third}", status="closed") == [third, first]
    assert found(start_date="2026-03-01T00:00:00+08:00") == [first]
    assert found(end_date="2026-03-05T00:00:00+08:00") == [first]
    pages = [found(page=number, page_size=1) for number in (1, 2, 3, 4)]
    assert [one for page in pages for one in page] == found()
    assert pages[3] == []
    wide = {"start_date": "2026-01-01T00:00:00+08:00", "end_date": "2026-06-01T00:00:00+08:00"}
    network.refused(network.centre.get(f"/api/v1/{path}", query_string=wide), 422, "open_request.span")
    for wrong in ({"status": "lost"}, {"service_code": "report"}, {"service_request_id": "x"}, {"page": 0}):
        network.refused(network.centre.get(f"/api/v1/{path}", query_string=wrong), 422)


@pytest.mark.parametrize("path", ["open311/discovery.json", f"{V2}/services.json", f"{V2}/requests.xml"])
def test_without_an_account_it_is_read_only_where_the_bureau_says_so(network: Network, path: str) -> None:
    network.register("2026-06-01")
    outside = anybody(network)
    asked(outside, path, 401)
    asked(outside, path, 401, jurisdiction_id=BUREAU)
    asked(outside, path, 401, jurisdiction_id="B77")
    asked(network.centre, path, 404, jurisdiction_id="B77")
    office = network.by("office", "office")
    settings = office.get("/api/v1/case-settings").json
    given = {**settings["today"], "starts": "2026-06-01", "revision": settings["revision"], "read_openly": True}
    assert office.put("/api/v1/case-settings", json=given).status_code == 200
    asked(outside, path, 200, jurisdiction_id=BUREAU)
    asked(outside, path, 401)
    asked(outside, path, 401, jurisdiction_id="B77")
    assert outside.get("/api/v1/cases", query_string={"jurisdiction_id": BUREAU}).status_code == 401
