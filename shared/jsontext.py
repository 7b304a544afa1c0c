"""JSON with the types of the domain: decimals, dates, instants, uuids. Decimals are strings: no float touches a number."""

import dataclasses
import json
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def dumps(value: Any) -> str:
    return _COMPACT.encode(value)


def canonical(value: Any) -> bytes:
    """Return the one byte sequence of a value: keys sorted, no spaces, UTF-8. What hashes are taken of."""
    return _SORTED.encode(value).encode()


# Made once: json.dumps makes an encoder for each call that asks for anything but its defaults.
_COMPACT = json.JSONEncoder(default=_encode, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_SORTED = json.JSONEncoder(default=_encode, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)

loads = json.loads
