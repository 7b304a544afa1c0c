"""Which statements each process of a deployment sends, read from PostgreSQL's own log; each line of it is one way to the database."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from tests.support.composition import ROOT, Process
from tests.support.deployment import Deployment
from tests.support.running import Running

_LINE = re.compile(r"^\[(?P<who>[^|]*)\|(?P<pid>\d+)\] LOG:  (?:statement|execute [^:]*): (?P<sql>.*)$")
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|NOTIFY)\b(?! OF)")


class NamedDeployment(Deployment):
    """Each process tells PostgreSQL its name, and runs the code beside this file, whichever is installed."""

    def _running(self, process: Process, number: int) -> Running:
        one = super()._running(process, number)
        one.environment |= {"PGAPPNAME": process.name, "PYTHONPATH": str(ROOT)}
        return one


Sent = list[tuple[str, str, str]]  # who, the backend, the statement


def sent_by(
    connection: Connection, act: Callable[[], Any], number: int
) -> tuple[Counter[str], Counter[str], dict[tuple[str, str], float]]:
    """Return of one ``act``, the mean of ``number``, how many statements and how many transactions that write each process sent, and
    the statements; without what the processes send when nothing happens."""
    for setting in ("log_statement = 'all'", "log_line_prefix = '[%a|%p] '"):
        connection.execute(text(f"ALTER SYSTEM SET {setting}"))
    connection.execute(text("SELECT pg_reload_conf()"))
    time.sleep(1)
    folder = Path(connection.execute(text("SELECT current_setting('data_directory')")).scalar_one(), "log")
    sent, seconds = _logged(folder, lambda: [act() for _ in range(number)])
    idle, idle_seconds = _logged(folder, lambda: time.sleep(10))

    def of_one(count: Callable[[Sent], Counter[Any]]) -> dict[Any, float]:
        busy, resting = count(sent), count(idle)
        each = {one: (often - resting[one] * seconds / idle_seconds) / number for one, often in busy.items()}
        return {one: often for one, often in each.items() if often > 0.1}  # the rest comes and goes with the clock

    statements = of_one(lambda some: Counter((who, _shape(sql)) for who, _, sql in some))
    written: Counter[str] = Counter(of_one(_writing))
    counted: Counter[str] = Counter()
    for (who, _), often in statements.items():
        counted[who] += often  # type: ignore[assignment]  # a mean
    return counted, written, statements


def _logged(folder: Path, act: Callable[[], Any]) -> tuple[Sent, float]:
    logs = sorted(folder.glob("*.log"))
    start, started = {log: log.stat().st_size for log in logs}, time.monotonic()
    act()
    seconds = time.monotonic() - started
    added = "\n".join(log.read_bytes()[start[log] :].decode(errors="replace") for log in logs)
    return list(_entries(added.replace("\n\t", " "))), seconds  # the further lines of a statement begin with a tab


def _entries(added: str) -> Iterator[tuple[str, str, str]]:
    for line in added.splitlines():
        found = _LINE.match(line)
        if found and found["who"] in OURS:
            yield found["who"], found["pid"], found["sql"]


def _writing(sent: Sent) -> Counter[str]:
    """Count the transactions that write, by process."""
    counted: Counter[str] = Counter()
    writes: dict[str, bool] = {}  # backend -> whether its open transaction has written
    for who, pid, sql in sent:
        if sql.startswith("BEGIN"):
            writes[pid] = False
        if _WRITES.search(sql) and pid in writes:
            writes[pid] = True
        elif _WRITES.search(sql):
            counted[who] += 1
        if sql.endswith(("COMMIT", "ROLLBACK")):
            counted[who] += int(writes.pop(pid, False) and sql.endswith("COMMIT"))
    return counted


def _shape(sql: str) -> str:
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b", "?", " ".join(sql.split()))


OURS = ("gateway", "declarations", "scoring", "targets", "attendance", "complaints", "live", "clocks", "anchors")
