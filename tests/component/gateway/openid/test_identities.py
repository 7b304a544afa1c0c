"""Which account the organisation's provider vouches for: named by an administrator, who gets nothing by it alone."""

from contextlib import nullcontext

from click.testing import CliRunner

from gateway.auth.identities import AFTER_LINK
from ops import accounts as on_machine
from shared.settings import Settings, settings
from tests.component.gateway.conftest import PASSWORD
from tests.component.gateway.test_grants import ANY, HR, STAFF, confirm, roles
from tests.support.openid import CLIENT, KEY, enter, visit


def test_whoever_links_gets_no_role_by_it_alone(app, li, admin, security):
    answer = admin.put("/api/v1/accounts/li/identity", json={"subject": KEY})
    assert (answer.status_code, answer.json["linked_by"], roles(admin, "li")) == (200, "root", ["staff"])
    (proposal,) = answer.json["waiting"]
    assert (proposal["grant"]["role"], proposal["reason"]) == ("hr", AFTER_LINK)
    client = app.test_client()
    visit(client)
    entered = enter(client)
    assert entered.status_code == 201 and [one["role"] for one in entered.json["account"]["grants"]] == ["staff"]
    assert "identity.linked" in {one["kind"] for one in entered.json["news"]}
    assert confirm(security, proposal["proposal"]).status_code == 200
    assert roles(admin, "li") == ["staff", "hr"]


def test_who_is_linked_has_no_password_and_no_session_of_before(app, li, log_in, admin, security):
    client = log_in("li")
    assert admin.put("/api/v1/accounts/li/identity", json={"subject": KEY}).status_code == 200
    assert client.get("/api/v1/sessions/current").status_code == 401
    answer = app.test_client().post("/api/v1/sessions", json={"account": "li", "password": PASSWORD})
    assert answer.json["code"] == "login.failed"


def test_nobody_is_linked_whose_roles_nobody_could_confirm_and_the_answer_tells_the_machines_way(li, admin):
    answer = admin.put("/api/v1/accounts/li/identity", json={"subject": KEY})
    assert (answer.status_code, answer.json["code"]) == (409, "account.nobody_confirms")
    assert f"kaohe accounts link li {KEY}" in answer.json["zh"]
    assert roles(admin, "li") == ["staff", "hr"]
    assert admin.get("/api/v1/accounts/li/identity").json["code"] == "identity.none"


def test_a_new_password_ends_the_link(app, linked, admin, security):
    password = admin.post("/api/v1/accounts/li/password").json["password"]
    client = app.test_client()
    visit(client)
    assert enter(client).json["code"] == "login.not_linked"
    assert client.post("/api/v1/sessions", json={"account": "li", "password": password}).status_code == 201
    assert admin.get("/api/v1/accounts/li/identity").json["code"] == "identity.none"


def test_an_account_that_becomes_another_persons_is_no_more_linked(app, open_account, admin):
    open_account("sun", "staff:own", person="P0003")
    assert admin.put("/api/v1/accounts/sun/identity", json={"subject": KEY}).status_code == 200
    assert admin.patch("/api/v1/accounts/sun", json={"person": "P0004"}, headers=ANY).status_code == 200
    client = app.test_client()
    visit(client)
    assert enter(client).json["code"] == "login.not_linked"


def test_unlinked_is_shut(app, linked, admin, sessions):
    client = app.test_client()
    visit(client)
    assert enter(client).status_code == 201
    assert admin.delete("/api/v1/accounts/li/identity").status_code == 204
    assert client.get("/api/v1/sessions/current").status_code == 401
    assert admin.delete("/api/v1/accounts/li/identity").json["code"] == "identity.none"
    with sessions.engine.connect() as connection:
        noted = "SELECT account, subject FROM gateway.audit WHERE action = 'identity.unlinked'"
        assert [tuple(line) for line in connection.exec_driver_sql(noted)] == [("root", "li")]


def test_one_subject_has_one_account_and_one_account_one_subject(linked, open_account, admin):
    open_account("sun", "staff:own", person="P0003")
    for account, subject in (("sun", KEY), ("li", "another")):
        answer = admin.put(f"/api/v1/accounts/{account}/identity", json={"subject": subject})
        assert (answer.status_code, answer.json["code"]) == (409, "identity.taken")


def test_an_administrator_links_by_hand_and_nobody_else(app, li, office, staff, admin):
    for client in (office, staff):
        answer = client.put("/api/v1/accounts/li/identity", json={"subject": KEY})
        assert (answer.status_code, answer.json["code"]) == (403, "identity.admin_only")
        assert client.delete("/api/v1/accounts/li/identity").status_code == 403
    assert staff.get("/api/v1/accounts/li/identity").status_code == 404
    assert admin.put("/api/v1/accounts/root/identity", json={"subject": KEY}).json["code"] == "account.own"
    secret = admin.post("/api/v1/tokens", json={"name": "t"}).json["secret"]
    headers = {"Authorization": f"Bearer {secret}"}
    answer = app.test_client().put("/api/v1/accounts/li/identity", json={"subject": KEY}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "token.by_token")


def test_what_waited_before_the_link_is_proposed_anew(office, admin, security, open_account):
    open_account("sun", "staff:own", person="P0003")
    (old,) = office.patch("/api/v1/accounts/sun", json={"grants": [STAFF, HR]}, headers=ANY).json["waiting"]
    (new,) = admin.put("/api/v1/accounts/sun/identity", json={"subject": KEY}).json["waiting"]
    assert confirm(security, old["proposal"]).json["code"] == "grant.decided"
    assert (new["proposed_by"], new["grant"]["role"]) == ("root", "hr")


def test_on_the_machine_itself_the_roles_stay(sessions, li, monkeypatch, openid, admin):
    monkeypatch.setattr(
        on_machine, "database", lambda: nullcontext(sessions.engine.url.render_as_string(hide_password=False))
    )
    before = settings.secret
    chosen = {"KAOHE_OIDC_ISSUER": openid.issuer, "KAOHE_OIDC_CLIENT_ID": CLIENT, "KAOHE_OIDC_CLIENT_SECRET_FILE": "x"}
    settings.use(Settings.read({"KAOHE_SECRET": before, **chosen}))
    try:
        assert CliRunner().invoke(on_machine.command, ["link", "li", KEY]).exit_code == 0
    finally:
        settings.use(Settings.read({"KAOHE_SECRET": before}))
    assert roles(admin, "li") == ["staff", "hr"]
    assert admin.get("/api/v1/accounts/li/identity").json["linked_by"] == "kaohe"
