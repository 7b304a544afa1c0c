"""Nobody comes by the rights of another's account alone: not by its password, not by a proposal that has outlived its facts."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from gateway.auth import passwords_changed
from ops import accounts as on_machine
from tests.component.gateway.test_grants import ANY, HR, PANEL, STAFF, confirm, create, roles, waiting

OWN = "correct horse battery"


def reset(client, account):
    return client.post(f"/api/v1/accounts/{account}/password")


def trail(sessions, action):
    statement = "SELECT account, subject FROM gateway.audit WHERE action = %s ORDER BY seq"
    with sessions.engine.connect() as connection:
        return [tuple(line) for line in connection.exec_driver_sql(statement, (action,))]


@pytest.fixture
def second(open_account, log_in):
    """Another security officer of the installation."""
    return log_in(open_account("second", "security:installation", bureau=""))


@pytest.fixture
def hr(open_account):
    return open_account("hr", "staff:own", "hr:bureau", person="P0004")


def changed(log_in, name, password):
    """Log in with a password that was made by somebody else, and change it."""
    client = log_in(name, password)
    new = {"current": password, "new": "quite another long password"}
    assert client.put("/api/v1/accounts/current/password", json=new).status_code == 204
    return client


def test_an_administrator_alone_gives_no_role_through_a_security_officers_account(admin, security, second, log_in):
    (proposal,) = waiting(create(admin, "li", HR, person="P0002", bureau="BJ"))
    taken = changed(log_in, "security", reset(admin, "security").json["password"])
    answer = confirm(taken, proposal)
    assert answer.status_code == 404
    assert roles(admin, "security") == roles(admin, "li") == []


def test_a_security_officer_is_one_again_by_another_ones_word(admin, security, second, log_in):
    answer = reset(admin, "security").json
    (proposal,) = answer["waiting"]
    assert (proposal["grant"]["role"], proposal["reason"]) == ("security", passwords_changed.AFTER_RESET)
    taken = changed(log_in, "security", answer["password"])
    assert confirm(taken, proposal["proposal"]).status_code == 404
    assert confirm(second, proposal["proposal"]).status_code == 200
    assert roles(admin, "security") == ["security"]


def test_an_account_whose_password_was_reset_has_its_roles_by_two_again(office, hr, security):
    answer = reset(office, "hr")
    assert (answer.status_code, roles(office, "hr")) == (201, ["staff"])
    assert confirm(security, *(one["proposal"] for one in answer.json["waiting"])).status_code == 200
    assert roles(office, "hr") == ["staff", "hr"]


def test_what_waited_before_a_reset_is_proposed_anew_with_its_reason(office, security, sessions):
    (old,) = waiting(create(office, "li", STAFF, HR, person="P0002"))
    (new,) = reset(office, "li").json["waiting"]
    assert confirm(security, old).json["code"] == "grant.decided"
    assert new["reason"] == passwords_changed.AFTER_RESET
    assert ("office", "li") in trail(sessions, "grant.withdrawn")


def test_staff_lose_nothing_by_a_reset(office, staff):
    assert reset(office, "staff").json["waiting"] == []
    assert roles(office, "staff") == ["staff"]


def test_the_office_resets_no_account_for_which_more_waits_than_it_could_give(admin, office, open_account):
    open_account("li", "staff:own", person="P0002")
    grants = [STAFF, {"role": "security", "scope": "bureau"}]
    assert admin.patch("/api/v1/accounts/li", json={"grants": grants}, headers=ANY).status_code == 200
    assert reset(office, "li").status_code == 403


def test_nobody_resets_the_password_of_their_own_person(open_account, log_in):
    own = log_in(open_account("office2", "office:bureau", person="P0010"))
    open_account("other", "staff:own", person="P0010")  # of an earlier release
    for name in ("office2", "other"):
        answer = reset(own, name)
        assert (answer.status_code, answer.json["code"]) == (403, "account.own")


def test_on_the_machine_itself_the_roles_stay(sessions, hr, log_in, admin):
    with sessions.begin(on_machine.OPERATOR) as session:
        password = passwords_changed.reset_on_machine(session, "hr")
    assert roles(admin, "hr") == ["staff", "hr"]
    changed(log_in, "hr", password)


def test_a_lost_factor_is_taken_away_on_the_machine_too(sessions, monkeypatch, log_in, hr):
    client = log_in("hr")
    client.post("/api/v1/accounts/current/second-factor")
    monkeypatch.setattr(
        on_machine, "database", lambda: nullcontext(sessions.engine.url.render_as_string(hide_password=False))
    )
    assert CliRunner().invoke(on_machine.command, ["drop-factor", "hr"]).exit_code == 0
    with sessions.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM gateway.second_factors").scalar_one() == 0
    assert trail(sessions, "second_factor.reset") == [("kaohe", "hr")]


def test_a_token_resets_no_password_and_decides_about_no_role(app, office, security):
    (proposal,) = waiting(create(office, "li", HR, person="P0002"))
    for client, path, body in (
        (office, "accounts/li/password", None),
        (office, "grant-proposals/refuse", {"proposals": [proposal], "reason": "no"}),
        (security, "grant-proposals/confirm", {"proposals": [proposal]}),
    ):
        secret = client.post("/api/v1/tokens", json={"name": "t"}).json["secret"]
        headers = {"Authorization": f"Bearer {secret}"}
        answer = app.test_client().post(f"/api/v1/{path}", json=body, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (403, "token.by_token")


def test_a_token_changes_no_password(app, staff):
    secret = staff.post("/api/v1/tokens", json={"name": "t"}).json["secret"]
    headers, body = {"Authorization": f"Bearer {secret}"}, {"current": OWN, "new": "another long password"}
    answer = app.test_client().put("/api/v1/accounts/current/password", json=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "token.by_token")


def test_what_was_proposed_for_one_person_is_not_given_to_the_next(office, security, sessions, open_account):
    open_account("li", "staff:own", person="P0002")
    (proposal,) = office.patch("/api/v1/accounts/li", json={"grants": [STAFF, HR]}, headers=ANY).json["waiting"]
    assert office.patch("/api/v1/accounts/li", json={"person": "P0003"}, headers=ANY).status_code == 200
    assert confirm(security, proposal["proposal"]).json["code"] == "grant.decided"
    assert trail(sessions, "grant.withdrawn") == [("office", "li")]


def test_deactivating_takes_back_what_waits_in_the_name_of_who_did_it(office, sessions, open_account):
    open_account("li", "staff:own", person="P0002")
    office.patch("/api/v1/accounts/li", json={"grants": [STAFF, HR]}, headers=ANY)
    office.patch("/api/v1/accounts/li", json={"active": False}, headers=ANY)
    (told,) = office.get("/api/v1/grant-proposals?account=li").json["items"]
    assert (told["status"], told["decided_by"]) == ("withdrawn", "office")
    assert trail(sessions, "grant.withdrawn") == [("office", "li")]


@pytest.mark.parametrize("change", [{"active": False}, {"grants": [STAFF]}])
def test_a_proposal_is_worth_what_its_proposer_may_propose_today(admin, security, open_account, log_in, change):
    keeper = log_in(open_account("keeper", "staff:own", "office:bureau", person="P0010"))
    (proposal,) = waiting(create(keeper, "li", PANEL, person="P0002"))
    assert admin.patch("/api/v1/accounts/keeper", json=change, headers=ANY).status_code == 200
    answer = confirm(security, proposal)
    assert (answer.status_code, answer.json["code"]) == (409, "grant.proposer_gone")
    assert roles(admin, "li") == []


def test_the_office_is_told_nothing_of_other_bureaus(office, services, open_account):
    open_account("taken", "staff:own", bureau="SH", person="P0001")
    body = {"accounts": [{"account": "x1", "name": "x", "bureau": "SH", "person": "NOBODY", "grants": [STAFF]}]}
    for person in ("NOBODY", "P0001"):
        body["accounts"][0]["person"] = person
        answer = office.post("/api/v1/accounts", json=body)
        assert (answer.status_code, answer.json["code"]) == (403, "account.forbidden")
    assert services.calls == []
