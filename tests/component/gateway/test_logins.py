from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.auth import identify, throttle
from gateway.auth import tokens as tokens_of
from gateway.storage.tables import attempts, tokens
from gateway.storage.tables import sessions as session_table
from shared.clock import now

WRONG = {"account": "li", "password": "wrong wrong wrong"}
RIGHT = {"account": "li", "password": "correct horse battery"}


@pytest.fixture
def li(open_account):
    return open_account("li", "staff:own", person="P0001")


@pytest.fixture
def client(app):
    return app.test_client()


def test_the_session_cookie_is_out_of_scripts_reach(client, li):
    cookie = client.post("/api/v1/sessions", json=RIGHT).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie
    over_https = client.post("/api/v1/sessions", json=RIGHT, base_url="https://kaohe.example")
    assert "Secure" in over_https.headers["Set-Cookie"]


def test_names_are_taken_in_any_case_and_width(client, li):
    assert client.post("/api/v1/sessions", json=RIGHT | {"account": " Ｌi "}).status_code == 201


def test_an_unknown_account_and_a_wrong_password_look_the_same(client, li):
    wrong = client.post("/api/v1/sessions", json=WRONG)
    unknown = client.post("/api/v1/sessions", json=WRONG | {"account": "nobody"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json["code"] == unknown.json["code"] == "login.failed"


def test_writes_of_a_browser_need_the_csrf_token(client, li):
    csrf = client.post("/api/v1/sessions", json=RIGHT).json["csrf"]
    assert client.get("/api/v1/sessions/current").json["csrf"] == csrf
    for wrong in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": "é"}):
        assert client.post("/api/v1/tokens", json={"name": "t"}, headers=wrong).json["code"] == "csrf.wrong"
    assert client.post("/api/v1/tokens", json={"name": "t"}, headers={"X-CSRF-Token": csrf}).status_code == 201


def test_logging_out_ends_the_session(log_in, li):
    client = log_in("li")
    stolen = client.get_cookie(identify.COOKIE).value
    assert client.delete("/api/v1/sessions/current").status_code == 204
    client.set_cookie(identify.COOKIE, stolen)
    assert client.get("/api/v1/sessions/current").status_code == 401


def test_a_session_ends_by_itself(app, log_in, li, sessions):
    client = log_in("li")
    with sessions.engine.begin() as connection:
        connection.execute(update(session_table).values(expires_at=now() - timedelta(seconds=1)))
    assert client.get("/api/v1/sessions/current").status_code == 401


def test_five_failures_shut_the_pair_out_even_with_the_right_password(client, li):
    for _ in range(throttle.TRIES):
        assert client.post("/api/v1/sessions", json=WRONG).status_code == 401
    shut = client.post("/api/v1/sessions", json=RIGHT)
    assert (shut.status_code, shut.json["code"]) == (429, "login.throttled")
    assert 0 < int(shut.headers["Retry-After"]) <= 31


def test_another_account_and_another_address_are_not_shut_out(client, li, open_account):
    open_account("sun", "staff:own")
    for _ in range(throttle.TRIES):
        client.post("/api/v1/sessions", json=WRONG)
    assert client.post("/api/v1/sessions", json=RIGHT | {"account": "sun"}).status_code == 201
    elsewhere = client.post("/api/v1/sessions", json=RIGHT, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert elsewhere.status_code == 201


def test_the_wait_doubles_and_is_forgotten_after_a_quarter_of_an_hour(client, li, sessions):
    for _ in range(throttle.TRIES):
        client.post("/api/v1/sessions", json=WRONG)
    move(sessions, blocked_until=now() - timedelta(seconds=1))
    client.post("/api/v1/sessions", json=WRONG)
    assert int(client.post("/api/v1/sessions", json=RIGHT).headers["Retry-After"]) > 31
    move(sessions, blocked_until=None, last_at=now() - timedelta(minutes=16))
    assert client.post("/api/v1/sessions", json=WRONG).status_code == 401
    assert client.post("/api/v1/sessions", json=RIGHT).status_code == 201


def move(sessions, **values):
    with sessions.engine.begin() as connection:
        connection.execute(update(attempts).values(**values))


def test_right_passwords_do_not_count_against_the_address(client, li, monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESS_TRIES", 3)
    assert {client.post("/api/v1/sessions", json=RIGHT).status_code for _ in range(6)} == {201}


def test_a_token_lets_a_system_in_without_cookie_or_csrf(app, log_in, li):
    issued = log_in("li").post("/api/v1/tokens", json={"name": "hr system", "days": 30}).json
    bearer = {"Authorization": f"Bearer {issued['secret']}"}
    system = app.test_client()
    assert system.get("/api/v1/accounts/li", headers=bearer).status_code == 200
    listed = system.get("/api/v1/tokens", headers=bearer).json["items"]
    assert [one["name"] for one in listed] == ["hr system"]
    assert "secret" not in listed[0] and "digest" not in listed[0]


def test_a_revoked_and_an_expired_token_are_refused(app, log_in, li, sessions):
    client = log_in("li")
    first, second = (client.post("/api/v1/tokens", json={"name": name}).json for name in "ab")
    system = app.test_client()

    def status(issued):
        return system.get("/api/v1/tokens", headers={"Authorization": f"Bearer {issued['secret']}"}).status_code

    assert status(first) == status(second) == 200
    assert client.delete(f"/api/v1/tokens/{first['token']}").status_code == 204
    with sessions.engine.begin() as connection:
        connection.execute(update(tokens).where(tokens.c.token == second["token"]).values(expires_at=now()))
    app.extensions["kaohe"].holders.forget()
    assert status(first) == status(second) == 401


def test_a_token_of_another_account_cannot_be_revoked(log_in, li, open_account):
    issued = log_in("li").post("/api/v1/tokens", json={"name": "a"}).json
    stranger = log_in(open_account("sun", "staff:own"))
    assert stranger.delete(f"/api/v1/tokens/{issued['token']}").status_code == 404


def test_an_account_holds_at_most_twenty_live_tokens(log_in, li, monkeypatch):
    monkeypatch.setattr(tokens_of, "TOKENS", 2)
    client = log_in("li")
    statuses = [client.post("/api/v1/tokens", json={"name": "t"}).status_code for _ in range(3)]
    assert statuses == [201, 201, 409]


def test_secrets_are_stored_as_digests_only(log_in, li, sessions):
    client = log_in("li")
    secret = client.post("/api/v1/tokens", json={"name": "t"}).json["secret"]
    cookie = client.get_cookie(identify.COOKIE).value
    with sessions.engine.connect() as connection:
        stored = str(connection.exec_driver_sql("SELECT s, t FROM gateway.sessions s, gateway.tokens t").all())
    assert secret not in stored and cookie not in stored


def test_who_asks_is_remembered_for_some_seconds(app, log_in, li, services):
    services.answers["targets.list_cycles"] = lambda _: {"result": {"items": [], "next": None}}
    client = log_in("li")
    assert client.get("/api/v1/cycles").status_code == 200
    app.extensions["kaohe"].database.engine.dispose()
    statements = []
    from sqlalchemy import event

    event.listen(
        app.extensions["kaohe"].database.engine, "before_cursor_execute", lambda *args: statements.append(args[2])
    )
    assert client.get("/api/v1/cycles").status_code == 200
    assert statements == []


def test_a_token_issues_no_tokens(app, log_in, li):
    issued = log_in("li").post("/api/v1/tokens", json={"name": "hr system"}).json
    bearer = {"Authorization": f"Bearer {issued['secret']}"}
    answer = app.test_client().post("/api/v1/tokens", json={"name": "second"}, headers=bearer)
    assert (answer.status_code, answer.json["code"]) == (403, "token.by_token")


def lets_in(app, secret):
    return app.test_client().get("/api/v1/tokens", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_tokens_end_with_the_password(app, log_in, li):
    client = log_in("li")
    secret = client.post("/api/v1/tokens", json={"name": "hr system"}).json["secret"]
    assert lets_in(app, secret)
    change = {"current": "correct horse battery", "new": "another long password"}
    assert client.put("/api/v1/accounts/current/password", json=change).status_code == 204
    assert not lets_in(app, secret)


def test_tokens_end_with_a_reset_and_with_the_account_and_do_not_come_back(app, log_in, li, office):
    path = "/api/v1/accounts/li"
    secret = log_in("li").post("/api/v1/tokens", json={"name": "hr system"}).json["secret"]
    assert office.post(f"{path}/password").status_code == 201
    assert not lets_in(app, secret)
    for active in (False, True):
        tag = office.get(path).headers["ETag"]
        assert office.patch(path, json={"active": active}, headers={"If-Match": tag}).status_code == 200
        assert not lets_in(app, secret)


def test_a_deactivated_account_comes_back_without_its_tokens(app, log_in, li, office):
    path = "/api/v1/accounts/li"
    secret = log_in("li").post("/api/v1/tokens", json={"name": "hr system"}).json["secret"]
    for active in (False, True):
        tag = office.get(path).headers["ETag"]
        assert office.patch(path, json={"active": active}, headers={"If-Match": tag}).status_code == 200
    assert not lets_in(app, secret)


def test_guessing_the_current_password_is_throttled_as_a_log_in_is(log_in, li):
    client = log_in("li")
    change = {"current": "a guess of it", "new": "another long password"}
    answers = [client.put("/api/v1/accounts/current/password", json=change) for _ in range(7)]
    assert answers[0].json["code"] == "password.wrong"
    assert answers[-1].status_code == 429


def test_log_ins_failures_and_lock_outs_are_on_the_trail_and_inventions_are_not(client, li, sessions):
    client.post("/api/v1/sessions", json=WRONG | {"account": "invented"})
    for _ in range(throttle.TRIES):
        client.post("/api/v1/sessions", json=WRONG)
    client.post("/api/v1/sessions", json=RIGHT, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    with sessions.engine.connect() as connection:
        statement = "SELECT action, subject, address FROM gateway.audit WHERE action LIKE 'login%%' ORDER BY seq"
        lines = [tuple(line) for line in connection.exec_driver_sql(statement)]
    failed = ("login.failed", "li", "127.0.0.1")
    assert lines == [*[failed] * 4, ("login.locked", "li", "127.0.0.1"), failed, ("login.succeeded", "li", "10.0.0.9")]


def test_a_password_of_before_does_not_come_back(log_in, li, sessions):
    client = log_in("li")
    for old, new, status in (
        ("correct horse battery", "another long password", 204),
        ("another long password", "a third long sentence", 204),
        ("a third long sentence", "correct horse battery", 422),
    ):
        answer = client.put("/api/v1/accounts/current/password", json={"current": old, "new": new})
        assert answer.status_code == status, answer.json
    assert answer.json["errors"][0]["code"] == "password.same"
