"""Which files the workers of `make test` begin with, so that at the end none waits long for another."""

from collections.abc import Iterable
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]

# By the time each takes, the longest first. To renew: `pytest -n 2 --dist loadfile --durations=0`, summed by file.
LONGEST = (
    "system/test_year.py",
    "system/test_lived_demo.py",
    "system/test_embedded.py",
    "faults/test_schedule.py",
    "component/gateway/test_schemathesis.py",
    "component/gateway/test_bad_input.py",
    "faults/test_simulation.py",
    "contract/test_authorisation_for_real.py",
    "system/test_edge.py",
    "faults/test_embedded_postgres.py",
    "contract/test_closed_cycles.py",
    "contract/test_changes_for_real.py",
    "faults/test_fail_over.py",
    "contract/test_parameters.py",
    "component/secrets/test_votes_of_a_year.py",
    "component/scoring/test_incremental.py",
)


def place(path: Path, longest: Iterable[str] = LONGEST) -> int:
    """Where a file stands in the queue; those that are not named follow in the order in which they were found."""
    places = {TESTS / name: number for number, name in enumerate(longest)}
    return places.get(path, len(places))
