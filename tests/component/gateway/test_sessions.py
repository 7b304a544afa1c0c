"""Sessions begin anew, end when they rest, are listed and ended; cookies that only this host can set."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.auth import identify
from gateway.storage.tables import sessions as table
from shared.clock import now
from shared.settings import Settings, settings

RIGHT = {"account": "li", "password": "correct horse battery"}
OVER = "https://kaohe.example"


@pytest.fixture
def li(open_account):
    return open_account("li", "staff:own", person="P0002")


@pytest.fixture
def some_settings():
    yield lambda **environment: settings.use(Settings.read(environment))
    settings.use(Settings.read({"KAOHE_SECRET": "a secret of the tests, 32 characters or more"}))


def test_a_log_in_gives_a_new_secret_and_ends_what_the_browser_had(app, li, log_in):
    client = log_in("li")
    before = client.get_cookie(identify.COOKIE).value
    client.post("/api/v1/sessions", json=RIGHT)
    assert client.get_cookie(identify.COOKIE).value != before
    thief = app.test_client()
    thief.set_cookie(identify.COOKIE, before)
    assert thief.get("/api/v1/sessions/current").status_code == 401


def test_a_planted_session_is_not_taken_over(app, li):
    client = app.test_client()
    client.set_cookie(identify.COOKIE, "planted")
    client.post("/api/v1/sessions", json=RIGHT)
    assert client.get_cookie(identify.COOKIE).value != "planted"


def test_a_session_that_rests_ends(app, li, log_in, sessions, some_settings):
    some_settings(KAOHE_SESSION_IDLE_MINUTES="30")
    client = log_in("li")
    assert client.get("/api/v1/sessions/current").json["idle_seconds"] == 1800
    for rested, status in ((29, 200), (31, 401)):
        with sessions.engine.begin() as connection:
            connection.execute(update(table).values(seen_at=now() - timedelta(minutes=rested)))
        app.extensions["kaohe"].holders.forget()
        assert client.get("/api/v1/sessions/current").status_code == status


def test_a_session_is_renewed_up_to_its_absolute_end_only(app, li, log_in, sessions, some_settings):
    some_settings(KAOHE_SESSION_HOURS="13")
    client = log_in("li")
    with sessions.engine.begin() as connection:
        connection.execute(update(table).values(created_at=now() - timedelta(hours=12)))
    client.post("/api/v1/sessions/renew")
    with sessions.engine.connect() as connection:
        (ends,) = connection.execute(table.select().with_only_columns(table.c.expires_at)).scalars()
    assert ends <= now() + timedelta(hours=12)


def test_who_has_other_roles_logs_in_anew(office, security, li, log_in):
    client = log_in("li")
    grants = [{"role": "staff", "scope": "own"}, {"role": "hr", "scope": "bureau"}]
    asked = office.patch("/api/v1/accounts/li", json={"grants": grants}, headers={"If-Match": "*"})
    assert client.get("/api/v1/sessions/current").status_code == 200
    proposal = asked.json["waiting"][0]["proposal"]
    security.post("/api/v1/grant-proposals/confirm", json={"proposals": [proposal]})
    assert client.get("/api/v1/sessions/current").status_code == 401


def test_ones_sessions_are_listed_and_ended(li, log_in):
    here, there = log_in("li"), log_in("li")
    listed = here.get("/api/v1/sessions").json["items"]
    assert sorted(one["current"] for one in listed) == [False, True]
    assert {one["address"] for one in listed} == {"127.0.0.1"} and "digest" not in listed[0]
    (other,) = [one["session"] for one in listed if not one["current"]]
    assert here.delete(f"/api/v1/sessions/{other}").status_code == 204
    assert there.get("/api/v1/sessions/current").status_code == 401
    assert here.get("/api/v1/sessions/current").status_code == 200


def test_whoever_manages_an_account_ends_its_sessions_and_nobody_else(li, log_in, office, open_account):
    client = log_in("li")
    (listed,) = office.get("/api/v1/sessions?account=li").json["items"]
    stranger = log_in(open_account("sun", "staff:own", person="P0003"))
    assert stranger.get("/api/v1/sessions?account=li").status_code == 403
    assert stranger.delete(f"/api/v1/sessions/{listed['session']}").status_code == 404
    assert office.delete(f"/api/v1/sessions/{listed['session']}").status_code == 204
    assert client.get("/api/v1/sessions/current").status_code == 401


def test_a_session_goes_on_under_another_secret_after_a_password_change(app, li, log_in):
    here, there = log_in("li"), log_in("li")
    (before,) = [one for one in here.get("/api/v1/sessions").json["items"] if one["current"]]
    old, csrf = here.get_cookie(identify.COOKIE).value, here.environ_base["HTTP_X_CSRF_TOKEN"]
    change = {"current": RIGHT["password"], "new": "another long password"}
    answer = here.put("/api/v1/accounts/current/password", json=change)
    (after,) = here.get("/api/v1/sessions").json["items"]
    assert (after["expires_at"], after["created_at"]) == (before["expires_at"], before["created_at"])
    assert after["session"] != before["session"] and here.get_cookie(identify.COOKIE).value != old
    thief = app.test_client()
    thief.set_cookie(identify.COOKIE, old)
    assert [one.get("/api/v1/sessions/current").status_code for one in (thief, there)] == [401, 401]
    for token, status in ((csrf, 403), (answer.headers["X-CSRF-Token"], 200)):
        assert here.post("/api/v1/sessions/renew", headers={"X-CSRF-Token": token}).status_code == status


def test_over_https_the_cookies_are_this_hosts_alone(app, li):
    client = app.test_client()
    answer = client.post("/api/v1/sessions", json=RIGHT, base_url=OVER)
    cookies = answer.headers.getlist("Set-Cookie")
    assert [one.partition("=")[0] for one in cookies] == ["__Host-kaohe_session", "__Host-kaohe_device"]
    assert all("Secure" in one and "Path=/" in one and "Domain" not in one for one in cookies)
    assert client.get("/api/v1/sessions/current", base_url=OVER).status_code == 200


def test_over_https_a_cookie_that_anybody_could_set_is_none(app, li):
    client = app.test_client()
    secret = client.post("/api/v1/sessions", json=RIGHT).headers.getlist("Set-Cookie")[0].split(";")[0].split("=")[1]
    other = app.test_client()
    other.set_cookie(identify.COOKIE, secret, domain="kaohe.example")
    assert other.get("/api/v1/sessions/current", base_url=OVER).status_code == 401
    assert other.get("/api/v1/sessions/current", base_url="http://kaohe.example").status_code == 200


def test_what_an_intruder_does_does_not_crowd_out_who_let_them_in(app, office, open_account, log_in):
    open_account("li", "staff:own", person="P0002")
    password = office.post("/api/v1/accounts/li/password").json["password"]
    for _ in range(21):
        client = log_in("li", password)
    kinds = [one["kind"] for one in client.get("/api/v1/sessions/current").json["news"]]
    assert "password.reset" in kinds and kinds.count("login.new_device") == 20
