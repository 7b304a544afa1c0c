"""One-time passwords: enrolled, asked for, good once, with backup codes for a lost telephone."""

import base64
import time

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from gateway.auth import second_factor
from shared.settings import Settings, settings

PATH = "/api/v1/accounts/current/second-factor"
RIGHT = {"account": "li", "password": "correct horse battery"}


@pytest.fixture
def li(open_account):
    return open_account("li", "staff:own", person="P0002")


@pytest.fixture
def some_settings():
    secret = {"KAOHE_SECRET": "a secret of the tests, 32 characters or more"}
    yield lambda **environment: settings.use(Settings.read({**secret, **environment}))
    settings.use(Settings.read(secret))


@pytest.fixture
def clock(monkeypatch):
    """Time as the server has it, in steps of its own."""
    at = [time.time()]
    monkeypatch.setattr(second_factor.time, "time", lambda: at[0])
    return at


def code_at(secret, moment):
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(moment)).decode()


def enrol(client, clock):
    begun = client.post(PATH).json
    confirmed = client.post(f"{PATH}/confirm", json={"code": code_at(begun["secret"], clock[0])})
    assert confirmed.status_code == 200, confirmed.json
    clock[0] += 60
    return begun["secret"], confirmed.json["codes"]


def log_in_with(app, code=None):
    return app.test_client().post("/api/v1/sessions", json=RIGHT | ({"code": code} if code else {}))


def test_the_secret_comes_as_an_address_and_a_picture_and_is_stored_sealed(li, log_in, sessions):
    begun = log_in("li").post(PATH).json
    assert begun["uri"].startswith("otpauth://totp/Kaohe:li?") and begun["secret"] in begun["uri"]
    assert "<svg" in begun["qr"]
    with sessions.engine.connect() as connection:
        (stored,) = connection.exec_driver_sql("SELECT secret FROM gateway.second_factors").scalars()
    assert base64.b32decode(begun["secret"]) not in bytes(stored)


def test_it_counts_only_once_it_is_confirmed(app, li, log_in, clock):
    client = log_in("li")
    begun = client.post(PATH).json
    wrong = client.post(f"{PATH}/confirm", json={"code": "000000"})
    assert (wrong.status_code, wrong.json["code"]) == (422, "second_factor.wrong")
    assert log_in_with(app).status_code == 201
    client.post(f"{PATH}/confirm", json={"code": code_at(begun["secret"], clock[0])})
    assert client.get(PATH).json == {"enrolled": True, "needed": False}
    assert (log_in_with(app).status_code, log_in_with(app).json["code"]) == (401, "login.code_needed")


def test_a_code_lets_in_once(app, li, log_in, clock):
    secret, _ = enrol(log_in("li"), clock)
    code = code_at(secret, clock[0])
    assert log_in_with(app, code).status_code == 201
    again = log_in_with(app, code)
    assert (again.status_code, again.json["code"]) == (401, "login.code_wrong")


def test_a_telephones_clock_may_be_off_by_a_step(app, li, log_in, clock):
    secret, _ = enrol(log_in("li"), clock)
    assert log_in_with(app, code_at(secret, clock[0] - 90)).status_code == 401
    assert log_in_with(app, code_at(secret, clock[0] + 30)).status_code == 201


def test_a_backup_code_lets_in_once_and_is_stored_as_a_digest(app, li, log_in, clock, sessions):
    _, codes = enrol(log_in("li"), clock)
    assert [log_in_with(app, codes[0]).status_code for _ in range(2)] == [201, 401]
    with sessions.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT digest FROM gateway.backup_codes").scalars().all()
    assert len(stored) == 10 and not any(codes[1].encode() in bytes(one) for one in stored)


def test_wrong_codes_are_counted_as_wrong_passwords_are(app, li, log_in, clock):
    enrol(log_in("li"), clock)
    assert [log_in_with(app, "000000").status_code for _ in range(6)] == [401] * 5 + [429]


def test_a_role_that_needs_it_does_nothing_before_it_is_enrolled(app, li, log_in, clock, some_settings):
    some_settings(KAOHE_SECOND_FACTOR_ROLES="staff,admin")
    client = log_in("li")
    assert client.get("/api/v1/accounts/li").json["code"] == "second_factor.required"
    enrol(client, clock)
    assert client.get("/api/v1/accounts/li").status_code == 200
    kept = client.post(f"{PATH}/drop", json={"password": RIGHT["password"]})
    assert (kept.status_code, kept.json["code"]) == (409, "second_factor.needed")


def test_it_is_taken_away_with_the_password_or_by_the_security_officer(app, li, log_in, clock, security):
    client = log_in("li")
    enrol(client, clock)
    assert client.post(f"{PATH}/drop", json={"password": "not this one"}).status_code == 422
    assert security.delete("/api/v1/accounts/li/second-factor").status_code == 204
    entered = log_in_with(app)
    assert entered.status_code == 201
    assert "second_factor.reset" in {one["kind"] for one in entered.json["news"]}


def test_who_makes_passwords_takes_no_factor_away(app, li, log_in, clock, office, admin):
    enrol(log_in("li"), clock)
    for client in (office, admin):
        answer = client.delete("/api/v1/accounts/li/second-factor")
        assert (answer.status_code, answer.json["code"]) == (403, "second_factor.security_only")


def test_nobody_takes_their_own_factor_away_by_their_office(app, security, log_in, clock):
    enrol(security, clock)
    answer = security.delete("/api/v1/accounts/security/second-factor")
    assert (answer.status_code, answer.json["code"]) == (403, "account.own")


def test_what_was_done_to_the_factor_in_ones_own_name_is_told(app, li, log_in, clock):
    client = log_in("li")
    enrol(client, clock)
    assert client.post(f"{PATH}/drop", json={"password": RIGHT["password"]}).status_code == 204
    kinds = [one["kind"] for one in log_in_with(app).json["news"]]
    assert kinds == ["login.new_device", "second_factor.dropped", "second_factor.enrolled", "login.new_device"]


def test_guesses_of_the_password_at_the_drop_are_counted_noted_and_leave_no_trace(li, log_in, clock, sessions):
    client = log_in("li")
    enrol(client, clock)
    key = {"Idempotency-Key": "a key"}
    answers = [client.post(f"{PATH}/drop", json={"password": "a guess"}, headers=key) for _ in range(6)]
    assert [one.status_code for one in answers] == [422] * 5 + [429]
    assert client.post(f"{PATH}/drop", json={"password": RIGHT["password"]}, headers=key).status_code == 429
    with sessions.engine.connect() as connection:
        noted = "SELECT count(*) FROM gateway.audit WHERE action = 'password.wrong' AND subject = 'li'"
        assert connection.exec_driver_sql(noted).scalar_one() == 5
        assert connection.exec_driver_sql("SELECT count(*) FROM gateway.answers").scalar_one() == 0


def test_a_log_in_in_two_steps_leaves_nothing_counted(app, li, log_in, clock, sessions):
    secret, _ = enrol(log_in("li"), clock)
    for _ in range(7):
        assert log_in_with(app).json["code"] == "login.code_needed"
        assert log_in_with(app, code_at(secret, clock[0])).status_code == 201
        clock[0] += 60
    with sessions.engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT coalesce(sum(failures), 0) FROM gateway.attempts").scalar_one()
    assert left == 0


def test_asking_for_the_code_forgives_no_wrong_one(app, li, log_in, clock):
    enrol(log_in("li"), clock)
    seen = [log_in_with(app, code).status_code for _ in range(5) for code in ("000000", None)]
    assert seen == [401] * 9 + [429]


def test_wrong_codes_are_counted_from_whatever_address_they_come(app, li, log_in, clock):
    secret, _ = enrol(log_in("li"), clock)

    def guess(number, code):
        place = {"REMOTE_ADDR": f"10.0.0.{number}"}
        return app.test_client().post("/api/v1/sessions", json=RIGHT | {"code": code}, environ_base=place).status_code

    assert [guess(number, "000000") for number in range(6)] == [401] * 5 + [429]
    assert guess(7, code_at(secret, clock[0])) == 429
