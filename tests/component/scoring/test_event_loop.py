"""Law of the edge: whatever is computed, the service's green threads keep their turn. A process of its own, since it is patched."""

import json
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
import json, sys, time
from services.scoring.service import ScoringService
from services.scoring.storage.arrived import arrived
from services.scoring.workers import stop_workers
from shared.actor import Actor, Grant
from shared.database import open_sessions

office = Actor("office", "office", "B00", grants=(Grant("office", "bureau"),))
service = ScoringService()
service.database = open_sessions(sys.argv[1], "scoring")
with service.database.begin(office) as session:
    expected = arrived(session, "B00", "2026")

def watched(act):
    # what it gives; how long it took, how much of that a green thread stood still, and the most that was computed in a turn
    waits, computed, going = [], [], True

    def tick():
        while going:
            clock, processor = time.monotonic(), time.process_time()
            eventlet.sleep(0.005)
            waits.append(time.monotonic() - clock)
            computed.append(time.process_time() - processor)

    ticker = eventlet.spawn(tick)
    started = time.monotonic()
    done = act()
    took = time.monotonic() - started
    going = False
    ticker.wait()
    return done, (took, sum(one for one in waits if one > 0.05), max(computed))

run, freezing = watched(lambda: service.freeze_run(office, {"cycle": "2026", "expected": expected}))
again, recomputing = watched(lambda: [service.recompute_run(office, {"run": run["run"]}) for _ in range(5)])
assert all(one["same"] for one in again)
stop_workers()
print(json.dumps([freezing, recomputing]))
"""


def test_freezing_and_recomputing_never_hold_up_the_event_loop(scoring: Scoring) -> None:
    world: dict[str, Any] = small_bureau(Random(7))
    scoring.take(states_of(world))
    scoring.assume_all()
    url = scoring.sessions.engine.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    freezing, recomputing = json.loads(done.stdout)
    assert freezing[0] + recomputing[0] > 0.3  # a process was started and a bureau scored six times
    for took, stood_still, computed in (freezing, recomputing):
        # No limit by the clock alone: a busy machine stops a whole process for a moment.
        assert computed < 0.2, f"a green thread waited while {computed} s were computed"
        assert stood_still < took / 2, f"a green thread stood still for {stood_still} s of {took} s"
