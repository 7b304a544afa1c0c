"""A leader of two PostgreSQL servers is lost, again and again, while others write through the product's connections; part of ``make faults``.

    python -m tests.cluster.two_databases [--seconds SECONDS] [--patroni]

By turns it is killed (-9, all its processes) and stopped (SIGSTOP), and then killed when the other one leads already. A commit is
acknowledged only when both have it. Who notices, promotes and fences is a few lines of ``pair.py``, or Debian's Patroni as ops/postgres/patroni.yml has it.
Prints what was acknowledged, what is missing or twice, and for how long nobody could write; ends with 1 where something is.
"""

import argparse
import itertools
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import create_engine, text

from tests.cluster.pair import PATIENCE, Pair, Server
from tests.cluster.patroni import Patronis
from tests.support.composition import ROOT
from tests.support.folders import reachable_folder
from tests.support.waiting import until

BETWEEN = 5.0  # seconds in which both servers are left alone
WAYS = {"killed": signal.SIGKILL, "stopped": signal.SIGSTOP}
KINDS = ("green", "threads")  # services, and the gateway
Line = tuple[str, int]


def main() -> int:
    parser = argparse.ArgumentParser(description="Lose the leader of two databases while others write.")
    parser.add_argument("--seconds", type=float, default=60.0, help="so long leaders are lost, each way at least once")
    parser.add_argument("--patroni", action="store_true", help="Patroni decides, with an etcd of its own")
    chosen = parser.parse_args()
    with reachable_folder(Path("/var/tmp")) as folder:
        pair = Patronis(folder) if chosen.patroni else Pair(Server(folder / "one"), folder / "other")
        try:
            pair.start()
            _asked(pair, "CREATE TABLE line (writer text, number integer)")
            with _written(pair, folder) as files:
                _lose_leaders(pair, files, chosen.seconds)
            told = {line for file in files for line, _ in _acknowledged(file)}
            there = Counter[Line]({(one.writer, one.number): one.often for one in _asked(pair, THERE)})
        finally:
            pair.stop()
    lost = told - set(there)
    doubled = [line for line, often in there.items() if often > 1]
    click.echo(f"{len(told)} acknowledged, {len(lost)} lost, {len(doubled)} doubled")
    return 1 if lost or doubled else 0


THERE = "SELECT writer, number, count(*) AS often FROM line GROUP BY writer, number"


def _lose_leaders(pair: Pair | Patronis, files: list[Path], seconds: float) -> None:
    begun, losses = time.monotonic(), 0
    while losses < len(WAYS) or time.monotonic() - begun < seconds:
        way = list(WAYS)[losses % len(WAYS)]
        time.sleep(BETWEEN)
        struck = time.monotonic()
        pair.lose(WAYS[way])
        led = time.monotonic()
        assert until(lambda led=led: all(_moments(file)[-1] > led for file in files), PATIENCE), "nobody writes"  # type: ignore[misc]
        told = [f"leader {way}: the other one led after {led - struck:.1f} s"]
        for kind, file in zip(KINDS, files, strict=True):
            pauses = [after - before for before, after in itertools.pairwise(_moments(file)) if after > struck]
            told.append(f"{kind} could not write for {max(pauses):.1f} s")
        click.echo(", ".join(told))
        pair.take_back()
        losses += 1


@contextmanager
def _written(pair: Pair | Patronis, folder: Path) -> Iterator[list[Path]]:
    """Let a process of each kind write; at the end each has ended what it began. Gives where each notes what was acknowledged."""
    files, processes = [folder / kind for kind in KINDS], list[subprocess.Popen[bytes]]()
    url = pair.url
    try:
        for kind, file in zip(KINDS, files, strict=True):
            command = [sys.executable, "-W", "ignore", "-m", "tests.cluster.writing", kind, url]
            with file.open("wb") as output:
                processes.append(subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=output))
        assert until(lambda: all(_moments(file) for file in files), PATIENCE), "nobody begins to write"
        yield files
        for one in processes:
            one.communicate(timeout=PATIENCE)
            assert one.returncode == 0
    finally:
        for one in processes:
            one.kill()
            one.wait()


def _acknowledged(file: Path) -> Iterator[tuple[Line, float]]:
    text_of_it = file.read_text(encoding="ascii")
    for line in itertools.takewhile(lambda one: one.endswith("\n"), text_of_it.splitlines(keepends=True)):
        writer, number, moment = line.split()
        yield (writer, int(number)), float(moment)


def _moments(file: Path) -> list[float]:
    return sorted(moment for _, moment in _acknowledged(file))


def _asked(pair: Pair | Patronis, statement: str) -> list[Any]:
    engine = create_engine(pair.url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return list(result) if result.returns_rows else []
    finally:
        engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
