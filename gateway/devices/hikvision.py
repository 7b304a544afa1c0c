"""What a Hikvision terminal's event push says (ISAPI): pure, bytes in and punches out.

The terminal posts an event as JSON, alone or as a part of a multipart body beside a picture, which is never looked at. Only events
of a person who was let in are punches; doors that open and close, and whoever is not known, are signs of life; what else it tells
is kept for the operator, scrubbed.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gateway.devices.parser import NO_STATUS, Punch, Push, Rejected, decoded
from gateway.devices.scrubbing import scrub
from shared.clock import SHANGHAI
from shared.vocabulary.attendance import CARD, FACE, FINGER

_ACCESS = 5  # the major type of events at a door; alarms, faults and operations have minor types of their own
# Minor types of events by which somebody is let in, and how ZKTeco's clocks call the same.
_VERIFIED = {1: CARD, 38: FINGER, 75: FACE}
_STATUS = {"checkin": 0, "checkout": 1, "breakout": 2, "breakin": 3, "overtimein": 4, "overtimeout": 5}
_BOUNDARY = re.compile(r'boundary="?([^";,]+)', re.IGNORECASE)
_EVENT = "AccessControllerEvent"
_SILENT = {"heartbeat", "videoloss"}  # signs of life
_WHO = ("employeeNoString", "employeeNo", "cardNo")
_PICTURES = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"BM")
_LONGEST = 64
_YEARS = range(1970, 2100)
_NOTED = 2000  # characters of what is no punch


def parse_events(body: bytes, content_type: str) -> Push:
    """Parse the events of one request."""
    found: list[Punch | Rejected] = []
    for document in _documents(body, content_type):
        text = decoded(document).removeprefix("\ufeff")
        event = _loaded(text)
        told = event.get(_EVENT) if isinstance(event, dict) else None
        if isinstance(event, dict) and _is_silent(event, told):
            continue
        found.append((_punch(event, told) if isinstance(told, dict) else None) or _unread(text))
    return Push(tuple(found))


def _documents(body: bytes, content_type: str) -> Iterator[bytes]:
    """Yield what is no picture: the whole body, or each part of a multipart one."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        if body.strip() and not _is_picture(content_type.lower().encode("latin-1", "replace"), body):
            yield body
        return
    for part in body.split(b"--" + boundary[1].strip().encode("latin-1", "replace")):
        head, _, document = part.lstrip(b"\r\n").partition(b"\r\n\r\n")
        if document.strip() and not _is_picture(head.lower(), document):
            yield document.rstrip(b"\r\n")


def _is_picture(head: bytes, document: bytes) -> bool:
    """Tell a picture by how it is called or how it begins; bytes that nobody named are one unless they begin as a document."""
    unnamed = b"octet-stream" in head and not document.lstrip().startswith((b"{", b"\xef\xbb\xbf{"))
    return unnamed or b"image/" in head or document.startswith(_PICTURES)


def _is_silent(event: dict[str, Any], told: Any) -> bool:
    """Tell a sign of life: a heartbeat, or an event at the door that names nobody and in which nobody was verified."""
    if str(event.get("eventType", "")).lower() in _SILENT:
        return True
    if not isinstance(told, dict) or any(str(told.get(name) or "").strip() for name in _WHO):
        return False
    return isinstance(told.get("subEventType"), int) and _verified(told) is None


def _verified(told: dict[str, Any]) -> int | None:
    """Return by what somebody was let in, as ZKTeco's clocks number it; a terminal that names no major type tells of its door."""
    minor = told.get("subEventType")
    return _VERIFIED.get(minor) if isinstance(minor, int) and told.get("majorEventType", _ACCESS) == _ACCESS else None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _punch(event: dict[str, Any], told: dict[str, Any]) -> Punch | None:
    """Return the punch that the event is; None where nobody was let in by it, or it does not tell whom or when."""
    pin, verified = str(told.get("employeeNoString") or "").strip(), _verified(told)
    at = _time(event.get("dateTime") or told.get("time"))
    if at is None or verified is None:
        return None
    time, zoned = at
    if not 0 < len(pin) <= _LONGEST or not pin.isprintable():
        return None
    status = _STATUS.get(str(told.get("attendanceStatus", "")).lower(), NO_STATUS)
    number = told.get("serialNo")
    raw = f"{pin}\t{time:%Y-%m-%d %H:%M:%S}\t{status}\t{verified}\tserialNo={number if isinstance(number, int) else ''}"
    return Punch(pin, time, status, verified, raw, zoned)


def _time(text: Any) -> tuple[datetime, bool] | None:
    """Return the bureau's wall clock at a time that carries its offset, and True; without one the time as it is told, and False."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        local = at.astimezone(SHANGHAI).replace(tzinfo=None) if at.tzinfo else at
    except (ValueError, OverflowError):
        return None
    return (local.replace(microsecond=0), at.tzinfo is not None) if local.year in _YEARS else None


def _unread(text: str) -> Rejected:
    return Rejected(scrub(" ".join(text[: 4 * _NOTED].split()))[:_NOTED], "no_punch")
