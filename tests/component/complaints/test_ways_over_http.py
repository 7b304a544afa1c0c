"""The way of a case through the network and out of it, over HTTP: down the levels and back, withdrawn at any stage, decided anew."""

from typing import Any

import pytest

from services.complaints.usecases import projections
from tests.component.complaints.conftest import cycle, unit
from tests.component.complaints.network import Network, network

__all__ = ["network"]
TO_S01 = ("assign", {"unit": "S01", "handler": "P2"})
ACCEPTED = [TO_S01, ("accept", {})]
ENTRUSTED = [
    *ACCEPTED,
    *(("consent", {"party": party, "matter": "entrusting"}) for party in ("consumer", "trader")),
    ("entrust", {"unit": "A01"}),
]
TRANSFERRING = [("transfer", {"other_bureau": "示范区市场监管局", "why": "住所在外区"})]
FILED = [TO_S01, ("conclude", {"outcome": "filed"})]
Way = list[tuple[str, dict[str, Any]]]


def test_a_case_goes_down_three_levels_and_comes_back_with_a_reason(network: Network) -> None:
    """The city's centre, a county's centre, a station: each dispatches further down what it has."""
    with network.world.service.begin_handling([cycle("2026", {})]) as session:
        projections.keep_units(session, [unit("C02", "centre", "special_supervision")])
    case = network.register("2026-06-01")
    county, station = network.by("head.C02", heads="C02"), network.by("head.S01", heads="S01")
    handler = network.by("P2", "staff", person="P2")
    network.took(case, "assign", unit="C02")
    network.refused(network.step(case, "assign", by=station, unit="S01"), 403)
    network.took(case, "assign", by=county, unit="S01")
    network.took(case, "assign", by=station, unit="S01", handler="P2")
    network.took(case, "take-up", by=handler)
    assert [network.show(case)[name] for name in ("status", "unit", "handler")] == ["taken_up", "S01", "P2"]
    network.refused(network.step(case, "send-back", by=handler), 422)
    network.took(case, "send-back", by=handler, why="不属于本所辖区")
    assert [network.show(case)[name] for name in ("status", "unit", "returns")] == ["registered", None, 1]


@pytest.mark.parametrize(
    ("kind", "way", "told"),
    [
        ("complaint", [], ("withdrawn", None)),
        ("complaint", [TO_S01], ("withdrawn", None)),
        ("complaint", [TO_S01, ("take-up", {})], ("withdrawn", None)),
        ("complaint", TRANSFERRING, ("withdrawn", None)),
        ("complaint", ACCEPTED, ("concluded", "1")),
        ("complaint", ENTRUSTED, ("concluded", "1")),
        ("suggestion", [TO_S01], ("withdrawn", None)),
        ("report", [TO_S01], ("assigned", None)),
        ("report", TRANSFERRING, ("transferring", None)),
        ("report", FILED, ("concluded", None)),
    ],
)
def test_who_complained_may_withdraw_at_any_stage(
    network: Network, kind: str, way: Way, told: tuple[str, str | None]
) -> None:
    case = network.register("2026-06-01", kind=kind)
    for step, said in way:
        by = network.by("head.S01", heads="S01") if step == "take-up" else None
        network.took(case, step, by=by, **said)
    network.took(case, "withdraw", "2026-06-03", why="双方自行和解")
    shown = network.show(case)
    assert (shown["status"], shown["termination_ground"]) == told
    network.refused(network.step(case, "withdraw"), 409)
    assert network.centre.get(f"/api/v1/cases/{case}/history").json["events"][-1]["name"] == "withdraw"


def test_a_wrong_ground_is_corrected_and_a_refusal_annulled_by_a_higher_authority_is_decided_anew(
    network: Network,
) -> None:
    case = network.register("2026-06-01")
    network.took(case, "refuse", "2026-06-02", ground="1")
    network.took(case, "correct", "2026-06-03", event=2, changes={"ground": "3"}, why="适用情形有误")
    assert (network.show(case)["refusal_ground"], network.show(case)["status"]) == ("3", "refused")
    network.took(case, "annul", "2026-06-08", event=2, why="行政复议决定撤销〔2026〕7号")
    shown = network.show(case)
    assert (shown["status"], shown["refusal_ground"], shown["decided_at"]) == ("registered", None, None)
    network.took(case, "accept", "2026-06-09")
    assert network.clock(case, "accept")["state"] == "kept"
    events = network.centre.get(f"/api/v1/cases/{case}/history").json["events"]
    assert [(one["name"], one["annulled"], one["puts_right"]) for one in events] == [
        ("register", False, None),
        ("refuse", True, None),
        ("correct", False, 2),
        ("annul", False, 2),
        ("accept", False, None),
    ]


def test_a_suggestion_is_registered_by_its_channel_and_answered(network: Network) -> None:
    case = network.register("2026-06-01", kind="suggestion", trader="", channel="visit")
    network.took(case, "answer", "2026-06-02", why="已转有关科室研究")
    shown = network.show(case)
    assert [shown[name] for name in ("kind", "channel", "status", "outcome")] == [
        *("suggestion", "visit", "concluded", "answered")
    ]
