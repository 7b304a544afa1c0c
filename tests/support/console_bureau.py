"""Fills the demo bureau of a running system with what the console's browser tests look at: `python -m tests.support.console_bureau URL VAR`."""

import sys
from pathlib import Path

from rich.console import Console

from ops.demo import file
from ops.demo.load import BUREAU
from ops.simulation.command import simulation
from ops.simulation.context import Simulation
from ops.simulation.declaring import Month
from ops.simulation.journal import Journal
from ops.simulation.year import Clockwork, _prepare


def fill(url: str, var: Path) -> None:
    """Claims, punches, cases; January assessed, February verified, March declared, everything later left to the tests."""
    entries = [entry for entry in file.read(var) if entry["bureau"] == BUREAU]
    sim: Simulation = simulation(url, entries, "2026", 7, Journal(None), 4)
    with Clockwork(sim, Console(stderr=True)) as clock:
        _prepare(sim, clock)
        for number, steps in ((1, 3), (2, 2), (3, 1)):
            month = Month(sim, number)
            for step in (month.declare, month.verify, month.assess)[:steps]:
                step(lambda _: None)


if __name__ == "__main__":
    fill(sys.argv[1], Path(sys.argv[2]))
