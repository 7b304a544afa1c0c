"""The demo accounts on screen: one of each role."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from ops.demo.file import Entry

WIDTH = 100  # a password that is cut off helps nobody


def show_accounts(console: Console, entries: Sequence[Entry]) -> None:
    table = Table(
        "角色 role", "账号 account", "密码 password", "姓名 name", "单位 unit", title="示范账号 demo accounts"
    )
    seen: set[str] = set()
    for entry in entries:
        if entry["role"] not in seen:
            seen.add(entry["role"])
            table.add_row(*(entry[name] for name in ("role", "account", "password", "name", "unit")))
    Console(width=max(WIDTH, console.width), highlight=False).print(table)
