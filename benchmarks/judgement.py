"""What stands beside the scores of 300 staff, and answers while somebody waits: what if, seats, influence, calibration.

Peer of the seats: one sort of the whole layer for each draw, as the definition says it. ``python -m benchmarks.judgement``; exits with 1
where a limit is passed.
"""

import sys
from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np

from benchmarks.peers.arguments import arguments
from benchmarks.peers.measuring import seconds
from services.declarations.calibration.severity import calibrate, votes_of
from services.scoring.analysis.seats import Field, Group, seat_shares
from services.scoring.usecases.sensitivity import assess_design
from services.scoring.usecases.what_if import try_changes
from tests.component.scoring.states import states_of
from tests.oracle.worlds import reference_bureau

STAFF, DRAWS, PLACES = 300, 1000, 60
COMPOSITE = {"personal": 0.5, "unit": 0.3, "bureau": 0.2}
MOVED = {"person": {"personal": "0.6", "unit": "0.2", "bureau": "0.2"}}


def main() -> int:
    kept = []
    for what, took, limit in (*_pure(), *_on_the_database()):
        kept.append(took <= limit)
        sys.stdout.write(f"{what:<52}{took:>9.3f} s   limit {limit:g} s{'' if kept[-1] else '   PASSED OVER'}\n")
    return 0 if all(kept) else 1


def _pure() -> Iterator[tuple[str, float, float]]:
    dice = np.random.default_rng(1)
    field = _field(dice)
    ours = seconds(lambda: seat_shares(field, draws=DRAWS, concentration=100, seed=1))
    peer = seconds(lambda: _by_sorting(field, np.random.default_rng(1)))
    yield f"seats of {STAFF} in {DRAWS} draws (peer × {ours / peer:.2f})", ours, 1
    yield "peer: a sort for each draw", peer, 60
    ballots = [{f"P{one}": float(dice.choice((1, 0.85, 0.7, 0.6, 0.4))) for one in range(STAFF)} for _ in range(STAFF)]
    yield f"calibrate {STAFF} ballots × {STAFF} subjects", seconds(lambda: calibrate(votes_of(ballots)[0])), 3


def _on_the_database() -> Iterator[tuple[str, float, float]]:
    from benchmarks.scoring import OFFICE, _service

    with _service() as scoring:
        scoring.take(states_of(reference_bureau(Random(1), STAFF)))
        about: dict[str, Any] = {"cycle": "2026", "run": None, "layer": "person", "limit": 100}
        trial = {**about, "changes": {"composite": MOVED}}
        yield (
            "what if: other weights, the first time",
            seconds(lambda: try_changes(scoring.sessions, OFFICE, trial)),
            12,
        )
        yield "what if: the next change", seconds(lambda: try_changes(scoring.sessions, OFFICE, trial)), 6
        yield "influence of every item and weight", seconds(lambda: assess_design(scoring.sessions, OFFICE, about)), 12


def _field(dice: np.random.Generator) -> Field:
    lines = np.array_split(np.arange(STAFF), 5)
    weights = {"common": 0.32, "professional": 0.51, "contribution": 0.05, "additional": 0.12}
    groups = [Group(line.tolist(), weights, dice.uniform(50, 100, (len(line), 4))) for line in lines]
    components = np.column_stack([np.full(STAFF, np.nan), dice.uniform(70, 95, STAFF), np.full(STAFF, 88.0)])
    return Field(groups, COMPOSITE, "personal", components, PLACES)


def _by_sorting(field: Field, dice: np.random.Generator) -> list[int]:
    within = [0] * STAFF
    for _ in range(DRAWS):
        composite = dice.dirichlet([100 * weight for weight in field.composite.values()])
        scores = []
        for group in field.groups:
            drawn = dice.dirichlet([100 * weight for weight in group.weights.values()])
            for place, member in enumerate(group.members):
                own = sum(w * x for w, x in zip(drawn, group.parts[place], strict=True))
                rest = sum(w * x for w, x in zip(composite[1:], field.components[member][1:], strict=True))
                scores.append((composite[0] * own + rest, member))
        for _, member in sorted(scores, reverse=True)[:PLACES]:
            within[member] += 1
    return within


if __name__ == "__main__":
    arguments(__doc__)
    sys.exit(main())
