"""Passwords: hashed with argon2id, checked in constant time whether the account exists or not."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn import zxcvbn

from gateway.auth.secrets import READABLE
from shared.errors import Entry

# OWASP's second argon2id setting (m = 19 MiB, t = 2, p = 1): 20 to 30 ms of one core, so that a morning's
# 300 log-ins do not stop a small machine (docs/decisions/0502).
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
AT_ONCE = 2  # hashes in one process: a crowd that logs in waits a moment instead of taking 19 MiB each
_ONE_OF_A_FEW = BoundedSemaphore(AT_ONCE)
SHORTEST, LONGEST = 10, 200
_STRONG_ENOUGH = 2  # zxcvbn's scale of 0 to 4: "somewhat guessable", beyond what a throttled log-in lets anybody try
_LOOKED_AT = 72  # characters; its time grows with the length


def hash_password(password: str) -> str:
    with _ONE_OF_A_FEW:
        return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Tell whether ``password`` belongs to the stored hash; None (no such account) takes as long and is False."""
    try:
        with _ONE_OF_A_FEW:
            _HASHER.verify(stored or _NOBODY, password)
    except VerificationError:
        return False
    return stored is not None


def new_password() -> str:
    """Make a password of twelve characters, about 59 bits, in groups of four."""
    letters = "".join(secrets.choice(READABLE) for _ in range(12))
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def password_faults(password: str, account: str) -> list[Entry]:
    """Find what is wrong with a password. Length is what counts (NIST SP 800-63B §5.1.1);
    what everybody would try first is refused."""
    if not SHORTEST <= len(password) <= LONGEST:
        zh, en = f"密码应为 {SHORTEST} 至 {LONGEST} 个字符", f"a password has {SHORTEST} to {LONGEST} characters"
        return [{"field": "password", "code": "password.length", "zh": zh, "en": en}]
    if _guessable(password, account):
        return [
            {
                "field": "password",
                "code": "password.simple",
                "zh": "密码过于常见或容易猜到",
                "en": "the password is too common or too easy to guess",
            }
        ]
    return []


def _guessable(password: str, account: str) -> bool:
    """Whether it is built around the account's name, or is found within some ten million guesses (decision 0502)."""
    if account and account.lower() in password.lower():
        return True
    return int(zxcvbn(password[:_LOOKED_AT], user_inputs=[account, "kaohe"])["score"]) < _STRONG_ENOUGH
