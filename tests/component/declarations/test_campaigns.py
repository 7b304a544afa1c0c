"""Campaigns: one vote each, counted whole, and nothing that leads from a ballot to its rater."""

import json
import threading
import uuid
from typing import Any

import pytest

from services.declarations.storage.ballots import MIXED
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.declarations.bureau import CYCLE, PERSONS, Bureau

RATERS = ["PS", "QS", "HS", "P9", "H9", "P10", "H10", "P8"]
SUBJECTS = ["PS", "QS", "Q10"]


def campaign(
    subjects: list[str] | None = None, raters: list[str] | None = None, tokens: int = 0, **more: Any
) -> dict[str, Any]:
    groups = [{"group": "peers", "raters": RATERS if raters is None else raters}]
    groups += [{"group": "recipients", "tokens": tokens}] if tokens else []
    chosen = SUBJECTS if subjects is None else subjects
    return {"indicator": "11-04-06", "period": "2026-H1", "subjects": chosen, "groups": groups, **more}


def start(bureau: Bureau, *campaigns: dict[str, Any], by: str = "office") -> list[dict[str, Any]]:
    opened: list[dict[str, Any]] = bureau.ask("open_campaigns", by, {"cycle": CYCLE, "campaigns": list(campaigns)})[
        "campaigns"
    ]
    return opened


def vote(bureau: Bureau, by: str, one: str, **votes: str) -> None:
    bureau.ask("cast_ballots", by, {"ballots": [{"campaign": one, "votes": votes}]})


def test_votes_are_counted_by_subject_and_grade(bureau: Bureau):
    (one,) = (opened["campaign"] for opened in start(bureau, campaign()))
    vote(bureau, "P9", one, PS="优", QS="好")
    vote(bureau, "H9", one, PS="优", Q10="差")
    vote(bureau, "PS", one, QS="好")
    (closed,) = bureau.ask("close_campaigns", "K1", {"campaigns": [one]})["campaigns"]
    assert closed["status"] == "closed"
    shown = bureau.ask("get_campaign", "office", {"campaign": one})
    assert {given["subject"]: given["counts"] for given in shown["evaluations"]} == {
        "PS": {"优": 2},
        "QS": {"好": 2},
        "Q10": {"差": 1},
    }
    assert shown["groups"] == [{"group": "peers", "raters": 8, "voted": 3}]


def test_the_states_leave_open_and_closed_and_carry_votes_only_closed(bureau: Bureau):
    (opened,) = start(bureau, campaign(subjects=["PS"]))
    vote(bureau, "P9", opened["campaign"], PS="优")
    bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
    bodies = [json.loads(row["body"]) for row in bureau.rows("SELECT body FROM declarations.outbox ORDER BY id")]
    assert [(one["status"], one["revision"], one["counts"]) for body in bodies for one in body] == [
        ("open", 1, {}),
        ("closed", 2, {"优": "1"}),
    ]


def test_everybody_votes_once(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    vote(bureau, "P9", opened["campaign"], PS="优")
    with pytest.raises(Conflict) as raised:
        vote(bureau, "P9", opened["campaign"], PS="差")
    assert raised.value.code == "campaign.voted"
    assert bureau.count("ballot") == 1


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
    assert bureau.count("ballot") == 1


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
    assert (errors, bureau.count("ballot")) == ([], len(RATERS))


def test_a_rater_casts_several_ballots_in_one_go_or_none(bureau: Bureau):
    one, other = (opened["campaign"] for opened in start(bureau, campaign(), campaign(period="2026-H2", raters=["P9"])))
    ballots = [{"campaign": name, "votes": {"PS": "优"}} for name in (one, other)]
    with pytest.raises(Forbidden) as raised:
        bureau.ask("cast_ballots", "H9", {"ballots": ballots})
    assert raised.value.errors[0]["row"] == 1
    assert bureau.count("ballot") == 0
    bureau.ask("cast_ballots", "P9", {"ballots": ballots})
    assert bureau.count("ballot") == 2


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
    assert bureau.count("ballot") == 0
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


# Anonymity: what somebody could try who reads every table, and what PostgreSQL keeps beside the columns.


@pytest.fixture
def voted(bureau: Bureau) -> Bureau:
    """Eight raters voted one after another, each for one subject with a grade of their own kind."""
    (opened,) = start(bureau, campaign(subjects=["Q10"]))
    for number, rater in enumerate(RATERS):
        vote(bureau, rater, opened["campaign"], Q10=["优", "好", "一般", "可以", "差"][number % 5])
    return bureau


def columns(bureau: Bureau, table: str) -> dict[str, str]:
    statement = f"SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'declarations' AND table_name = '{table}'"
    return {row["column_name"]: row["data_type"] for row in bureau.rows(statement)}


def test_ballot_and_participation_share_only_campaign_and_group(voted: Bureau):
    shared = set(columns(voted, "ballot")) & set(columns(voted, "participation"))
    assert shared == {"bureau", "campaign", "rater_group"}
    pairs = voted.rows(
        "SELECT p.rater, count(*) AS n FROM declarations.participation p JOIN declarations.ballot b"
        " USING (bureau, campaign, rater_group) GROUP BY p.rater"
    )
    assert {row["n"] for row in pairs} == {len(RATERS)}  # every rater joins to every ballot


def test_a_ballot_has_a_random_key_no_time_and_no_order(voted: Bureau):
    keys = [row["ballot"] for row in voted.rows("SELECT ballot FROM declarations.ballot")]
    assert {uuid.UUID(key).version for key in keys} == {4}
    kinds = {**columns(voted, "ballot"), **columns(voted, "participation")}
    assert not {kind for kind in kinds.values() if "timestamp" in kind or "int" in kind or "serial" in kind}
    assert kinds["voted_on"] == "date"


def test_the_marks_of_transactions_do_not_join_a_rater_to_a_ballot(voted: Bureau):
    """Each participation was marked in a transaction of its own; all ballots bear the mark of the last one."""
    marks = voted.rows("SELECT xmin::text AS mark FROM declarations.ballot")
    assert len({row["mark"] for row in marks}) == 1
    assert len(RATERS) <= MIXED


def test_the_places_of_ballots_do_not_follow_the_order_of_voting(bureau: Bureau):
    """In eight campaigns of eight ballots each the first vote is not always the first row."""
    places = set()
    for half in ("2026-H1", "2026-H2"):
        for subject in [*SUBJECTS, "P10"]:
            (opened,) = start(bureau, campaign(subjects=[subject], period=half))
            raters = [rater for rater in RATERS if rater != subject]
            for number, rater in enumerate(raters):
                vote(bureau, rater, opened["campaign"], **{subject: "优" if number == 0 else "好"})
            rows = bureau.rows(
                f"SELECT votes FROM declarations.ballot WHERE campaign = '{opened['campaign']}' ORDER BY ctid"
            )
            places.add([next(iter(row["votes"].values())) for row in rows].index("优"))
    assert len(places) > 1


def test_no_audit_line_and_no_message_names_a_rater_or_a_vote(voted: Bureau):
    lines = voted.rows("SELECT account, name, action, before, after FROM declarations.audit")
    accounts = {f"a-{one.person}" for one in PERSONS}
    assert not accounts & {line["account"] for line in lines}
    whole = json.dumps([lines, voted.rows("SELECT body, request_id FROM declarations.outbox")], ensure_ascii=False)
    assert not [grade for grade in ("优", "好", "一般", "可以", "差") if grade in whole]


def test_the_answer_says_nothing_of_what_was_voted(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    ballots = [{"campaign": opened["campaign"], "votes": {"PS": "差"}}]
    assert bureau.ask("cast_ballots", "P9", {"ballots": ballots}) == {"campaigns": [opened["campaign"]]}
