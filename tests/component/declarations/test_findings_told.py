"""Scoring hears what a closed check found, and what it had listed without looking at it."""

from typing import Any

from shared.jsontext import loads
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.checking import appeal, assessed, close, decide_appeal, drawn, find, inspections
from tests.component.declarations.states import CYCLE

ONE_OF_TWO = {"name": "size", "size": 1}


def told(bureau: Bureau) -> list[dict[str, Any]]:
    rows = bureau.rows("SELECT body FROM declarations.outbox WHERE event LIKE '%FindingsChanged%' ORDER BY id")
    bodies = [loads(row["body"]) if isinstance(row["body"], str) else row["body"] for row in rows]
    return [state for body in bodies for state in body]


def test_a_closed_check_tells_what_it_found_and_what_nobody_looked_at(bureau: Bureau):
    declared = assessed(bureau, "PS")
    (another,) = bureau.declare("PS", ratio("3", period="2026-M02"))
    bureau.decide("verify", "HS", [another["declaration"]])
    bureau.decide("assess", "P10", [another["declaration"]])
    check, (one,) = drawn(bureau, method=ONE_OF_TWO, period="2026-Q1")
    found = find(bureau, one, "corrected")
    assert told(bureau) == []
    close(bureau, check)
    (state,) = told(bureau)
    assert (state["spot_check"], state["part"], state["cycle"], state["revision"]) == (check, 0, CYCLE, 3)
    items = {item["item"]: item for item in state["items"]}
    assert set(items) == {*declared, another["declaration"]}
    seen, (unseen,) = items.pop(one["item"]), items.values()
    assert (str(found["points_before"]), str(found["points_after"])) == ("1.50", "0.50")  # of 5
    assert (seen["verdict"], seen["certain"], seen["lost"]) == ("corrected", False, "0.2000")
    assert (unseen["verdict"], unseen["certain"], unseen["lost"]) == (None, False, None)
    assert unseen["stratum"] == seen["stratum"]


def test_an_appeal_tells_it_anew(bureau: Bureau):
    assessed(bureau)
    check, (one,) = drawn(bureau, method=ONE_OF_TWO)
    find(bureau, one, "false")
    close(bureau, check)
    decide_appeal(bureau, "K1", appeal(bureau, one["subject"], "finding", one["inspection"]), verdict="confirmed")
    before, now = told(bureau)
    assert now["revision"] == before["revision"] + 1
    assert {item["verdict"]: item["lost"] for item in now["items"]} == {"confirmed": None, None: None}


def test_what_a_leader_chose_says_nothing_of_the_others_and_a_replay_tells_all_again(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    body = {"cycle": CYCLE, "reason": "走访", "items": [{"kind": "declaration", "item": declared}]}
    check = bureau.ask("check_on_the_spot", "L1", body)["spot_check"]
    find(bureau, inspections(bureau)[0], "confirmed")
    close(bureau, check, by="L1")
    ((item,),) = [state["items"] for state in told(bureau)]
    assert (item["item"], item["certain"], item["verdict"]) == (declared, True, "confirmed")
    after: str | None = None
    while True:
        page = bureau.ask("replay_state", "admin", {"after": after, "limit": 100} if after else {"limit": 100})
        after = page["next"]
        if after is None:
            break
    first, again = told(bureau)
    assert again == {**first, "by": "replay"}
