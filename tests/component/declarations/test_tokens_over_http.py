"""People outside over HTTP: codes printed once, a page without log-in, a vote that no gateway table remembers."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from services.declarations.service import DeclarationsService
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.states import CYCLE
from tests.support.databases import Databases
from tests.support.over_http import World, world_of


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, DeclarationsService(), "B00") as made:
        settle_in(Bureau(made.service))
        yield made


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.log_in("office", "office")


def opened(office: FlaskClient) -> str:
    campaign = {
        "indicator": "11-04-03",
        "period": "2026-H1",
        "title": "服务对象评议工商所",
        "subjects": ["S01"],
        "dimensions": [{"dimension": "服务态度", "weight": "0.5"}, {"dimension": "办事效率", "weight": "0.5"}],
        "groups": [{"group": "服务对象", "tokens": 1}],
    }
    answer = office.post("/api/v1/campaigns", json={"cycle": CYCLE, "campaigns": [campaign]})
    assert answer.status_code == 201, answer.json
    return str(answer.json["campaigns"][0]["campaign"])


def test_codes_are_given_out_once_and_vote_without_log_in(world: World, office: FlaskClient):
    one = opened(office)
    headers = {"Idempotency-Key": "codes-1"}
    body = {"group": "服务对象", "number": 2}
    issued = office.post(f"/api/v1/campaigns/{one}/tokens", json=body, headers=headers)
    assert (issued.status_code, len(issued.json["links"])) == (201, 2)
    again = office.post(f"/api/v1/campaigns/{one}/tokens", json=body, headers=headers)
    assert (again.status_code, again.json["code"]) == (409, "idempotency.shown_once")
    address, token = issued.json["links"][0].split("#")
    outside = world.app.test_client()
    page = outside.get(address)
    assert (page.status_code, "匿名评价" in page.text) == (200, True)
    asked = outside.post(f"/api/v1/campaigns/{one}/questionnaire", json={"token": token})
    assert (asked.status_code, asked.json["dimensions"]) == (200, ["服务态度", "办事效率"])
    ballot = {"token": token, "votes": {"S01": {"服务态度": "优", "办事效率": "好"}}}
    headers = {"Idempotency-Key": "ballot-1"}
    assert outside.post(f"/api/v1/campaigns/{one}/token-ballots", json=ballot, headers=headers).status_code == 201
    twice = outside.post(f"/api/v1/campaigns/{one}/token-ballots", json=ballot, headers=headers)
    assert (twice.status_code, twice.json["errors"][0]["code"]) == (409, "campaign.voted")
    with world._accounts.engine.connect() as connection:
        tables = connection.execute(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'gateway'")
        ).scalars()
        held = [
            dict(row) for one in tables for row in connection.execute(text(f'SELECT * FROM gateway."{one}"')).mappings()
        ]
    assert token not in json.dumps(held, default=repr, ensure_ascii=False)
    assert "ballot-1" not in json.dumps(held, default=repr)


def test_codes_are_printed_as_pdf_once(office: FlaskClient):
    one = opened(office)
    headers = {"Idempotency-Key": "sheet-1"}
    body = {"group": "服务对象", "number": 9}
    printed = office.post(f"/api/v1/campaigns/{one}/token-sheets", json=body, headers=headers)
    assert (printed.status_code, printed.mimetype, printed.data[:4]) == (201, "application/pdf", b"%PDF")
    assert office.post(f"/api/v1/campaigns/{one}/token-sheets", json=body, headers=headers).status_code == 409
    (group,) = office.get(f"/api/v1/campaigns/{one}").json["groups"]
    assert (group["raters"], group["voted"]) == (10, 0)


@pytest.mark.parametrize(
    "votes",
    [
        {"S01": "优"},
        {"S01": {}},
        {"S01": ["优"]},
        {"S01": {"服务态度": 1}},
        {"S01": None},
        {},
        {"S01": {"服务态度": "优", "办事效率": "神"}},
    ],
)
def test_a_ballot_that_does_not_fit_is_named_and_costs_no_code(world: World, office: FlaskClient, votes):
    one = opened(office)
    token = office.post(f"/api/v1/campaigns/{one}/tokens", json={"group": "服务对象", "number": 1}).json["tokens"][0]
    outside = world.app.test_client()
    answer = outside.post(f"/api/v1/campaigns/{one}/token-ballots", json={"token": token, "votes": votes})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["errors"][0]["zh"]
    assert outside.post(f"/api/v1/campaigns/{one}/questionnaire", json={"token": token}).status_code == 200


def test_without_the_office_nobody_gets_codes(world: World, office: FlaskClient):
    one = opened(office)
    clerk = world.log_in("clerk", "staff", person="P9")
    for what in ("tokens", "token-sheets"):
        answer = clerk.post(f"/api/v1/campaigns/{one}/{what}", json={"group": "服务对象", "number": 1})
        assert answer.status_code == 403
