"""What happens to accounts. Each function runs in the caller's transaction (``Sessions.begin``)."""

import re
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.passwords import hash_password, matches, new_password, password_faults
from gateway.auth.roles import check_may_manage, grant_faults, ungivable
from gateway.storage.accounts import Account, Accounts
from gateway.storage.logins import Logins
from shared.actor import Actor, Grant, system
from shared.clock import now
from shared.errors import Conflict, Entry, Forbidden, Invalid, PreconditionFailed
from shared.recording import audit

_NAME = re.compile(r"[\w.@-]{2,64}")


def account_name(raw: str) -> str:
    """The one form of an account's name: NFKC, lower case."""
    return unicodedata.normalize("NFKC", raw).strip().lower()


def create_admin(session: Session, name: str, password: str | None = None) -> tuple[Account, str]:
    """The installation's first administrator (``kaohe accounts``); returns the account and its password."""
    wanted: dict[str, Any] = {"account": name, "name": name, "bureau": "", "password": password}
    wanted["grants"] = [{"role": "admin", "scope": "installation"}]
    operator = replace(system(""), grants=(Grant("admin", "installation"),))
    ((account, secret),) = create_accounts(session, operator, [wanted])
    return account, secret or password or ""


def create_accounts(
    session: Session, actor: Actor, wanted: Sequence[Mapping[str, Any]]
) -> list[tuple[Account, str | None]]:
    """Create a batch, all or nothing; each account comes with its password where one was made for it.

    ``wanted``: {"account", "name", "grants": [{"role", "scope", "target"?}], "bureau"?, "person"?, "password"?} each.
    """
    new = [_wanted(one, actor) for one in wanted]
    _refuse([fault for row, one in enumerate(new) for fault in _faults(row, one, actor)])
    for bureau in {one["bureau"] for one in new}:
        check_may_manage(actor, bureau)
    _check_free(session, [one["account"] for one in new])
    created = [_created(one) for one in new]
    Accounts(session).add([account for account, _ in created])
    for account, _ in created:
        audit(session, action="account.created", subject=account.account, before={}, after=_audited(account))
    return created


def change_account(
    session: Session, actor: Actor, name: str, revision: int | None, changes: Mapping[str, Any]
) -> Account:
    """Change name, person, grants or active of an account at ``revision`` (None: whatever it is)."""
    account = _managed(session, actor, name)
    if revision is not None and revision != account.revision:
        raise PreconditionFailed("account.changed", zh="账号已被他人修改", en="the account has changed meanwhile")
    if account.account == actor.account:
        raise Forbidden("account.own", zh="不得修改自己的账号权限", en="nobody changes their own account's rights")
    wanted = dict(changes)
    if "grants" in wanted:
        wanted["grants"] = tuple(_grant(raw) for raw in wanted["grants"])
        _refuse(_grant_entries(wanted["grants"], actor, account.bureau))
    return _save(session, account, "account.changed", **wanted)


def change_password(session: Session, actor: Actor, current: str, new: str, *, session_digest: bytes = b"") -> None:
    """Change one's own password; every other session and every token of the account ends."""
    account = Accounts(session).get(actor.account, lock=True)
    if not matches(account.password_hash, current):
        raise Invalid("password.wrong", zh="原密码不正确", en="the current password is wrong")
    _refuse(password_faults(new, account.account))
    if matches(account.password_hash, new):
        zh, en = "新密码不得与原密码相同", "the new password is the old one"
        _refuse([{"field": "new", "code": "password.same", "zh": zh, "en": en}])
    _save(session, account, "password.changed", password_hash=hash_password(new), must_change=False)
    Logins(session).end_sessions(account.account, but=session_digest)
    Logins(session).revoke_all(account.account, now())


def reset_password(session: Session, actor: Actor, name: str) -> str:
    """Make a new password for somebody who lost theirs, to be changed at the next log-in; their sessions and tokens end."""
    account = _managed(session, actor, name)
    password = new_password()
    _save(session, account, "password.reset", password_hash=hash_password(password), must_change=True)
    Logins(session).end_sessions(account.account)
    Logins(session).revoke_all(account.account, now())
    return password


def list_accounts(session: Session, actor: Actor, query: Mapping[str, Any]) -> dict[str, Any]:
    bureau = query.get("bureau") if actor.has("admin") else actor.bureau
    if not actor.has("admin"):
        check_may_manage(actor, query.get("bureau", actor.bureau))
    return Accounts(session).page(bureau, query.get("after"), query["limit"])


def get_account(session: Session, actor: Actor, name: str) -> Account:
    """One's own account, or one that one manages."""
    account = Accounts(session).get(account_name(name))
    if account.account != actor.account:
        check_may_manage(actor, account.bureau)
    return account


def _managed(session: Session, actor: Actor, name: str) -> Account:
    account = Accounts(session).get(account_name(name), lock=True)
    check_may_manage(actor, account.bureau, account.grants)
    return account


def _save(session: Session, before: Account, action: str, **changes: Any) -> Account:
    after = replace(before, revision=before.revision + 1, changed_at=now(), **changes)
    Accounts(session).save(after)
    if not after.active:
        Logins(session).end_sessions(after.account)
        Logins(session).revoke_all(after.account, after.changed_at)
    audit(session, action=action, subject=after.account, before=_audited(before), after=_audited(after))
    return after


def _wanted(raw: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    grants = tuple(_grant(one) for one in raw["grants"])
    bureau = raw.get("bureau", actor.bureau)
    return {
        "person": None,
        "password": None,
        **raw,
        "account": account_name(raw["account"]),
        "bureau": bureau,
        "grants": grants,
    }


def _grant(raw: Mapping[str, Any]) -> Grant:
    return Grant(raw["role"], raw["scope"], raw.get("target"))


def _faults(row: int, wanted: Mapping[str, Any], actor: Actor) -> list[Entry]:
    entries: list[Entry] = []
    if not _NAME.fullmatch(wanted["account"]):
        zh, en = "账号由 2 至 64 个字母、数字或 . _ @ - 组成", "an account is 2 to 64 letters, digits or . _ @ -"
        entries.append({"field": "account", "code": "account.name", "zh": zh, "en": en})
    if wanted["password"] is not None:
        entries += password_faults(wanted["password"], wanted["account"])
    entries += _grant_entries(wanted["grants"], actor, wanted["bureau"])
    return [{**entry, "row": row} for entry in entries]


def _grant_entries(grants: Sequence[Grant], actor: Actor, bureau: str) -> list[Entry]:
    faults = [fault for grant in grants for fault in grant_faults(grant)]
    entries: list[Entry] = [
        {"field": f"grants.{field}", "code": code, "zh": zh, "en": en} for field, code, zh, en in faults
    ]
    entries += [entry for grant in grants if (entry := ungivable(actor, grant))]
    if not bureau and any(grant.role != "admin" for grant in grants):
        zh, en = "除系统管理员外，账号须属于一个总口", "every account but an administrator's belongs to a bureau"
        entries.append({"field": "bureau", "code": "account.bureau", "zh": zh, "en": en})
    if bureau and actor.has("admin") and any(grant.role == "admin" for grant in grants):
        zh, en = "系统管理员账号不属于任何总口", "an administrator's account belongs to no bureau"
        entries.append({"field": "bureau", "code": "account.bureau", "zh": zh, "en": en})
    return entries


def _refuse(entries: Sequence[Entry]) -> None:
    if entries:
        raise Invalid("account.invalid", zh="账号内容有误", en="the accounts do not fit the rules", errors=entries)


def _check_free(session: Session, names: Sequence[str]) -> None:
    taken = Accounts(session).existing(names) | {name for name in names if names.count(name) > 1}
    zh, en = "账号已存在或重复", "the account exists or stands twice"
    rows = [row for row, name in enumerate(names) if name in taken]
    entries = [{"row": row, "field": "account", "code": "account.taken", "zh": zh, "en": en} for row in rows]
    if entries:
        raise Conflict("account.taken", zh=zh, en=en, errors=entries)


def _created(wanted: Mapping[str, Any]) -> tuple[Account, str | None]:
    given = wanted["password"]
    password = given or new_password()
    time.sleep(0)  # 500 hashes take seconds: where threads are green, let the others run in between
    account = Account(
        account=wanted["account"],
        name=wanted["name"],
        bureau=wanted["bureau"],
        person=wanted["person"],
        grants=wanted["grants"],
        password_hash=hash_password(password),
        must_change=given is None,
        active=True,
        revision=1,
        created_at=now(),
        changed_at=now(),
    )
    return account, None if given else password


def _audited(account: Account) -> dict[str, Any]:
    return {
        **account.document(),
        "created_at": account.created_at.isoformat(),
        "changed_at": account.changed_at.isoformat(),
    }
