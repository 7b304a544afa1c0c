"""What is done to the deployment, in which order, to whom and for how long: drawn from a seed."""

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.faults.bureau import SERVERS, Tried, signal_group

LARGEST_ERROR = 55.0  # seconds by which a clock is wrong: two are never further apart than requests may be (shared/messaging/signing.py)
# Of each kind how often it is drawn; the broker takes long to come back, and ends by itself where the disk is full.
KINDS = {
    "process killed": 6,
    "process stopped": 5,
    "process restarted": 3,
    "broker killed": 1,
    "broker stopped": 2,
    "broker restarted": 1,
    "database killed": 2,
    "database stopped": 2,
    "database restarted": 2,
    "connections cut": 6,
    "connections delayed": 4,
    "connections black-holed": 5,
    "disk full": 1,
    "clock skewed": 4,
}
_HOW = {"connections cut": "cut", "connections delayed": "delay", "connections black-holed": "hole"}


@dataclass(frozen=True)
class Fault:
    """``victim``: a process, a server, or the connections of one process or of all; ``seconds`` it lasts."""

    kind: str
    victim: str
    seconds: float
    error: float = 0.0  # of a clock


def schedule(seed: int, names: list[str], lines: list[str], longest: float) -> Iterator[Fault]:
    """Yield faults without end: first each kind once, then by their weights. Every process has its turn before one has its second."""
    random = Random(f"faults {seed}")
    turns = {
        kind: _turns(random, names)
        for kind in ("process killed", "process stopped", "process restarted", "clock skewed")
    }
    kinds = list(KINDS)
    random.shuffle(kinds)
    while True:
        kind = kinds.pop() if kinds else random.choices(list(KINDS), list(KINDS.values()))[0]
        if kind in turns:
            victim = next(turns[kind])
        elif kind in _HOW:
            victim = random.choice([*lines, *SERVERS, *SERVERS, *SERVERS])
        else:
            victim = kind.partition(" ")[0]
        seconds = random.choice((0.2, 0.4, 1.0)) * longest
        yield Fault(kind, victim, seconds, random.uniform(-LARGEST_ERROR, LARGEST_ERROR))


def strike(deployment: Tried, fault: Fault) -> None:
    """Do ``fault``, and undo it after its time."""
    kind, victim = fault.kind, fault.victim
    if kind in _HOW:
        lines = [line for line in deployment.lines if line == victim or line.endswith(f"/{victim}")]
        deployment.let(_HOW[kind], lines)
        time.sleep(fault.seconds)
        deployment.let("pass", lines)
    elif kind == "clock skewed":
        deployment.set_clock(victim, fault.error)
    elif kind == "disk full":
        _fill(deployment, fault.seconds)
    else:
        _OF_SERVERS.get(kind, _of_a_process)(deployment, fault)


def _turns(random: Random, names: list[str]) -> Iterator[str]:
    while True:
        yield from random.sample(names, len(names))


def _of_a_process(deployment: Tried, fault: Fault) -> None:
    one = deployment.named(fault.victim)
    if fault.kind == "process stopped":
        signal_group(one.pid, signal.SIGSTOP)
        time.sleep(fault.seconds)
        signal_group(one.pid, signal.SIGCONT)
        return
    one.kill() if fault.kind == "process killed" else one.stop()
    time.sleep(min(fault.seconds, 1.0))
    one.start()


def _broker_killed(deployment: Tried, _: Fault) -> None:
    deployment.broker.kill()
    deployment.broker.start()


def _broker_stopped(deployment: Tried, fault: Fault) -> None:
    signal_group(deployment.broker.pid, signal.SIGSTOP)
    time.sleep(fault.seconds)
    signal_group(deployment.broker.pid, signal.SIGCONT)


def _broker_restarted(deployment: Tried, _: Fault) -> None:
    deployment.broker.stop()
    deployment.broker.start()


def _database_killed(deployment: Tried, _: Fault) -> None:
    deployment.kill_database()


def _database_stopped(deployment: Tried, fault: Fault) -> None:
    deployment.signal_database(signal.SIGSTOP)
    time.sleep(fault.seconds)
    deployment.signal_database(signal.SIGCONT)


def _database_restarted(deployment: Tried, _: Fault) -> None:
    deployment.postgres.stop()
    assert deployment.postgres.start() == deployment.database_url


def _fill(deployment: Tried, seconds: float) -> None:
    deployment.disk.fill(deployment.postgres.pid())
    time.sleep(seconds)
    deployment.disk.free(deployment.postgres.pid())


_OF_SERVERS: dict[str, Callable[[Tried, Fault], None]] = {
    "broker killed": _broker_killed,
    "broker stopped": _broker_stopped,
    "broker restarted": _broker_restarted,
    "database killed": _database_killed,
    "database stopped": _database_stopped,
    "database restarted": _database_restarted,
}
