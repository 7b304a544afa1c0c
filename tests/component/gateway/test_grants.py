"""Roles by four eyes, one account a person, and nobody in who is not in the organisation."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.auth import usecases
from gateway.storage.tables import grant_proposals
from ops.accounts import OPERATOR
from shared.clock import now
from shared.errors import Conflict, Invalid

STAFF = {"role": "staff", "scope": "own"}
HR = {"role": "hr", "scope": "bureau"}
PANEL = {"role": "panel", "scope": "bureau"}
AUDITOR = {"role": "auditor", "scope": "bureau"}
ANY = {"If-Match": "*"}


def create(client, account, *grants, **more):
    wanted = {"account": account, "name": account, "grants": list(grants), **more}
    return client.post("/api/v1/accounts", json={"accounts": [wanted]})


def codes(answer):
    return {one["code"] for one in answer.json["errors"]}


def roles(client, account):
    return [one["role"] for one in client.get(f"/api/v1/accounts/{account}").json["grants"]]


def confirm(client, *proposals):
    return client.post("/api/v1/grant-proposals/confirm", json={"proposals": list(proposals)})


def waiting(answer):
    return [one["proposal"] for one in answer.json["items"][0]["waiting"]]


@pytest.mark.parametrize(
    ("grants", "person", "code"),
    [
        ([STAFF], "NOBODY", "person.unknown"),
        ([{"role": "unit_head", "scope": "unit", "target": "NOUNIT"}], "P0002", "unit.unknown"),
        ([{"role": "leader", "scope": "line", "target": "noline"}], "P0002", "role.line"),
        ([HR], None, "role.needs_person"),
        ([HR, AUDITOR, {"role": "office", "scope": "bureau"}], "P0002", "role.exclusive"),
    ],
)
def test_an_account_is_somebodys_who_is_there_with_roles_that_go_together(office, grants, person, code):
    answer = create(office, "li", *grants, person=person)
    assert answer.status_code == 422
    assert codes(answer) == {code}


def test_a_second_account_of_one_person_is_refused(office, staff):
    answer = create(office, "second", STAFF, person="P0001")
    assert (answer.status_code, answer.json["code"]) == (409, "account.second")
    twice = {"name": "x", "grants": [STAFF], "person": "P0009"}
    batch = {"accounts": [{**twice, "account": "one"}, {**twice, "account": "two"}]}
    assert office.post("/api/v1/accounts", json=batch).status_code == 409


def test_a_change_makes_no_second_account_either(office, staff):
    create(office, "li", STAFF, person="P0002")
    answer = office.patch("/api/v1/accounts/li", json={"person": "P0001"}, headers=ANY)
    assert (answer.status_code, answer.json["code"]) == (409, "account.second")
    assert office.patch("/api/v1/accounts/li", json={"person": "NOBODY"}, headers=ANY).status_code == 422
    assert office.patch("/api/v1/accounts/li", json={"person": "P0003"}, headers=ANY).status_code == 200


def test_an_account_with_roles_does_not_become_another_persons(office, open_account):
    open_account("hr", "hr:bureau", person="P0004")
    for person in ("P0005", None):
        answer = office.patch("/api/v1/accounts/hr", json={"person": person}, headers=ANY)
        assert (answer.status_code, codes(answer)) == (422, {"account.person_fixed"})


def test_a_role_holds_only_after_the_security_officer_has_confirmed_it(office, security):
    made = create(office, "li", STAFF, HR, person="P0002")
    assert made.status_code == 201
    assert roles(office, "li") == ["staff"]
    (proposal,) = waiting(made)
    listed = security.get("/api/v1/grant-proposals?status=proposed").json["items"]
    assert [(one["proposal"], one["account"], one["grant"]["role"]) for one in listed] == [(proposal, "li", "hr")]
    assert confirm(security, proposal).json["items"][0]["status"] == "confirmed"
    assert roles(office, "li") == ["staff", "hr"]
    assert confirm(security, proposal).status_code == 409


def test_whoever_keeps_accounts_confirms_no_role(office, admin, open_account, log_in):
    (proposal,) = waiting(create(office, "li", HR, person="P0002"))
    second = log_in(open_account("office2", "office:bureau", person="P0010"))
    for client in (office, second, admin):
        assert (confirm(client, proposal).status_code, confirm(client, proposal).json["code"]) == (
            403,
            "grant.security_only",
        )


def test_a_bureaus_own_security_officer_confirms_there_and_nowhere_else(office, open_account, log_in):
    (proposal,) = waiting(create(office, "li", HR, person="P0002"))
    elsewhere = log_in(open_account("sh", "security:bureau", bureau="SH"))
    assert confirm(elsewhere, proposal).status_code == 404
    assert confirm(log_in(open_account("bj", "security:bureau")), proposal).status_code == 200


def test_nobody_gives_their_own_person_a_role(open_account, log_in, office):
    own = log_in(open_account("office2", "office:bureau", person="P0010"))
    open_account("other", "staff:own", person="P0010")  # of an earlier release
    answer = own.patch("/api/v1/accounts/other", json={"grants": [HR]}, headers=ANY)
    assert (answer.status_code, answer.json["code"]) == (403, "account.own")
    officer = log_in(open_account("sec", "security:bureau", person="P0011"))
    open_account("mine", "staff:own", person="P0011")
    changed = office.patch("/api/v1/accounts/mine", json={"grants": [STAFF, HR]}, headers=ANY)
    assert changed.status_code == 200
    answer = confirm(officer, changed.json["waiting"][0]["proposal"])
    assert (answer.status_code, answer.json["code"]) == (403, "account.own")


def test_roles_are_taken_away_at_once_and_added_by_two(office, open_account):
    open_account("li", "staff:own", "hr:bureau", person="P0002")
    changed = office.patch("/api/v1/accounts/li", json={"grants": [STAFF, PANEL]}, headers=ANY)
    assert changed.status_code == 200
    assert [one["grant"]["role"] for one in changed.json["waiting"]] == ["panel"]
    assert roles(office, "li") == ["staff"]


def test_a_reactivated_account_gets_its_roles_by_two_again(office, open_account, security):
    open_account("li", "staff:own", "hr:bureau", person="P0002")
    assert office.patch("/api/v1/accounts/li", json={"active": False}, headers=ANY).status_code == 200
    back = office.patch("/api/v1/accounts/li", json={"active": True}, headers=ANY)
    assert roles(office, "li") == ["staff"]
    assert confirm(security, *(one["proposal"] for one in back.json["waiting"])).status_code == 200
    assert roles(office, "li") == ["staff", "hr"]


def test_a_proposal_is_refused_or_taken_back_with_a_reason_and_expires(office, security, sessions):
    refused, withdrawn, expired = (
        waiting(create(office, f"a{n}", HR, person=f"P{n}"))[0] for n in ("0021", "0022", "0023")
    )
    path = "/api/v1/grant-proposals/refuse"
    assert security.post(path, json={"proposals": [refused]}).status_code == 422
    body = {"reason": "不在岗"}
    assert security.post(path, json={"proposals": [refused], **body}).json["items"][0]["status"] == "refused"
    assert office.post(path, json={"proposals": [withdrawn], **body}).json["items"][0]["status"] == "withdrawn"
    with sessions.engine.begin() as connection:
        late = update(grant_proposals).where(grant_proposals.c.proposal == expired)
        connection.execute(late.values(expires_at=now() - timedelta(seconds=1)))
    assert {confirm(security, one).status_code for one in (refused, withdrawn, expired)} == {409}
    told = {one["proposal"]: one["status"] for one in office.get("/api/v1/grant-proposals").json["items"]}
    assert told == {refused: "refused", withdrawn: "withdrawn", expired: "expired"}
    assert [one["proposal"] for one in office.get("/api/v1/grant-proposals?status=expired").json["items"]] == [expired]


def test_what_became_unfit_meanwhile_is_not_confirmed(office, security, open_account):
    open_account("li", "staff:own", person="P0002")
    add = {"grants": [STAFF, AUDITOR]}
    (auditor,) = office.patch("/api/v1/accounts/li", json=add, headers=ANY).json["waiting"]
    add = {"grants": [STAFF, {"role": "office", "scope": "bureau"}]}
    (keeper,) = office.patch("/api/v1/accounts/li", json=add, headers=ANY).json["waiting"]
    assert confirm(security, auditor["proposal"]).status_code == 200
    assert confirm(security, keeper["proposal"]).json["code"] == "role.exclusive"


def test_who_was_proposed_is_told_to_keepers_security_and_audit_only(office, staff, security, open_account, log_in):
    create(office, "li", HR, person="P0002")
    path = "/api/v1/grant-proposals"
    assert staff.get(path).status_code == 403
    assert len(log_in(open_account("aud", "auditor:bureau")).get(path).json["items"]) == 1
    assert log_in(open_account("sh", "office:bureau", bureau="SH")).get(path).json["items"] == []
    assert len(security.get(path).json["items"]) == 1


def test_each_step_of_a_grant_is_on_the_trail(office, security, sessions):
    confirm(security, *waiting(create(office, "li", HR, person="P0002")))
    with sessions.engine.connect() as connection:
        lines = connection.exec_driver_sql("SELECT account, action, subject FROM gateway.audit ORDER BY seq").all()
    wanted = [
        ("office", "account.created", "li"),
        ("office", "grant.proposed", "li"),
        ("security", "grant.confirmed", "li"),
    ]
    assert [tuple(line) for line in lines][-3:] == wanted


def test_on_the_machine_itself_roles_hold_at_once_and_the_trail_says_so(sessions, office):
    wanted = {"account": "first", "name": "first", "bureau": "BJ", "person": "P0040", "grants": [HR]}
    with sessions.begin(OPERATOR) as session:
        usecases.create_on_machine(session, OPERATOR, [wanted])
    assert roles(office, "first") == ["hr"]
    with sessions.engine.connect() as connection:
        line = connection.exec_driver_sql("SELECT account, action FROM gateway.audit ORDER BY seq DESC LIMIT 1").one()
    assert tuple(line) == ("kaohe", "account.created_on_machine")


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"person": "P0041"}, Conflict),
        ({"person": None}, Invalid),
        ({"grants": [{"role": "office", "scope": "bureau"}, AUDITOR]}, Invalid),
    ],
)
def test_the_rules_of_accounts_hold_on_the_machine_too(sessions, open_account, more, problem):
    open_account("one", "staff:own", person="P0041")
    wanted = {"account": "x1", "name": "x1", "bureau": "BJ", "person": "P0042", "grants": [HR], **more}
    with pytest.raises(problem), sessions.begin(OPERATOR) as session:
        usecases.create_on_machine(session, OPERATOR, [wanted])
