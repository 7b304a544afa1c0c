"""The whole deployment on three nodes of RabbitMQ and two PostgreSQL servers, which are lost in turn while people work; part of ``make faults``.

    python -m tests.cluster.deployment [--seconds SECONDS] [--seed SEED] [--prove]

The leading database is killed (-9, all its processes) or stopped (SIGSTOP), and then killed when the other one leads already: who
notices, promotes and fences is a few lines of ``pair.py``, in the place of the operator's Patroni. Each node of the broker is killed in
its turn and started again once people were answered without it. Prints what was acknowledged, what is missing or twice, and for how
long nobody could write; ends with 1 where something is not as it has to be.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from typing import Any, cast

import click

from shared import logs
from tests.cluster.brokers import Brokers
from tests.cluster.pair import Pair, Server
from tests.faults.bureau import Tried, use
from tests.faults.checking import wrong
from tests.faults.clients import PATIENCE, Clients
from tests.faults.disk import Disk
from tests.faults.ending import answered, heal, prove
from tests.support.composition import Process
from tests.support.folders import reachable_folder

BETWEEN = 5.0  # seconds in which everything is left alone, or one is away


class Doubled(Tried):
    """Each process has the addresses of both databases, and that of the brokers."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(disk)
        self.pair = Pair(Server(self.folder / "postgres"), self.folder / "other")
        self.brokers = Brokers(self.folder / "rabbitmq")
        self.postgres, self.broker = self.pair.leader, cast(Any, self.brokers)

    def start(self, *, broker: bool = True) -> None:
        super().start(broker=broker)
        self.database_url = self.pair.through(self.database_url)
        use(self)

    def stop(self) -> None:
        try:
            super().stop()
        finally:
            self.pair.stop()

    def lose_database(self, how: signal.Signals) -> Callable[[], None]:
        """Lose the leading one; return what makes of it the follower of the other, which leads now."""
        self.pair.lose(how)
        self.postgres = self.pair.leader
        return self.pair.take_back

    def lose_broker(self, number: int) -> Callable[[], None]:
        """Kill a node of the broker; return what starts it again."""
        node = self.brokers.nodes[number]
        node.kill()
        return lambda: cast(None, node.start())

    def _broker_accounts(self) -> tuple[str, ...]:
        return (*super()._broker_accounts(), "--cluster")

    def _run_once(self, process: Process) -> None:
        super()._run_once(process)
        self.pair.follow()

    def _through(self, line: str, url: str) -> str:
        return self.pair.through(url) if line.endswith("/database") else super()._through(line, url)


class Silence:
    """The longest time without an acknowledgement, since it was asked last."""

    def __init__(self, clients: Clients) -> None:
        self._clients, self._over = clients, Event()
        self._longest = 0.0
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def taken(self) -> float:
        longest, self._longest = self._longest, 0.0
        return longest

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _listen(self) -> None:
        heard, last = self._clients.operations, time.monotonic()
        while not self._over.wait(0.02):
            if self._clients.operations != heard:
                heard, last = self._clients.operations, time.monotonic()
            self._longest = max(self._longest, time.monotonic() - last)


def main() -> int:
    chosen = _arguments()
    logs.configure("faults", "CRITICAL")
    begun = time.monotonic()
    with _doubled() as deployment:
        click.echo(f"ready after {time.monotonic() - begun:.0f} s")
        clients = Clients(deployment, chosen.seed, chosen.size, 0.05)
        clients.start()
        losses = _lose_in_turn(deployment, clients, chosen.seconds)
        heal(deployment, clients)
        found = [*clients.wrong, *wrong(deployment, clients)]
        if chosen.prove and not found:
            found = prove(deployment, clients)
        ended = ", ".join(deployment.ended) or "none"
        click.echo(
            f"{losses} losses; {clients.operations} operations acknowledged in {clients.tries} tries ({clients.kept.punches.total()} punches), "
            f"{len(found)} lost or doubled; ended by themselves and started again: {ended}"
        )
        for one in found:
            click.echo(f"  {one}")
        return 1 if found else 0


def _lose_in_turn(deployment: Doubled, clients: Clients, seconds: float) -> int:
    """Lose one after the other for so long, each at least once; return how many were."""
    ways: dict[str, Callable[[], Callable[[], None]]] = {
        "leading database killed": lambda: deployment.lose_database(signal.SIGKILL),
        **{
            f"node {number + 1} of the broker killed": lambda number=number: deployment.lose_broker(number)  # type: ignore[misc]
            for number in range(len(deployment.brokers.nodes))
        },
        "leading database stopped": lambda: deployment.lose_database(signal.SIGSTOP),
    }
    begun, losses, silence = time.monotonic(), 0, Silence(clients)
    for way, lose in cycle(ways.items()):
        over = (time.monotonic() - begun) / seconds
        if clients.wrong or (losses >= len(ways) and over > 1):
            break
        clients.share = min(max(over, losses / len(ways)), 1.0)
        time.sleep(BETWEEN)
        usual = silence.taken()
        again = lose()
        losses += 1
        if not answered(deployment, clients):
            clients.wrong.append(f"{way}: nobody was answered for {PATIENCE:.0f} s")
            break
        time.sleep(BETWEEN)  # without it
        click.echo(
            f"  {way}: nobody could write for {silence.taken():.1f} s (before it at most {usual:.1f} s); {clients.operations} operations"
        )
        again()
    silence.end()
    return losses


@contextmanager
def _doubled() -> Iterator[Doubled]:
    with reachable_folder(Path("/var/tmp")) as folder:
        place = folder / "disk"
        place.mkdir(mode=0o755)
        deployment = Doubled(Disk(place, mounted=False))
        try:
            deployment.start()
            yield deployment
        finally:
            deployment.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Lose databases and brokers under the whole deployment.")
    parser.add_argument("--seconds", type=float, default=120.0, help="so long they are lost, each at least once")
    parser.add_argument("--seed", type=int, default=1, help="of what people and clocks do")
    parser.add_argument("--size", type=int, default=60, help="declarations")
    parser.add_argument("--prove", action="store_true", help="show afterwards that losses and doubles are found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
