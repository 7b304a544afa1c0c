"""Tallies: the same states give the same digest in SQL and in Python, and any difference of states another one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from services.scoring.storage.tables import fact, veto
from shared.database import ensure_partition, open_sessions
from shared.reconciliation import tallies_by, tally, tally_of
from tests.support.databases import Databases

ROWS = [(f"V{number:03}", number % 7 + 1) for number in range(120)]


@pytest.fixture
def session(database: Databases) -> Iterator[Session]:
    sessions = open_sessions(database("scoring"), "scoring")
    with Session(sessions.engine) as opened:
        own = {"bureau": "B00", "cycle": "2026", "indicator": "x", "subject": "P1", "status": "confirmed", "reason": ""}
        opened.execute(insert(veto), [{**own, "veto": code, "revision": revision} for code, revision in ROWS])
        yield opened
    sessions.engine.dispose()


def test_sql_and_python_count_alike(session: Session) -> None:
    assert tally(session, [veto.c.veto], veto.c.revision) == tally_of(ROWS)
    assert tally(session, [veto.c.cycle, veto.c.veto], veto.c.revision) == tally_of(
        (f"2026/{code}", n) for code, n in ROWS
    )


def test_the_order_of_states_does_not_matter_but_each_key_and_revision_does() -> None:
    whole = tally_of(ROWS)
    assert tally_of(reversed(ROWS)) == whole
    assert tally_of(ROWS[1:]) != whole
    assert tally_of([*ROWS[1:], (ROWS[0][0], 99)])["states"] == whole["states"]
    assert tally_of([*ROWS[1:], (ROWS[0][0], 99)]) != whole
    swapped = [(ROWS[0][0], ROWS[1][1]), (ROWS[1][0], ROWS[0][1]), *ROWS[2:]]
    assert tally_of(swapped) != whole  # the sum of the revisions would not have told


def test_nothing_is_a_tally_too(session: Session) -> None:
    assert tally(session, [veto.c.veto], veto.c.revision, veto.c.bureau == "nowhere") == {"states": "0", "digest": "0"}
    session.execute(update(veto).values(revision=9))
    assert tally(session, [veto.c.veto], veto.c.revision) == tally_of((code, 9) for code, _ in ROWS)


def test_kinds_are_counted_apart(session: Session) -> None:
    ensure_partition(session, fact, "2026")
    own = {
        "bureau": "B00",
        "cycle": "2026",
        "indicator": "x",
        "subject": "P1",
        "period": "2026-Y",
        "status": "assessed",
    }
    own |= {"not_applicable": False, "counts": {}, "people": {}}
    keys = [("declaration", "d1", 1), ("declaration", "d2", 2), ("veto", "d1", 1)]
    session.execute(insert(fact), [{**own, "kind": kind, "fact": code, "revision": n} for kind, code, n in keys])
    found = tallies_by(session, fact.c.kind, [fact.c.fact], fact.c.revision)
    assert found == {"declaration": tally_of([("d1", 1), ("d2", 2)]), "veto": tally_of([("d1", 1)])}
