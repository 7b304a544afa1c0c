"""The yearly table: what was received, accepted, recovered and penalised, as the seed tells it, from made-up cases."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from gateway.paper.case_reports import _money, case_report_pdf
from services.complaints.usecases import projections, reports
from shared.contracts.complaints import reports as contract
from shared.errors import Forbidden
from shared.jsontext import dumps, loads
from tests.component.complaints.conftest import Centre, actor, at, unit
from tests.support.pdf_text import pages

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


def table(centre: Centre, **asked: Any) -> dict[str, dict[str, Any]]:
    told = centre.do(reports.show_report, contract.show_report.decode({**YEAR, **asked}))
    return {one["item"]: one for one in told["lines"]}


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
