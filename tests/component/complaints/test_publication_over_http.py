"""Publication over HTTP: withheld, put off, objected to by the trader within the days of the settings, and what the centre decides on that."""

from typing import Any

import pytest

from tests.component.complaints.network import Network, network
from tests.component.complaints.test_closing_over_http import archived

__all__ = ["network"]
PHONE = "13912345678"
OBJECTION = f"货是另一家的，联系人：钱示秘，电话{PHONE}"


def listed(network: Network) -> list[Any]:
    return list(network.by("anyone", "staff", person="P3").get("/api/v1/cases/published").json["items"])


def found(network: Network, publication: str) -> list[str]:
    items = network.centre.get("/api/v1/cases", query_string={"publication": publication}).json["items"]
    return [one["code"] for one in items]


def objected(network: Network) -> str:
    case = archived(network)
    network.took(case, "publish", "2026-06-22")
    network.took(case, "object", "2026-06-24", why=OBJECTION)
    return case


def test_a_result_that_is_withheld_is_not_published_until_a_head_lets_it(network: Network) -> None:
    case = archived(network)
    handler = network.by("P2", "staff", person="P2")
    network.refused(network.step(case, "withhold", by=handler, withholding="privacy", why="x"), 403)
    network.refused(network.step(case, "withhold", withholding="privacy"), 422)
    network.took(case, "withhold", "2026-06-17", withholding="privacy", why="涉及未成年人")
    assert network.show(case)["withheld_at"].startswith("2026-06-17")
    assert found(network, "withheld") == [case]
    network.refused(network.step(case, "withhold", withholding="privacy", why="x"), 409, "case.done")
    network.refused(network.step(case, "publish"), 409, "case.withheld")
    assert "publish" not in network.show(case)["may"]
    network.took(case, "end-withholding", "2026-06-18", why="已隐去有关内容")
    network.refused(network.step(case, "end-withholding", why="x"), 409, "case.not_withheld")
    network.took(case, "publish", "2026-06-19")
    assert (found(network, "withheld"), found(network, "published")) == ([], [case])
    network.refused(network.step(case, "withhold", withholding="other", why="x"), 409, "case.done")


def test_a_result_that_is_put_off_is_published_from_that_day_on(network: Network) -> None:
    case = archived(network)
    late = {"withholding": "verifying", "why": "同一商品正在抽检"}
    network.refused(network.step(case, "withhold", "2026-06-17", withheld_until="2026-06-17", **late), 422)
    network.took(case, "withhold", withheld_until="2026-07-01", **late)
    assert network.show(case)["procedure"]["withheld_until"] == "2026-07-01"
    network.refused(network.step(case, "publish", "2026-06-30"), 409, "case.withheld")
    network.took(case, "publish", "2026-07-01")
    shown = network.show(case)
    assert (shown["withheld_at"], shown["procedure"]["withheld_until"]) == (None, None)


def test_a_trader_objects_and_another_than_the_handler_decides_in_time(network: Network) -> None:
    case = objected(network)
    (told,) = listed(network)
    assert told["objected"] is True
    assert found(network, "objected") == [case]
    network.refused(network.step(case, "object", why="x"), 409, "case.objected")
    worked = network.by("P2.too", "complaints_centre", person="P2")
    network.refused(network.step(case, "decide-objection", by=worked, objection="refused", why="x"), 403)
    (objection,) = network.show(case)["procedure"]["objections"]
    assert (objection["text"], objection["answer_by"], objection["decided_at"]) == (OBJECTION, "2026-07-15", None)
    network.took(case, "decide-objection", "2026-06-26", objection="refused", why="小票和发票均为该店出具")
    (objection,) = network.show(case)["procedure"]["objections"]
    assert (objection["decision"], objection["reason"]) == ("refused", "小票和发票均为该店出具")
    assert [one["objected"] for one in listed(network)] == [False]
    network.refused(network.step(case, "decide-objection", objection="refused", why="x"), 409, "case.not_objected")
    assert network.show(case)["objected_at"] is None


def test_an_objection_that_is_upheld_ends_the_publication_for_good(network: Network) -> None:
    case = objected(network)
    network.took(case, "decide-objection", "2026-06-26", objection="upheld", why="确为另一经营者")
    shown = network.show(case)
    assert listed(network) == []
    assert (shown["published_at"], shown["withheld_at"][:10]) == (None, "2026-06-26")
    network.refused(network.step(case, "publish"), 409, "case.withheld")


def test_a_correction_is_on_record_before_an_objection_is_met_by_one(network: Network) -> None:
    case = objected(network)
    met = {"objection": "corrected", "why": "已更正经营者名称"}
    network.refused(network.step(case, "decide-objection", "2026-06-25", **met), 409, "case.uncorrected")
    network.took(case, "correct", event=1, changes={"trader": "云汀超市"}, why="名称登错")
    network.took(case, "decide-objection", "2026-06-26", **met)
    (told,) = listed(network)
    assert (told["trader"], told["objected"]) == ("云汀超市", False)


def test_nothing_is_published_anew_while_an_objection_waits(network: Network) -> None:
    case = objected(network)
    network.took(case, "unpublish", "2026-06-25", why="核实期间撤下")
    network.refused(network.step(case, "publish"), 409, "case.objected")
    network.took(case, "decide-objection", "2026-06-26", objection="refused", why="异议不成立")
    network.took(case, "publish", "2026-06-26")


@pytest.mark.parametrize(("day", "status"), [("2026-07-22", 200), ("2026-07-23", 409)])
def test_a_trader_objects_within_the_days_of_the_settings(network: Network, day: str, status: int) -> None:
    case = archived(network)
    network.refused(network.step(case, "object", why="x"), 409, "case.unpublished")
    network.took(case, "publish", "2026-06-22")
    answer = network.step(case, "object", day, why="不实")
    assert answer.status_code == status, answer.text


def test_who_has_no_part_reads_an_objection_without_what_tells_a_person_and_reports_count(network: Network) -> None:
    case = objected(network)
    watcher = network.by("leader", "leader")
    told = watcher.get(f"/api/v1/cases/{case}").get_data(as_text=True)
    told += watcher.get(f"/api/v1/cases/{case}/history").get_data(as_text=True)
    assert "货是另一家的" in told
    assert [one for one in (PHONE, "钱示秘") if one in told] == []
    days = {"since": "2026-06-01", "until": "2026-06-30"}
    lines = network.centre.get("/api/v1/case-reports", query_string=days).json["lines"]
    counted = {one["item"]: one["value"] for one in lines}
    assert [counted[one] for one in ("published", "objected", "withheld")] == ["1", "1", "0"]
