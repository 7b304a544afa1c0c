"""What a clock can be told to do: how long it stays true, how often it is said, what an answer means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.vocabulary.refusals import conflict, invalid

MOST_OPEN = 500  # commands of one clock that wait or have no answer
AT_ONCE = 20  # in one answer to a poll
PATIENCE = timedelta(minutes=2)  # without an answer it is given again
LONGEST_SPAN = 31  # days of a query
_ATTEMPTS = 5
_LIVES = timedelta(days=2)
_REBOOT_LIVES = timedelta(minutes=30)  # nobody wants it a day later
_SENDABLE = re.compile(r"[0-9A-Za-z_-]{1,24}", re.ASCII)
_DAYS = ("count", "fetch")
_NAME = 24  # characters that a clock shows


@dataclass(frozen=True)
class Order:
    """``about``: with the kind what is ordered only once at a time."""

    kind: str
    about: str
    params: dict[str, str]


def attempts(kind: str) -> int:
    """Return how often a command is given: a clock that restarts may be gone before it answers, and would restart again."""
    return 1 if kind == "reboot" else _ATTEMPTS


def lives(kind: str) -> timedelta:
    return _REBOOT_LIVES if kind == "reboot" else _LIVES


def check_speaks(kind: str, protocol: str) -> None:
    """Refuse what the clock's firmware has no command for."""
    if protocol == "hikvision":
        zh, en = "该终端只推送事件，不接收命令", "the terminal pushes events and takes no commands"
        raise conflict("command.unsupported", zh, en, "kind")
    if protocol == "access" and kind == "set_time":
        zh = "门禁固件在重新连接时自行对时，请改用重启"
        raise conflict("command.unsupported", zh, "it asks for the time whenever it connects: reboot it", "kind")


def of_days(kind: str, first: date | None, last: date | None, today: date) -> Order:
    """Return the order about the days ``first``..``last``; raises ``Refused`` where they are none that a clock can know of."""
    if first is None:
        raise invalid("command.days", "请写明从哪一天起", "say from which day on", "first")
    last = last or first
    if not first <= last <= today or (last - first).days >= LONGEST_SPAN:
        zh = f"起止日应在今天以前，不超过 {LONGEST_SPAN} 天"
        raise invalid("command.days", zh, f"up to {LONGEST_SPAN} days, none to come", "last")
    return Order(kind, f"{first}/{last}", {"first": first.isoformat(), "last": last.isoformat()})


def of_users(kind: str, users: Iterable[tuple[str, str]]) -> list[Order]:
    """Return an order for each (PIN, name) that a clock can be told of; a PIN with other signs never reaches a wire."""
    told = [(pin, shown_name(name)) for pin, name in users if is_sendable(pin)]
    return [Order(kind, pin, {"pin": pin, "name": name} if kind == "put_user" else {"pin": pin}) for pin, name in told]


def is_sendable(pin: str) -> bool:
    return _SENDABLE.fullmatch(pin) is not None


def shown_name(name: str) -> str:
    """Return a name as a clock can be told it: nothing in it ends a column, a line or a command."""
    return "".join(one if one.isprintable() and one not in "=&" else " " for one in name).strip()[:_NAME]


def takes_days(kind: str) -> bool:
    return kind in _DAYS
