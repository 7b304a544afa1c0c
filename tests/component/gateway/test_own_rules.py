"""The gateway's own operations: each stands under one rule, and does for every role what the rule says."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gateway.auth.roles import SCOPES
from gateway.storage.identities import Identities
from ops.authorisation.matrix import operations
from ops.authorisation.own_rules import BUREAU, EVERYWHERE, OWN_RULES, OwnRule
from shared.actor import system
from shared.clock import now
from tests.component.gateway.conftest import OWN_FAMILIES

RULES = {one.name: one for one in OWN_RULES}
WHO = [(role, scope) for role, scopes in SCOPES.items() for scope in scopes]
TARGETS = {"unit": "S01", "line": "market"}
NOT_THERE = {"grant.unknown", "identity.none"}
REASON = {"reason": "误"}


def test_every_operation_of_the_gateway_itself_stands_under_one_rule(app) -> None:
    contracts = {one.method + " " + re.sub(r"<(?:[^<>:]+:)?([^<>]+)>", r"{\1}", one.path) for one in operations()}
    document = json.loads(app.test_client().get("/api/v1/openapi.json").data)
    own = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
        if set(told.get("tags", ())).intersection(OWN_FAMILIES) or path.startswith("/api/v1/audit-trails/")
    }
    listed = [one for rule in OWN_RULES for one in rule.operations]
    assert sorted(listed) == sorted(own - contracts)


@pytest.fixture
def world(open_account, log_in, sessions) -> Callable[[str, str], Any]:
    """Accounts of two bureaus to be kept, and a client of each role of the bureau BJ or of the installation."""
    for bureau in ("BJ", "SH"):
        open_account(f"kept{bureau}", "staff:own", bureau=bureau, person="P0100")
        with sessions.begin(system("")) as session:
            Identities(session).put(f"kept{bureau.lower()}", "https://id.example", bureau, "root", now())

    def client(role: str, scope: str) -> Any:
        target = f":{TARGETS[scope]}" if scope in TARGETS else ""
        above = scope == "installation"
        name = f"{role}{scope}".replace("_", "")
        person = None if above or role == "devices" else "P0300"
        return log_in(open_account(name, f"{role}:{scope}{target}", bureau="" if above else "BJ", person=person))

    return client


def proposal(admin, account: str) -> str:
    """Propose a role that waits; returns the proposal."""
    revision = admin.get(f"/api/v1/accounts/{account}").headers["ETag"]
    grants = {"grants": [{"role": "staff", "scope": "own"}, {"role": "hr", "scope": "bureau"}]}
    answer = admin.patch(f"/api/v1/accounts/{account}", json=grants, headers={"If-Match": revision})
    assert answer.status_code == 200, answer.json
    return str(answer.json["waiting"][0]["proposal"])


def asked(client, admin, account: str, bureau: str, rule: OwnRule) -> Iterator[tuple[str, Any]]:
    """Yield the answers to each operation of ``rule`` that is about somebody else's account."""
    at = f"/api/v1/accounts/{account}"
    if rule.name == "check_may_manage":
        new = {"account": "new", "name": "n", "bureau": bureau, "grants": [{"role": "staff", "scope": "own"}]}
        yield "POST /accounts", client.post("/api/v1/accounts", json={"accounts": [{**new, "person": "P0400"}]})
        yield "GET /accounts", client.get(f"/api/v1/accounts?bureau={bureau}")
        yield "GET /accounts/{account}", client.get(at)
        yield "PATCH /accounts/{account}", client.patch(at, json={"name": "x"}, headers={"If-Match": '"999"'})
        yield "GET /accounts/{account}/identity", client.get(f"{at}/identity")
        yield "GET /sessions", client.get(f"/api/v1/sessions?account={account}")
        yield "GET /tokens", client.get(f"/api/v1/tokens?account={account}")
        yield "POST /accounts/{account}/password", client.post(f"{at}/password")  # ends the link
    elif rule.name == "may_confirm_grants":
        body = {"proposals": [proposal(admin, account)]}
        yield "POST /grant-proposals/confirm", client.post("/api/v1/grant-proposals/confirm", json=body)
    elif rule.name == "check_may_refuse":
        body = {"proposals": [proposal(admin, account)], **REASON}
        yield "POST /grant-proposals/refuse", client.post("/api/v1/grant-proposals/refuse", json=body)
    elif rule.name == "check_may_drop":
        yield "DELETE /accounts/{account}/second-factor", client.delete(f"{at}/second-factor")
    elif rule.name == "admin_only":
        yield "DELETE /accounts/{account}/identity", client.delete(f"{at}/identity")


@pytest.mark.parametrize("who", WHO, ids="-".join)
@pytest.mark.parametrize(
    "name", ["check_may_manage", "may_confirm_grants", "check_may_refuse", "check_may_drop", "admin_only"]
)
def test_a_rule_holds_for_every_role_in_the_own_bureau_and_in_another(world, admin, who, name) -> None:
    client = world(*who)
    rule = RULES[name]
    for bureau in ("BJ", "SH"):
        reached = rule.reach.get(who) in ((BUREAU, EVERYWHERE) if bureau == "BJ" else (EVERYWHERE,))
        for operation, answer in asked(client, admin, f"kept{bureau}", bureau, rule):
            # What one may not even see is not there for one.
            refused = answer.status_code == 403 or (answer.json or {}).get("code") in NOT_THERE
            assert refused != reached, (bureau, operation, answer.status_code, answer.json)


@pytest.mark.parametrize("who", WHO, ids="-".join)
def test_lists_of_proposals_trails_and_ways_out_are_for_whom_the_rules_name(world, who) -> None:
    client = world(*who)
    for name, path in (
        ("sees_grants", "grant-proposals"),
        ("may_read_trail", "audit-trails/gateway"),
        ("may_read_trail", "audit-trails/anchors"),
        ("check_keeps", "channels"),
        ("reach_of", "deliveries"),
    ):
        status = client.get(f"/api/v1/{path}").status_code
        assert status == (200 if who in RULES[name].reach else 403), path


def test_nobody_is_above_their_own_person(world) -> None:
    """Whoever keeps accounts changes no own rights: the rule's `and`."""
    client = world("office", "bureau")
    revision = client.get("/api/v1/accounts/officebureau").headers["ETag"]
    answer = client.patch("/api/v1/accounts/officebureau", json={"active": False}, headers={"If-Match": revision})
    assert (answer.status_code, answer.json["code"]) == (403, "account.own")
