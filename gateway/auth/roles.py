"""Roles, the scopes they come with, and who may give them (law 9: in this one place).

三员分立: accounts are kept by ``admin`` (and, in its own bureau, the appraisal office), roles are confirmed by ``security``, the trail
is read by ``auditor``; no account is two of these (docs/decisions/1001).
"""

import re
from collections.abc import Collection, Iterable, Sequence

from shared.actor import Actor, Grant
from shared.errors import Entry, Forbidden
from shared.vocabulary.roles import REACHES

SCOPES: dict[str, tuple[str, ...]] = {
    "staff": ("own",),
    "unit_head": ("unit",),
    "assessor": ("unit",),
    "hr": ("bureau",),
    "panel": ("bureau",),
    "leader": ("bureau", "line"),
    "office": ("bureau",),
    "complaints_centre": ("bureau",),
    "devices": ("bureau",),
    "registrar": ("bureau",),
    "auditor": ("bureau", "installation"),
    "admin": ("installation",),
    "security": ("bureau", "installation"),
}
# Whoever manages an account gives these alone; every other role needs a second account's word (gateway.auth.proposals).
PLAIN = frozenset({"staff", "devices"})
# These decide about people: no account holds one that is not a person's.
DECIDING = frozenset({"unit_head", "assessor", "hr", "panel", "leader", "office", "complaints_centre"})
EXCLUSIVE = (frozenset({"admin", "office"}), frozenset({"security"}), frozenset({"auditor"}))
_ONLY_FROM_ABOVE = frozenset({"admin", "security"})
# Which lines a bureau has is its own to say, and targets' to know; here only what one may be called.
LINE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def grant_faults(grant: Grant) -> list[tuple[str, str, str, str]]:
    """Return what is wrong with a grant: (field, code, zh, en) each."""
    if grant.role not in SCOPES:
        return [("role", "role.unknown", f"没有角色 {grant.role}", f"there is no role {grant.role}")]
    allowed = SCOPES[grant.role]
    if grant.scope not in allowed:
        names = "、".join(REACHES[one] for one in allowed)
        return [("scope", "role.scope", f"该角色的范围应为{names}", f"this role's scope is {' or '.join(allowed)}")]
    if (grant.target is not None) != (grant.scope in ("unit", "line")):
        return [
            (
                "target",
                "role.target",
                "范围为单位或口时须指明对象，否则不得指明",
                "unit and line need a target, others none",
            )
        ]
    if grant.scope == "line" and not LINE.fullmatch(grant.target or ""):
        return [("target", "role.line", "没有这个口", "there is no such line")]
    return []


def holding_faults(grants: Iterable[Grant], person: str | None) -> list[tuple[str, str, str, str]]:
    """Return why an account of ``person`` may not hold these grants together: (field, code, zh, en) each."""
    held = {grant.role for grant in grants}
    faults = []
    if person is None and held & DECIDING:
        zh, en = "不属于任何人员的账号不得担任该角色", "an account that is no person's decides about nobody"
        faults.append(("role", "role.needs_person", zh, en))
    if sum(1 for one in EXCLUSIVE if held & one) > 1:
        zh = "账号管理、授权、审计三类角色不得由同一账号担任"
        faults.append(("role", "role.exclusive", zh, "accounts, grants and audit are kept by three, never by one"))
    return faults


def check_may_manage(actor: Actor, bureau: str, grants: Sequence[Grant] = ()) -> None:
    """Check that the actor may manage the account: administrators manage every account, the appraisal office those of
    its own bureau whose every grant it could give.

    Whoever could reset the password of an account with more rights than their own would soon have those rights.
    """
    own = actor.has("office") and bureau and bureau == actor.bureau
    if actor.has("admin") or (own and not any(ungivable(actor, grant) for grant in grants)):
        return
    raise Forbidden("account.forbidden", zh="无权管理该账号", en="not yours to manage")


def check_not_own(actor: Actor, account: str, bureau: str, person: str | None) -> None:
    """Check that nobody changes what their own person may do, through whatever account."""
    same_person = person is not None and (actor.bureau, actor.person) == (bureau, person)
    if actor.account == account or same_person:
        raise Forbidden("account.own", zh="不得修改本人的账号权限", en="nobody changes what they themselves may do")


def ungivable(actor: Actor, grant: Grant) -> Entry | None:
    """Tell why ``actor`` may not propose ``grant``, or None. Only an
    administrator makes administrators and their like."""
    if grant.role not in _ONLY_FROM_ABOVE or actor.has("admin"):
        return None
    return {"field": "role", "code": "role.not_yours", "zh": "无权授予该角色", "en": "not yours to give"}


def may_confirm_grants(actor: Actor, bureau: str) -> bool:
    """Tell whether the actor is a 安全管理员 over accounts of ``bureau`` (empty: those of the installation)."""
    everywhere = any(grant == Grant("security", "installation") for grant in actor.grants)
    return everywhere or (actor.has("security") and bureau != "" and bureau == actor.bureau)


def sees_grants(actor: Actor, bureau: str) -> bool:
    """Tell whether the actor may read who was proposed for what in ``bureau``."""
    everywhere = actor.has("admin") or Grant("auditor", "installation") in actor.grants
    own = bureau != "" and bureau == actor.bureau and (actor.has("office") or actor.has("auditor"))
    return everywhere or own or may_confirm_grants(actor, bureau)


def weighty(grants: Collection[Grant]) -> tuple[Grant, ...]:
    """Return those of ``grants`` that need a second account's word."""
    return tuple(grant for grant in grants if grant.role not in PLAIN)
