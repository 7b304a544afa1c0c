"""From a request to its actor: bearer token first, then the browser's session."""

import time
from dataclasses import dataclass
from hmac import compare_digest
from threading import Lock

from flask import Request

from gateway.auth.secrets import csrf_for, digest
from gateway.storage.accounts import Account
from gateway.storage.logins import Logins
from shared.actor import system
from shared.clock import now
from shared.database import Sessions
from shared.errors import Forbidden, Unauthenticated

COOKIE = "kaohe_session"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
REMEMBERED = 10.0  # seconds; so long may another process still honour what this one revoked


@dataclass(frozen=True)
class Credential:
    kind: str  # session, token
    secret: str
    account: Account


class Holders:
    """Who a session or token stands for; asked of the database once in ``REMEMBERED`` seconds."""

    def __init__(self, database: Sessions, *, size: int = 5000) -> None:
        self._database = database
        self._known: dict[bytes, tuple[float, Account]] = {}
        self._size = size
        self._lock = Lock()

    def find(self, kind: str, secret: str) -> Account | None:
        key = digest(secret)
        until, account = self._known.get(key, (0.0, None))
        if account is not None and until > time.monotonic():
            return account
        with self._database.begin(system("")) as session:
            account = Logins(session).holder(key, of=kind, at=now())
        if account is not None:
            self._remember(key, account)
        return account

    def forget(self) -> None:
        """After any change to accounts, sessions or tokens in this process."""
        with self._lock:
            self._known.clear()

    def _remember(self, key: bytes, account: Account) -> None:
        with self._lock:
            if len(self._known) >= self._size:
                self._known.clear()
            self._known[key] = (time.monotonic() + REMEMBERED, account)


def identify(request: Request, holders: Holders) -> Credential | None:
    """Raises ``Unauthenticated`` for a bearer token that is not valid; a stale cookie is as good as none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        account = holders.find("token", secret.strip())
        if account is None:
            raise Unauthenticated("token.invalid", zh="令牌无效或已过期", en="the token is not valid or has expired")
        return Credential("token", secret.strip(), account)
    cookie = request.cookies.get(COOKIE)
    account = holders.find("session", cookie) if cookie else None
    return Credential("session", cookie or "", account) if account else None


def check_csrf(request: Request, credential: Credential | None) -> None:
    """A browser sends its cookie by itself, whoever made it send; only our own page knows the header's value."""
    if credential is None or credential.kind != "session" or request.method not in UNSAFE:
        return
    sent = request.headers.get("X-CSRF-Token", "")
    if not compare_digest(sent.encode("utf-8", "replace"), csrf_for(credential.secret).encode()):
        raise Forbidden("csrf.wrong", zh="缺少或错误的 X-CSRF-Token", en="X-CSRF-Token is missing or wrong")
