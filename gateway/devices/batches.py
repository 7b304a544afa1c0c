"""How much a clock may send at once, and in which parts it is stored."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from gateway.devices.parser import Punch, Push

LARGEST_PUSH = 8  # megabytes; a clock that was cut off for days sends up to two
LINES_PER_CALL = 2000


def parts_of(push: Push) -> Iterator[dict[str, Any]]:
    """Yield a large push in transactions of moderate size, however many lines
    are none; a part stored twice counts once."""
    longest = max(len(push.punches), len(push.rejected), 1)
    for start in range(0, longest, LINES_PER_CALL):
        part = slice(start, start + LINES_PER_CALL)
        yield {
            "punches": [_told(one) for one in push.punches[part]],
            "rejected": [asdict(one) for one in push.rejected[part]],
        }


def _told(punch: Punch) -> dict[str, Any]:
    pin, time, status, verify, raw, zoned = punch
    told: dict[str, Any] = {"pin": pin, "time": time.isoformat(), "status": status, "verify": verify, "raw": raw}
    return told | {"zoned": True} if zoned else told  # hardly any clock tells its offset
