"""A bureau's targets generated, shared out and claimed through PostgreSQL, for 300 to 50,000 people: time, memory, growth.

Peer: the same number of claims written as plain rows in one statement after another, without locks, checks, events or an audit trail.
Limits are ratios to it where the machine's speed would decide otherwise. Each size in a process of its own.
``python -m benchmarks.claiming`` (``make bench`` leaves out the largest; name sizes to choose); exits with 1 where a limit is passed.
"""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from benchmarks.library import _peak, _resident
from benchmarks.peers.arguments import arguments
from ops.demo.staff import staff
from services.targets.service import TargetsService
from services.targets.storage.tables import claims
from shared.actor import Actor, Grant
from shared.database import Row, open_sessions
from tests.support.measuring import postgres
from tests.unit.targets.reference import Rows, as_csv, rows, sheet

YEAR = "2026"
SIZES = (300, 5_000)  # 50,000 takes its quarter of an hour
# by size: seconds of processor time for sharing out, times the peer for claiming, megabytes above the bare process
LIMITS = {300: (2, 10, 150), 5_000: (30, 10, 500), 50_000: (200, 10, 3_000)}


def main(sizes: Sequence[int] = SIZES) -> int:
    kept = True
    with postgres("targets") as url:
        for size in sizes:
            command = [sys.executable, "-m", "benchmarks.claiming", url, str(size)]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
            kept &= _tell(size, json.loads(answer.stdout.splitlines()[-1]))
    return 0 if kept else 1


def _tell(size: int, told: dict[str, float]) -> bool:
    sharing, times, megabytes = LIMITS[size]
    ratio = told["claim"] / told["peer"]
    kept = told["share_cpu"] <= sharing and ratio <= times and told["megabytes"] <= megabytes
    sys.stdout.write(
        f"{size:>7} people: generate {told['generate']:.1f} s, share out {told['share']:.1f} s ({told['share_cpu']:.1f} s computed,"
        f" limit {sharing}), allocate {told['allocate']:.1f} s, claim {told['claims']:.0f} in {told['claim']:.1f} s ="
        f" {ratio:.1f} times plain rows (limit {times}), gaps {told['gaps']:.1f} s, {told['megabytes']:.0f} MB (limit {megabytes})"
        f"{'' if kept else '   PASSED OVER'}\n"
    )
    sys.stdout.flush()
    return kept


def measure(url: str, size: int) -> None:
    world = _World(url, f"B{size}")
    world.set_up(size)
    before = _resident()
    told = {
        "generate": world.timed("generate_targets", cycle=YEAR)[0],
        **dict(zip(("share", "share_cpu"), world.timed("propose_allocations", cycle=YEAR), strict=True)),
        "allocate": world.timed("set_allocations", cycle=YEAR, accept_proposals=True)[0],
        "claim": world.timed("accept_proposals", cycle=YEAR, scope="bureau")[0],
        "gaps": world.timed("list_gaps", cycle=YEAR)[0],
    }
    told["megabytes"] = max(0.0, _peak() - before)
    told["claims"], told["peer"] = world.peer()
    sys.stdout.write(json.dumps(told) + "\n")


class _World:
    def __init__(self, url: str, bureau: str) -> None:
        self._actor = Actor(
            "office", "office", bureau, grants=(Grant("office", "bureau"), Grant("admin", "installation"))
        )
        self._service = TargetsService()
        self._service.database = open_sessions(url, "targets")

    def call(self, method: str, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self._service, method)(self._actor, body)
        return answer

    def timed(self, method: str, **body: Any) -> tuple[float, float]:
        """Seconds by the clock, and of this process."""
        started, worked = time.perf_counter(), time.process_time()
        self.call(method, **body)
        return time.perf_counter() - started, time.process_time() - worked

    def set_up(self, size: int) -> None:
        self.call("create_bureau", bureau=self._actor.bureau, name="基准分局")
        known = {name: sheet(name) for name in ("organisation", "positions")}
        self.call("import_organisation", sheets=_coded({**known, "persons": as_csv(_persons(size))}))
        self.call("create_cycle", cycle=YEAR)
        library = {name: sheet(name) for name in ("models", "composite", "machine_figures")}
        self.call("import_library", cycle=YEAR, sheets=_coded({**library, "indicators": as_csv(_grown(size))}))
        self.call("publish_library", cycle=YEAR)
        self.call("move_cycle", cycle=YEAR, status="open")

    def peer(self) -> tuple[int, float]:
        """The claims read, thrown away and written again as plain rows."""
        with self._service.database.engine.connect() as connection:
            own = claims.c.bureau == self._actor.bureau
            found: list[Row] = [dict(one) for one in connection.execute(select(claims).where(own)).mappings()]
            transaction = connection.begin_nested()
            connection.execute(claims.delete().where(own))
            started = time.perf_counter()
            for first in range(0, len(found), 1000):
                connection.execute(insert(claims), found[first : first + 1000])
            seconds = time.perf_counter() - started
            transaction.rollback()
        return len(found), seconds


def _persons(size: int) -> Rows:
    return [
        {
            "person": one.code,
            "name": one.name,
            "unit": one.unit,
            "position": one.position,
            "starts": "2026-01-01",
            "ends": "",
        }
        for one in staff(size)
    ]


def _grown(size: int) -> Rows:
    """The reference library with its past and targets grown to the number of people."""
    factor = Decimal(size) / 300
    names = ("history_2023", "history_2024", "history_2025", "target_2026")

    def grow(row: Row) -> Row:
        return {name: str(round(Decimal(row[name]) * factor)) for name in names if row[name]}

    return [{**row, **grow(row)} if row["rule"] == "ratio" else row for row in rows("indicators")]


def _coded(sheets: dict[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(data).decode() for name, data in sheets.items()}


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1].startswith("postgresql"):
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        sys.exit(main(arguments(__doc__, numbers="PEOPLE").numbers or SIZES))
