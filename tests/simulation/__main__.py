"""`python -m tests.simulation`: the whole system in one process, one seed after the other, until one of them fails or the time is over."""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count

import click
from flask import Flask

from gateway.app import create_app
from shared import logs
from shared.database import open_sessions
from shared.embedded.postgres import EmbeddedPostgres
from shared.settings import Settings, settings
from tests.simulation.bureau import Bureau, founded
from tests.simulation.nature import Clock, determined
from tests.simulation.planted import PLANTED
from tests.simulation.run import Outcome, simulate
from tests.support.databases import Databases
from tests.support.folders import fleeting_folder

SECRET = "a secret of the simulation, 32 characters or more"
NOWHERE = "postgresql+psycopg2://nobody@127.0.0.1:1/none"
NOTHING = "nothing"
TRIED = 10  # seeds in which a planted fault has to be found
SHOWN = 60  # of what happened last before a failure


def main() -> int:
    chosen = _arguments()
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets is chance, too
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, "-W", "ignore", "-m", "tests.simulation", *sys.argv[1:]])
    logs.configure("simulation", "CRITICAL")
    with tempfile.TemporaryDirectory() as var, _cluster() as cluster, Databases(cluster, {}) as databases:
        _use(cluster, var)
        with determined(Clock(), "bureau"):
            bureau = founded(databases)
        app = create_app(open_sessions(NOWHERE, "gateway"), object())  # type: ignore[arg-type]  # each run brings its own parts
        runs = Runs(databases, bureau, var, chosen.size, app)
        return _run_all(chosen, runs) or (_prove(chosen, runs) if chosen.prove else 0)


@dataclass(frozen=True)
class Runs:
    """Whatever runs need; each takes a copy of the bureau's database."""

    databases: Databases
    bureau: Bureau
    var: str
    size: int
    app: Flask

    def run(self, seed: int, plant: str = NOTHING) -> Outcome:
        with self.databases.copy_of(self.bureau.template) as url, PLANTED[plant]():
            _use(url, self.var)
            return simulate(seed, url, self.app, self.bureau, self.size)


def _run_all(chosen: argparse.Namespace, runs: Runs) -> int:
    begun, operations, faults = time.monotonic(), 0, Counter[str]()
    for seed in range(chosen.first, chosen.first + chosen.seeds) if chosen.seeds else count(chosen.first):
        if time.monotonic() - begun > chosen.minutes * 60:
            break
        outcome = runs.run(seed, chosen.plant)
        operations, faults = operations + outcome.operations, faults + Counter(outcome.faults)
        _tell(outcome)
        if outcome.wrong:
            _tell_failure(outcome, chosen)
            return 1
    minutes = (time.monotonic() - begun) / 60
    told = ", ".join(f"{number} x {fault}" for fault, number in sorted(faults.items()))
    click.echo(f"{operations} operations in {minutes:.1f} minutes, {faults.total()} faults ({told}), 0 lost, 0 twice")
    return 0


def _prove(chosen: argparse.Namespace, runs: Runs) -> int:
    """Show that a seed brings the same again, and that each planted fault is found and found again."""
    first, again = runs.run(chosen.first), runs.run(chosen.first)
    click.echo(f"seed {chosen.first} again: {'the same' if first.digest == again.digest else 'ANOTHER COURSE'}")
    right = first.digest == again.digest
    for plant in sorted(set(PLANTED) - {NOTHING}):
        seeds = range(chosen.first, chosen.first + TRIED)
        found = next((one for one in (runs.run(seed, plant) for seed in seeds) if one.wrong), None)
        same = found is not None and runs.run(found.seed, plant).wrong == found.wrong
        click.echo(
            f"{plant}: {f'found by seed {found.seed}, {len(found.wrong)} wrong' if found else 'NOT FOUND'}, again: {same}"
        )
        right &= same
    return 0 if right else 1


def _tell(outcome: Outcome) -> None:
    told = "wrong" if outcome.wrong else "all is well"
    faults = sum(outcome.faults.values())
    click.echo(
        f"seed {outcome.seed}: {outcome.operations} operations, {faults} faults, {told}, {outcome.digest[:16]}",
    )


def _tell_failure(outcome: Outcome, chosen: argparse.Namespace) -> None:
    click.echo("\n".join(outcome.lines[-SHOWN:]))
    click.echo("\n".join(outcome.wrong))
    click.echo(
        f"The same again: .venv/bin/python -m tests.simulation --first {outcome.seed} --seeds 1 --size {chosen.size}"
    )


def _use(url: str, var: str) -> None:
    keys = f"1:{'a' * 32}"
    settings.use(
        replace(Settings(), database_url=url, broker_url="embedded://", secret=SECRET, audit_keys=keys, var=var)
    )


@contextmanager
def _cluster() -> Iterator[str]:
    with fleeting_folder() as folder:
        postgres = EmbeddedPostgres(folder / "postgres", durable=False)
        try:
            yield postgres.start()
        finally:
            postgres.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=0, help="how many; 0: as many as the time allows")
    parser.add_argument("--minutes", type=float, default=60.0, help="no seed is begun after so many")
    parser.add_argument("--size", type=int, default=60, help="declarations of a run; the rest in proportion")
    parser.add_argument(
        "--plant", choices=sorted(PLANTED), default=NOTHING, help="a fault of the product, which has to be found"
    )
    parser.add_argument("--prove", action="store_true", help="show that seeds repeat and that planted faults are found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
