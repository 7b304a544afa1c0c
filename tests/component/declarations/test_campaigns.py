"""Campaigns: one vote each, counted whole, and nothing that leads from a ballot to its rater."""

import json
import threading

import pytest

from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.voting import RATERS, SUBJECTS, campaign, counted, start, vote


def test_votes_are_counted_by_subject_and_grade(bureau: Bureau):
    (one,) = (opened["campaign"] for opened in start(bureau, campaign()))
    vote(bureau, "P9", one, PS="优", QS="好")
    vote(bureau, "H9", one, PS="优", Q10="差")
    vote(bureau, "PS", one, QS="好")
    vote(bureau, "HS", one, PS="好", QS="好", Q10="差")
    (closed,) = bureau.ask("close_campaigns", "K1", {"campaigns": [one]})["campaigns"]
    assert closed["status"] == "closed"
    shown = bureau.ask("get_campaign", "office", {"campaign": one})
    assert counted(bureau, one) == {
        "PS": {"优": 2, "好": 1},
        "QS": {"好": 3},
        "Q10": {},  # two ballots are fewer than may judge anybody
    }
    assert shown["groups"] == [{"group": "peers", "raters": 8, "voted": 4}]


def test_the_states_leave_open_and_closed_and_carry_votes_only_closed(bureau: Bureau):
    (opened,) = start(bureau, campaign(subjects=["PS"]))
    for rater in ("P9", "H9", "QS"):
        vote(bureau, rater, opened["campaign"], PS="优")
    bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
    bodies = [
        json.loads(row["body"])
        for row in bureau.rows("SELECT body FROM declarations.outbox WHERE event NOT LIKE '%NoticeGiven%' ORDER BY id")
    ]
    assert [(one["status"], one["revision"], one["counts"]) for body in bodies for one in body] == [
        ("open", 1, {}),
        ("closed", 2, {"优": "3"}),
    ]


@pytest.mark.parametrize("ballots", [0, 1, 2, 3])
def test_fewer_ballots_than_three_judge_nobody(bureau: Bureau, ballots: int):
    (opened,) = start(bureau, campaign(subjects=["PS"]))
    for rater in ("P9", "H9", "QS")[:ballots]:
        vote(bureau, rater, opened["campaign"], PS="差")
    bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
    (told,) = json.loads(
        bureau.rows(
            "SELECT body FROM declarations.outbox WHERE event NOT LIKE '%NoticeGiven%' ORDER BY id DESC LIMIT 1"
        )[0]["body"]
    )
    assert told["counts"] == ({"差": "3"} if ballots == 3 else {})


def test_everybody_votes_once(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    vote(bureau, "P9", opened["campaign"], PS="优")
    with pytest.raises(Conflict) as raised:
        vote(bureau, "P9", opened["campaign"], PS="差")
    assert raised.value.code == "campaign.voted"
    assert bureau.count("sealed_ballot") == 1


def test_two_votes_at_the_same_moment_are_one(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    outcomes: list[str] = []

    def cast(grade: str) -> None:
        try:
            vote(bureau, "P9", opened["campaign"], PS=grade)
            outcomes.append("cast")
        except Conflict as conflict:
            outcomes.append(conflict.code)

    threads = [threading.Thread(target=cast, args=[grade]) for grade in ("优", "好", "差")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["campaign.voted", "campaign.voted", "cast"]
    assert bureau.count("sealed_ballot") == 1


def test_ballots_of_many_raters_at_once_are_all_kept(bureau: Bureau):
    (opened,) = start(bureau, campaign(subjects=["Q10"]))
    errors: list[Exception] = []

    def cast(rater: str) -> None:
        try:
            vote(bureau, rater, opened["campaign"], Q10="优")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=cast, args=[rater]) for rater in RATERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (errors, bureau.count("sealed_ballot")) == ([], len(RATERS))


def test_a_rater_casts_several_ballots_in_one_go_or_none(bureau: Bureau):
    one, other = (opened["campaign"] for opened in start(bureau, campaign(), campaign(period="2026-H2", raters=["P9"])))
    ballots = [{"campaign": name, "votes": {"PS": "优"}} for name in (one, other)]
    with pytest.raises(Forbidden) as raised:
        bureau.ask("cast_ballots", "H9", {"ballots": ballots})
    assert raised.value.errors[0]["row"] == 1
    assert bureau.count("sealed_ballot") == 0
    bureau.ask("cast_ballots", "P9", {"ballots": ballots})
    assert bureau.count("sealed_ballot") == 2


@pytest.mark.parametrize(
    ("by", "votes", "error"),
    [
        ("Q10", {"PS": "优"}, Forbidden),  # no rater
        ("PS", {"PS": "优"}, Forbidden),  # themselves
        ("P9", {"HS": "优"}, Invalid),  # not graded here
        ("P9", {"PS": "A"}, Invalid),
        ("stranger", {"PS": "优"}, NotFound),
    ],
)
def test_a_ballot_that_does_not_fit_counts_nothing(bureau: Bureau, by, votes, error):
    (opened,) = start(bureau, campaign())
    with pytest.raises(error):
        vote(bureau, by, opened["campaign"], **votes)
    assert bureau.count("sealed_ballot") == 0
    assert bureau.rows("SELECT 1 FROM declarations.participation WHERE voted_on IS NOT NULL") == []


def test_nobody_votes_in_a_closed_campaign_nor_closes_it_twice(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
    with pytest.raises(Conflict):
        vote(bureau, "P9", opened["campaign"], PS="优")
    with pytest.raises(Conflict):
        bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})


def test_a_recipient_votes_once_with_a_token(bureau: Bureau):
    (opened,) = start(bureau, campaign(tokens=2))
    token = opened["tokens"]["recipients"][0]
    ballot = {"campaign": opened["campaign"], "token": token, "votes": {"PS": "好"}}
    bureau.ask("cast_with_token", "stranger", ballot)  # whoever holds it
    with pytest.raises(Conflict):
        bureau.ask("cast_with_token", "stranger", ballot)
    with pytest.raises(Forbidden):
        bureau.ask("cast_with_token", "stranger", {**ballot, "token": "guessed"})
    dump = json.dumps(
        [bureau.rows(f"SELECT * FROM declarations.{table}") for table in ("participation", "audit", "outbox")],
        default=str,
    )
    assert token not in dump


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (campaign(indicator="01-01-01"), "indicator.tool"),
        (campaign(period="2026-M01"), "period.frequency"),
        (campaign(subjects=["S01"]), "indicator.not_applicable"),
        (campaign(raters=["nobody"]), "rater.unknown"),
        (campaign(raters=["P9", "P9"]), "rater.repeated"),
        (campaign(raters=[]), "raters.missing"),
    ],
)
def test_a_campaign_that_does_not_fit_is_refused(bureau: Bureau, wrong, code):
    with pytest.raises(Invalid) as raised:
        start(bureau, campaign(period="2026-H2", subjects=["P10"]), wrong)
    assert [(one["row"], one["code"]) for one in raised.value.errors] == [(1, code)]
    assert bureau.count("campaign") == 0


def test_a_subject_is_graded_once_for_an_item_and_period(bureau: Bureau):
    start(bureau, campaign(subjects=["PS"]))
    with pytest.raises(Conflict) as raised:
        start(bureau, campaign(subjects=["QS", "PS"]))
    assert raised.value.code == "campaign.repeated"


def test_only_panel_and_office_run_campaigns(bureau: Bureau):
    with pytest.raises(Forbidden):
        start(bureau, campaign(), by="HS")
    (opened,) = start(bureau, campaign(), by="K1")
    for method, body in (
        ("close_campaigns", {"campaigns": [opened["campaign"]]}),
        ("get_campaign", {"campaign": opened["campaign"]}),
    ):
        with pytest.raises(Forbidden):
            bureau.ask(method, "HS", body)


def test_raters_find_their_ballots_and_whom_to_grade(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    query = {"cycle": CYCLE, "to_vote": True}
    (mine,) = bureau.ask("list_campaigns", "P9", query)["items"]
    assert (mine["campaign"], mine["subjects"]) == (opened["campaign"], sorted(SUBJECTS))
    assert bureau.ask("list_to_dos", "P9", {})["lists"]["ballots_to_cast"]["count"] == 1
    vote(bureau, "P9", opened["campaign"], PS="优")
    assert bureau.ask("list_campaigns", "P9", query)["items"] == []
    assert bureau.ask("list_campaigns", "Q10", {"cycle": CYCLE})["items"] == []
