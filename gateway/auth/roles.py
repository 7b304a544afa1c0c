"""Roles, the scopes they come with, and who may give them (law 9: in this one place)."""

import re
from collections.abc import Sequence

from shared.actor import Actor, Grant
from shared.errors import Entry, Forbidden

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
    "auditor": ("bureau",),
    "admin": ("installation",),
}
# Which lines a bureau has is its own to say, and targets' to know; here only what one may be called.
LINE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def grant_faults(grant: Grant) -> list[tuple[str, str, str, str]]:
    """What is wrong with a grant: (field, code, zh, en) each."""
    if grant.role not in SCOPES:
        return [("role", "role.unknown", f"没有角色 {grant.role}", f"there is no role {grant.role}")]
    allowed = SCOPES[grant.role]
    if grant.scope not in allowed:
        names = "、".join(allowed)
        return [("scope", "role.scope", f"该角色的范围应为 {names}", f"this role's scope is {' or '.join(allowed)}")]
    if (grant.target is not None) != (grant.scope in ("unit", "line")):
        return [
            (
                "target",
                "role.target",
                "范围为 unit 或 line 时须指明对象，否则不得指明",
                "unit and line need a target, others none",
            )
        ]
    if grant.scope == "line" and not LINE.fullmatch(grant.target or ""):
        return [("target", "role.line", "没有这个口", "there is no such line")]
    return []


def check_may_manage(actor: Actor, bureau: str, grants: Sequence[Grant] = ()) -> None:
    """Administrators manage every account, the appraisal office those of its own bureau whose every grant it could give.

    Whoever could reset the password of an account with more rights than their own would soon have those rights.
    """
    own = actor.has("office") and bureau and bureau == actor.bureau
    if actor.has("admin") or (own and not any(ungivable(actor, grant) for grant in grants)):
        return
    raise Forbidden("account.forbidden", zh="无权管理该账号", en="not yours to manage")


def ungivable(actor: Actor, grant: Grant) -> Entry | None:
    """Why ``actor`` may not give ``grant``, or None. Only an administrator makes administrators."""
    if grant.role != "admin" or actor.has("admin"):
        return None
    return {"field": "role", "code": "role.not_yours", "zh": "无权授予该角色", "en": "not yours to give"}
