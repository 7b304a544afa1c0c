"""Guesses shut out a device or a place of one account, never a whole office behind one address."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.auth import throttle

WRONG = {"account": "li", "password": "wrong wrong wrong"}
RIGHT = {"account": "li", "password": "correct horse battery"}


@pytest.fixture
def li(open_account):
    return open_account("li", "staff:own", person="P0001")


@pytest.fixture
def client(app):
    return app.test_client()


def test_a_hundred_wrong_names_from_one_address_shut_nobody_out_who_knows_the_password(client, li, open_account):
    open_account("sun", "staff:own")
    for number in range(throttle.ADDRESS_TRIES):
        client.post("/api/v1/sessions", json=WRONG | {"account": f"guess{number}"})
    for name in ("li", "sun"):
        assert client.post("/api/v1/sessions", json=RIGHT | {"account": name}).status_code == 201


def test_where_everybody_is_tried_each_account_has_one_try(client, li, monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESS_TRIES", 4)
    for number in range(4):
        client.post("/api/v1/sessions", json=WRONG | {"account": f"guess{number}"})
    assert client.post("/api/v1/sessions", json=WRONG).status_code == 401
    assert client.post("/api/v1/sessions", json=RIGHT).status_code == 429


def test_a_device_that_the_account_knows_is_shut_out_by_its_own_guesses_only(app, client, li):
    known = app.test_client()
    assert known.post("/api/v1/sessions", json=RIGHT).status_code == 201
    for _ in range(throttle.TRIES):
        client.post("/api/v1/sessions", json=WRONG)
    assert client.post("/api/v1/sessions", json=RIGHT).status_code == 429
    assert known.post("/api/v1/sessions", json=RIGHT).status_code == 201
    for _ in range(throttle.TRIES):
        known.post("/api/v1/sessions", json=WRONG)
    assert known.post("/api/v1/sessions", json=RIGHT).status_code == 429


def test_a_device_known_to_one_account_is_a_stranger_to_the_next(app, li, open_account):
    open_account("sun", "staff:own")
    client = app.test_client()
    client.post("/api/v1/sessions", json=RIGHT)
    for _ in range(throttle.TRIES):
        client.post("/api/v1/sessions", json=WRONG | {"account": "sun"})
    stranger = app.test_client().post("/api/v1/sessions", json=RIGHT | {"account": "sun"})
    assert stranger.status_code == 429


def test_a_burst_of_guesses_gets_no_more_tries_than_one_after_another(app, li):
    def guess(_):
        return app.test_client().post("/api/v1/sessions", json=WRONG).status_code

    with ThreadPoolExecutor(12) as pool:
        seen = sorted(pool.map(guess, range(24)))
    assert seen == [401] * throttle.TRIES + [429] * (24 - throttle.TRIES)


def test_a_lock_out_is_on_the_trail_where_there_is_such_an_account(client, li, sessions):
    for name in ("li", "invented"):
        for _ in range(throttle.TRIES + 1):
            answer = client.post("/api/v1/sessions", json=WRONG | {"account": name})
        assert answer.status_code == 429
    with sessions.engine.connect() as connection:
        locked = "SELECT subject FROM gateway.audit WHERE action = 'login.locked'"
        assert connection.exec_driver_sql(locked).scalars().all() == ["li"]
