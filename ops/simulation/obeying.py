"""What a clock does that is told something at its poll, and what it answers. Pure: an order in, requests out.

A terminal that pushes events (Hikvision) polls nothing; an access control answers queries by tables of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ops.simulation.firmware import Firmware, Message, Press

_ORDER = re.compile(r"C:(\d+):(.*)")
_SPAN = re.compile(r"(?i)starttime=([^\t]+)\tendtime=([^\t]+)")
_UNKNOWN = -1002  # what firmware says to what it does not know


@dataclass
class Inside:
    """What a clock holds: presses, users (PIN -> name), and how often it was started."""

    memory: list[Press] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    starts: int = 0


def poll(serial: str, inside: Inside) -> Message:
    """Return the request by which a clock asks what to do, and tells how much it holds."""
    info = f"Ver 8.0.4.2,{len(inside.users)},0,{len(inside.memory)},10.0.0.9"
    return Message("GET", f"/iclock/getrequest?SN={serial}&INFO={info.replace(' ', '%20')}", answer="")


def orders_in(answer: str) -> Iterator[tuple[int, str]]:
    for line in answer.splitlines():
        if found := _ORDER.fullmatch(line):
            yield int(found[1]), found[2]


def obey(firmware: Firmware, serial: str, order: tuple[int, str], inside: Inside) -> Iterator[Message]:
    """Do what is ordered and yield what the clock sends on that: data first, the answer last."""
    number, text = order
    result, more = 0, ""
    if _SPAN.search(text) and "QUERY" in text:
        presses = _between(text, inside.memory)
        for start in range(0, len(presses), firmware.most):
            yield firmware.push(serial, presses[start : start + firmware.most])
        result = len(presses)
    elif text.startswith("VERIFY SUM"):
        more = f"&AttlogSum={len(_between(text, inside.memory))}"
    elif text == "DATA COUNT transaction":
        path = f"/iclock/querydata?SN={serial}&type=count&cmdid={number}&tablename=transaction&count=1"
        yield Message("POST", path, f"transaction={len(inside.memory)}".encode())
    elif text in ("DATA QUERY USERINFO", "DATA QUERY tablename=user,fielddesc=*,filter=*"):
        yield _users(serial, number, inside, by_table="tablename" in text)
        result = len(inside.users)
    elif text.startswith(("DATA UPDATE", "DATA DELETE")):
        _change(text, inside)
    elif text == "INFO":
        more = f"\n~DeviceName={firmware.name}\nUserCount={len(inside.users)}\nTransactionCount={len(inside.memory)}"
    elif text not in ("CHECK", "REBOOT", "CONTROL DEVICE 03000000"):
        result = _UNKNOWN
    name = " ".join(text.split()[:2]) if text.startswith("VERIFY") else text.split(" ", maxsplit=1)[0]
    yield Message("POST", f"/iclock/devicecmd?SN={serial}", f"ID={number}&Return={result}&CMD={name}{more}\n".encode())
    if text in ("CHECK", "REBOOT", "CONTROL DEVICE 03000000"):
        inside.starts += text != "CHECK"
        yield from firmware.hello(serial)


def _between(text: str, memory: Sequence[Press]) -> list[Press]:
    found = _SPAN.search(text)
    assert found is not None
    first, last = (datetime.fromisoformat(one.strip()) for one in found.groups())
    return [one for one in memory if first <= one.at <= last]


def _users(serial: str, number: int, inside: Inside, *, by_table: bool) -> Message:
    rows = inside.users.items()
    if by_table:
        lines = [f"user uid={place}\tpin={pin}\tpassword=123\tname={name}" for place, (pin, name) in enumerate(rows, 1)]
        path = f"/iclock/querydata?SN={serial}&type=tabledata&cmdid={number}&tablename=user&count={len(lines)}"
    else:
        lines = [f"USER PIN={pin}\tName={name}\tPri=0\tPasswd=123\tCard=\tGrp=1" for pin, name in rows]
        path = f"/iclock/cdata?SN={serial}&table=OPERLOG&OpStamp=9999"
    return Message("POST", path, "\n".join(lines).encode("gb18030"))


def _change(text: str, inside: Inside) -> None:
    pairs: dict[str, str] = {}
    for one in re.split(r"\t| ", text):
        key, _, value = one.partition("=")
        pairs[key.upper()] = value
    pin = pairs.get("PIN", "")
    if text.startswith("DATA UPDATE"):
        inside.users[pin] = pairs.get("NAME", "")
    else:
        inside.users.pop(pin, None)
