"""What a declaration costs, printed: a year of the reference bureau has some 100,000 of them. Nothing is asserted about time."""

import sys
import time
from collections.abc import Callable
from typing import Any

from services.declarations.storage import projections
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.states import CYCLE, indicator

ITEMS = 60
PERIODS = [f"2026-M{month:02d}" for month in range(1, 9)]


def timed(bureau: Bureau, name: str, count: int, act: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    done = act()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    sys.stdout.write(
        f"{name}: {count} items, {wall / count * 1000:.3f} ms each, {cpu / count * 1000:.3f} ms of it our CPU\n"
    )
    return done


def test_a_persons_months_are_declared_verified_and_assessed(bureau: Bureau):
    library = [indicator(f"99-01-{number:02d}", "ratio", {"cap": "1.0"}) for number in range(ITEMS)]
    bureau.handle(projections.keep_indicators, *library)
    entries = [ratio("1", indicator=one.indicator) for one in library]
    count = len(PERIODS) * len(entries)

    def declare() -> list[str]:
        done = [bureau.declare("PS", *entries, period=period) for period in PERIODS]
        return [one["declaration"] for some in done for one in some]

    ids = timed(bureau, "declare", count, declare)
    timed(bureau, "verify", count, lambda: bureau.decide("verify", "HS", ids))
    timed(bureau, "assess", count, lambda: bureau.decide("assess", "P10", ids))
    due = {"cycle": CYCLE, "period": "2026-M12"}
    timed(bureau, "due", ITEMS, lambda: bureau.ask("list_due", "PS", due))
    timed(bureau, "to-dos", 1, lambda: bureau.ask("list_to_dos", "HS", {}))
    assert bureau.rows("SELECT status, count(*) AS n FROM declarations.declaration GROUP BY status") == [
        {"status": "assessed", "n": count}
    ]
