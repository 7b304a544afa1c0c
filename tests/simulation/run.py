"""One run: a seed decides which step comes next and what goes wrong in it; then all is well again, and the checker looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from unittest.mock import patch

from flask import Flask
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from tests.simulation.bureau import Bureau
from tests.simulation.checking import wrong
from tests.simulation.clients import Clients, Refused
from tests.simulation.deliveries import Deliveries
from tests.simulation.fate import Fate, Killed
from tests.simulation.lives import Acknowledged, lives
from tests.simulation.nature import Clock, determined
from tests.simulation.processes import EVERYTHING, PROCESSES, Processes
from tests.simulation.timers import Timers

LONGEST_STEP = 0.4  # seconds between two steps
HEALING = 20_000  # steps in which all has to come to its end once nothing goes wrong any more


@dataclass
class Outcome:
    seed: int
    operations: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    digest: str = ""
    lines: list[str] = field(default_factory=list)  # the last things that happened


class Run:
    def __init__(self, seed: int, url: str, app: Flask, bureau: Bureau, size: int) -> None:
        self.seed, self.clock, self.fate = seed, Clock(), Fate(seed)
        self.kept = Acknowledged()
        self.processes = Processes(url, app, self.fate, self.clock)
        self.deliveries = Deliveries(url, self.processes)
        self.timers = Timers(self.processes)
        self.clients = Clients(app, bureau, self.processes, lives(bureau, Random(f"lives {seed}"), self.kept, size))

    def live(self) -> None:
        """Let everything happen, until every client has been answered."""
        self.fate.armed = True
        for name in PROCESSES:
            self.processes.set_clock(name)
        while self.clients.waiting:
            self._step()
        self.fate.armed = False
        for name in PROCESSES:
            self.processes.set_clock(name)

    def heal(self) -> None:
        """Let what is under way come to its end."""
        for _ in range(HEALING):
            if not self._settle():
                return
        raise Refused(f"it does not come to rest: {self.deliveries.left()}")

    def close(self) -> None:
        self.deliveries.close()
        self.processes.close()

    def _step(self) -> None:
        self.clock.pass_by(self.fate.random.uniform(0, LONGEST_STEP))
        if self.fate.strikes("a clock is set"):
            self.processes.set_clock(self.fate.random.choice(PROCESSES))
        try:
            self.deliveries.happen()
            self._one_of_all()
        except Killed as killed:
            self._begin_again(killed.process)

    def _one_of_all(self) -> None:
        what = self.fate.random.choices(("client", "relay", "deliver", "again", "timer"), (40, 25, 25, 5, 2))[0]
        if what == "client" and (ready := self.clients.ready()):
            self.clients.send(self.fate.random.choice(ready))
        elif what == "relay":
            self.deliveries.relay(self.fate.random.choice(PROCESSES))
        elif what == "deliver" and (filled := self.deliveries.filled()):
            self.deliveries.deliver(self.fate.random.choice(filled))
        elif what == "again" and self.processes.again:
            again = self.processes.again
            self.processes.serve(again.pop(self.fate.random.randrange(len(again))))
        elif what == "timer":
            self.timers.ring()

    def _begin_again(self, process: str) -> None:
        self.fate.note(f"begun again: {process}")
        self.processes.begin(process)
        if process == EVERYTHING:
            self.deliveries.begin()

    def _settle(self) -> bool:
        """Do what there is to do; tell whether there was anything."""
        if self.processes.again:
            self.processes.serve(self.processes.again.pop())
            return True
        if sum(self.deliveries.relay(name) for name in PROCESSES):
            return True
        if filled := self.deliveries.filled():
            self.deliveries.deliver(filled[0])
            return True
        if self.deliveries.next_at is not None:
            self.clock.pass_by(max(0.0, self.deliveries.next_at - self.clock.seconds))
            self.deliveries.happen()
            return True
        return self.timers.ring_all()


def simulate(seed: int, url: str, app: Flask, bureau: Bureau, size: int) -> Outcome:
    """Return what came of the run of ``seed`` on a copy of the bureau's database at ``url``."""
    outcome = Outcome(seed)
    with _begun(seed, url, app, bureau, size) as run:
        try:
            run.live()
            run.heal()
            outcome.wrong = [*run.processes.faults, *wrong(run)]
        except Refused as refused:
            outcome.wrong = [*run.processes.faults, str(refused)]
        outcome.operations, outcome.faults = run.clients.answered, dict(run.fate.faults)
        outcome.digest, outcome.lines = run.fate.digest, list(run.fate.lines)
    return outcome


@contextmanager
def _begun(seed: int, url: str, app: Flask, bureau: Bureau, size: int) -> Iterator[Run]:
    run = Run(seed, url, app, bureau, size)

    def commit(dialect: PGDialect_psycopg2, connection: object) -> None:
        run.processes.commit(dialect, connection)

    with determined(run.clock, str(seed)), patch.object(PGDialect_psycopg2, "do_commit", commit):
        try:
            yield run
        finally:
            run.close()
