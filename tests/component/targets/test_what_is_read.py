"""What everyday questions about people and claims read: rows by an index that leads to them, never a whole bureau's.

Counted are the rows that PostgreSQL looked at for one statement; no time is measured.
"""

from collections.abc import Callable
from typing import Any

import pytest

from shared.actor import Actor, system
from tests.component.targets.world import BUREAU, CYCLE, OFFICE, World, staff_actor
from tests.support.plans import readings, too_much

PEOPLE = 600
MOST = 200  # rows of all tables together for one statement; a page is of 100
HELD = ("unit", "position", "indicator")  # of a bureau some dozens, or some hundreds at most
QUESTIONS: list[tuple[str, Actor, dict[str, Any]]] = [
    ("list_persons", OFFICE, {}),
    ("get_person", OFFICE, {"person": "P0030"}),
    ("find_codes", system(BUREAU), {"persons": ["P0030"], "units": [], "lines": []}),
    ("list_claims", staff_actor("P0030"), {"cycle": CYCLE}),
    ("list_handovers", OFFICE, {"cycle": CYCLE}),
]


@pytest.mark.parametrize(("method", "who", "body"), QUESTIONS)
def test_a_question_reads_no_whole_bureau(
    take_on: Callable[[int], World], method: str, who: Actor, body: dict[str, Any]
) -> None:
    world = take_on(PEOPLE)
    if "cycle" in body:
        world.call("create_cycle", cycle=CYCLE)
    with world.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    with readings(world.sessions.engine) as found:
        world.call(method, who, **body)
    assert found
    assert too_much(found, MOST, HELD) == []
