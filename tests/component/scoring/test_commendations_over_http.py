"""The list for the wall: what is printed for posting shows what everybody may see."""

from typing import Any

import pytest

from gateway.api import results as of_results
from tests.component.scoring.after_a_run import Results
from tests.support.pdf_text import pages


def test_what_is_printed_for_the_wall_shows_what_everybody_may_see_whoever_prints_it(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(of_results, "printed", lambda tree, _: told.append(tree) or b"%PDF-")
    results.publish(visible={"person": "ranking", "division": "own"})
    for client in (results.office, results.panel, results.staff(results.person)):
        assert client.get(f"{results.at}/commendations/paper").status_code == 200
    assert "division" not in told[0]["lists"]
    assert told[0]["lists"]["person"]
    assert {one["final"] for one in told[0]["lists"]["person"]} == {None}
    ranking = results.staff(results.colleague).get(f"{results.at}/ranking?layer=station").json["items"]
    public = {one["subject"]: one["final"] for one in ranking}  # a station of two shows none: it tells of its people
    assert all(public[one["subject"]] == one["final"] for one in told[0]["lists"]["station"])
    assert told[0] == told[1] == told[2]
    on_screen = results.office.get(f"{results.at}/commendations").json["lists"]
    assert all(one["final"] for one in on_screen["person"])


def test_before_publication_the_list_for_the_wall_is_tried_without_scores(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(of_results, "printed", lambda tree, _: told.append(tree) or b"%PDF-")
    results.approve()
    assert results.office.get(f"{results.at}/commendations/paper").status_code == 200
    assert {one["final"] for entries in told[0]["lists"].values() for one in entries} == {None}


def test_the_paper_is_a_notice_with_its_number_and_room_for_the_seal(results: Results) -> None:
    results.publish(visible={"person": "list"})
    answer = results.office.get(f"{results.at}/commendations/paper")
    assert "%E5%85%88%E8%BF%9B%E5%90%8D%E5%8D%95.pdf" in answer.headers["Content-Disposition"]  # 先进名单
    paper = "".join("".join(pages(answer.data)).split())
    lists = results.office.get(f"{results.at}/commendations").json["lists"]
    assert f"个人（共{len(lists['person'])}名）" in paper
    assert "绩效考核小组（盖章）" in paper
    assert paper.count("所在科所") == 1  # of people only
    assert not [one["final"] for one in lists["person"] if one["final"] in paper]
