"""What somebody could try who reads every table, and what PostgreSQL keeps beside the columns."""

import json
import uuid

import pytest

from services.declarations.storage.ballots import MIXED
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import PERSONS
from tests.component.declarations.voting import RATERS, SUBJECTS, campaign, start, vote


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
