"""The users that a clock tells: PIN, name, and that it has a finger or a face of theirs. Pure, bytes in and users out.

The same lines carry passwords, cards and templates; none of them leaves this file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.devices.parser import decoded

TEMPLATES = ("templatev10", "fingertmp", "biodata", "facev7", "fvtemplate")  # tables of access controls
_USERS = ("USER", "USERINFO")
_BIOMETRIC = ("FP", "FACE", "FVEIN", *(one.upper() for one in TEMPLATES))  # what their lines begin with
_LONGEST = 64
_NAME = 100
_MOST = 5000  # of one call


@dataclass(frozen=True)
class Users:
    """``encoding``: in which the clock writes names; empty where none tells. ``biometric``: the PINs of which it told a finger or a face."""

    users: tuple[tuple[str, str], ...]
    encoding: str
    biometric: tuple[str, ...] = ()

    def parts(self) -> Iterator[tuple[Sequence[tuple[str, str]], Sequence[str]]]:
        """Yield users and biometric PINs, some thousands at a time, and nothing where there are none."""
        for start in range(0, max(len(self.users), len(self.biometric)), _MOST):
            yield self.users[start : start + _MOST], self.biometric[start : start + _MOST]


def users_of(body: bytes) -> Users:
    """Return the users among the lines of ``OPERLOG``, or of a table of users or templates; never raises."""
    found: dict[str, str] = {}
    biometric: dict[str, None] = {}
    encoding = ""
    for line in body.split(b"\n"):
        text = decoded(line.strip(b"\r \t"))
        head, _, rest = text.partition(" ")
        if head.upper() not in (*_USERS, *_BIOMETRIC):
            continue
        pairs = _pairs(rest)
        pin = pairs.get("pin", "")
        if not (0 < len(pin) <= _LONGEST and pin.isprintable()):
            continue
        if head.upper() in _USERS:
            found[pin] = _clean(pairs.get("name", ""))
            encoding = encoding or _encoding(line)
        elif pairs.get("valid", "1") != "0":
            biometric[pin] = None
    return Users(tuple(found.items()), encoding, tuple(biometric))


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
