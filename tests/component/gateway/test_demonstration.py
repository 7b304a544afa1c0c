from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from gateway.auth.identify import Holders
from gateway.parts import Parts, keep_parts
from gateway.storage.tables import sessions as session_table
from shared.clock import now

ENTRY = {"account": "li", "role": "staff", "name": "李", "unit": "S01", "bureau": "BJ", "password": "never shown"}


@pytest.fixture
def li(open_account):
    return open_account("li", "staff:own", person="P0001")


@pytest.fixture
def demo(app, sessions, services, li):
    keep_parts(app, Parts(sessions, services, Holders(sessions), demo=lambda: [ENTRY, {**ENTRY, "account": "second"}]))
    return app.test_client()


def test_a_demo_shows_one_account_of_each_role_without_its_password(demo):
    shown = demo.get("/api/v1/demo/accounts").json["items"]
    assert [one["account"] for one in shown] == ["li"] and "password" not in shown[0]


def test_one_click_enters_a_demo_role(demo):
    entered = demo.post("/api/v1/demo/sessions", json={"account": "li"})
    assert entered.status_code == 201
    assert demo.get("/api/v1/sessions/current").json["account"]["account"] == "li"
    assert demo.post("/api/v1/demo/sessions", json={"account": "second"}).status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"environ_base": {"REMOTE_ADDR": "192.168.1.9"}},
        {"headers": {"X-Forwarded-For": "192.168.1.9"}},
        {"base_url": "http://kaohe.example"},
    ],
)
def test_from_another_machine_there_is_no_such_door(demo, elsewhere):
    assert demo.get("/api/v1/demo/accounts", **elsewhere).json == {"items": []}
    assert demo.post("/api/v1/demo/sessions", json={"account": "li"}, **elsewhere).status_code == 404


def test_what_is_no_demo_has_none(app, li):
    client = app.test_client()
    assert client.get("/api/v1/demo/accounts").json == {"items": []}
    assert client.post("/api/v1/demo/sessions", json={"account": "li"}).json["code"] == "demo.none"


def test_a_session_tells_its_end_and_may_be_renewed_for_a_day_at_most(demo, sessions):
    opened = demo.post("/api/v1/demo/sessions", json={"account": "li"}).json
    assert opened["idle_seconds"] > 0
    csrf = {"X-CSRF-Token": opened["csrf"]}
    with sessions.engine.begin() as connection:
        opened_at = now() - timedelta(hours=20)
        connection.execute(
            update(session_table).values(created_at=opened_at, expires_at=opened_at + timedelta(hours=21))
        )
    renewed = demo.post("/api/v1/sessions/renew", headers=csrf).json
    assert datetime.fromisoformat(renewed["expires_at"]) == opened_at + timedelta(hours=24)
    assert demo.get("/api/v1/sessions/current").json["expires_at"] == renewed["expires_at"]
