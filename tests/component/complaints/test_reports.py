"""The yearly table: what was received, accepted, recovered and penalised, as the seed tells it, from made-up cases."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from gateway.paper.case_reports import _money, case_report_pdf
from services.complaints.usecases import projections, reports
from shared.contracts.complaints import reports as contract
from shared.database import Sessions
from shared.errors import Forbidden
from shared.events import UnitChanged
from shared.jsontext import dumps, loads
from tests.component.complaints.conftest import Centre, actor, at, unit
from tests.support.pdf_text import pages

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


def table(centre: Centre, **asked: Any) -> dict[str, dict[str, Any]]:
    told = centre.do(reports.show_report, contract.show_report.decode({**YEAR, **asked}))
    return {one["item"]: one for one in told["lines"]}


@pytest.fixture
def seed(centre: Centre) -> Centre:
    """36 districts; 9,171 complaints of which 6,000 brought back 2,000 yuan each; 6,182 and 3,849 cases with 1,940 万 of fines."""
    districts: list[UnitChanged] = [unit(f"X{number:02d}", "bureau", "all") for number in range(1, 36)]
    centre.handle(projections.keep_units, *districts)
    make(centre.sessions, "A", "complaint", 6000, recovered=2000)
    make(centre.sessions, "B", "complaint", 3171, outcome="terminated")
    make(centre.sessions, "C", "report", 6182, nature="infringement", fined=2000, outcome="filed")
    make(centre.sessions, "D", "report", 3848, nature="counterfeit", fined=1828, outcome="filed")
    make(centre.sessions, "E", "report", 1, nature="counterfeit", fined=1856, outcome="filed")
    make(centre.sessions, "F", "complaint", 8000, first="2025-01-02T10:00:00+08:00")
    return centre


def test_the_seeds_year_is_told_as_a_table(seed: Centre) -> None:
    told = table(seed)
    items = ("received_complaint", "recovered", "nature_infringement", "nature_counterfeit", "units_bureau")
    assert [told[one]["value"] for one in items] == [9171, 12_000_000, 6182, 3849, 36]
    assert told["fined"]["value"] == 6182 * 2000 + 3848 * 1828 + 1856 == 19_400_000
    assert (told["received_complaint"]["before"], told["received_complaint"]["change"]) == (8000, Decimal("14.6"))
    assert (told["recovered"]["before"], told["recovered"]["change"]) == (0, None)
    assert (told["penalised"]["value"], told["agreed"]["value"]) == (10_031, 6000)
    channels = sum(one["value"] for item, one in told.items() if item.startswith("channel_"))
    assert channels == told["received"]["value"] == 9171 + 10_031


def test_any_days_goods_and_channels_are_told_apart(seed: Centre) -> None:
    whole = table(seed)["received"]["value"]
    halves = [
        table(seed, since=a, until=b)["received"]["value"]
        for a, b in (("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31"))
    ]
    assert sum(halves) == whole
    assert sum(table(seed, goods=one)["received"]["value"] for one in ("手机", "家具")) == whole
    assert sum(table(seed, channel=one)["received"]["value"] for one in ("hotline", "platform")) == whole
    assert table(seed, unit="S02")["received"]["value"] == 0


def test_a_real_case_counts_by_the_day_of_each_step(centre: Centre) -> None:
    case = centre.handled("2026-03-30", kind="report")
    centre.step(case, "conclude", "2026-04-01", outcome="filed")
    centre.step(case, "end_filed", "2026-05-06", nature="counterfeit", penalised=True, fined="5000.50")
    told = {day: table(centre, since=f"2026-{day}-01", until=f"2026-{day}-28") for day in ("04", "05")}
    assert [told[one]["filed"]["value"] for one in told] == [1, 0]
    counted = [
        [told[day][item]["value"] for item in ("ended", "nature_counterfeit", "penalised", "fined")] for day in told
    ]
    assert counted == [[0, 0, 0, 0], [1, 1, 1, Decimal("5000.50")]]
    centre.step(case, "correct", "2026-05-07", event=4, why="金额录错", changes={"fined": "4000"})
    assert table(centre)["fined"]["value"] == 4000


def test_work_is_told_by_person(centre: Centre) -> None:
    case = centre.handled("2026-03-02")
    centre.step(case, "accept", "2026-03-03")
    centre.step(case, "conclude", "2026-03-09", outcome="settled", recovered="300")
    centre.handled("2026-03-10", unit="S02", handler="P3")
    told = centre.do(reports.list_workload, contract.list_workload.decode(YEAR))["items"]
    names = ("handler", "assigned", "accepted", "concluded", "open", "recovered")
    assert [tuple(one[name] for name in names) for one in told] == [("P3", 1, 0, 0, 1, 0), ("P2", 1, 1, 1, 0, 300)]


def test_a_head_sees_the_units_report_and_no_other(centre: Centre) -> None:
    head = actor("unit_head", unit="S01", person="P2")
    centre.today.reach(at("2026-03-02"))
    assert centre.do(reports.show_report, contract.show_report.decode({**YEAR, "unit": "S01"}), by=head)["lines"]
    for asked in (YEAR, {**YEAR, "unit": "S02"}):
        with pytest.raises(Forbidden):
            centre.do(reports.show_report, contract.show_report.decode(asked), by=head)


def test_a_bulletin_names_goods_and_only_traders_of_published_results(centre: Centre) -> None:
    case = centre.handled("2026-03-02", goods="手机", trader="公示商行")
    centre.handled("2026-03-02", goods="手机", trader="未公示商行")
    for step, day, more in (("accept", "03", {}), ("conclude", "04", {"outcome": "settled"}), ("archive", "05", {})):
        centre.step(case, step, f"2026-03-{day}", **more)
    centre.step(case, "pass_archive", "2026-03-06", by=actor("complaints_centre", "office", person="P1"))
    centre.step(case, "publish", "2026-03-09")
    told = centre.do(reports.show_bulletin, {"month": "2026-03"})
    assert told["goods"] == [{"name": "手机", "cases": 2}]
    assert told["traders"] == [{"name": "公示商行", "cases": 1}]


def test_a_report_tells_whose_it_is_and_of_which_unit_by_their_names(centre: Centre) -> None:
    bureau, station = (replace(unit(*one), revision=2, name=name) for *one, name in (
        ("B00", "bureau", "all", "滨河分局"), ("S01", "station", "all", "城东所"),
    ))  # fmt: skip
    centre.handle(projections.keep_units, bureau, station)
    told = centre.do(reports.show_report, contract.show_report.decode({**YEAR, "unit": "S01"}))
    assert (told["bureau_name"], told["unit_name"]) == ("滨河分局", "城东所")
    whole = centre.do(reports.show_report, contract.show_report.decode(YEAR))
    assert (whole["bureau_name"], whole["unit_name"]) == ("滨河分局", None)
    front = "".join(pages(case_report_pdf(loads(dumps({**told, "goods": None, "channel_name": None})))))
    assert ("滨河分局" in front, "城东所" in front) == (True, True)


@pytest.mark.parametrize(
    ("yuan", "told"),
    [("0", "0元"), ("9999.50", "9999.5元"), ("10000", "1万元"), ("12345.00", "1.23万元"), ("12350", "1.24万元")],
)
def test_money_is_told_rounded_once(yuan: str, told: str) -> None:
    assert _money(yuan) == told
