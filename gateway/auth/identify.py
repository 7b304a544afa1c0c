"""From a request to its actor: bearer token first, then the browser's session."""

import time
from dataclasses import dataclass
from hmac import compare_digest
from threading import Lock

from flask import Request

from gateway.auth.secrets import csrf_for, digest
from gateway.storage.accounts import Account
from gateway.storage.logins import Held, Limits, Logins
from shared.actor import system
from shared.clock import now
from shared.database import Sessions
from shared.errors import Forbidden, Unauthenticated
from shared.settings import settings
from shared.vocabulary.networks import is_within

COOKIE = "kaohe_session"
DEVICE = "kaohe_device"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
REMEMBERED = 10.0  # seconds; so long may another process still honour what this one revoked


@dataclass(frozen=True)
class Credential:
    kind: str  # session, token
    secret: str
    account: Account
    limits: Limits | None = None
    enrolled: bool = False


class Holders:
    """Who a session or token stands for; asked of the database once in ``REMEMBERED`` seconds."""

    def __init__(self, database: Sessions, *, size: int = 5000) -> None:
        self._database = database
        self._known: dict[tuple[bytes, str], tuple[float, Held]] = {}
        self._size = size
        self._lock = Lock()

    def find(self, kind: str, secret: str, address: str) -> Held | None:
        key = (digest(secret), address)
        until, held = self._known.get(key, (0.0, None))
        if held is not None and until > time.monotonic():
            return held
        with self._database.begin(system("")) as session:
            held = Logins(session).holder(key[0], of=kind, at=now(), address=address)
        if held is not None:
            self._remember(key, held)
        return held

    def forget(self) -> None:
        """Forget what is known, after any change to accounts, sessions or tokens in this process."""
        with self._lock:
            self._known.clear()

    def _remember(self, key: tuple[bytes, str], held: Held) -> None:
        with self._lock:
            if len(self._known) >= self._size:
                self._known.clear()
            self._known[key] = (time.monotonic() + REMEMBERED, held)


def identify(request: Request, holders: Holders) -> Credential | None:
    """Identify who asks. Raises ``Unauthenticated`` for a bearer token that is not
    valid; a stale cookie is as good as none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    address = request.remote_addr or ""
    if scheme.lower() == "bearer":
        held = holders.find("token", secret.strip(), address)
        if held is None:
            raise Unauthenticated("token.invalid", zh="令牌无效或已过期", en="the token is not valid or has expired")
        return Credential("token", secret.strip(), held.account, held.limits, held.enrolled)
    cookie = request.cookies.get(cookie_name(COOKIE, request))
    held = holders.find("session", cookie, address) if cookie else None
    return Credential("session", cookie or "", held.account, enrolled=held.enrolled) if held else None


def over_https(request: Request) -> bool:
    return request.is_secure or bool(settings.secure_cookies == "1")


def cookie_name(name: str, request: Request) -> str:
    """Return the name of the cookie. A browser takes a cookie so named only over https, for this host alone and
    every path of it: nobody else can set it."""
    return f"__Host-{name}" if over_https(request) else name


def check_limits(request: Request, credential: Credential | None) -> None:
    """Refuse what a token was not issued for, though its account may do it."""
    limits = credential.limits if credential else None
    if limits is None:
        return
    if limits.networks is not None and not is_within(request.remote_addr or "", limits.networks):
        raise Forbidden("token.address", zh="该令牌不得从此地址使用", en="the token may not be used from this address")
    if limits.reads_only and request.method not in READING:
        raise Forbidden("token.reads_only", zh="该令牌只能读取", en="the token only reads")
    if limits.families is not None and request.blueprint not in limits.families:
        raise Forbidden("token.family", zh="该令牌不得用于此类操作", en="the token is not for operations of this kind")


def check_csrf(request: Request, credential: Credential | None) -> None:
    """Check the CSRF token: a browser sends its cookie by itself, whoever made it send;
    only our own page knows the header's value."""
    if credential is None or credential.kind != "session" or request.method not in UNSAFE:
        return
    sent = request.headers.get("X-CSRF-Token", "")
    if not compare_digest(sent.encode("utf-8", "replace"), csrf_for(credential.secret).encode()):
        raise Forbidden("csrf.wrong", zh="缺少或错误的 X-CSRF-Token", en="X-CSRF-Token is missing or wrong")
