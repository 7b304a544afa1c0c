"""The hash by which each line of an audit trail covers all lines before it (law 10).

With keys (``KAOHE_AUDIT_KEYS``) it is an HMAC: whoever has the database and not the keys can neither append a line to keyed ones nor change
any of them; a whole chain computed anew from its first line, without a key, is found by its anchors only (ops/auditing). Without keys it is a
plain SHA-256, which only shows what was done carelessly. A hash names its key, and along a trail
the numbers of keys only grow, so that lines from before the first key stay provable and none can be added among them later.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import cache

SHORTEST = 32  # characters of a key
_KEYED = re.compile(r"(\d{1,4})\.[\w-]{43}")
_NONE: Mapping[int, bytes] = {}


class UnknownKey(Exception):
    """A line was written with a key that is not among those given: nothing can be said of it, and nothing written after it."""


@cache
def read_keys(text: str) -> Mapping[int, bytes]:
    """Return the keys by number from ``number:key`` by commas; ``ValueError`` where one is too short, or a number is missing or twice."""
    keys: dict[int, bytes] = {}
    for one in filter(None, text.split(",")):
        number, _, key = one.strip().partition(":")
        if not re.fullmatch(r"[1-9]\d{0,3}", number) or len(key) < SHORTEST or int(number) in keys:
            raise ValueError(f"a key of the trail is number:key with {SHORTEST} characters or more, each number once")
        keys[int(number)] = key.encode()
    return keys


def beginning(chain: str) -> str:
    """Return what the first line of ``chain`` follows: of a bureau's its code, so that no chain can be taken for another's."""
    return f"chain {chain}" if chain else ""


def chain_hash(previous: str, body: bytes, keys: Mapping[int, bytes] = _NONE) -> str:
    """Return the hash of a line that follows one with the hash ``previous``: with the newest of ``keys``, plain without any.

    Raises ``UnknownKey`` where the line before was written with a newer key: one more line would break the chain for good.
    """
    number = max(keys, default=0)
    if number < key_number(previous):
        raise UnknownKey(str(key_number(previous)))
    return _hash(previous, body, number, keys)


def follows(previous: str, body: bytes, given: str, keys: Mapping[int, bytes] = _NONE) -> bool:
    """Tell whether a line with the hash ``given`` follows one with the hash ``previous``; ``UnknownKey`` where that cannot be told."""
    number = key_number(given)
    if number and number not in keys:
        raise UnknownKey(str(number))
    return number >= key_number(previous) and hmac.compare_digest(_hash(previous, body, number, keys), given)


def _hash(previous: str, body: bytes, number: int, keys: Mapping[int, bytes]) -> str:
    if not number:
        return hashlib.sha256(previous.encode() + body).hexdigest()
    digest = hmac.digest(keys[number], previous.encode() + body, "sha256")
    return f"{number}.{urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def key_number(given: str) -> int:
    """Return the number of the key that made the hash ``given``; 0 for a plain one."""
    keyed = _KEYED.fullmatch(given)
    return int(keyed[1]) if keyed else 0
