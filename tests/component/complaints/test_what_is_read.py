"""What everyday questions and commands read: rows by an index that leads to them, never a whole bureau's, however many lie there.

Counted are the rows that PostgreSQL looked at, not those that it gave out, on a network large enough that an index is worth its while.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.complaints.usecases import importing, supervising
from shared import clock
from shared.actor import system
from shared.database import open_sessions
from tests.support.databases import Databases
from tests.support.many_cases import BUREAU, CENTRE, HANDLER, HEAD, TODAY, Network
from tests.support.plans import Reading, readings, too_much
from tests.support.platform_exports import as_csv, rows

MODELS, CASES = 10, 4_000
MOST = CASES // 5  # rows of all tables together for one statement; a page is of 100
KEPT = ("units",)  # read as a whole, on purpose: a few hundred, once a transaction
QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    *((who, "list_cases", {"sort": sort}) for who in ("centre", "head", "handler") for sort in ("due", "-received_at")),
    ("centre", "list_cases", {"sort": "number"}),
    ("centre", "list_cases", {"sort": "due", "overdue": True}),
    ("centre", "list_cases", {"sort": "due", "queue": "open"}),
    *((who, "list_cases", {"sort": "due", "queue": "mine"}) for who in ("head", "handler")),
    *((who, "count_queues", {}) for who in ("head", "handler")),
    ("centre", "list_cases", {"unit": "S007", "status": "accepted", "total": True}),
    ("head", "list_cases", {"q": "订单", "total": True}),
    ("head", "count_cases", {}),
    ("handler", "count_cases", {}),
    ("centre", "find_similar", {"phone": "13800000003", "trader": "示范3号餐饮店"}),
    ("centre", "search_all", {"q": "示范12345号"}),
    ("head", "search_all", {"q": "示范12345号"}),
    ("centre", "list_traders", {}),
    ("centre", "list_traders", {"q": "示范12345号"}),
    ("centre", "list_notifications", {}),
    ("head", "list_notifications", {}),
    ("handler", "list_notifications", {}),
    ("centre", "list_published", {}),
    ("head", "show_report", {"since": "2026-01-01", "until": "2026-12-31", "unit": "S007"}),
]
WHO = {"centre": CENTRE, "head": HEAD, "handler": HANDLER}


@pytest.fixture(scope="module")
def network(cluster: str, templates: dict[tuple[str, ...], str]) -> Iterator[Network]:
    with pytest.MonkeyPatch.context() as patch, Databases(cluster, templates) as databases:
        patch.setattr(clock, "now", clock.now)  # the network's own clock goes with it
        sessions = open_sessions(databases("complaints"), "complaints")
        made = Network(sessions)
        made.settle_in(MODELS, CASES)
        made.link()
        made.vacuum()
        yield made
        sessions.engine.dispose()


def read(network: Network, act: Callable[[], Any], *, chosen: bool = False) -> list[Reading]:
    network.clock.now = max(network.clock.now, TODAY)
    with readings(network.sessions.engine, chosen=chosen) as found:
        act()
    assert found
    return found


@pytest.mark.parametrize(("who", "method", "body"), QUESTIONS)
def test_a_question_reads_no_whole_bureau(network: Network, who: str, method: str, body: dict[str, Any]) -> None:
    assert too_much(read(network, lambda: network(method, WHO[who], **body)), MOST, KEPT) == []


def test_one_case_is_shown_registered_and_worked_on_by_reading_its_own_rows(network: Network) -> None:
    case = network.register(10**6)
    ways: list[Callable[[], Any]] = [
        lambda: network("show_case", CENTRE, case=case),
        lambda: network("show_history", CENTRE, case=case),
        lambda: network.register(10**6 + 1),
        lambda: network(
            "take_steps", CENTRE, steps=[{"case": case, "step": "assign", "unit": "S003", "handler": "P0003"}]
        ),
        lambda: network("take_steps", CENTRE, steps=[{"case": case, "step": "accept"}]),
    ]
    for way in ways:
        assert too_much(read(network, way), MOST, KEPT) == []


def test_the_clocks_are_watched_by_reading_those_whose_hour_has_come(network: Network) -> None:
    def look() -> None:
        with network.sessions.begin(system(BUREAU)) as session:
            supervising.look(session, BUREAU)

    assert too_much(read(network, look), MOST, KEPT) == []


def test_a_part_of_an_import_reads_no_more_than_it_has_rows(network: Network) -> None:
    sheet = as_csv(rows(100, ["S001", ""]))
    with network.sessions.begin(CENTRE) as session:
        asked: Any = {"intake_unit": "C01", "sheet": sheet, "dry_run": False, "file_name": ""}
        job = importing.start_import(session, CENTRE, asked)["job"]
    assert too_much(read(network, lambda: importing.go_on(network.sessions, CENTRE, job)), MOST, KEPT) == []


def test_a_name_that_is_typed_is_looked_for_among_some_of_each_pair(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.complaints.storage.traders._TELLING", some := 20)
    typed = {"summary": "预付卡不退", "trader": "示范12345号商行"}
    found = read(network, lambda: network("hint", CENTRE, **typed))
    pairs = len(typed["trader"]) - 1
    assert max(sum(one.rows[table] for table in one.rows if table not in KEPT) for one in found) <= (some + 1) * pairs


def test_the_whole_search_is_answered_by_the_index_of_pairs(network: Network) -> None:
    found = read(network, lambda: network("search_all", CENTRE, q="预付卡"), chosen=True)
    assert any("case_bigrams" in one for reading in found for one in reading.indexes)
    assert not [one for one in found if sum(one.rows.values()) >= CASES]


def test_a_report_reads_each_case_once_and_none_of_a_later_year_for_the_year_before(network: Network) -> None:
    year = {"since": "2026-01-01", "until": "2026-12-31"}
    for method, body, times in (
        ("show_report", year, 1),
        ("list_workload", year, 1),
        ("show_bulletin", {"month": "2026-06"}, 3),
    ):
        found = read(network, lambda method=method, body=body: network(method, CENTRE, **body))  # type: ignore[misc]
        cases = sum(number for one in found for table, number in one.rows.items() if table.startswith("cases"))
        assert cases <= times * (network.scalar("SELECT count(*) FROM complaints.cases")), method
