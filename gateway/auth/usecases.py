"""What happens to accounts. Each function runs in the caller's transaction (``Sessions.begin``)."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from gateway.auth.account_faults import (
    account_name,
    entries_of,
    faults,
    grant_entries,
    grant_of,
    person_faults,
    refuse,
    request_faults,
    wanted_account,
)
from gateway.auth.managing import managed_account
from gateway.auth.organisation import Known
from gateway.auth.passwords import hash_password, new_password
from gateway.auth.proposals import propose
from gateway.auth.roles import PLAIN, check_may_manage, check_not_own, holding_faults, weighty
from gateway.auth.saving import audited, save_account
from gateway.storage.accounts import Account, Accounts
from shared.actor import Actor, Grant, system
from shared.clock import now
from shared.errors import Conflict, Entry, PreconditionFailed
from shared.recording import audit


def create_officer(session: Session, name: str, role: str, password: str | None = None) -> tuple[Account, str]:
    """Create an account with one ``role`` of the installation, made on the machine itself, with its password."""
    wanted: dict[str, Any] = {"account": name, "name": name, "bureau": "", "password": password}
    wanted["grants"] = [{"role": role, "scope": "installation"}]
    operator = replace(system(""), grants=(Grant("admin", "installation"),))
    ((account, secret),) = create_accounts(session, operator, [wanted])
    return account, secret or password or ""


def create_accounts(
    session: Session, actor: Actor, wanted: Sequence[Mapping[str, Any]]
) -> list[tuple[Account, str | None]]:
    """Create a batch with all its roles at once: the caller is on the machine itself; others go by ``request_accounts``.

    ``wanted``: {"account", "name", "grants": [{"role", "scope", "target"?}], "bureau"?, "person"?, "password"?} each.
    All or nothing; each account comes with its password where one was made for it.
    """
    new = [wanted_account(one, actor) for one in wanted]
    refuse([fault for row, one in enumerate(new) for fault in faults(row, one, actor)])
    return _create(session, actor, new, "account.created_on_machine")


def create_on_machine(
    session: Session, actor: Actor, wanted: Sequence[Mapping[str, Any]]
) -> list[tuple[Account, str | None]]:
    """Create accounts as ``create_accounts``, by the rules that hold for every
    account but for what targets alone can say."""
    new = [wanted_account(one, actor) for one in wanted]
    refuse(entries_of([fault for one in new for fault in holding_faults(one["grants"], one["person"])]))
    _check_one_each(session, [(one["bureau"], one["person"]) for one in new])
    return create_accounts(session, actor, wanted)


def check_may_create(actor: Actor, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Check that the actor keeps the accounts of every bureau named: before anybody
    else is asked who is there, and before an answer tells it."""
    for bureau in {wanted_account(one, actor)["bureau"] for one in wanted}:
        check_may_manage(actor, bureau)


def request_accounts(
    session: Session, actor: Actor, wanted: Sequence[Mapping[str, Any]], known: Mapping[str, Known]
) -> list[tuple[Account, str | None, list[dict[str, Any]]]]:
    """Create a batch whose weighty roles wait for a second account's word; each comes with its password and what waits.

    ``known``: what targets has of the bureaus named.
    """
    check_may_create(actor, wanted)
    new = [wanted_account(one, actor) for one in wanted]
    refuse([fault for row, one in enumerate(new) for fault in request_faults(row, one, actor, known)])
    persons = [(one["bureau"], one["person"]) for one in new]
    _check_one_each(session, persons)
    for one in new:
        check_not_own(actor, one["account"], one["bureau"], one["person"])
    plain = [{**one, "grants": tuple(grant for grant in one["grants"] if grant.role in PLAIN)} for one in new]
    created = _create(session, actor, plain, "account.created")
    return [
        (account, password, propose(session, actor, account, weighty(one["grants"])))
        for (account, password), one in zip(created, new, strict=True)
    ]


def change_account(
    session: Session,
    actor: Actor,
    name: str,
    revision: int | None,
    changes: Mapping[str, Any],
    known: Known | None = None,
) -> tuple[Account, list[dict[str, Any]]]:
    """Change name, person, grants or active of an account at ``revision`` (None: whatever it is); returns it and what waits.

    Roles are taken away at once; weighty ones are added, and come back with a reactivated account, by a second account's word.
    ``known``: what targets has of the person and the grants, where the bureau is one.
    """
    account = managed_account(session, actor, name)
    if revision is not None and revision != account.revision:
        raise PreconditionFailed("account.changed", zh="账号已被他人修改", en="the account has changed meanwhile")
    check_not_own(actor, account.account, account.bureau, account.person)
    wanted = dict(changes)
    asked = tuple(grant_of(raw) for raw in wanted["grants"]) if "grants" in wanted else account.grants
    person = wanted.get("person", account.person)
    wrong = known.faults(wanted.get("person"), wanted.get("grants") or ()) if known else []
    if "grants" in wanted:
        wrong = [*grant_entries(asked, actor, account.bureau), *entries_of(holding_faults(asked, person)), *wrong]
    refuse([*wrong, *person_faults(account, person, asked)])
    if person != account.person:
        _check_one_each(session, [(account.bureau, person)])
        check_not_own(actor, account.account, account.bureau, person)
    returning = wanted.get("active", False) and not account.active
    held = () if returning else account.grants
    wanted["grants"] = tuple(grant for grant in asked if grant.role in PLAIN or grant in held)
    after = save_account(session, account, "account.changed", **wanted)
    return after, propose(session, actor, after, [grant for grant in asked if grant not in wanted["grants"]])


def list_accounts(session: Session, actor: Actor, query: Mapping[str, Any]) -> dict[str, Any]:
    bureau = query.get("bureau") if actor.has("admin") else actor.bureau
    if not actor.has("admin"):
        check_may_manage(actor, query.get("bureau", actor.bureau))
    return Accounts(session).page(bureau, query.get("after"), query["limit"])


def get_account(session: Session, actor: Actor, name: str) -> Account:
    """Return one's own account, or one that one manages."""
    account = Accounts(session).get(account_name(name))
    if account.account != actor.account:
        check_may_manage(actor, account.bureau)
    return account


def _check_one_each(session: Session, persons: Sequence[tuple[str, str | None]]) -> None:
    """One person, one account: whoever has two is two people to every rule that keeps somebody from deciding on their own."""
    taken = Accounts(session).hold_persons([one for one in persons if one[1] is not None])
    zh, en = "该人员已有账号", "this person has an account"
    rows = [row for row, one in enumerate(persons) if one[1] is not None and (one in taken or persons.count(one) > 1)]
    entries: list[Entry] = [
        {"row": row, "field": "person", "code": "account.second", "zh": zh, "en": en} for row in rows
    ]
    if entries:
        raise Conflict("account.second", zh=zh, en=en, errors=entries)


def _create(
    session: Session, actor: Actor, new: Sequence[Mapping[str, Any]], action: str
) -> list[tuple[Account, str | None]]:
    for bureau in {one["bureau"] for one in new}:
        check_may_manage(actor, bureau)
    _check_free(session, [one["account"] for one in new])
    created = [_created(one) for one in new]
    Accounts(session).add([account for account, _ in created])
    for account, _ in created:
        audit(session, action=action, subject=account.account, before={}, after=audited(account))
    return created


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
