"""What a Hikvision terminal's event push says (ISAPI): pure, bytes in and punches out.

The terminal posts an event as JSON, alone or as a part of a multipart body beside a picture, which is never looked at. Only events
of a person who was let in are punches; what else it tells is kept for the operator, scrubbed.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gateway.devices.parser import NO_STATUS, Punch, Push, Rejected
from gateway.devices.scrubbing import scrub
from shared.clock import SHANGHAI

# Minor types of events by which somebody is let in, and how ZKTeco's clocks call the same.
_VERIFIED = {1: 4, 38: 1, 75: 15}  # card, finger, face
_STATUS = {"checkin": 0, "checkout": 1, "breakout": 2, "breakin": 3, "overtimein": 4, "overtimeout": 5}
_BOUNDARY = re.compile(r'boundary="?([^";,]+)', re.IGNORECASE)
_EVENT = "AccessControllerEvent"
_SILENT = {"heartbeat", "videoloss"}  # signs of life
_LONGEST = 64
_YEARS = range(1970, 2100)
_NOTED = 2000  # characters of what is no punch


def parse_events(body: bytes, content_type: str) -> Push:
    """Parse the events of one request."""
    found: list[Punch | Rejected] = []
    for document in _documents(body, content_type):
        event = _loaded(document)
        told = event.get(_EVENT) if isinstance(event, dict) else None
        if isinstance(event, dict) and str(event.get("eventType", "")).lower() in _SILENT:
            continue
        found.append((_punch(event, told) if isinstance(told, dict) else None) or _unread(document))
    return Push(tuple(found))


def _documents(body: bytes, content_type: str) -> Iterator[bytes]:
    """Yield what is no picture: the whole body, or each part of a multipart one."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        if body.strip():
            yield body
        return
    for part in body.split(b"--" + boundary[1].strip().encode("latin-1", "replace")):
        head, _, document = part.lstrip(b"\r\n").partition(b"\r\n\r\n")
        if document.strip() and not document.startswith(b"\xff\xd8") and b"image/" not in head.lower():
            yield document.rstrip(b"\r\n")


def _loaded(document: bytes) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError):
        return None


def _punch(event: dict[str, Any], told: dict[str, Any]) -> Punch | None:
    """Return the punch that the event is; None where nobody was let in by it, or it does not tell whom or when."""
    pin, minor = str(told.get("employeeNoString") or "").strip(), told.get("subEventType")
    time = _local(event.get("dateTime") or told.get("time"))
    if time is None or not isinstance(minor, int) or minor not in _VERIFIED:
        return None
    if not 0 < len(pin) <= _LONGEST or not pin.isprintable():
        return None
    status = _STATUS.get(str(told.get("attendanceStatus", "")).lower(), NO_STATUS)
    number = told.get("serialNo")
    raw = f"{pin}\t{time:%Y-%m-%d %H:%M:%S}\t{status}\t{_VERIFIED[minor]}\tserialNo={number if isinstance(number, int) else ''}"
    return Punch(pin, time, status, _VERIFIED[minor], raw)


def _local(text: Any) -> datetime | None:
    """Return the bureau's wall clock at a time that carries its offset; without one it is meant so."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        local = at.astimezone(SHANGHAI).replace(tzinfo=None) if at.tzinfo else at
    except (ValueError, OverflowError):
        return None
    return local.replace(microsecond=0) if local.year in _YEARS else None


def _unread(document: bytes) -> Rejected:
    text = document[: 4 * _NOTED].decode("utf-8", "replace").replace("\0", "\\0")
    return Rejected(scrub(" ".join(text.split()))[:_NOTED], "no_punch")
