"""Identifiers that grow with time, so that an index on them grows at its end (the layout of UUID version 7, RFC 9562 §5.7)."""

import secrets
import time
import uuid


def new_id() -> str:
    millis = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(uuid.UUID(int=value))
