"""What a token is for: reading, a family of operations, a network; seen and revoked by the owner and by who manages the account."""

import pytest

OFFICE = {"role": "office", "scope": "bureau"}


@pytest.fixture
def li(open_account, log_in):
    return log_in(open_account("li", "staff:own", person="P0002"))


def issue(client, **limits):
    answer = client.post("/api/v1/tokens", json={"name": "system", **limits})
    assert answer.status_code == 201, answer.json
    return answer.json


def ask(app, token, method, path, address="127.0.0.1", **more):
    headers = {"Authorization": f"Bearer {token['secret']}"}
    return app.test_client().open(
        f"/api/v1/{path}", method=method, headers=headers, environ_base={"REMOTE_ADDR": address}, **more
    )


def test_a_reading_token_changes_nothing(app, li):
    token = issue(li, reads_only=True)
    assert ask(app, token, "GET", "accounts/li").status_code == 200
    answer = ask(app, token, "PUT", "preferences", json={})
    assert (answer.status_code, answer.json["code"]) == (403, "token.reads_only")


def test_a_token_of_one_family_reaches_no_other(app, li):
    token = issue(li, families=["tokens"])
    assert ask(app, token, "GET", "tokens").status_code == 200
    answer = ask(app, token, "GET", "accounts/li")
    assert (answer.status_code, answer.json["code"]) == (403, "token.family")


def test_a_token_is_used_from_its_network_only(app, li):
    token = issue(li, networks=["10.1.2.0/24", "fd00::/8"])
    assert {
        ask(app, token, "GET", "tokens", address).status_code for address in ("10.1.2.9", "fd00::1", "::ffff:10.1.2.3")
    } == {200}
    answer = ask(app, token, "GET", "tokens", "10.1.3.9")
    assert (answer.status_code, answer.json["code"]) == (403, "token.address")


@pytest.mark.parametrize("limits", [{"families": ["nothing"]}, {"networks": ["10.1.2.3/24"]}, {"networks": ["here"]}])
def test_limits_name_what_there_is(li, limits):
    answer = li.post("/api/v1/tokens", json={"name": "system", **limits})
    assert (answer.status_code, answer.json["code"]) == (422, "token.limits")


def test_a_token_tells_when_and_from_where_it_was_used(app, li):
    token = issue(li)
    assert token["used_at"] is None
    ask(app, token, "GET", "tokens", "10.9.9.9")
    (shown,) = li.get("/api/v1/tokens").json["items"]
    assert shown["used_at"] and shown["used_from"] == "10.9.9.9"


def test_whoever_manages_an_account_sees_and_revokes_its_tokens(app, li, office, admin):
    for manager in (office, admin):
        token = issue(li)
        listed = manager.get("/api/v1/tokens?account=li").json["items"]
        assert token["token"] in {one["token"] for one in listed}
        assert token["token"] in {one["token"] for one in manager.get("/api/v1/tokens?bureau=BJ").json["items"]}
        assert "secret" not in listed[0] and "digest" not in listed[0]
        assert manager.delete(f"/api/v1/tokens/{token['token']}").status_code == 204
        assert ask(app, token, "GET", "tokens").status_code == 401


def test_nobody_else_sees_or_revokes_them(li, open_account, log_in):
    token = issue(li)
    for name, role, bureau in (("sun", "staff:own", "BJ"), ("sh", "office:bureau", "SH")):
        other = log_in(open_account(name, role, bureau=bureau, person=f"P-{name}"))
        assert other.get("/api/v1/tokens?account=li").status_code == 403
        assert other.get("/api/v1/tokens?bureau=BJ").status_code == 403
        assert other.delete(f"/api/v1/tokens/{token['token']}").status_code == 404
    assert li.get("/api/v1/tokens").json["items"][0]["revoked_at"] is None


def test_networks_are_kept_in_one_form(app, li):
    token = issue(li, networks=["::ffff:10.1.2.0/120", "10.1.3.7"])
    assert token["networks"] == ["10.1.2.0/24", "10.1.3.7/32"]
    assert ask(app, token, "GET", "tokens", address="10.1.2.9").status_code == 200
