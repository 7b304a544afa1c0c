"""Secrets that stand for an account: a browser's session, a system's token."""

import hashlib
import hmac
import secrets

TOKEN_PREFIX = "kaohe_"  # noqa: S105  # no password: it lets a leaked token be recognised
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread from paper


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def csrf_for(secret: str) -> str:
    """Return the CSRF token of a session: only who knows the session can derive
    it, and it does not give the session away."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()
