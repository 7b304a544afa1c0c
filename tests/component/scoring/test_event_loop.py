"""Law of the edge: whatever is computed, the service's green threads keep their turn. A process of its own, since it is patched."""

import subprocess
import sys
from random import Random
from typing import Any

from tests.component.scoring.conftest import Scoring
from tests.component.scoring.states import states_of
from tests.oracle.worlds import small_bureau

PROGRAM = """
import warnings
warnings.filterwarnings("ignore")
import eventlet
eventlet.monkey_patch()
import sys, time
from services.scoring.service import ScoringService
from services.scoring.storage import arrival
from services.scoring.workers import stop_workers
from shared.actor import Actor, Grant
from shared.database import open_sessions

office = Actor("office", "office", "B00", grants=(Grant("office", "bureau"),))
service = ScoringService()
service.database = open_sessions(sys.argv[1], "scoring")
with service.database.begin(office) as session:
    expected = arrival.arrived(session, "B00", "2026")
gaps, going = [], True

def tick():
    last = time.monotonic()
    while going:
        eventlet.sleep(0.005)
        now = time.monotonic()
        gaps.append(now - last)
        last = now

ticker = eventlet.spawn(tick)
started = time.monotonic()
run = service.freeze_run(office, {"cycle": "2026", "expected": expected})
assert service.recompute_run(office, {"run": run["run"]})["same"]
took = time.monotonic() - started
going = False
ticker.wait()
stop_workers()
print(f"{took} {max(gaps)}")
"""


def test_freezing_and_recomputing_never_hold_up_the_event_loop(scoring: Scoring) -> None:
    world: dict[str, Any] = small_bureau(Random(7))
    scoring.take(states_of(world))
    url = scoring.sessions.engine.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    took, longest = map(float, done.stdout.split())
    assert took > 0.3  # a process was started and a bureau scored twice
    assert longest < 0.2, f"a green thread waited {longest} s of {took} s"
