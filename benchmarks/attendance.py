"""Clocks and the closing of months in the shape of the deployment: RabbitMQ, PostgreSQL, the clocks' gateway and two replicas of the
service as processes of their own, everything committed to disk. Peers, interleaved in the same run: one committed row by a plain INSERT,
2,000 rows by a plain COPY into the same indexed, partitioned table.

Beside each stands the processor time that it takes, by kind of process: what a machine that others use too can tell. The bound of a
single post is a call that does nothing but read the clock's row and commit, asked in the same run.

``python -m benchmarks.attendance`` (sections can be named: single, bodies, beside, closing); exits with 1 where a limit is passed, unless the
machine was busy with other things. What was measured, and where it is bound, stands in docs/performance.md.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any

from benchmarks.peers.arguments import arguments
from benchmarks.peers.clocks import Clock
from benchmarks.peers.measuring import counting, each, meanwhile, most, told
from benchmarks.peers.punches import PRESSED, PlainPunches
from gateway.multiplexing import RpcClient
from services.attendance.service import AttendanceService
from services.attendance.storage.tables import punches
from services.attendance.usecases import projections
from shared.actor import Actor, Grant, system
from shared.audit_chain import read_keys
from shared.database import Sessions, ensure_partition, open_sessions
from shared.jsontext import dumps
from shared.working_days import WorkingDays
from tests.component.attendance.conftest import BUREAU, cycle, person, unit
from tests.support.deployment import RPC_KEYS, Deployment
from tests.support.running import spent

PEOPLE, UNITS, CLOCKS, ROWS = 5_000, 100, 16, 2_000
MONTH, FIRST, LAST = "2026-10", date(2026, 10, 1), date(2026, 10, 31)
TODAY, LATE, SPRING = (datetime.fromisoformat(one) for one in ("2026-11-30", "2026-10-14 08:40:01", "2026-03-01"))
HR = Actor("hr", "hr", BUREAU, grants=(Grant("hr", "bureau"), Grant("devices", "bureau")))
ROUND = 4  # seconds
POSTS, OF_COPY = 300, 0.25  # a second; the ratio to the peer
SLOWEST, CLOSED, GROWN = 2.0, 10.0, 100  # seconds, seconds, megabytes
SECTIONS = ("single", "bodies", "beside", "closing")


class Bench:
    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.url = deployment.named("clocks-1").url
        self.sessions: Sessions = open_sessions(deployment.database_url, "attendance")
        self.service = AttendanceService()
        self.service.database = self.sessions  # type: ignore[assignment]  # what the dependency provider gives it
        self._numbers = count()

    def settle_in(self) -> None:
        """The people, their PINs, the clocks, and what was pressed in the month that is going to be closed."""
        self._handle(projections.keep_units, [unit(f"S{n}", "station") for n in range(UNITS)])
        self._handle(projections.keep_persons, [person(f"P{n}", f"S{n % UNITS}") for n in range(PEOPLE)])
        self._handle(projections.keep_cycles, [cycle()])
        for serial in [f"C{n}" for n in range(CLOCKS)]:
            self.service.register_device(HR, {"serial": serial, "name": serial, "place": serial})
        for first in range(0, PEOPLE, 500):
            rows = [{"pin": str(n), "person": f"P{n}"} for n in range(first, first + 500)]
            self.service.enrol_persons(HR, {"enrolments": rows})
        with self.sessions.begin(HR) as session:
            ensure_partition(session, punches, "2026")
        with self.sessions.engine.begin() as connection:
            for day in WorkingDays().between(FIRST, LAST):
                connection.exec_driver_sql(PRESSED, {"day": day, "bureau": BUREAU, "people": PEOPLE})
        with self.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")

    def clock(self, number: int) -> Clock:
        return Clock(self.url, f"C{number}")

    def pushing(self, clocks: Iterable[int], rows: int = 1) -> list[Callable[[], float]]:
        """Return for each clock what pushes so many rows of this morning that nobody pushed before."""
        return [partial(self._push, self.clock(number), rows) for number in clocks]

    def _push(self, clock: Clock, rows: int) -> float:
        numbers = [next(self._numbers) for _ in range(rows)]
        return clock.push([_line(n, TODAY + timedelta(seconds=n // PEOPLE)) for n in numbers])

    def ask(self, method: str, **body: Any) -> Any:
        client = RpcClient(self.deployment.broker_url, {}, timeout=300, keys=read_keys(RPC_KEYS))
        payload = dumps({"args": [], "kwargs": {"actor": HR.to_json(), "body": body}})
        reply = client.call(f"attendance.{method}", payload, {}, read=True, timeout=300)
        client.close()
        if reply.get("error"):
            raise RuntimeError(reply["error"])
        return reply["result"]

    def signs(self, clocks: Iterable[int]) -> list[Callable[[], float]]:
        """Return for each clock what tells that it lives: the least that a call costs."""
        client = RpcClient(self.deployment.broker_url, {}, timeout=300, keys=read_keys(RPC_KEYS))
        return [partial(_sign, client, f"C{number}") for number in clocks]

    def memory(self) -> float:
        """Megabytes of the two replicas together."""
        return sum(self.deployment.named(f"attendance-{n}").resident() for n in (1, 2)) / 1e6

    def spent(self) -> dict[str, float]:
        """Seconds of processor time by kind of process; the client is this one."""
        deployed = self.deployment
        found = {name: deployed.named(f"{name}-1").spent() for name in ("clocks", "attendance")}
        found["attendance"] += deployed.named("attendance-2").spent()
        servers = {"postgres": deployed.postgres.pid(), "broker": deployed.broker.pid}
        return found | {name: spent(pid) for name, pid in servers.items() if pid} | {"client": process_time()}

    def _handle(self, keep: Any, states: list[Any]) -> None:
        with self.sessions.begin_handling(states) as session:
            keep(session, states)


def _sign(client: RpcClient, serial: str) -> float:
    kwargs = {"actor": system("").to_json(), "body": {"serial": serial, "address": "127.0.0.1"}}
    started = perf_counter()
    reply = client.call("attendance.note_device", dumps({"args": [], "kwargs": kwargs}), {}, timeout=300)
    if reply.get("error"):
        raise RuntimeError(reply["error"])
    return perf_counter() - started


def main(sections: Sequence[str] = ()) -> int:
    wanted = [one for one in SECTIONS if one in sections] or list(SECTIONS)
    others = os.getloadavg()[0]
    sys.stdout.write(f"  {os.cpu_count()} cores, load before the start {others:.1f}\n")
    with _deployed() as bench:
        bench.settle_in()
        kept = [_MEASURED[one](bench) for one in wanted]
    judged = others < (os.cpu_count() or 1)
    if not judged:
        sys.stdout.write("    the machine was busy with other things: the limits are not judged\n")
    return 0 if all(kept) or not judged else 1


def _single(bench: Bench) -> bool:
    """Every clock pushes one punch at a time, then as many connections insert one row at a time; three rounds of each."""
    pushing = bench.pushing(range(CLOCKS))
    plain = PlainPunches(bench.sessions.engine, "plain1", SPRING)
    own, peer, least = list[float](), list[float](), list[float]()
    rates, used, bound = [], Counter[str](), Counter[str]()
    signs = bench.signs(range(CLOCKS))
    for _ in range(3):
        with meanwhile(pushing) as times, counting(bench.spent, used):
            sleep(ROUND)
        with meanwhile([plain.insert] * CLOCKS) as inserted:
            sleep(ROUND)
        with meanwhile(signs) as signed, counting(bench.spent, bound):
            sleep(ROUND / 2)
        own, peer, least = own + times, peer + inserted, least + signed
        rates.append((len(times) / ROUND, len(inserted) / ROUND))
    rate, plainly = (median(one) for one in zip(*rates, strict=True))
    sys.stdout.write(
        f"single posts by {CLOCKS} clocks: {rate:.0f} a second (limit {POSTS}), {told(own)} (aim 100 ms at p99); peer, one INSERT a"
        f" transaction: {plainly:.0f} a second, {told(peer)}; ratio {rate / plainly:.2f}\n  {each(used, len(own), 'post')}\n"
        f"  {each(bound, len(least), 'call that commits nothing')}; by them {most(used, len(own)):.0f} posts a second at most\n"
    )
    return rate >= POSTS


def _bodies(bench: Bench) -> bool:
    """A body of 2,000 rows, then 2,000 rows by COPY, fifteen times; the median of each."""
    push, plain = bench.pushing([0], ROWS)[0], PlainPunches(bench.sessions.engine, "plain2", SPRING)
    used, copied, times = Counter[str](), Counter[str](), []
    for _ in range(15):
        with counting(bench.spent, used):
            own = push()
        with counting(bench.spent, copied):
            times.append((own, plain.copy(ROWS)))
    own, peer = (median(one) for one in zip(*times, strict=True))
    spare = sum(copied.values()) / sum(used.values())
    sys.stdout.write(
        f"bodies of {ROWS:,} rows: {ROWS / own:,.0f} rows a second ({own * 1e3:.0f} ms); peer, COPY: {ROWS / peer:,.0f}"
        f" ({peer * 1e3:.0f} ms); ratio {peer / own:.2f} (limit {OF_COPY}), of processor time {spare:.2f}\n  {each(used, 15, 'body')}\n"
        f"  {each(copied, 15, 'COPY')}\n"
    )
    return peer / own >= OF_COPY


def _beside(bench: Bench) -> bool:
    """Ten clocks at half past eight, while one replays its memory."""
    with meanwhile(bench.pushing([15], ROWS)) as replayed, meanwhile(bench.pushing(range(10)), 0.25) as waited:
        sleep(15)
    sys.stdout.write(
        f"10 clocks beside one that replays {len(replayed) * ROWS:,} rows in 15 s: {len(waited)} punches, {told(waited)},"
        f" slowest {max(waited):.2f} s (limit {SLOWEST:g})\n"
    )
    return max(waited) < SLOWEST


def _closing(bench: Bench) -> bool:
    """A month closed while eight clocks punch, and one sends punches of that very month; then more of these."""
    before, numbers, used = bench.memory(), count(), Counter[str]()
    clock = bench.clock(9)

    def late() -> float:
        return clock.push([_line(next(numbers), LATE)])

    with (
        meanwhile(bench.pushing(range(8)), 0.1) as waited,
        meanwhile([late], 0.5) as inside,
        meanwhile([bench.memory], 0.2) as megabytes,
        counting(bench.spent, used),
    ):
        started = perf_counter()
        closed = bench.ask("close_month", month=MONTH)
        seconds = perf_counter() - started
    with meanwhile([late]) as afterwards:
        sleep(3)
    grown = max(megabytes) - before
    sys.stdout.write(
        f"{closed['persons']:,} people's month closed in {seconds:.1f} s (limit {CLOSED:g}) while {len(waited)} punches came: longest wait"
        f" {max(waited):.2f} s, of {len(inside)} in that month {max(inside):.2f} s (limit {SLOWEST:g}); memory {before:.0f} MB and"
        f" {grown:.0f} more (limit {GROWN}); late punches into the closed month {told(afterwards)}\n"
        f"  {each(used, 1, 'closing with the punches that came meanwhile')}\n"
    )
    return seconds < CLOSED and max([*waited, *inside]) < SLOWEST and grown < GROWN


def _line(number: int, at: datetime) -> str:
    return f"{number % PEOPLE}\t{at:%Y-%m-%d %H:%M:%S}\t255\t1\t0\t0\n"


@contextmanager
def _deployed() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory(prefix="kaohe-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        deployment = Deployment(Path(folder), only=("clocks", "attendance"))
        try:
            deployment.start()
            yield Bench(deployment)
        finally:
            deployment.stop()


_MEASURED = {"single": _single, "bodies": _bodies, "beside": _beside, "closing": _closing}

if __name__ == "__main__":
    sys.exit(main(arguments(__doc__, *SECTIONS).words))
