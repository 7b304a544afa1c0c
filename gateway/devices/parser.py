"""What a clock's push says: pure, bytes in and punches out.

Only the first four columns mean the same on every firmware (PIN, time, status, verify), so no other is read; the raw line is
kept as far as it may be (scrubbing.py). A line that is no punch is rejected with a reason, never raised: one bad line must not
hold up the others.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from gateway.devices.scrubbing import scrub, scrub_columns

NO_STATUS = 255  # what devices themselves send where nobody pressed a function key
_NO_VERIFY = 0
_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?", re.ASCII)
_PLAIN = re.compile(r"(\w{1,64})\t(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})\t(\d{1,3})\t(\d{1,3})(?:\t\d{0,2})*", re.ASCII)
_YEARS = range(1970, 2100)
_LARGEST = 2**31 - 1
_ABNORMAL_EVENT = 20  # security firmware: 0..19 are persons verified, from 20 on refusals, alarms and doors


class Punch(NamedTuple):  # thousands come at once: a dataclass that is frozen takes four times as long to make
    """``pin`` is text as sent; ``time`` the device's local time, without a zone, or the bureau's where it came with one (``zoned``)."""

    pin: str
    time: datetime
    status: int
    verify: int
    raw: str
    zoned: bool = False


@dataclass(frozen=True)
class Rejected:
    raw: str
    reason: str  # columns, pin, time, status, no_punch


@dataclass(frozen=True)
class Push:
    in_order: tuple[Punch | Rejected, ...]

    @cached_property
    def punches(self) -> tuple[Punch, ...]:
        return tuple(one for one in self.in_order if isinstance(one, Punch))

    @cached_property
    def rejected(self) -> tuple[Rejected, ...]:
        return tuple(one for one in self.in_order if isinstance(one, Rejected))

    @property
    def lines(self) -> int:
        """Return all lines received: what the device has to be told, or it sends them again for ever."""
        return len(self.in_order)


def parse_attlog(body: bytes) -> Push:
    """Parse lines of PIN, time, status, verify and whatever follows, separated by TABs (``table=ATTLOG``)."""
    return Push(tuple(_plain(raw) or _parsed(raw, _attlog_columns) for raw in _lines(body)))


def parse_rtlog(body: bytes) -> Push:
    """Parse lines of ``key=value`` separated by TABs, of newer access-control firmware (``table=rtlog``)."""
    return _parse(body, _rtlog_columns)


def parse_transactions(body: bytes) -> Push:
    """Parse lines of ``key=value`` as access-control firmware answers queries with (``tablename=transaction``); their
    time may be a number of seconds in the maker's own counting."""
    return _parse(body, _transaction_columns)


def encoded_time(time: datetime) -> int:
    """Return the number by which the maker's firmware tells ``time``: every
    month has 31 days, the years begin with 2000."""
    days = ((time.year - 2000) * 12 + time.month - 1) * 31 + time.day - 1
    return days * 86_400 + time.hour * 3600 + time.minute * 60 + time.second


def lines_of(body: bytes) -> list[str]:
    """Return the lines that are not blank, as text."""
    return list(_lines(body))


def count_lines(body: bytes) -> int:
    """Count lines that are not blank."""
    return sum(1 for _ in _lines(body))


class _NoPunch(Exception):
    """Why a line is none."""


def _parse(body: bytes, columns: Callable[[str], tuple[str, str, str, str]]) -> Push:
    return Push(tuple(_parsed(raw, columns) for raw in _lines(body)))


def _plain(raw: str) -> Punch | None:
    """Return the punch of a line as nearly all are, with nothing behind its four columns but short numbers; None of any other."""
    found = _PLAIN.fullmatch(raw)
    if found is None:
        return None
    pin, text, status, verify = found.groups()
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Punch(pin, time, int(status), int(verify), raw) if time.year in _YEARS else None


def _parsed(raw: str, columns: Callable[[str], tuple[str, str, str, str]]) -> Punch | Rejected:
    try:
        pin, time, status, verify = columns(raw)
        kept = scrub_columns(raw) if columns is _attlog_columns else scrub(raw)
        return Punch(_pin(pin), _time(time), _code(status, NO_STATUS), _code(verify, _NO_VERIFY), kept)
    except _NoPunch as why:
        return Rejected(scrub(raw), str(why))


def _lines(body: bytes) -> Iterator[str]:
    for line in body.split(b"\n"):
        text = decoded(line.removesuffix(b"\r"))
        if text.strip():
            yield text


def decoded(line: bytes) -> str:
    """Return the text: UTF-8, or the GBK of devices sold in China, or whatever it is byte by byte. A database stores no NUL."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return line.decode(encoding).replace("\0", "\\0")
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1").replace("\0", "\\0")


def _attlog_columns(raw: str) -> tuple[str, str, str, str]:
    columns = [column.strip() for column in raw.split("\t")]
    if len(columns) < 2:
        raise _NoPunch("columns")
    pin, time, status, verify = (*columns, "", "")[:4]
    return pin, time, status, verify


def _rtlog_columns(raw: str) -> tuple[str, str, str, str]:
    pairs = dict(part.partition("=")[::2] for part in raw.strip().split("\t"))
    event = pairs.get("event", "0")
    if pairs.get("pin", "0") in ("", "0") or not event.isdecimal() or int(event) >= _ABNORMAL_EVENT:
        raise _NoPunch("no_punch")
    return pairs["pin"].strip(), pairs.get("time", ""), pairs.get("inoutstatus", ""), pairs.get("verifytype", "")


def _transaction_columns(raw: str) -> tuple[str, str, str, str]:
    line = raw.strip()
    pairs = {
        key.strip().lower(): value.strip()
        for key, _, value in (part.partition("=") for part in re.split(r"[\t,]", line.removeprefix("transaction ")))
    }
    event = pairs.get("eventtype", pairs.get("event", "0"))
    if pairs.get("pin", "0") in ("", "0") or not event.isdecimal() or int(event) >= _ABNORMAL_EVENT:
        raise _NoPunch("no_punch")
    time = pairs.get("time", "") or _decoded_time(pairs.get("time_second", ""))
    status = pairs.get("inoutstate", pairs.get("inoutstatus", ""))
    return pairs["pin"], time, status, pairs.get("verified", pairs.get("verifytype", ""))


def _decoded_time(text: str) -> str:
    """The reverse of ``encoded_time``; a text in the form of other times, empty where it is no number."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return ""
    minutes, second = divmod(int(text), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    months, day = divmod(days, 31)
    years, month = divmod(months, 12)
    return f"{years + 2000:04}-{month + 1:02}-{day + 1:02} {hour:02}:{minute:02}:{second:02}"


def _pin(text: str) -> str:
    if not 0 < len(text) <= 64 or not text.isprintable() or "=" in text:  # "Passwd=…" is nobody's number
        raise _NoPunch("pin")
    return text


def _time(text: str) -> datetime:
    if not _TIME.fullmatch(text):
        raise _NoPunch("time")
    try:
        time = datetime.fromisoformat(text)  # local, as the device means it; some firmware tells no seconds
    except ValueError as error:
        raise _NoPunch("time") from error
    if time.year not in _YEARS:
        raise _NoPunch("time")
    return time


def _code(text: str, absent: int) -> int:
    if not text:
        return absent
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= _LARGEST):
        raise _NoPunch("status")
    return int(text)
