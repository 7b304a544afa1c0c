"""Whose case it is, over HTTP: by platform, place of business and domicile, with the rule; the operator decides."""

from typing import Any

import pytest

from tests.component.complaints.network import Network, network
from tests.component.complaints.test_settings_over_http import put

__all__ = ["network"]
KNOWN = [
    {"by": "place", "words": "示范区", "unit": "S01"},
    {"by": "place", "words": "示范区滨河路", "unit": "S02"},
    {"by": "place", "words": "邻县", "other_bureau": "邻县市场监督管理局"},
    {"by": "platform", "words": "云市", "other_bureau": "东海市市场监督管理局"},
]


@pytest.fixture
def known(network: Network) -> Network:
    network.today.now = network.today.moment("2026-06-01")
    answer = put(network, jurisdictions=KNOWN)
    assert answer.status_code == 200, answer.text
    return network


def suggested(network: Network, **typed: Any) -> list[tuple[str, str]]:
    """(unit or other bureau, rule)"""
    answer = network.post("cases/jurisdiction", typed)
    assert answer.status_code == 200, answer.text
    return [(one["unit"] or one["other_bureau"], one["rule"]) for one in answer.json["items"]]


def test_the_place_of_business_names_the_unit_and_its_longest_words_win(known: Network) -> None:
    assert suggested(known, trader_address="示范区中山路 3 号") == [("S01", "place_of_business")]
    assert suggested(known, trader_address="示范区滨河路 8 号") == [("S02", "place_of_business")]
    assert suggested(known, trader_address="邻县东街") == [("邻县市场监督管理局", "place_of_business")]
    assert suggested(known, trader_address="远方") == []


def test_a_platform_is_its_operators_domicile_and_beside_a_place_for_its_traders(known: Network) -> None:
    assert suggested(known, trader="云市网络科技有限公司") == [("东海市市场监督管理局", "operator")]
    inside = {"trader": "云汀百货", "trader_address": "示范区中山路 3 号", "platform": "云市"}
    assert suggested(known, **inside) == [("S01", "place_of_business"), ("东海市市场监督管理局", "platform")]


def test_the_register_tells_who_supervises_a_trader_and_where_they_are(known: Network) -> None:
    entry = {"name": "云汀百货", "address": "示范区滨河路 8 号", "place": "示范区中山路 3 号", "unit": "S02"}
    assert known.post("traders", entry).status_code == 201
    assert suggested(known, trader="云汀百货") == [("S01", "place_of_business"), ("S02", "supervising")]
    assert suggested(known, trader="云汀") == []


def test_a_report_goes_by_where_it_happened_never_by_a_platform(known: Network) -> None:
    typed = {"kind": "report", "trader": "云市网络科技有限公司", "trader_address": "示范区中山路", "platform": "云市"}
    answer = known.post("cases/jurisdiction", typed).json["items"]
    assert [(one["unit"], one["rule"], one["article"]) for one in answer] == [("S01", "act", "行政处罚法第22条")]


def test_the_article_is_told_and_whoever_takes_nothing_in_is_refused(known: Network) -> None:
    (one,) = known.post("cases/jurisdiction", {"trader_address": "示范区中山路"}).json["items"]
    assert (one["regime"], one["article"], one["found"], one["unit_name"]) == ("令121", "第13条", "示范区", "S01")
    known.refused(known.post("cases/jurisdiction", {"trader": "x"}, known.by("auditor", "auditor")), 403)


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "place", "words": "示范区", "unit": "S77"},
        {"by": "place", "words": "示范区"},
        {"by": "place", "words": "示范区", "unit": "S01", "other_bureau": "邻县市场监督管理局"},
        {"by": "place", "words": " ", "unit": "S01"},
    ],
)
def test_what_leads_nowhere_is_not_set(network: Network, wrong: dict[str, str]) -> None:
    network.today.now = network.today.moment("2026-06-01")
    network.refused(put(network, jurisdictions=[wrong]), 422)


def test_the_list_of_places_stays_where_a_client_does_not_say_it(known: Network) -> None:
    told = known.centre.get("/api/v1/case-settings").json["today"]["jurisdictions"]
    assert [one["words"] for one in told] == [one["words"] for one in KNOWN]
    body = known.centre.get("/api/v1/case-settings").json
    given = {name: value for name, value in body["today"].items() if name not in ("starts", "jurisdictions")}
    sent = {**given, "revision": body["revision"], "starts": "2026-06-01"}
    assert known.by("office", "office").put("/api/v1/case-settings", json=sent).status_code == 200
    assert len(known.centre.get("/api/v1/case-settings").json["today"]["jurisdictions"]) == len(KNOWN)
