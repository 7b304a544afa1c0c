"""The gateway's own operations: accounts, roles, log-ins, tokens. Their rules are gateway/auth/roles.py; this says to which each belongs.

No service stands behind them, so they are no part of the contracts. A test holds that each of them stands here once, and asks them as every
role (tests/component/gateway/test_own_rules.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.vocabulary.roles import ROLES

BUREAU, EVERYWHERE = "of the own bureau", "of every bureau and of the installation"
_KEEPERS = {("admin", "installation"): EVERYWHERE, ("office", "bureau"): BUREAU}
_SECURITY = {("security", "installation"): EVERYWHERE, ("security", "bureau"): BUREAU}
_AUDITORS = {("auditor", "installation"): EVERYWHERE, ("auditor", "bureau"): BUREAU}


@dataclass(frozen=True)
class OwnRule:
    """``reach``: of whose accounts, by role and scope; empty where it is everybody's own account, or nobody is logged in yet."""

    name: str
    meaning: str
    reach: dict[tuple[str, str], str]
    operations: tuple[str, ...]


OWN_RULES = (
    OwnRule(
        "before the log-in",
        "nobody is known yet; guesses are counted by account and device",
        {},
        (
            *("POST /sessions", "GET /oidc", "GET /oidc/login", "GET /oidc/callback", "POST /oidc/sessions"),
            *("GET /demo/accounts", "POST /demo/sessions"),
        ),
    ),
    OwnRule(
        "oneself",
        "every account, and nothing of another's",
        {},
        (
            *(
                "GET /sessions/current",
                "DELETE /sessions/current",
                "POST /sessions/renew",
                "GET /accounts/current/events",
            ),
            *("GET /preferences", "PUT /preferences", "GET /drafts", "GET /drafts/{key}", "PUT /drafts/{key}"),
            *("DELETE /drafts/{key}", "GET /words", "POST /tokens", "PUT /accounts/current/password"),
            *("GET /accounts/current/second-factor", "POST /accounts/current/second-factor"),
            *("POST /accounts/current/second-factor/confirm", "POST /accounts/current/second-factor/drop"),
            *("GET /notices/channels", "PUT /notices/channels", "POST /notices/channels/address"),
            *(
                "POST /notices/channels/address/confirm",
                "DELETE /notices/channels/address",
                "GET /changes",
                "GET /live",
            ),
        ),
    ),
    OwnRule(
        "check_may_manage",
        "one's own, and those that one keeps; the office keeps nobody who holds what it could not give. Nobody changes their own person's",
        _KEEPERS,
        (
            *("GET /sessions", "DELETE /sessions/{session}", "GET /tokens", "DELETE /tokens/{token}"),
            *("POST /accounts", "GET /accounts", "GET /accounts/{account}", "PATCH /accounts/{account}"),
            *("POST /accounts/{account}/password", "GET /accounts/{account}/identity"),
        ),
    ),
    OwnRule("sees_grants", "who was proposed for what", _KEEPERS | _SECURITY | _AUDITORS, ("GET /grant-proposals",)),
    OwnRule("may_confirm_grants", "never one's own person's", _SECURITY, ("POST /grant-proposals/confirm",)),
    OwnRule(
        "check_may_refuse", "or whoever proposed it, who takes it back", _SECURITY, ("POST /grant-proposals/refuse",)
    ),
    OwnRule("check_may_drop", "of somebody who lost theirs", _SECURITY, ("DELETE /accounts/{account}/second-factor",)),
    OwnRule(
        "admin_only",
        "by hand, never by a token",
        {("admin", "installation"): EVERYWHERE},
        ("PUT /accounts/{account}/identity", "DELETE /accounts/{account}/identity"),
    ),
    OwnRule(
        "check_keeps",
        "by which ways out of the house the bureau's people are told",
        {("office", "bureau"): BUREAU},
        (
            *("GET /channels", "POST /channels", "PATCH /channels/{channel}", "DELETE /channels/{channel}"),
            "POST /channels/{channel}/try",
        ),
    ),
    OwnRule(
        "reach_of",
        "what was sent, and what was not",
        {("office", "bureau"): BUREAU, ("admin", "installation"): EVERYWHERE},
        ("GET /deliveries", "POST /deliveries/retry"),
    ),
    OwnRule("may_read_trail", "", _AUDITORS, ("GET /audit-trails/gateway", "GET /audit-trails/anchors")),
    OwnRule(
        "check_runs",
        "how every part is doing, and what could not be handled: whose states, not what stands in them",
        {("admin", "installation"): EVERYWHERE},
        ("GET /operation", "GET /dead-letters", "POST /dead-letters/replay", "POST /dead-letters/drop"),
    ),
)


def lines() -> Iterator[str]:
    """Yield the section of docs/authorisation.md."""
    yield from ("### gateway", "", "| rule | who | and | operations |", "|---|---|---|---|")
    for rule in OWN_RULES:
        roles = dict.fromkeys(role for role, _ in rule.reach)
        names = "; ".join(f"{ROLES[role]} {_reaches(rule, role)}" for role in roles)
        yield f"| {rule.name} | {names or 'everybody'} | {rule.meaning} | {', '.join(rule.operations)} |"
    yield ""


def _reaches(rule: OwnRule, role: str) -> str:
    return " or ".join(dict.fromkeys(reach for (one, _), reach in rule.reach.items() if one == role))
