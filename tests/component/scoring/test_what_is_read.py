"""What taking a change and looking at a standing that is held read: the rows that changed, never a bureau's year.

Counted are the rows that PostgreSQL looked at for one statement; no time is measured.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, declaration_state, states_of
from tests.oracle.worlds import small_bureau
from tests.support.plans import Reading, readings, too_much

FACTS = 6_000  # of others, beside those of the ten people there are
MOST = 100  # rows of all tables together for one statement
FILL = text("""
    INSERT INTO scoring.fact (bureau, cycle, kind, fact, revision, indicator, subject, period, status, not_applicable, counts, people)
    SELECT :bureau, '2026', 'declaration', 'x-' || n, 1, '01-01-00', 'X' || n / 6, '2026-M0' || 1 + n % 6, 'assessed', false,
        '{"done": "1"}', '[]'
    FROM generate_series(1, :number) n""")


@pytest.fixture
def large(scoring: Scoring, nothing_held: None) -> tuple[Scoring, list[Any]]:
    world = small_bureau(Random(20260722))
    scoring.take(states_of(world))
    with scoring.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(FILL, {"bureau": BUREAU, "number": FACTS})
        connection.execute(text("VACUUM ANALYZE"))
    return scoring, world["declarations"]


def read(scoring: Scoring, act: Callable[[], Any]) -> list[Reading]:
    with readings(scoring.sessions.engine) as found:
        act()
    assert found
    return found


def test_a_change_is_taken_and_shown_by_reading_what_changed(large: tuple[Scoring, list[Any]]) -> None:
    scoring, declared = large
    office = actor("office")
    first = read(scoring, lambda: scoring.standing(office))
    assert too_much(first, MOST), "what nobody holds is reckoned from the year of all: the limit would tell"
    changed = declaration_state(declared[0], revision=99)
    assert too_much(read(scoring, lambda: scoring.take([changed])), MOST) == []
    assert too_much(read(scoring, lambda: scoring.standing(office)), MOST) == []
