"""A lone declaration on its way (declare, verify, assess) through the deployment: statements and transactions of each process, its relay and
its consumers among them, WAL bytes, processor time. Limits: the aims of docs/performance.md.

``python -m benchmarks.state_changes [JOURNEYS]``; ``statements`` prints each statement once with how often it was sent in a journey. Processor
time is told by process, since wall time on a machine with other work says little. To compare with an earlier release, run the same file in both
checkouts in turns.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks.peers.arguments import arguments
from tests.support.deployment import Deployment
from tests.support.folders import reachable_folder
from tests.support.running import spent
from tests.support.sent_statements import OURS, NamedDeployment, sent_by
from tests.support.visiting import Visitor

JOURNEYS, CHANGES = 40, 3  # a journey is three changes of state
AIMS = {
    "statements": 25,
    "written": 6,
    "wal": 6_000,
    "cpu": 2.5,
}  # of a journey, of a journey, bytes and ms of a change


class Journeys:
    """What people do, one after another, each waited for until scoring has it."""

    def __init__(self, deployment: Deployment, connection: Connection) -> None:
        self._url, self._connection = deployment.url, connection
        known = json.loads((deployment.folder / "var" / "demo-accounts.json").read_text(encoding="utf-8"))["accounts"]
        self._known = known
        heads = {one["unit"]: one for one in known if one["role"] == "unit_head"}
        self._declarer = next(one for one in known if one["role"] == "staff" and one["unit"] in heads)
        self._staff, self._head = self._log_in(self._declarer), self._log_in(heads[self._declarer["unit"]])
        self._assessors: dict[str, Visitor] = {}
        self._items = self._open_items()

    def one(self) -> str:
        """Declare, verify, assess; returns the declaration."""
        item = next(self._items)
        entry = {"indicator": item["indicator"], "period": item["period"], "evidence": ["台账"]}
        entry["counts"] = {quantity["key"]: "0" for quantity in item["quantities"]}
        (made,) = _post(self._staff, "declarations", {"cycle": "2026", "entries": [entry]})["declarations"]
        chosen = {"cycle": "2026", "declarations": [{"declaration": made["declaration"]}]}
        _post(self._head, "declarations/verify", chosen)
        _post(self._assessor(made["declaration"]), "declarations/assess", chosen)
        return str(made["declaration"])

    def settle(self, declaration: str) -> None:
        """Wait until what was assessed has arrived in scoring and nothing is left to send."""
        arrived = text("SELECT count(*) FROM scoring.fact WHERE fact = :code AND status = 'assessed'")
        left = text("SELECT count(*) FROM declarations.outbox")
        deadline = time.monotonic() + 60
        while not self._connection.scalar(arrived, {"code": declaration}) or self._connection.scalar(left):
            if time.monotonic() > deadline:
                raise RuntimeError("what was assessed did not arrive")
            time.sleep(0.02)

    def warm_up(self) -> None:
        for _ in range(12):
            self.settle(self.one())

    def _open_items(self) -> Iterator[dict[str, Any]]:
        query = {"cycle": "2026", "state": "due", "limit": "500"}
        items = self._staff.ask("GET", "/api/v1/declarations/mine", params=query).json()["items"]
        known = text("SELECT indicator FROM declarations.indicator WHERE assessor = ANY(:units) AND assessor <> :own")
        units = {"units": sorted(one["unit"] for one in self._known), "own": self._declarer["unit"]}
        assessed = set(self._connection.execute(known, units).scalars())
        open_items = [one for one in items if one["source"] == "declared" and not one["late"]]
        return iter([one for one in open_items if one["indicator"] in assessed])

    def _assessor(self, declaration: str) -> Visitor:
        found = text("SELECT assessor FROM declarations.declaration WHERE declaration = :one")
        unit = self._connection.execute(found, {"one": declaration}).scalar_one()
        if unit not in self._assessors:
            self._assessors[unit] = self._log_in(self._who_assesses(unit))
        return self._assessors[unit]

    def _who_assesses(self, unit: str) -> dict[str, str]:
        granted = text(
            "SELECT account FROM gateway.accounts WHERE grants::text LIKE :role AND grants::text LIKE :unit ORDER BY account"
        )
        names = self._connection.execute(granted, {"role": "%assessor%", "unit": f'%"{unit}"%'}).scalars().all()
        return next(one for one in self._known if one["account"] in names)

    def _log_in(self, account: dict[str, str]) -> Visitor:
        return Visitor(self._url, "127.0.0.1").log_in(account)


def _post(who: Visitor, path: str, body: dict[str, Any]) -> Any:
    answer = who.ask("POST", f"/api/v1/{path}", json=body, headers={"Idempotency-Key": uuid4().hex})
    if answer.status_code not in (200, 201):
        raise RuntimeError(f"{path}: {answer.text}")
    return answer.json()


def main(number: int = JOURNEYS, words: Sequence[str] = ()) -> int:
    with _world() as (deployment, connection):
        journeys = Journeys(deployment, connection)
        journeys.warm_up()
        used, wal = _used(deployment, connection, journeys, number)
        counted, written, sent = sent_by(connection, lambda: journeys.settle(journeys.one()), max(number // 4, 5))
    figures = {
        "statements": sum(counted.values()),
        "written": sum(written.values()),
        "wal": wal,
        "cpu": sum(used.values()),
    }
    for name in sorted({*counted, *used}):
        numbers = f"{counted[name]:6.1f} statements  {written[name]:4.1f} written  {used[name]:5.2f} ms"
        sys.stdout.write(f"  {name:<14} {numbers}\n")
    aims = f"aims {AIMS['statements']}, {AIMS['written']}, {AIMS['wal']} B, {AIMS['cpu']} ms"
    sys.stdout.write(
        f"  a journey: {figures['statements']:.1f} statements, {figures['written']:.1f} transactions that write;"
        f" a change: {wal:.0f} B of WAL, {figures['cpu']:.2f} ms of CPU   ({aims})\n"
    )
    if "statements" in words:
        for (who, sql), often in sorted(sent.items()):
            sys.stdout.write(f"{often:5.1f} {who:<14} {sql[:400]}\n")
    return 0 if all(figures[name] <= aim for name, aim in AIMS.items()) else 1


@contextmanager
def _world() -> Iterator[tuple[Deployment, Connection]]:
    with reachable_folder() as folder:
        deployment = NamedDeployment(folder)
        try:
            deployment.start()
            deployment.kaohe("demo", "--staff", "30", "--year", "2026", "--bare")
            engine = create_engine(deployment.database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text("VACUUM ANALYZE"))
                yield deployment, connection
        finally:
            deployment.stop()


def _used(
    deployment: Deployment, connection: Connection, journeys: Journeys, number: int
) -> tuple[dict[str, float], float]:
    """Return ms of processor time by process, without what an idle system takes, and bytes of WAL by our processes, of one change.

    Without images of pages, which come after each checkpoint and would tell when that was.
    """
    for statement in ("ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()"):
        connection.execute(text(statement))
    journeys.settle(journeys.one())
    wal = _wal(connection)

    def act() -> None:
        for _ in range(number):
            last = journeys.one()
        journeys.settle(last)

    used, seconds = _during(deployment, act)
    idle, idle_seconds = _during(deployment, lambda: time.sleep(10))
    share, changes = seconds / idle_seconds, number * CHANGES
    cpu = {name: max(used[name] - idle[name] * share, 0) * 1000 / changes for name in used}
    return cpu, (_wal(connection) - wal) / changes


def _during(deployment: Deployment, act: Callable[[], None]) -> tuple[dict[str, float], float]:
    before, started = processor_seconds(deployment), time.monotonic()
    act()
    after = processor_seconds(deployment)
    return {name: after[name] - before.get(name, 0.0) for name in after}, time.monotonic() - started


def processor_seconds(deployment: Deployment) -> dict[str, float]:
    """Seconds by process name; database and broker with all that they started."""
    found: dict[str, float] = defaultdict(float)
    pids = {one.pid: one.name.rpartition("-")[0] for one in deployment.running}
    database = deployment.postgres.pid()
    pids |= {database: "postgresql"} if database else {}
    pids |= {one.pid: "broker" for one in psutil.process_iter() if _is_broker(one, deployment.folder)}
    for pid, name in pids.items():
        found[name] += spent(pid)
    return found


def _is_broker(one: psutil.Process, folder: Path) -> bool:
    try:
        return one.name().startswith("beam") and any(str(folder) in part for part in one.cmdline())
    except psutil.Error:
        return False


def _wal(connection: Connection) -> float:
    """Bytes that the backends of our processes have written; each tells them some seconds after it came to rest."""
    time.sleep(12)
    statement = text(
        "SELECT sum((pg_stat_get_backend_wal(pid)).wal_bytes) FROM pg_stat_activity"
        " WHERE application_name = ANY(:ours) AND backend_type = 'client backend'"
    )
    connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    return float(connection.execute(statement, {"ours": list(OURS)}).scalar_one())


if __name__ == "__main__":
    given = arguments(__doc__, "statements", numbers="JOURNEYS")
    sys.exit(main(*(given.numbers or [JOURNEYS])[:1], given.words))
