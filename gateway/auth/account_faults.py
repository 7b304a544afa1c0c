"""What of an account does not fit the rules: names, passwords, roles, and whom it is to stand for."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.auth.organisation import Known
from gateway.auth.passwords import password_faults
from gateway.auth.roles import grant_faults, holding_faults, ungivable, weighty
from gateway.storage.accounts import Account
from shared.actor import Actor, Grant
from shared.errors import Entry, Invalid

_NAME = re.compile(r"[\w.@-]{2,64}")


def account_name(raw: str) -> str:
    """Return the one form of an account's name: NFKC, lower case."""
    return unicodedata.normalize("NFKC", raw).strip().lower()


def wanted_account(raw: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    grants = tuple(grant_of(one) for one in raw["grants"])
    bureau = raw.get("bureau", actor.bureau)
    return {
        "person": None,
        "password": None,
        **raw,
        "account": account_name(raw["account"]),
        "bureau": bureau,
        "grants": grants,
    }


def grant_of(raw: Mapping[str, Any]) -> Grant:
    return Grant(raw["role"], raw["scope"], raw.get("target"))


def faults(row: int, wanted: Mapping[str, Any], actor: Actor) -> list[Entry]:
    entries: list[Entry] = []
    if not _NAME.fullmatch(wanted["account"]):
        zh, en = "账号由 2 至 64 个字母、数字或 . _ @ - 组成", "an account is 2 to 64 letters, digits or . _ @ -"
        entries.append({"field": "account", "code": "account.name", "zh": zh, "en": en})
    if wanted["password"] is not None:
        entries += password_faults(wanted["password"], wanted["account"])
    entries += grant_entries(wanted["grants"], actor, wanted["bureau"])
    return [{**entry, "row": row} for entry in entries]


def request_faults(row: int, wanted: Mapping[str, Any], actor: Actor, known: Mapping[str, Known]) -> list[Entry]:
    entries = faults(row, wanted, actor)
    held = entries_of(holding_faults(wanted["grants"], wanted["person"]))
    grants = [{"scope": grant.scope, "target": grant.target} for grant in wanted["grants"]]
    bureau = known.get(wanted["bureau"])
    there = bureau.faults(wanted["person"], grants) if bureau else []
    if not bureau and wanted["person"] is not None:
        zh, en = "不属于总口的账号不对应人员", "an account of no bureau is no person's"
        there = [{"field": "person", "code": "account.person", "zh": zh, "en": en}]
    return [*entries, *({**entry, "row": row} for entry in (*held, *there))]


def grant_entries(grants: Sequence[Grant], actor: Actor, bureau: str) -> list[Entry]:
    entries = entries_of([fault for grant in grants for fault in grant_faults(grant)])
    entries += [entry for grant in grants if (entry := ungivable(actor, grant))]
    of_installation = [grant for grant in grants if grant.scope == "installation"]
    if not bureau and len(of_installation) < len(grants):
        zh, en = "除系统管理员外，账号须属于一个总口", "every account but an administrator's belongs to a bureau"
        entries.append({"field": "bureau", "code": "account.bureau", "zh": zh, "en": en})
    if bureau and of_installation and not any(ungivable(actor, grant) for grant in of_installation):
        zh, en = "系统管理员账号不属于任何总口", "an administrator's account belongs to no bureau"
        entries.append({"field": "bureau", "code": "account.bureau", "zh": zh, "en": en})
    return entries


def person_faults(account: Account, person: str | None, asked: Sequence[Grant]) -> list[Entry]:
    """Find what is wrong with the person of an account: one with weighty roles
    stays the person's to whom they were given."""
    if person == account.person or not weighty([*account.grants, *asked]):
        return []
    zh, en = "请先取消该账号的其他角色，再更换人员", "take its roles away before it becomes another person's"
    return [{"field": "person", "code": "account.person_fixed", "zh": zh, "en": en}]


def entries_of(faults: Sequence[tuple[str, str, str, str]]) -> list[Entry]:
    return [{"field": f"grants.{field}", "code": code, "zh": zh, "en": en} for field, code, zh, en in faults]


def refuse(entries: Sequence[Entry]) -> None:
    if entries:
        raise Invalid("account.invalid", zh="账号内容有误", en="the accounts do not fit the rules", errors=entries)
