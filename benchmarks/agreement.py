"""Do the columns and the slow recomputation from plain dicts agree? Thousands of bureaus that were never generated before.

``python -m benchmarks.agreement [BUREAUS]``: a third of them as chance makes them, a third with contributions beyond their cap, a third whose people equal
each other. The seed is printed, so that a disagreement can be looked at. Exits with 1 where there is one, or where an edge was not reached.
"""

import secrets
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.peers.arguments import arguments
from tests.oracle.extremes import alike, overflowing
from tests.oracle.worlds import small_bureau
from tests.properties.scoring.test_against_the_oracle import differences
from tests.unit.scoring.inputs import score_world

BUREAUS = 3_000
World = dict[str, Any]
WAYS: dict[str, Callable[[World], World]] = {
    "by chance": lambda world: world,
    "overflowing": overflowing,
    "alike": alike,
}


def main(bureaus: int = BUREAUS) -> int:
    seed = secrets.randbits(32)
    disagreeing, capped, tied, started = 0, 0, 0, time.process_time()
    for number in range(bureaus):
        name = list(WAYS)[number % len(WAYS)]
        world = WAYS[name](small_bureau(Random(seed + number)))
        found = differences(world)
        if found:
            sys.stdout.write(f"    {name}, seed {seed + number}: {', '.join(found[:5])}\n")
        rows = score_world(world)[0].rows
        disagreeing += bool(found)
        capped += any(row["categories"].get("contribution") == "100.0000" for row in rows)
        tied += any(row["tied"] for row in rows)
    seconds = time.process_time() - started
    sys.stdout.write(
        f"  {bureaus:,} bureaus from seed {seed}: {disagreeing} disagree; the cap was reached in {capped:,}, a tie at the quota's edge in"
        f" {tied:,} ({seconds:.0f} s of processor time)\n"
    )
    return 0 if not disagreeing and capped and tied else 1


if __name__ == "__main__":
    sys.exit(main(*arguments(__doc__, numbers="BUREAUS").numbers[:1]))
