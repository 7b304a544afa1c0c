"""`python -m tests.faults`: faults of a seed on the deployment while people and clocks work, one round after the other; then the checker looks.

A seed fixes which faults come, in which order, to whom and for how long; what they meet is as it happens on the machine.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import click

from shared import logs
from tests.faults.bureau import Tried, tried
from tests.faults.checking import wrong
from tests.faults.clients import PATIENCE, Clients
from tests.faults.disk import small_disk
from tests.faults.ending import answered, heal, prove
from tests.faults.schedule import Fault, schedule, strike
from tests.support.folders import reachable_folder


@dataclass
class Round:
    """What came of one seed."""

    seed: int
    faults: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    punches: int = 0
    tries: int = 0
    longest: float = 0.0  # seconds after a fault until somebody was answered again
    ended: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def main() -> int:
    chosen = _arguments()
    logs.configure("faults", "CRITICAL")
    begun, rounds = time.monotonic(), list[Round]()
    while not rounds or (time.monotonic() - begun < chosen.minutes * 60 and not rounds[-1].wrong):
        rounds.append(_round(chosen.seed + len(rounds), chosen))
        _tell(rounds[-1])
    _tell_all(rounds)
    return 1 if rounds[-1].wrong else 0


def _round(seed: int, chosen: argparse.Namespace) -> Round:
    one, begun = Round(seed), time.monotonic()
    with (
        reachable_folder(Path("/var/tmp")) as folder,
        small_disk(folder) as disk,
        _kept(folder, chosen),
        tried(disk) as deployment,
    ):
        click.echo(f"seed {seed}: ready after {time.monotonic() - begun:.0f} s; disk: {disk.told}")
        clients = Clients(deployment, seed, chosen.size, chosen.pause)
        clients.start()
        _strike(deployment, clients, one, chosen)
        heal(deployment, clients)
        one.wrong = [*clients.wrong, *wrong(deployment, clients)]
        if chosen.prove and not one.wrong:
            one.wrong = prove(deployment, clients)
        one.answered, one.tries, one.ended = clients.answered, clients.tries, deployment.ended
        one.punches = clients.kept.punches.total()
    one.seconds = time.monotonic() - begun
    return one


def _strike(deployment: Tried, clients: Clients, one: Round, chosen: argparse.Namespace) -> None:
    names = [running.name for running in deployment.running]
    faults = islice(schedule(one.seed, names, deployment.lines, chosen.longest), chosen.faults)
    for number, fault in enumerate(faults):
        clients.share = number / chosen.faults
        begun = time.monotonic()
        strike(deployment, fault)
        one.faults[fault.kind] += 1
        struck = time.monotonic()
        if not answered(deployment, clients):
            clients.wrong.append(f"after {fault} nobody was answered for {PATIENCE:.0f} s")
        after = time.monotonic() - struck
        one.longest = max(one.longest, after)
        _note(fault, struck - begun, after, clients.operations)
        if clients.wrong:
            return
        time.sleep(chosen.between)


def _note(fault: Fault, lasted: float, after: float, operations: int) -> None:
    click.echo(
        f"  {fault.kind}: {fault.victim}, {lasted:.1f} s; answered again after {after:.1f} s; {operations} operations"
    )


def _tell(one: Round) -> None:
    told = "\n  ".join(one.wrong) if one.wrong else "all is well"
    click.echo(f"seed {one.seed}: {_figures([one])}: {told}")


def _tell_all(rounds: list[Round]) -> None:
    faults = sum((one.faults for one in rounds), Counter[str]())
    answered = sum((one.answered for one in rounds), Counter[str]())
    click.echo(_listed(answered))
    click.echo(_listed(faults))
    click.echo(f"seeds {rounds[0].seed} to {rounds[-1].seed}: {_figures(rounds)}")


def _figures(rounds: list[Round]) -> str:
    operations = sum(one.answered.total() for one in rounds)
    lost = sum(len(one.wrong) for one in rounds)
    ended = _listed(Counter(name for one in rounds for name in one.ended)) or "none"
    return (
        f"{operations} operations acknowledged in {sum(one.tries for one in rounds)} tries ({sum(one.punches for one in rounds)} punches), "
        f"{sum(one.faults.total() for one in rounds)} faults, {lost} lost or doubled, in {sum(one.seconds for one in rounds) / 60:.1f} minutes; "
        f"at most {max(one.longest for one in rounds):.0f} s without an answer after a fault; ended by themselves and started again: {ended}"
    )


def _listed(counted: "Counter[str]") -> str:
    return ", ".join(f"{number} x {name}" for name, number in sorted(counted.items()))


@contextmanager
def _kept(folder: Path, chosen: argparse.Namespace) -> Iterator[None]:
    """With --keep the logs of processes and broker stay."""
    try:
        yield
    finally:
        if chosen.keep:
            for log in (*folder.glob("disk/*.log"), *folder.glob("disk/rabbitmq/log/*")):
                (chosen.keep / log.name).write_bytes(log.read_bytes())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first round; the next ones follow")
    parser.add_argument("--minutes", type=float, default=0.0, help="no round is begun after so many; 0: one round")
    parser.add_argument("--faults", type=int, default=70, help="of a round")
    parser.add_argument("--longest", type=float, default=20.0, help="seconds that a fault lasts at most")
    parser.add_argument("--between", type=float, default=2.0, help="seconds between two faults")
    parser.add_argument("--size", type=int, default=200, help="declarations of a round")
    parser.add_argument(
        "--pause", type=float, default=0.05, help="longest pause of a client after an answer, in seconds"
    )
    parser.add_argument("--prove", action="store_true", help="show afterwards that losses and doubles are found")
    parser.add_argument("--keep", type=Path, help="a folder for the logs of the last round")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
