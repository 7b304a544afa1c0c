"""The seed's year as a table that the product makes: asked over HTTP, on screen and as a workbook, from made-up cases of a whole network."""

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from services.complaints.service import ComplaintsService
from services.complaints.usecases import projections
from shared import clock
from shared.database import Sessions
from tests.component.complaints.conftest import BUREAU, Today, cycle, unit
from tests.component.complaints.network import UNITS, Network
from tests.support.databases import Databases
from tests.support.over_http import world_of

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}
_MADE = """
INSERT INTO complaints.cases (cycle, bureau, code, kind, organisation, number, status, intake_unit, received_at, registered_at, summary,
    trader, consumer, unit, entrusted, pauses, recovered, voucher, must_tell, answered, deadlines, revision, channel, goods, decided_at,
    concluded_at, outcome, ended_at, nature, penalised, fined)
SELECT to_char(at, 'YYYY'), 'B00', 'made-' || :series || n, :kind, 'bureau', :series || n, 'concluded', 'C01', at, at, '', '', '', 'S01', false, '[]', :recovered,
    true, false, false, '[]', 1, CASE WHEN n % 3 = 0 THEN 'hotline' ELSE 'platform' END, CASE WHEN n % 4 = 0 THEN '手机' ELSE '家具' END,
    CASE WHEN :kind = 'complaint' THEN at END, at, :outcome, CASE WHEN CAST(:nature AS text) IS NOT NULL THEN at END, :nature, CAST(:nature AS text) IS NOT NULL, :fined
FROM (SELECT n, CAST(:first AS timestamptz) + (n % 360) * interval '1 day' AS at FROM generate_series(1, :count) n) made
"""


def make(sessions: Sessions, series: str, kind: str, count: int, **more: Any) -> None:
    given = {"first": "2026-01-02T10:00:00+08:00", "recovered": 0, "nature": None, "fined": None, "outcome": "settled"}
    with sessions.engine.begin() as connection:
        year = str({**given, **more}["first"])[:4]
        for table in ("cases", "case_events", "case_facts"):
            connection.execute(text(
                f"CREATE TABLE IF NOT EXISTS complaints.{table}_{year} PARTITION OF complaints.{table} FOR VALUES IN ('{year}')"
            ))  # fmt: skip
        connection.execute(text(_MADE), {**given, "series": series, "kind": kind, "count": count, **more})


def table(network: Network, **asked: Any) -> dict[str, dict[str, Any]]:
    answer = network.centre.get("/api/v1/case-reports", query_string={**YEAR, **asked})
    assert answer.status_code == 200, answer.text
    numbers = ("value", "before", "change")
    return {
        one["item"]: one | {name: None if one[name] is None else Decimal(one[name]) for name in numbers}
        for one in answer.json["lines"]
    }


@pytest.fixture(scope="module")
def seed(cluster: str, templates: dict[tuple[str, ...], str]) -> Iterator[Network]:
    """36 districts; 9,171 complaints of which 6,000 brought back 2,000 yuan each; 6,182 and 3,849 cases with 1,940 万 of fines."""
    today = Today()
    with pytest.MonkeyPatch.context() as patch, Databases(cluster, templates) as databases:
        patch.setattr(clock, "now", today)
        today.now = today.moment("2026-12-31")
        with world_of(databases, ComplaintsService(), BUREAU) as world:
            districts = [unit(f"X{number:02d}", "bureau", "all") for number in range(1, 36)]
            with world.service.begin_handling([cycle("2026", {})]) as session:
                projections.keep_units(session, [*(unit(*one) for one in UNITS), *districts])
                projections.keep_cycles(session, [cycle("2026", {})])
            own = world.service
            make(own, "A", "complaint", 6000, recovered=2000)
            make(own, "B", "complaint", 3171, outcome="terminated")
            make(own, "C", "report", 6182, nature="infringement", fined=2000, outcome="filed")
            make(own, "D", "report", 3848, nature="counterfeit", fined=1828, outcome="filed")
            make(own, "E", "report", 1, nature="counterfeit", fined=1856, outcome="filed")
            make(own, "F", "complaint", 8000, first="2025-01-02T10:00:00+08:00")
            yield Network(world, today)


def test_the_seeds_year_is_told_as_a_table(seed: Network) -> None:
    told = table(seed)
    items = ("received_complaint", "recovered", "nature_infringement", "nature_counterfeit", "units_bureau")
    assert [told[one]["value"] for one in items] == [9171, 12_000_000, 6182, 3849, 36]
    assert told["fined"]["value"] == 6182 * 2000 + 3848 * 1828 + 1856 == 19_400_000
    assert (told["received_complaint"]["before"], told["received_complaint"]["change"]) == (8000, Decimal("14.6"))
    assert (told["recovered"]["before"], told["recovered"]["change"]) == (0, None)
    assert (told["penalised"]["value"], told["agreed"]["value"]) == (10_031, 6000)
    channels = sum(one["value"] for item, one in told.items() if item.startswith("channel_"))
    assert channels == told["received"]["value"] == 9171 + 10_031


def test_the_workbook_has_the_same_numbers(seed: Network) -> None:
    file = seed.centre.get("/api/v1/case-reports/file", query_string={**YEAR, "format": "xlsx"})
    assert file.status_code == 200, file.text
    rows = load_workbook(io.BytesIO(file.data)).worksheets[0].iter_rows(values_only=True)
    written = {row[0]: row[1] for row in rows}
    assert {one["zh"]: one["value"] for one in table(seed).values()}.items() <= written.items()


def test_any_days_goods_and_channels_are_told_apart(seed: Network) -> None:
    whole = table(seed)["received"]["value"]
    halves = [
        table(seed, since=a, until=b)["received"]["value"]
        for a, b in (("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31"))
    ]
    assert sum(halves) == whole
    assert sum(table(seed, goods=one)["received"]["value"] for one in ("手机", "家具")) == whole
    assert sum(table(seed, channel=one)["received"]["value"] for one in ("hotline", "platform")) == whole
    assert table(seed, unit="S02")["received"]["value"] == 0
