"""The wire form of every message: JSON whose decimals are strings, whose dates are ISO 8601 (shared.jsontext)."""

from typing import Any

from kombu import serialization

from shared.jsontext import dumps, loads

REQUEST_ID = "kaohe_request_id"
ATTEMPT = "kaohe_attempt"
WRITTEN = "kaohe_written"  # milliseconds since 1970: when the transaction wrote it
LARGEST_BODY = 32 * 1024 * 1024  # bytes; a larger message is a mistake somewhere, not work

PERSISTENT, TRANSIENT = 2, 1


def _loads(body: Any) -> Any:
    return loads(bytes(body) if isinstance(body, memoryview) else body)


# kombu's own JSON tags decimals and dates with their Python type, which no other language could read.
serialization.register("json", dumps, _loads, content_type="application/json", content_encoding="utf-8")
