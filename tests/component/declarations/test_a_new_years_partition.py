"""A batch costs what it holds, not what the bureau holds, in a year that nobody has analysed yet."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from services.declarations.storage import tables
from services.declarations.storage.bulk import _update
from shared.actor import system
from shared.database import Sessions, ensure_partition, open_sessions
from shared.jsontext import dumps

NUMBER, BATCH = 60_000, 200
FILL = text("""
    INSERT INTO declarations.declaration (bureau, cycle, declaration, revision, indicator, subject, layer, period, unit, assessor,
        status, not_applicable, differs, counts, self_points, points, evidence, declared_by)
    SELECT 'B00', '2026', 'd' || lpad(n::text, 9, '0'), 1, 'I' || n % 300, 'P' || n / 300, 'person', '2026-M01', 'S' || n % 30, 'S1',
        'declared', false, false, '{"done": "1"}', 1, 1, '[]', 'P' || n / 300
    FROM generate_series(0, :number - 1) n""")


@pytest.fixture
def sessions(database: Callable[..., str]) -> Sessions:
    sessions = open_sessions(database("declarations"), "declarations")
    with sessions.begin(system("B00")) as session:
        ensure_partition(session, tables.declaration, "2026")
        session.execute(text("ALTER TABLE declarations.declaration_2026 SET (autovacuum_enabled = false)"))
    return sessions


def test_a_batch_finds_its_rows_by_their_key_before_the_first_analyse(sessions: Sessions) -> None:
    with sessions.engine.begin() as connection:
        connection.execute(FILL, {"number": NUMBER})
        chosen = text("SELECT * FROM declarations.declaration ORDER BY declaration LIMIT :batch")
        rows = [{**row, "revision": 2} for row in connection.execute(chosen, {"batch": BATCH}).mappings()]
        statement = text(f"EXPLAIN {_update(tables.declaration, ('declaration',)).text}")
        plan = connection.execute(statement, {"rows": dumps(rows), "bureau": "B00", "cycle": "2026"}).scalars().all()
    assert "declaration_2026_pkey" in "\n".join(plan), "\n".join(plan)


def test_the_next_year_begins_with_what_is_known_of_this_one(sessions: Sessions) -> None:
    with sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(FILL, {"number": 3_000})
        connection.execute(text("ANALYZE declarations.declaration_2026"))
    with sessions.begin(system("B00")) as session:
        ensure_partition(session, tables.declaration, "2027")
        known = text("SELECT attname, n_distinct FROM pg_stats WHERE tablename = :name AND attname = ANY(:asked)")
        asked = ["bureau", "indicator", "layer"]
        this, following = (
            {
                row.attname: row.n_distinct
                for row in session.execute(known, {"name": f"declaration_{year}", "asked": asked})
            }
            for year in ("2026", "2027")
        )
    assert following == this
    assert following["bureau"] == 1
