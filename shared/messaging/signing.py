"""Requests carry a signature of who is in them and what they ask: whoever reaches the broker and lacks the installation's key acts as nobody.

HMAC-SHA256 over the method, the place and id of the reply, the idempotency key, the time and the body (in which the actor stands). The key of
the highest number signs, all that are set are taken: a new one is given to every process before it gets the highest number.
"""

import hmac
from collections.abc import Mapping
from time import time
from typing import Any

SIGNATURE = "kaohe_signature"
OLDEST, AHEAD = 900, 120  # seconds: how long a request may have waited, how far two machines' clocks may be apart
_NOTHING_SIGNED = "unsigned"
_KEY = "nameko.idempotency_key"


def signed(
    keys: Mapping[int, bytes],
    routing_key: str,
    payload: str | bytes,
    headers: Mapping[str, Any],
    reply: tuple[str, str],
) -> dict[str, Any]:
    """Return ``headers`` with the signature of a request; as they are where there is no key (the broker in process).

    ``reply``: the queue and the correlation id of the answer.
    """
    if not keys:
        return dict(headers)
    number, at = max(keys), int(time() * 1000)
    code = _code(keys[number], (routing_key, *reply, str(headers.get(_KEY) or ""), str(at)), payload)
    return {**headers, SIGNATURE: f"{number}.{at}.{code}"}


def fault(
    keys: Mapping[int, bytes],
    routing_key: str,
    payload: str | bytes,
    headers: Mapping[str, Any],
    reply: tuple[str, str],
) -> str | None:
    """Tell what is wrong with the signature of a request: unsigned, key, forged or late; None where it is good."""
    number, at, code = _parts(headers.get(SIGNATURE))
    if not (number.isdecimal() and at.isdecimal()):
        return _NOTHING_SIGNED
    if (key := keys.get(int(number))) is None:
        return "key"
    told = (routing_key, *reply, str(headers.get(_KEY) or ""), at)
    if not hmac.compare_digest(_code(key, told, payload), code):
        return "forged"
    return None if -AHEAD <= time() - int(at) / 1000 <= OLDEST else "late"


def _parts(text: Any) -> tuple[str, str, str]:
    parts = text.split(".") if isinstance(text, str) and text.isascii() else []
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")


def _code(key: bytes, told: tuple[str, ...], payload: str | bytes) -> str:
    """Each part with its length, so that no two requests are written alike."""
    code = hmac.new(key, digestmod="sha256")
    for part in (*told, payload):
        raw = part.encode() if isinstance(part, str) else part
        code.update(b"%d:" % len(raw))
        code.update(raw)
    return code.hexdigest()
