"""Passwords: hashed with argon2id, checked in constant time whether the account exists or not."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from shared.errors import Entry

# OWASP's second argon2id setting (m = 19 MiB, t = 2, p = 1): 20 to 30 ms of one core, so that a morning's
# 300 log-ins do not stop a small machine (docs/decisions/0502).
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
SHORTEST, LONGEST = 10, 200
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread from paper


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` belongs to the stored hash; None (no such account) takes as long and is False."""
    try:
        _HASHER.verify(stored or _NOBODY, password)
    except VerificationError:
        return False
    return stored is not None


def new_password() -> str:
    """Twelve characters, about 59 bits, in groups of four."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def password_faults(password: str, account: str) -> list[Entry]:
    """Length is what counts (NIST SP 800-63B §5.1.1); what everybody would try first is refused."""
    if not SHORTEST <= len(password) <= LONGEST:
        zh, en = f"密码应为 {SHORTEST} 至 {LONGEST} 个字符", f"a password has {SHORTEST} to {LONGEST} characters"
        return [{"field": "password", "code": "password.length", "zh": zh, "en": en}]
    if len(set(password)) < 5 or (account and account.lower() in password.lower()):
        return [
            {"field": "password", "code": "password.simple", "zh": "密码过于简单", "en": "the password is too simple"}
        ]
    return []
