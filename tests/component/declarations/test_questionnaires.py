"""Campaigns with dimensions and weighted groups: exact counts for scoring, results that say what was left out, tokens for people outside."""

import json
from decimal import Decimal
from typing import Any

import pytest

import rules
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import GRADES
from tests.component.declarations.voting import RATERS, campaign, counted, start, vote

DIMENSIONS = [{"dimension": "协作", "weight": "0.6"}, {"dimension": "效率", "weight": "0.4"}]
LEADERS, PEERS = ["H9", "H10", "HS"], ["P9", "P10", "P8", "QS"]


def weighted(minimum: int = 3, **more: Any) -> dict[str, Any]:
    groups = [
        {"group": "leaders", "weight": "0.7", "minimum": minimum, "raters": LEADERS},
        {"group": "peers", "weight": "0.3", "minimum": minimum, "raters": PEERS},
    ]
    return {**campaign(subjects=["PS", "Q10"]), "groups": groups, "dimensions": DIMENSIONS, **more}


def grade_all(bureau: Bureau, one: str, raters: list[str], work: str, pace: str) -> None:
    for rater in raters:
        bureau.ask(
            "cast_ballots", rater, {"ballots": [{"campaign": one, "votes": {"PS": {"协作": work, "效率": pace}}}]}
        )


def results(bureau: Bureau, one: str) -> dict[str, Any]:
    bureau.ask("close_campaigns", "K1", {"campaigns": [one]})
    return {each["subject"]: each for each in bureau.ask("get_campaign", "K1", {"campaign": one})["evaluations"]}


def points(counts: dict[str, Decimal]) -> Decimal:
    return rules.points("grade", GRADES, Decimal(100), counts)


def test_groups_and_dimensions_weigh_as_the_campaign_says(bureau: Bureau):
    (opened,) = start(bureau, weighted())
    grade_all(bureau, opened["campaign"], LEADERS, "优", "差")  # 0.6 × 1 + 0.4 × 0.4 = 0.76
    grade_all(bureau, opened["campaign"], PEERS, "好", "好")  # 0.85
    found = results(bureau, opened["campaign"])
    assert points(found["PS"]["counts"]) == Decimal("78.70")  # 0.7 × 0.76 + 0.3 × 0.85
    assert (found["PS"]["votes"], found["PS"]["left_out"]) == (7, [])
    assert found["PS"]["groups"] == [
        {"group": "leaders", "counts": {"优": 3, "差": 3}},
        {"group": "peers", "counts": {"好": 8}},
    ]
    body = json.loads(
        bureau.rows(
            "SELECT body FROM declarations.outbox WHERE event NOT LIKE '%NoticeGiven%' ORDER BY id DESC LIMIT 1"
        )[0]["body"]
    )
    (told,) = [one for one in body if one["subject"] == "PS"]
    assert {key: Decimal(value) for key, value in told["counts"].items()} == found["PS"]["counts"]
    assert Decimal(told["adjusted"]) == found["PS"]["adjusted"]


def test_a_group_under_its_minimum_is_left_out_and_said_to_be(bureau: Bureau):
    (opened,) = start(bureau, weighted())
    grade_all(bureau, opened["campaign"], LEADERS[:2], "差", "差")
    grade_all(bureau, opened["campaign"], PEERS, "好", "好")
    found = results(bureau, opened["campaign"])
    assert (points(found["PS"]["counts"]), found["PS"]["votes"]) == (Decimal("85.00"), 4)
    assert found["PS"]["left_out"] == ["leaders"]
    assert found["Q10"]["left_out"] == ["leaders", "peers"]
    assert found["Q10"]["counts"] == {}
    # the two are not shown apart; nor are the four, in a total that holds no others they could not be had by subtracting
    assert [one["counts"] for one in found["PS"]["groups"]] == [None, None]


def test_a_campaign_without_weights_counts_as_ever(bureau: Bureau):
    (opened,) = start(bureau, campaign(subjects=["Q10"]))
    for rater, grade in zip(RATERS, ("优", "优", "好", "差"), strict=False):
        vote(bureau, rater, opened["campaign"], Q10=grade)
    found = results(bureau, opened["campaign"])["Q10"]
    assert (found["counts"], found["votes"], found["left_out"]) == ({"优": 2, "好": 1, "差": 1}, 4, [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"dimensions": [{"dimension": "协作", "weight": "0.6"}]}, "dimensions.sum"),
        ({"groups": [{"group": "peers", "weight": "0.5", "raters": PEERS}]}, "groups.sum"),
        ({"groups": [{"group": "peers", "weight": "1", "minimum": 2, "raters": PEERS}]}, "groups.minimum"),
    ],
)
def test_a_questionnaire_that_does_not_fit_opens_nothing(bureau: Bureau, change, code):
    with pytest.raises(Invalid) as raised:
        start(bureau, {**weighted(), **change})
    assert raised.value.errors[0]["code"] == code
    assert bureau.count("campaign") == 0


@pytest.mark.parametrize(
    "votes",
    [
        {"PS": "优"},
        {"PS": {"协作": "优"}},
        {"PS": {"协作": "优", "效率": "优", "廉洁": "优"}},
        {"PS": {"协作": "A", "效率": "优"}},
    ],
)
def test_every_dimension_is_graded_and_none_else(bureau: Bureau, votes):
    (opened,) = start(bureau, weighted())
    with pytest.raises(Invalid):
        bureau.ask("cast_ballots", "P9", {"ballots": [{"campaign": opened["campaign"], "votes": votes}]})
    assert bureau.count("sealed_ballot") == 0


def test_more_tokens_are_given_out_while_the_campaign_is_open_and_each_reads_its_questionnaire(bureau: Bureau):
    (opened,) = start(bureau, campaign(subjects=["PS"], tokens=1))
    one = opened["campaign"]
    issued = bureau.ask("issue_tokens", "office", {"campaign": one, "group": "recipients", "number": 3})
    assert len(set(issued["tokens"])) == 3
    asked = bureau.ask("read_questionnaire", "stranger", {"campaign": one, "token": issued["tokens"][0]})
    assert asked["subjects"] == [{"subject": "PS", "name": "PS"}]
    assert asked["grades"] == list(rules.GRADES)
    ballot = {"campaign": one, "token": issued["tokens"][0], "votes": {"PS": "好"}}
    bureau.ask("cast_with_token", "stranger", ballot)
    with pytest.raises(Conflict):
        bureau.ask("read_questionnaire", "stranger", {"campaign": one, "token": issued["tokens"][0]})
    with pytest.raises(Forbidden):
        bureau.ask("read_questionnaire", "stranger", {"campaign": one, "token": "guessed"})
    with pytest.raises(Forbidden):
        bureau.ask("issue_tokens", "P9", {"campaign": one, "group": "recipients", "number": 1})
    with pytest.raises(Invalid):
        bureau.ask("issue_tokens", "K1", {"campaign": one, "group": "nobody", "number": 1})
    with pytest.raises(NotFound):
        bureau.ask("issue_tokens", "stranger", {"campaign": one, "group": "recipients", "number": 1})
    bureau.ask("close_campaigns", "K1", {"campaigns": [one]})
    with pytest.raises(Conflict):
        bureau.ask("issue_tokens", "K1", {"campaign": one, "group": "recipients", "number": 1})


def test_ballots_sealed_under_another_secret_are_neither_lost_nor_miscounted(bureau: Bureau, monkeypatch):
    (opened,) = start(bureau, campaign(subjects=["Q10"]))
    vote(bureau, "P9", opened["campaign"], Q10="优")
    with monkeypatch.context() as other:
        other.setattr("services.declarations.usecases.campaigns.ballots.campaign_key", _stranger)
        other.setattr("services.declarations.usecases.campaigns.closing.campaign_key", _stranger)
        with pytest.raises(Conflict, match=r"ballots\.sealed_otherwise"):
            bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
        with pytest.raises(Conflict):
            vote(bureau, "H9", opened["campaign"], Q10="差")
    vote(bureau, "H9", opened["campaign"], Q10="差")
    vote(bureau, "PS", opened["campaign"], Q10="差")
    bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
    assert counted(bureau, opened["campaign"])["Q10"] == {"优": 1, "差": 2}


def _stranger(campaign: str) -> Any:
    from services.declarations.storage.sealing import CampaignKey

    return CampaignKey("another secret", campaign)
