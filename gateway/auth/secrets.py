"""Secrets that stand for an account: a browser's session, a system's token; and what is sealed with the installation's own."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.settings import settings

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


def seal_of(purpose: bytes) -> Fernet:
    """Return the seal by KAOHE_SECRET for one purpose: what is sealed for another cannot be put in its place."""
    key = HKDF(SHA256(), 32, None, purpose).derive(settings.need("secret").encode())
    return Fernet(base64.urlsafe_b64encode(key))
