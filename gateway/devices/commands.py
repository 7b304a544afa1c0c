"""What a clock is told to do, and what it answers: pure, orders in and lines out, bodies in and answers out.

Only what is in this file is ever sent: nothing that runs a program on a clock, nothing that clears its memory.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.devices.parser import lines_of
from gateway.devices.scrubbing import scrub

_ATTENDANCE: Mapping[str, str] = {
    "count": "VERIFY SUM ATTLOG StartTime={first} 00:00:00\tEndTime={last} 23:59:59",
    "fetch": "DATA QUERY ATTLOG StartTime={first} 00:00:00\tEndTime={last} 23:59:59",
    "list_users": "DATA QUERY USERINFO",
    "put_user": "DATA UPDATE USERINFO PIN={pin}\tName={name}",
    "drop_user": "DATA DELETE USERINFO PIN={pin}",
    "set_time": "CHECK",  # it says hello again, and sets its clock by what it hears then
    "info": "INFO",
    "reboot": "REBOOT",
}
_ACCESS: Mapping[str, str] = {
    **_ATTENDANCE,
    "count": "DATA COUNT transaction",  # it counts all that it holds
    "fetch": "DATA QUERY tablename=transaction,fielddesc=*,filter=starttime={first} 00:00:00\tendtime={last} 23:59:59",
    "list_users": "DATA QUERY tablename=user,fielddesc=*,filter=*",
    "put_user": "DATA UPDATE user Pin={pin}\tName={name}",
    "drop_user": "DATA DELETE user Pin={pin}",
    "reboot": "CONTROL DEVICE 03000000",
}
_ID = re.compile(r"ID=([^&\t]*)", re.ASCII)
_RETURN = re.compile(r"(?:^|&)Return=(-?\d{1,9})(?=&|$)", re.ASCII)
_SUM = re.compile(r"(?i)(?:^|[&,\t ])attlog(?:sum|count)=(\d{1,9})(?=[&,\t ]|$)", re.ASCII)
_COUNTED = re.compile(r"(?i)\A\s*transaction=(\d{1,9})\s*\Z", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)
_KEPT = 2000  # characters of an answer


@dataclass(frozen=True)
class Answer:
    """``number``: of the command, None where the clock names none of ours; ``counted``: records, where that was asked."""

    number: int | None
    result: int
    text: str
    counted: int | None = None


def command_lines(commands: Sequence[Mapping[str, Any]], protocol: str, encoding: str) -> bytes:
    """Return what answers a poll; a name is written as the clock writes its own, in the GBK of those sold in China where it wrote none."""
    lines = [f"C:{one['number']}:{_line(one, protocol)}" for one in commands]
    return "\n".join([*lines, ""]).encode(encoding or "gb18030", "replace")


def _line(command: Mapping[str, Any], protocol: str) -> str:
    form = (_ACCESS if protocol == "access" else _ATTENDANCE)[command["kind"]]
    return form.format(**{name: _single(value) for name, value in command["params"].items()})


def _single(value: str) -> str:
    """Nothing of a name or a number begins another column, line or command."""
    return "".join(one if one.isprintable() else " " for one in value)


def answers_of(body: bytes) -> list[Answer]:
    """Return the answers of one request: a line each, that to INFO with more lines below; never raises."""
    return [_answer(lines) for lines in _results(lines_of(body))]


def count_of(body: bytes, number: str) -> Answer | None:
    """Return the answer to a command that had an access control count its records; None where the body tells no number."""
    found = _COUNTED.match("\n".join(lines_of(body)))
    return Answer(_number(number), 0, f"transaction={found[1]}", int(found[1])) if found else None


def _results(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line.startswith("ID=") and group:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _answer(lines: Sequence[str]) -> Answer:
    text = scrub("\n".join(lines)).replace("\0", "\\0")[:_KEPT]
    found, tail = _ID.match(lines[0]), "&".join(lines)
    returned = _RETURN.search(tail)
    if found is None or returned is None:
        return Answer(None, -1, text)
    counted = _SUM.search(tail)
    return Answer(_number(found[1]), int(returned[1]), text, int(counted[1]) if counted else None)


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
