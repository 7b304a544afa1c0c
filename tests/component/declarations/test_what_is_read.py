"""What everyday questions and commands read: rows by an index that leads to them, never a whole bureau's year.

Counted are the rows that PostgreSQL looked at for one statement, not those that it gave out; no time is measured.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from services.declarations.storage import copies, projections
from services.declarations.storage.copies import Memory
from tests.component.declarations.bureau import Bureau, ratio, settle_in
from tests.component.declarations.states import CYCLE, claim, person, unit
from tests.support.databases import Databases, Templates
from tests.support.plans import Reading, readings, too_much

STATIONS, EACH, PERIODS = 40, 25, 6  # a thousand people, each with an item in six months
DECLARATIONS = STATIONS * EACH * PERIODS
MOST = 600  # rows of all tables together for one statement; a page is of 100
HELD = ("unit", "person")  # read as a whole once a change of them, then held in memory
# Every third waits for its head, every third for its assessor, the others are done.
FILL = text("""
    INSERT INTO declarations.declaration (bureau, cycle, declaration, revision, indicator, subject, layer, period, unit, assessor,
        status, not_applicable, differs, counts, self_points, points, evidence, declared_by, verifier, arrived_on, due_on, escalates_on)
    SELECT 'B00', '2026', 'd-' || n, 1, '06-06-06', 'X' || n / :periods, 'person', '2026-M0' || 1 + n % :periods,
        'T' || n / :periods / :each, 'K01', (ARRAY['declared', 'verified', 'assessed'])[1 + n / :periods % 3], false, false,
        '{"done": "1"}', 1, 1, '[]', 'X' || n / :periods, 'head', DATE '2026-02-02', DATE '2026-02-10', DATE '2026-02-20'
    FROM generate_series(0, :number - 1) n""")
DEEDS = text("""
    INSERT INTO declarations.deed (bureau, cycle, person, at, kind, item, indicator, subject, period, before, after, step, reason, acted_for)
    SELECT bureau, cycle, subject, now(), 'declaration', declaration, indicator, subject, period, NULL, 'declared', 'declare', '', ''
    FROM declarations.declaration""")
QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("PS", "list_mine", {}),
    ("PS", "list_due", {"period": "2026-M03"}),
    ("PS", "list_to_dos", {}),
    ("PS", "list_notices", {}),
    *((who, "list_declarations", {}) for who in ("PS", "HS", "P10", "office")),
    *((who, "list_declarations", {"status": "declared"}) for who in ("HS", "P10", "office")),
    ("HS", "list_to_dos", {}),
    ("P10", "list_to_dos", {}),
    ("P10", "list_done", {}),
    ("HS", "list_orders", {}),
    ("HS", "list_delegations", {}),
    ("PS", "get_timetable", {}),
    ("PS", "get_appeal_terms", {}),
    ("HS", "list_appeals", {}),
    ("HS", "list_contributions", {}),
]
WITHOUT_CYCLE = ("list_notices", "list_delegations", "list_to_dos")


@pytest.fixture(scope="module")
def large(cluster: str, templates: Templates) -> Iterator[Bureau]:
    with Databases(cluster, templates) as databases, Bureau.on(databases("declarations")) as made:
        settle_in(made)
        stations = [f"T{number}" for number in range(STATIONS)]
        people = [(f"X{number}", stations[number // EACH]) for number in range(STATIONS * EACH)]
        made.handle(projections.keep_units, *(unit(one, "station", "all") for one in stations))
        made.handle(projections.keep_persons, *(person(who, at, "access") for who, at in people))
        made.handle(projections.keep_claims, *(claim(who, "06-06-06", "10") for who, _ in people))
        with made.sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(FILL, {"number": DECLARATIONS, "periods": PERIODS, "each": EACH})
            connection.execute(DEEDS)
            connection.execute(text("VACUUM ANALYZE"))
        yield made


def read(bureau: Bureau, act: Callable[[], Any]) -> list[Reading]:
    with readings(bureau.sessions.engine) as found:
        act()
    assert found
    return found


@pytest.mark.parametrize(("who", "method", "body"), QUESTIONS)
def test_a_question_reads_no_whole_bureau(large: Bureau, who: str, method: str, body: dict[str, Any]) -> None:
    asked = body if method in WITHOUT_CYCLE else {"cycle": CYCLE, **body}
    assert too_much(read(large, lambda: large.ask(method, who, asked)), MOST, HELD) == []


def test_a_declaration_goes_its_way_by_reading_its_own_rows(large: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MEMORY", Memory())
    (made,) = large.declare("PS", ratio())
    one, chosen = [made["declaration"]], {"cycle": CYCLE, "period": "2026-M01"}
    again = {**chosen, "period": "2026-M05", "entries": [ratio("4")]}
    ways: list[Callable[[], Any]] = [
        lambda: large.ask("declare_items", "PS", again),
        lambda: large.decide("verify", "HS", one),
        lambda: large.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": one[0]}),
        lambda: large.decide("return", "P10", one, reason="数不符"),
        lambda: large.ask("declare_items", "PS", {**chosen, "entries": [ratio("4", revision=3)]}),
        lambda: large.decide("verify", "HS", one),
        lambda: large.decide("assess", "P10", one),
    ]
    for way in ways:
        assert too_much(read(large, way), MOST, HELD) == []


def test_what_is_held_is_not_read_again(large: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MEMORY", Memory())
    (made,) = large.declare("QS", ratio(period="2026-M02"))
    large.decide("verify", "HS", [made["declaration"]])
    (more,) = large.declare("QS", ratio(period="2026-M04"))
    found = read(large, lambda: large.decide("verify", "HS", [more["declaration"]]))
    assert not {"unit", "cycle", "timetable", "indicator", "delegation"} & {
        table for one in found for table in one.rows
    }
