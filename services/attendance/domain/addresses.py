"""From where a clock may speak, and what is suspicious about its addresses. A serial number proves nothing: whoever reaches the
port can push in a clock's name, and only its address tells them apart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from shared.vocabulary.networks import is_within

ELSEWHERE, KEYLESS, MOVED, TWICE = "elsewhere", "keyless", "moved", "twice"
UNWELCOME = (ELSEWHERE, KEYLESS)  # nothing that comes from there counts
AT_ONCE = timedelta(minutes=10)  # a clock speaks every few seconds: back within so little time it never left


@dataclass(frozen=True)
class Known:
    """What is known of an approved device when it speaks."""

    networks: tuple[str, ...]  # from which it may speak; none: from anywhere
    addresses: tuple[str, ...]  # that somebody knows about
    address: str  # from which it spoke last
    previous: str  # from which it spoke before that one
    left: datetime | None  # when it spoke from ``previous`` for the last time
    keyed: str | None = None  # from which it said its key; None: it needs none


def digest_of(key: str) -> str:
    """Return what is kept of a clock's key; empty where it needs none."""
    return sha256(key.encode()).hexdigest() if key else ""


def suspicions(known: Known, address: str, at: datetime) -> list[str]:
    """Return what is suspicious about a device that speaks from ``address`` now."""
    if known.networks and not is_within(address, known.networks):
        return [ELSEWHERE]
    if known.keyed is not None and address != known.keyed:
        return [KEYLESS]
    found = []
    back = address != known.address and address == known.previous
    if back and known.left is not None and at - known.left <= AT_ONCE:
        found.append(TWICE)
    if not known.networks and known.addresses and address not in known.addresses:
        found.append(MOVED)
    return found
