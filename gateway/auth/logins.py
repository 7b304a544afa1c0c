"""Getting in: log-ins with their throttle, browser sessions, tokens for systems."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from gateway.auth import usecases
from gateway.auth.account_faults import account_name
from gateway.auth.managing import managed_account, own_or_managed
from gateway.auth.passwords import matches
from gateway.auth.second_factor import check_code
from gateway.auth.secrets import digest, new_secret
from gateway.auth.telling import tell_owner
from gateway.storage.accounts import Account, Accounts
from gateway.storage.factors import Factors
from gateway.storage.logins import Logins
from shared.actor import Actor, system
from shared.clock import now
from shared.database import Sessions
from shared.errors import NotFound, Problem, Unauthenticated
from shared.ids import new_id
from shared.recording import audit
from shared.settings import settings

SESSION_LASTS = timedelta(hours=12)
TRIES = 5  # of one account from one device that it knows, or else from one address, before it has to wait
ADDRESS_TRIES = 100  # of all accounts from one address: a bureau may sit behind a single one
TRIES_WHILE_GUESSED = (
    1  # of one account from an address where all are being tried: whoever knows the password gets in at once
)
LONGEST_BLOCK = timedelta(minutes=15)


class TooManyAttempts(Problem):
    """429; ``retry_after`` in seconds goes into the Retry-After header."""

    def __init__(self, until: datetime) -> None:
        self.retry_after = max(1, int((until - now()).total_seconds()) + 1)
        zh, en = f"尝试次数过多，请 {self.retry_after} 秒后再试", f"too many attempts, wait {self.retry_after} seconds"
        super().__init__("login.throttled", status=429, zh=zh, en=en)


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
    place = _count_attempt(database, name, visitor.address, visitor.device)
    with database.begin(system("")) as session:
        account = Accounts(session).find(name)
    right = matches(account.password_hash if account else None, password)
    if account is None or not right or not account.active:
        if account is not None:
            _note(database, account.account, "login.failed", visitor.address)
        raise Unauthenticated("login.failed", zh="账号或密码不正确", en="account or password is wrong")
    _check_factor(database, account, code, visitor.address)
    return _open_session(database, account, visitor, place)


def change_password(database: Sessions, actor: Actor, current: str, new: str, *, address: str, kept: bytes) -> None:
    """Change one's own password; wrong guesses of the current one are counted and throttled as log-ins are.

    Raises ``TooManyAttempts``, ``Invalid`` for a wrong current password or a new one that does not do.
    """
    place = _count_attempt(database, actor.account, address)
    with database.begin(actor) as session:
        usecases.change_password(session, actor, current, new, session_digest=kept)
        Logins(session).forgive(actor.account, address, place)


def enter(database: Sessions, name: str, visitor: Visitor) -> OpenedSession:
    """Open a session without a password: the caller has made sure that this is a demo on its own machine."""
    with database.begin(system("")) as session:
        account = Accounts(session).get(name)
    return _open_session(database, account, visitor, visitor.address)


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


def _check_factor(database: Sessions, account: Account, code: str, address: str) -> None:
    """Only who knows the password learns that a code is asked for; wrong codes count as wrong passwords do."""
    with database.begin(account.actor()) as session:
        if not Factors(session).confirmed(account.account):
            return
        if not code:
            zh, en = "请输入动态验证码", "a code of the second factor is needed"
            raise Unauthenticated("login.code_needed", zh=zh, en=en)
        right = check_code(session, account.account, code, now())
    if not right:
        _note(database, account.account, "login.code_wrong", address)
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
    """On the trail, for accounts that there are: a stranger's inventions would only fill it."""
    with database.begin(replace(system(""), address=address)) as session:
        audit(session, action=action, subject=account, before={}, after={})


def _count_attempt(database: Sessions, name: str, address: str, device: str = "") -> str:
    """Count an attempt before the password is looked at; returns where it is counted: a device that the account knows, else the
    address.

    An address is never shut out as a whole: a bureau may sit behind one. Where everybody is being tried from it, each account has
    one try there before it has to wait, except from its own devices.
    """
    at = now()
    with database.begin(replace(system(""), address=address)) as session:
        logins = Logins(session)
        known = device != "" and logins.knows_device(name, digest(device))
        place = f"device {digest(device).hex()[:40]}" if known else address
        until = logins.blocked_until([(name, place)], at)
        if until is not None:
            raise TooManyAttempts(until)
        guessed = not known and logins.failures_from(address, at) >= ADDRESS_TRIES
        tries = TRIES_WHILE_GUESSED if guessed else TRIES
        failures = logins.count_attempt(name, place, at)
        logins.count_attempt("", address, at)
        if failures >= tries:
            logins.block(name, place, at + _wait(failures - tries))
            audit(session, action="login.locked", subject=name, before={}, after={"place": place, "failures": failures})
    return place


def _wait(excess: int) -> timedelta:
    """30 seconds, doubled with each further failure up to a quarter of an hour."""
    return min(timedelta(seconds=30 * 2 ** min(excess, 10)), LONGEST_BLOCK)


def _open_session(database: Sessions, account: Account, visitor: Visitor, place: str) -> OpenedSession:
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
        logins.forgive(account.account, visitor.address, place)
        if visitor.left:
            logins.end_session(digest(visitor.left))
        logins.open_session(row)
        new_device = not logins.knows_device(account.account, digest(device))
        logins.remember_device(account.account, digest(device), at)
        after = {"session": row["session"], "new_device": new_device}
        audit(session, action="login.succeeded", subject=account.account, before={}, after=after)
        if new_device:
            tell_owner(session, account.account, "login.new_device")
    return opened
