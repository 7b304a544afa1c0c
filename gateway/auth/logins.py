"""Getting in: log-ins, and the browser sessions that they open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from gateway.auth.account_faults import account_name
from gateway.auth.managing import managed_account, own_or_managed
from gateway.auth.passwords import matches
from gateway.auth.second_factor import check_code
from gateway.auth.secrets import digest, new_secret
from gateway.auth.telling import tell_owner
from gateway.auth.throttle import Attempt, count_attempt, count_code, forgive, forgive_codes, give_back
from gateway.storage.accounts import Account, Accounts
from gateway.storage.factors import Factors
from gateway.storage.identities import Identities
from gateway.storage.logins import Logins
from shared.actor import Actor, system
from shared.clock import now
from shared.database import Session, Sessions
from shared.errors import NotFound, Problem, Unauthenticated
from shared.ids import new_id
from shared.recording import audit
from shared.settings import settings

SESSION_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class OpenedSession:
    account: Account
    secret: str
    expires_at: datetime
    device: str


@dataclass(frozen=True)
class Visitor:
    """From where somebody asks to be let in: address, browser, the secret of a device known before, the session left behind."""

    address: str
    browser: str = ""
    device: str = ""
    left: str = ""


def log_in(database: Sessions, raw_name: str, password: str, visitor: Visitor, code: str = "") -> OpenedSession:
    """Log in. Raises ``Unauthenticated`` (never telling which of the two was wrong) or ``TooManyAttempts``.

    Three steps, so that no transaction is open while the password is hashed and a failure stays counted.
    """
    name = account_name(raw_name)[:64]
    attempt = count_attempt(database, name, visitor.address, visitor.device)
    with database.begin(system("")) as session:
        account = Accounts(session).find(name)
    right = matches(account.password_hash if account else None, password)
    if account is None or not right or not account.active:
        if account is not None:
            _note(database, account.account, "login.failed", visitor.address)
        raise Unauthenticated("login.failed", zh="账号或密码不正确", en="account or password is wrong")
    _check_factor(database, account, code, visitor, attempt)
    return _open_session(database, account, visitor, attempt)


def log_in_vouched(database: Sessions, issuer: str, subject: str, visitor: Visitor, code: str = "") -> OpenedSession:
    """Log in for whom ``issuer`` vouches by ``subject``, where an administrator has linked that to an account; raises
    ``Unauthenticated``. The account's own second factor is asked for as ever."""
    with database.begin(system("")) as session:
        account = Identities(session).account_of(issuer, subject)
    if account is None or not account.active:
        _note(database, account.account if account else f"oidc/{subject}"[:64], "login.not_linked", visitor.address)
        zh, en = (
            "统一身份认证的用户未绑定可用的账号，请联系系统管理员",
            "no account in use is linked to you: ask an administrator",
        )
        raise Unauthenticated("login.not_linked", zh=zh, en=en)
    _check_factor(database, account, code, visitor)
    return _open_session(database, account, visitor, by="oidc")


def by_password(database: Sessions, actor: Actor, work: Callable[[Session], None]) -> None:
    """Do ``work`` that asks for the account's own password; wrong guesses of it are counted, throttled and noted as log-ins are.

    Raises ``TooManyAttempts``, and what ``work`` raises.
    """
    attempt = count_attempt(database, actor.account, actor.address)
    try:
        with database.begin(actor) as session:
            work(session)
            forgive(session, attempt)
    except Problem as problem:
        if problem.code == "password.wrong":
            _note(database, actor.account, "password.wrong", actor.address)
        else:
            with database.begin(actor) as session:
                give_back(session, attempt)
        raise


def enter(database: Sessions, name: str, visitor: Visitor) -> OpenedSession:
    """Open a session without a password: the caller has made sure that this is a demo on its own machine."""
    with database.begin(system("")) as session:
        account = Accounts(session).get(name)
    return _open_session(database, account, visitor, by="demo")


def session_end(database: Sessions, secret: str) -> datetime:
    """Tell when the session with this secret ends by itself."""
    with database.begin(system("")) as session:
        return Logins(session).session_times(digest(secret))[1]


def renew(database: Sessions, actor: Actor, secret: str) -> datetime:
    """Move the end of a session; returns it."""
    with database.begin(actor) as session:
        logins = Logins(session)
        created, ends = logins.session_times(digest(secret))
        until = max(ends, min(now() + SESSION_LASTS, created + longest()))
        logins.extend_session(digest(secret), until)
    return until


def _check_factor(
    database: Sessions, account: Account, code: str, visitor: Visitor, attempt: Attempt | None = None
) -> None:
    """Only who is known so far learns that a code is asked for; wrong codes count as wrong passwords do."""
    with database.begin(account.actor()) as session:
        if not Factors(session).confirmed(account.account):
            return
        if not code and attempt is not None:
            give_back(session, attempt)
    if not code:
        zh, en = "请输入动态验证码", "a code of the second factor is needed"
        raise Unauthenticated("login.code_needed", zh=zh, en=en)
    with database.begin(replace(system(""), address=visitor.address)) as session:
        count_code(session, account.account)
    with database.begin(account.actor()) as session:
        right = check_code(session, account.account, code, now())
        if right:
            forgive_codes(session, account.account)
    if not right:
        _note(database, account.account, "login.code_wrong", visitor.address)
        raise Unauthenticated("login.code_wrong", zh="验证码不正确或已使用", en="the code is wrong or was used")


def longest() -> timedelta:
    """Tell how long a session lasts at most, however often it is renewed."""
    return timedelta(hours=int(settings.session_hours))


def list_sessions(database: Sessions, actor: Actor, account: str | None) -> list[dict[str, Any]]:
    """List one's own live sessions, or those of an account that one manages."""
    with database.begin(actor) as session:
        name = account_name(account or actor.account)
        if name != actor.account:
            managed_account(session, actor, name)
        return Logins(session).sessions_of(name, now())


def end_named_session(database: Sessions, actor: Actor, name: str) -> None:
    """End a session of one's own, or of an account that one manages; to others there is no such session."""
    unknown = NotFound("session.unknown", zh="没有这个登录", en="there is no such session")
    with database.begin(actor) as session:
        owner = own_or_managed(session, actor, Logins(session).owner_of_session(name), unknown)
        Logins(session).end_named_session(name)
        audit(session, action="session.ended", subject=f"{owner}/{name}", before={}, after={})
        tell_owner(session, owner, "session.ended")


def log_out(database: Sessions, actor: Actor, secret: str) -> None:
    with database.begin(actor) as session:
        Logins(session).end_session(digest(secret))


def _note(database: Sessions, account: str, action: str, address: str) -> None:
    """On the trail, for accounts that there are and whom the provider knows: a stranger's inventions would only fill it."""
    with database.begin(replace(system(""), address=address)) as session:
        audit(session, action=action, subject=account, before={}, after={})


def _open_session(
    database: Sessions, account: Account, visitor: Visitor, attempt: Attempt | None = None, by: str = "password"
) -> OpenedSession:
    """A new secret at every log-in; whatever session the browser had before ends, and its device is known from now on."""
    secret, at, device = new_secret(), now(), visitor.device or new_secret()
    opened = OpenedSession(account, secret, at + min(SESSION_LASTS, longest()), device)
    row = {
        "digest": digest(secret),
        "account": account.account,
        "address": visitor.address,
        "created_at": at,
        "expires_at": opened.expires_at,
        "session": new_id(),
        "seen_at": at,
        "device": visitor.browser[:200],
    }
    with database.begin(account.actor(visitor.address)) as session:
        logins = Logins(session)
        if attempt is not None:
            forgive(session, attempt)
        if visitor.left:
            logins.end_session(digest(visitor.left))
        logins.open_session(row)
        new_device = not logins.knows_device(account.account, digest(device))
        logins.remember_device(account.account, digest(device), at)
        after = {"session": row["session"], "new_device": new_device, "by": by}
        audit(session, action="login.succeeded", subject=account.account, before={}, after=after)
        if new_device:
            tell_owner(session, account.account, "login.new_device")
    return opened
