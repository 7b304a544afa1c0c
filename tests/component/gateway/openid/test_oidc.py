"""统一身份认证 against a real provider: who is linked gets in, nobody is made by it, and what is not of this visit is nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from joserfc.errors import JoseError

from gateway.api import oidc
from gateway.auth import provider as speaking
from gateway.auth.provider import Provider, opened_visit, sealed_visit
from gateway.parts import keep_parts
from shared.settings import SettingError, Settings
from tests.component.gateway.test_grants import ANY
from tests.component.gateway.test_second_factor import clock, code_at, enrol  # noqa: F401  # a fixture
from tests.support.openid import BACK, CLIENT, KEY, SECRET, Somebody, come_back, enter, leave, visit


def notes(sessions, action):
    statement = "SELECT subject, after::jsonb ->> 'by' FROM gateway.audit WHERE action = %s ORDER BY seq"
    with sessions.engine.connect() as connection:
        return [tuple(line) for line in connection.exec_driver_sql(statement, (action,))]


def test_who_is_linked_gets_in_with_the_account_and_its_roles(app, linked, sessions):
    client = app.test_client()
    assert client.get("/api/v1/oidc").json == {"on": True}
    assert visit(client) == "done"
    entered = enter(client)
    assert (entered.status_code, entered.json["account"]["account"]) == (201, "li")
    assert [one["role"] for one in entered.json["account"]["grants"]] == ["staff", "hr"]
    assert client.get("/api/v1/accounts/li/identity").json["subject"] == KEY
    assert notes(sessions, "login.succeeded") == [("li", "oidc")]


def test_what_was_vouched_for_opens_one_session_in_the_browser_that_came_back(app, linked):
    client = app.test_client()
    visit(client)
    assert enter(app.test_client()).json["code"] == "oidc.late"
    assert enter(client).status_code == 201
    assert enter(client).json["code"] == "oidc.late"


def test_nobody_is_made_by_logging_in(app, li, admin, sessions):
    client = app.test_client()
    assert visit(client, "stranger") == "done"
    answer = enter(client)
    assert (answer.status_code, answer.json["code"]) == (401, "login.not_linked")
    assert notes(sessions, "login.not_linked") == [("oidc/stranger", None)]
    assert {one["account"] for one in admin.get("/api/v1/accounts").json["items"]} == {"li", "root"}


def test_a_deactivated_account_is_not_entered(app, linked, admin):
    assert admin.patch("/api/v1/accounts/li", json={"active": False}, headers=ANY).status_code == 200
    client = app.test_client()
    visit(client)
    assert enter(client).json["code"] == "login.not_linked"


def test_the_accounts_own_second_factor_is_asked_for_as_ever(app, linked, clock):  # noqa: F811
    client = app.test_client()
    visit(client)
    client.environ_base["HTTP_X_CSRF_TOKEN"] = enter(client).json["csrf"]
    secret, _ = enrol(client, clock)
    other = app.test_client()
    visit(other)
    assert [enter(other).json["code"], enter(other, code="000000").json["code"]] == [
        "login.code_needed",
        "login.code_wrong",
    ]
    assert enter(other, code=code_at(secret, clock[0])).status_code == 201
    third = app.test_client()
    visit(third)
    seen = [enter(third, code="000000").status_code for _ in range(6)]
    assert seen == [401] * 5 + [429]


def test_an_answer_without_its_visit_is_nothing(app, linked):
    url = Somebody().log_in(leave(app.test_client()), KEY, BACK)
    assert come_back(app.test_client(), url) == "late"


def test_an_answer_to_another_visit_is_nothing(app, linked):
    """Somebody lures Li's browser to the end of a log-in of their own."""
    theirs = Somebody().log_in(leave(app.test_client()), "stranger", BACK)
    client = app.test_client()
    leave(client)
    assert come_back(client, theirs) == "untrusted"
    assert enter(client).json["code"] == "oidc.late"


@pytest.mark.parametrize("changed", ["nonce", "verifier"])
def test_nonce_and_verifier_are_those_of_the_visit(app, linked, changed):
    client = app.test_client()
    url = Somebody().log_in(leave(client), KEY, BACK)
    begun = opened_visit(client.get_cookie(oidc.ON_VISIT).value)
    client.set_cookie(oidc.ON_VISIT, sealed_visit(replace(begun, **{changed: "x" * 43})))
    assert come_back(client, url) == "untrusted"


def test_a_code_is_good_once(app, linked):
    client = app.test_client()
    url = Somebody().log_in(leave(client), KEY, BACK)
    kept = client.get_cookie(oidc.ON_VISIT).value
    assert come_back(client, url) == "done"
    client.set_cookie(oidc.ON_VISIT, kept)
    assert come_back(client, url) == "untrusted"


def test_a_token_for_another_client_or_of_another_issuer_is_nothing(app, linked, openid, monkeypatch):
    seen = []
    vouched = Provider._vouched
    monkeypatch.setattr(Provider, "_vouched", lambda self, *given: seen.append(given) or vouched(self, *given))
    assert visit(app.test_client()) == "done"
    other = Provider(openid.issuer, "another client", SECRET)
    with pytest.raises(JoseError, match="aud"):
        vouched(other, *seen[0])
    renamed = Provider(openid.issuer, CLIENT, SECRET)
    renamed._key_set()
    renamed.issuer = "https://elsewhere.example"
    with pytest.raises(JoseError, match="iss"):
        vouched(renamed, *seen[0])


def test_a_token_that_has_expired_or_was_tampered_with_is_nothing(app, linked, openid, monkeypatch):
    seen = []
    vouched = Provider._vouched
    monkeypatch.setattr(Provider, "_vouched", lambda self, *given: seen.append(given) or vouched(self, *given))
    assert visit(app.test_client()) == "done"
    token, nonce = seen[0]
    fresh = Provider(openid.issuer, CLIENT, SECRET)
    head, body, signature = token["id_token"].split(".")
    flipped = ("A" if signature[0] != "A" else "B") + signature[1:]
    with pytest.raises(JoseError):
        vouched(fresh, {**token, "id_token": f"{head}.{body}.{flipped}"}, nonce)
    monkeypatch.setattr(speaking, "LEEWAY", -100_000)
    with pytest.raises(JoseError):
        vouched(fresh, token, nonce)


def test_who_turns_back_at_the_provider_is_told_so(app, linked):
    client = app.test_client()
    assert come_back(client, Somebody().turn_back(leave(client), BACK)) == "refused"


def test_a_visit_and_what_was_vouched_for_end_by_themselves(app, linked, monkeypatch):
    client = app.test_client()
    url = Somebody().log_in(leave(client), KEY, BACK)
    monkeypatch.setattr(speaking, "VISIT", -1)
    assert come_back(client, url) == "late"
    monkeypatch.setattr(speaking, "VISIT", 600)
    assert visit(client) == "done"
    monkeypatch.setattr(speaking, "VOUCHED", -1)
    assert enter(client).json["code"] == "oidc.late"


@pytest.mark.parametrize("state", ["", "made-up", "伪造的状态"])
def test_a_return_with_another_state_is_not_believed(app, linked, openid, state):
    client = app.test_client()
    leave(client)
    assert come_back(client, f"{BACK}?code=x&state={state}") == "untrusted"


def test_a_provider_with_new_keys_is_believed_and_one_that_is_away_is_told(app, linked, openid):
    assert visit(app.test_client()) == "done"
    openid.stop()
    try:
        client = app.test_client()
        url = leave(client)  # its description is known
        assert (
            come_back(client, f"{BACK}?code=x&state={opened_visit(client.get_cookie(oidc.ON_VISIT).value).state}")
            == "away"
        )
        keep_parts(app, replace(app.extensions["kaohe"], provider=Provider(openid.issuer, CLIENT, SECRET)))
        assert leave(app.test_client()) == "/login?oidc=away"
        assert url.startswith(openid.issuer)
    finally:
        openid.start()
    assert visit(app.test_client()) == "done"


def test_where_it_is_not_set_up_openid_is_nothing_of_it(app, admin, li):
    keep_parts(app, replace(app.extensions["kaohe"], provider=None))
    client = app.test_client()
    assert client.get("/api/v1/oidc").json == {"on": False}
    for answer in (
        client.get("/api/v1/oidc/login"),
        client.get("/api/v1/oidc/callback"),
        enter(client),
        admin.put("/api/v1/accounts/li/identity", json={"subject": KEY}),
    ):
        assert (answer.status_code, answer.json["code"]) == (404, "oidc.off")


def test_the_settings_go_together_and_name_a_provider_over_https(tmp_path: Path, monkeypatch):
    secret = {"KAOHE_SECRET": "a secret of the tests, 32 characters or more"}
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    whole = {
        "KAOHE_OIDC_ISSUER": "https://id.example",
        "KAOHE_OIDC_CLIENT_ID": CLIENT,
        "KAOHE_OIDC_CLIENT_SECRET_FILE": str(file),
    }
    for without in whole:
        with pytest.raises(SettingError, match="go together"):
            Settings.read({**secret, **{name: value for name, value in whole.items() if name != without}})
    with pytest.raises(SettingError, match="https"):
        Settings.read({**secret, **whole, "KAOHE_OIDC_ISSUER": "http://id.example"})
    monkeypatch.setattr(speaking, "settings", Settings.read({**secret, **whole}))
    opened = speaking.open_provider()
    assert opened is not None and (opened.issuer, opened._secret) == ("https://id.example", SECRET)
    monkeypatch.setattr(speaking, "settings", Settings.read(secret))
    assert speaking.open_provider() is None
