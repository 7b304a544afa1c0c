"""A year of 300 staff scored: 100,000 facts, the reference library. Peer: the slow obvious recomputation, in memory.

``python -m benchmarks.scoring``; exits with 1 where a limit is passed.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from benchmarks.peers.arguments import arguments
from benchmarks.peers.measuring import seconds
from services.scoring.domain.frame import Frame
from services.scoring.storage.facts import SUBJECTS_AT_ONCE, read_dossiers
from services.scoring.storage.projections import read_frame
from services.scoring.usecases import runs
from services.scoring.usecases.scoring import score_bureau
from shared.database import open_sessions
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, states_of
from tests.oracle.recompute import recompute
from tests.oracle.worlds import reference_bureau
from tests.support.measuring import postgres

STAFF = 300
CPU = time.process_time  # of work that neither waits nor reads
OFFICE = actor("office")


@dataclass(frozen=True)
class Measured:
    what: str
    seconds: float
    limit: float

    def __str__(self) -> str:
        return f"{self.what:<44}{self.seconds:>9.3f} s   limit {self.limit:g} s{'' if self.kept else '   PASSED OVER'}"

    @property
    def kept(self) -> bool:
        return self.seconds <= self.limit


def main() -> int:
    world = reference_bureau(Random(1), STAFF)
    with _service() as scoring:
        measured = list(_measure(scoring, world))
    for one in measured:
        sys.stdout.write(f"{one}\n")
    return 0 if all(one.kept for one in measured) else 1


def _measure(scoring: Scoring, world: dict[str, Any]) -> Iterator[Measured]:
    states = states_of(world)
    yield Measured(f"take {len(states)} states", seconds(lambda: scoring.take(states)), 30)
    yield Measured("standing, computed", seconds(lambda: scoring.standing(OFFICE)), 5)
    yield Measured("standing, kept", seconds(lambda: scoring.standing(OFFICE)), 0.1)
    scoring.assume_all()
    yield Measured("freeze a run", seconds(scoring.freeze), 8)
    run = scoring.freeze()["run"]
    yield Measured("recompute a run", seconds(lambda: scoring.do(runs.recompute_run, OFFICE, {"run": run})), 5)
    station = {"run": run, "subject": "S01"}
    yield Measured("explain a station", seconds(lambda: scoring.do(runs.explain_score, OFFICE, station)), 0.2)
    yield from _in_memory(scoring)
    yield Measured("peer: recomputation from plain dicts", seconds(lambda: recompute(world), CPU), 10)


def _in_memory(scoring: Scoring) -> Iterator[Measured]:
    """The kernel alone, and the longest it computes before other green threads get their turn, in processor time."""
    with scoring.sessions.begin(OFFICE) as session:
        frame = Frame.from_json(read_frame(session, BUREAU, "2026"))
        dossiers = list(read_dossiers(session, BUREAU, "2026", list(frame.by_code)))
    yield Measured("kernel alone, dossiers in memory", seconds(lambda: score_bureau(frame, dossiers), CPU), 2)
    longest = max(
        seconds(partial(score_bureau, frame, dossiers[start : start + SUBJECTS_AT_ONCE]), CPU)
        for start in range(0, len(dossiers), SUBJECTS_AT_ONCE)
    )
    yield Measured("kernel, longest step", longest, 0.2)


@contextmanager
def _service() -> Iterator[Scoring]:
    with postgres("scoring") as url:
        sessions = open_sessions(url, "scoring")
        yield Scoring(sessions)
        sessions.engine.dispose()


if __name__ == "__main__":
    arguments(__doc__)
    sys.exit(main())
