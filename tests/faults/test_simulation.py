"""The seeded simulation (docs/decisions/1703): seeds that are always walked through, and the proof that it would find what it looks for."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(900)
ROOT = Path(__file__).parents[2]


def test_nothing_acknowledged_is_lost_or_doubled_and_what_would_lose_it_is_found() -> None:
    """Of two seeds all is well; one of them comes again as it was; a planted loss and a planted repetition are found, twice alike."""
    arguments = ["--seeds", "2", "--size", "8", "--prove"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.simulation", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("all is well") == 2
