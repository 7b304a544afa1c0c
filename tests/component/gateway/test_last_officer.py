"""Nobody loses roles that nobody could confirm anew: the way in is then made on the machine, and the answer says how."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.auth import passwords_changed
from ops import accounts as on_machine
from tests.component.gateway.test_grants import ANY, confirm, roles
from tests.component.gateway.test_takeovers import changed, reset, trail


@pytest.fixture
def hr(open_account):
    return open_account("hr", "staff:own", "hr:bureau", person="P0004")


def refused(answer, command):
    assert (answer.status_code, answer.json["code"]) == (409, "account.nobody_confirms")
    assert command in answer.json["zh"] and command in answer.json["en"]


def test_the_only_security_officers_password_is_made_on_the_machine_and_the_answer_says_how(
    admin, security, sessions, log_in
):
    refused(reset(admin, "security"), "kaohe accounts reset-password security")
    assert roles(admin, "security") == ["security"]
    assert security.get("/api/v1/sessions/current").status_code == 200, "nothing was done"
    assert trail(sessions, "password.reset") == []
    with sessions.begin(on_machine.OPERATOR) as session:
        password = passwords_changed.reset_on_machine(session, "security")
    assert changed(log_in, "security", password).get("/api/v1/grant-proposals").status_code == 200


def test_whose_roles_nobody_could_confirm_is_not_reset_either(office, hr, staff):
    """No security officer at all, or one of another bureau: whoever has plain roles is let in all the same."""
    refused(reset(office, "hr"), "kaohe accounts reset-password hr")
    assert roles(office, "hr") == ["staff", "hr"]
    assert reset(office, "staff").status_code == 201


@pytest.mark.parametrize(
    ("officer", "counts"),
    [
        ({"roles": "security:bureau"}, True),
        ({"roles": "security:bureau", "bureau": "SH"}, False),
        ({"roles": "security:bureau", "person": "P0004"}, False),  # the account's own person, of an earlier release
        ({"roles": "security:bureau", "person": "P0010"}, False),  # who resets
        ({"roles": "security:bureau", "active": False}, False),
    ],
)
def test_who_could_confirm_is_asked_for_as_at_the_confirmation(open_account, log_in, admin, hr, officer, counts):
    own = log_in(open_account("office2", "office:bureau", person="P0010"))
    active, role = officer.pop("active", True), officer.pop("roles")
    name = open_account("sec", role, **officer)
    if not active:
        assert admin.patch(f"/api/v1/accounts/{name}", json={"active": False}, headers=ANY).status_code == 200
    assert reset(own, "hr").status_code == (201 if counts else 409)


def test_two_officers_who_are_reset_at_once_do_not_both_lose_the_role(app, admin, security, open_account, log_in):
    open_account("second", "security:installation", bureau="")
    others = [log_in(open_account(f"root{n}", "admin:installation", bureau="")) for n in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(reset, others, ("security", "second")))
    assert sorted(one.status_code for one in answers) == [201, 409]
    (kept,) = [name for name, one in zip(("security", "second"), answers, strict=True) if one.status_code == 409]
    (waiting,) = [one.json["waiting"] for one in answers if one.status_code == 201]
    officer = security if kept == "security" else log_in("second")
    assert confirm(officer, waiting[0]["proposal"]).status_code == 200
