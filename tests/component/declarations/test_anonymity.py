"""What somebody could try who reads every table, watches them while votes come in, and looks at what PostgreSQL keeps beside the columns."""

import json
import uuid
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from services.declarations.domain.ballot_code import BallotCode
from services.declarations.storage.ballots import MIXED
from services.declarations.usecases.campaigns.ballots import campaign_key
from shared.repetition import remember_key
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import PERSONS
from tests.component.declarations.voting import RATERS, SUBJECTS, campaign, start, vote

GRADES = ("优", "好", "一般", "可以", "差")


def cast_all(bureau: Bureau) -> str:
    """Eight raters vote one after another, each for one subject with a grade of their own kind."""
    (opened,) = start(bureau, campaign(subjects=["Q10"]))
    for number, rater in enumerate(RATERS):
        vote(bureau, rater, opened["campaign"], Q10=GRADES[number % 5])
    return str(opened["campaign"])


@pytest.fixture
def voted(bureau: Bureau) -> Bureau:
    cast_all(bureau)
    return bureau


@pytest.fixture
def closed(bureau: Bureau) -> Bureau:
    bureau.ask("close_campaigns", "K1", {"campaigns": [cast_all(bureau)]})
    return bureau


def columns(bureau: Bureau, table: str) -> dict[str, str]:
    statement = f"SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'declarations' AND table_name = '{table}'"
    return {row["column_name"]: row["data_type"] for row in bureau.rows(statement)}


def test_no_table_holds_a_vote_in_the_clear_while_the_campaign_is_open(voted: Bureau):
    names = voted.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'declarations'")
    dump = {one["table_name"]: voted.rows(f'SELECT * FROM declarations."{one["table_name"]}"') for one in names}
    held = {name: json.dumps(rows, default=repr, ensure_ascii=False) for name, rows in dump.items()}
    guilty = [name for name, text in held.items() if any(f'"{grade}"' in text for grade in GRADES)]
    assert guilty == ["indicator"]  # where the grades' values stand
    assert voted.count("ballot") == 0


def test_sealed_ballot_and_participation_share_only_the_campaign(voted: Bureau):
    assert set(columns(voted, "sealed_ballot")) & set(columns(voted, "participation")) == {"campaign"}
    assert set(columns(voted, "sealed_ballot")) == {"ballot", "campaign", "sealed"}


def test_a_released_ballot_joins_to_every_rater_alike(closed: Bureau):
    shared = set(columns(closed, "ballot")) & set(columns(closed, "participation"))
    assert shared == {"bureau", "campaign", "rater_group"}
    pairs = closed.rows(
        "SELECT p.rater, count(*) AS n FROM declarations.participation p JOIN declarations.ballot b"
        " USING (bureau, campaign, rater_group) GROUP BY p.rater"
    )
    assert {row["n"] for row in pairs} == {len(RATERS)}


@pytest.mark.parametrize(("world", "table"), [("voted", "sealed_ballot"), ("closed", "ballot")])
def test_a_ballot_has_a_random_key_no_time_and_no_order(request, world, table):
    bureau: Bureau = request.getfixturevalue(world)
    keys = [row["ballot"] for row in bureau.rows(f"SELECT ballot FROM declarations.{table}")]
    assert len(keys) == len(RATERS)
    assert {uuid.UUID(key).version for key in keys} == {4}
    kinds = {**columns(bureau, table), **columns(bureau, "participation")}
    assert not {kind for kind in kinds.values() if "timestamp" in kind or "int" in kind or "serial" in kind}
    assert kinds["voted_on"] == "date"


@pytest.mark.parametrize(("world", "table"), [("voted", "sealed_ballot"), ("closed", "ballot")])
def test_the_marks_of_transactions_do_not_join_a_rater_to_a_ballot(request, world, table):
    """Each participation was marked in a transaction of its own; all ballots bear the mark of the last one."""
    bureau: Bureau = request.getfixturevalue(world)
    marks = bureau.rows(f"SELECT xmin::text AS mark FROM declarations.{table}")
    assert len({row["mark"] for row in marks}) == 1
    assert len(RATERS) <= MIXED


def test_all_sealed_ballots_are_of_one_length_whomever_they_leave_out(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    vote(bureau, "PS", opened["campaign"], QS="好")  # graded among the others: one fewer on their own ballot
    vote(bureau, "P9", opened["campaign"], PS="优", QS="好", Q10="差")
    lengths = bureau.rows("SELECT DISTINCT length(sealed) AS n FROM declarations.sealed_ballot")
    assert len(lengths) == 1


def watched(bureau: Bureau, **tokens: Any) -> list[dict[str, bytes]]:
    """Everything that a watcher sees of the ballots: the table after each vote."""
    (opened,) = start(bureau, campaign(subjects=["Q10"], **tokens))
    seen = []
    for number, rater in enumerate(RATERS):
        vote(bureau, rater, opened["campaign"], Q10="差" if number == 0 else "优")
        rows = bureau.rows("SELECT ballot, sealed FROM declarations.sealed_ballot")
        seen.append({row["ballot"]: bytes(row["sealed"]) for row in rows})
    return seen


def test_a_lone_first_ballot_is_not_found_again_by_whoever_watched(bureau: Bureau):
    """The known gap of decision 0202: the first ballot stands alone. Sealed, it tells nothing; after the next vote nothing of it is left."""
    seen = watched(bureau)
    for before, after in pairwise(seen):
        assert not set(before) & set(after)
        assert not set(before.values()) & set(after.values())
    assert [len(one) for one in seen] == list(range(1, len(RATERS) + 1))


def test_no_part_of_a_sealed_ballot_comes_back_under_another_name(bureau: Bureau):
    """Nonce, text and tag are new at every sealing: not even sixteen equal bytes follow a ballot through the mixing."""
    pieces = Counter(
        sealed[start : start + 16]
        for one in watched(bureau)
        for sealed in one.values()
        for start in range(len(sealed) - 15)
    )
    assert max(pieces.values()) == 1


def test_the_places_of_ballots_do_not_follow_the_order_of_voting(bureau: Bureau):
    """In eight campaigns of eight ballots each the first vote is not always the first row, sealed or released."""
    sealed, released = set(), set()
    for half in ("2026-H1", "2026-H2"):
        for subject in [*SUBJECTS, "P10"]:
            (opened,) = start(bureau, campaign(subjects=[subject], period=half))
            one = opened["campaign"]
            for number, rater in enumerate(rater for rater in RATERS if rater != subject):
                vote(bureau, rater, one, **{subject: "优" if number == 0 else "好"})
            key, code = campaign_key(one), BallotCode(("peers",), (subject,), ("",))
            rows = bureau.rows(f"SELECT sealed FROM declarations.sealed_ballot WHERE campaign = '{one}' ORDER BY ctid")
            sealed.add([code.decode(key.open(bytes(row["sealed"])))[1][subject] for row in rows].index("优"))
            bureau.ask("close_campaigns", "K1", {"campaigns": [one]})
            rows = bureau.rows(f"SELECT votes FROM declarations.ballot WHERE campaign = '{one}' ORDER BY ctid")
            released.add([row["votes"][subject] for row in rows].index("优"))
    assert len(sealed) > 1
    assert len(released) > 1


@pytest.mark.parametrize("world", ["voted", "closed"])
def test_no_audit_line_and_no_message_names_a_rater(request, world):
    bureau: Bureau = request.getfixturevalue(world)
    lines = bureau.rows("SELECT account, name, action, before, after FROM declarations.audit")
    voters = {f"a-{one.person}" for one in PERSONS}
    assert not voters & {line["account"] for line in lines}
    assert not {row["person"] for row in bureau.rows("SELECT person FROM declarations.deed")} & set(RATERS)
    told = json.dumps([lines, bureau.rows("SELECT body, request_id FROM declarations.outbox")], ensure_ascii=False)
    assert not [rater for rater in RATERS if f'"{rater}"' in told]


def test_while_open_no_audit_line_and_no_message_holds_a_grade(voted: Bureau):
    lines = voted.rows("SELECT * FROM declarations.audit")
    whole = json.dumps([lines, voted.rows("SELECT body FROM declarations.outbox")], ensure_ascii=False, default=str)
    assert not [grade for grade in GRADES if grade in whole]


def test_the_answer_says_nothing_of_what_was_voted(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    ballots = [{"campaign": opened["campaign"], "votes": {"PS": "差"}}]
    assert bureau.ask("cast_ballots", "P9", {"ballots": ballots}) == {"campaigns": [opened["campaign"]]}


def test_a_vote_sent_with_an_idempotency_key_leaves_no_key_behind(bureau: Bureau):
    """A service claims the key in the transaction that it belongs to: beside a ballot that would name account and transaction."""
    (opened,) = start(bureau, campaign())
    remember_key("of-the-vote")
    try:
        vote(bureau, "P9", opened["campaign"], PS="差")
    finally:
        remember_key(None)
    assert bureau.count("sealed_ballot") == 1
    assert bureau.count("carried_out") == 0
