"""Search over HTTP: every kind is found by its words, through the index, and nothing that may not be seen."""

from typing import Any

import pytest
from sqlalchemy import text

from services.complaints.storage.bigrams import pairs
from services.complaints.storage.knowledge_tables import CASE_BIGRAMS
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_knowledge_over_http import ANSWER, MARK
from tests.component.complaints.test_traders_over_http import get, post

__all__ = ["network"]


def found(network: Network, q: str, by: Any = None) -> list[tuple[str, str]]:
    return [(one["kind"], one["title"]) for one in get(network, f"case-search?q={q}", by)["items"]]


def test_every_kind_is_found_by_words_that_it_holds(network: Network) -> None:
    network.register("2026-03-01", number="甲-1", summary="买到云岭白酒疑似假冒", trader="示范烟酒店", goods="白酒")
    post(network, "case-knowledge", {**ANSWER, "question": "买到白酒是假的怎么办"}, 201)
    post(network, "counterfeits", MARK, 201)
    kinds = [("case", "甲-1 示范烟酒店"), ("counterfeit", "云岭"), ("knowledge", "买到白酒是假的怎么办")]
    assert found(network, "白酒") == kinds
    assert found(network, "云岭 疑似") == kinds[:1]
    assert found(network, "酒") == [kinds[0], ("trader", "示范烟酒店"), *kinds[1:]]
    assert found(network, "示范烟酒店") == [kinds[0], ("trader", "示范烟酒店")]
    assert found(network, "岭云") == found(network, "买假") == []
    assert [one["kind"] for one in get(network, "case-search?q=白酒&kind=case")["items"]] == ["case"]


def test_letters_are_found_in_any_case_and_signs_of_patterns_mean_themselves(network: Network) -> None:
    network.register("2026-03-01", number="Ab-7", summary="折扣100%_是假")
    assert found(network, "ab-7") == found(network, "100%25_") == [("case", "Ab-7 云汀百货")]
    assert found(network, "10%25") == []


PLANTED = ("张暗号", "13711112222", "110101199003077777", "老板的表弟")


def test_nothing_of_a_reporter_and_nothing_that_was_written_of_a_report_is_found_or_indexed(network: Network) -> None:
    words = "，".join(PLANTED)
    case = network.register("2026-03-01", kind="report", summary=words, trader="示范工厂", number="R-9")
    network.register("2026-03-01", consumer="李暗语", phone="13733334444", number="C-9", trader="示范店")
    leader = network.by("leader", "leader")
    for planted in (*PLANTED, "李暗语", "13733334444"):
        for by in (network.centre, leader):
            assert found(network, planted, by) == []
    (shown,) = get(network, "case-search?q=示范工厂&kind=case")["items"]
    assert (shown["code"], shown["text"]) == (case, "")
    with network.world.service.begin_handling([]) as session:
        indexed = session.execute(
            text(f"SELECT {CASE_BIGRAMS} FROM complaints.cases WHERE number = 'R-9'")
        ).scalar_one()
        assert "示范" in indexed
        assert [one for word in PLANTED for one in pairs(word) if one in indexed] == []


def test_a_case_that_may_not_be_seen_is_not_found(network: Network) -> None:
    case = network.register("2026-03-01", number="S-1", summary="二手车调表")
    network.took(case, "assign", "2026-03-02", unit="S01", handler="P2")
    assert found(network, "调表", network.by("P2", "staff", person="P2")) == [("case", "S-1 云汀百货")]
    assert found(network, "调表", network.by("P3", "staff", person="P3")) == []
    get(network, "case-search?q=调表", network.by("nobody", "devices"), 403)


@pytest.mark.parametrize("q", ["%20", "的的的的", "😀😀", "'\"\\{},"])
def test_whatever_is_asked_for_is_answered(network: Network, q: str) -> None:
    assert found(network, q) == []
