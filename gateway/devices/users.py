"""The users that a clock tells: PIN and name, nothing else. Pure, bytes in and users out.

The same lines carry passwords, cards and templates; none of them leaves this file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.devices.parser import decoded

_LONGEST = 64
_NAME = 100
_MOST = 5000  # of one call


@dataclass(frozen=True)
class Users:
    """``encoding``: in which the clock writes names; empty where none tells."""

    users: tuple[tuple[str, str], ...]
    encoding: str

    def parts(self) -> Iterator[Sequence[tuple[str, str]]]:
        """Yield some thousands at a time, and nothing where there are none."""
        yield from (self.users[start : start + _MOST] for start in range(0, len(self.users), _MOST))


def users_of(body: bytes) -> Users:
    """Return the users among the lines of ``OPERLOG``, or of a table ``user``; never raises."""
    found: dict[str, str] = {}
    encoding = ""
    for line in body.split(b"\n"):
        text = decoded(line.strip(b"\r \t"))
        head, _, rest = text.partition(" ")
        if head.upper() not in ("USER", "USERINFO"):
            continue
        pairs = _pairs(rest)
        pin = pairs.get("pin", "")
        if 0 < len(pin) <= _LONGEST and pin.isprintable():
            found[pin] = _clean(pairs.get("name", ""))
            encoding = encoding or _encoding(line)
    return Users(tuple(found.items()), encoding)


def _pairs(rest: str) -> dict[str, str]:
    parts = re.split(r"\t|(?<=\S),(?=\w+=)", rest)
    return {key.strip().lower(): value.strip() for key, _, value in (one.partition("=") for one in parts)}


def _clean(name: str) -> str:
    return "".join(one for one in name if one.isprintable())[:_NAME]


def _encoding(line: bytes) -> str:
    if line.isascii():
        return ""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
