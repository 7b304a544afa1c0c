"""Clearing what agrees by one decision, recording a period, and many doing so at once on PostgreSQL."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.actor import Actor, Grant
from shared.errors import Conflict, Forbidden
from tests.component.declarations.bureau import Bureau, ratio, refusal
from tests.component.declarations.states import CYCLE, actor, attendance, indicator, person

JANUARY = {"cycle": CYCLE, "period": "2026-M01"}


def verified(bureau: Bureau, *by: str, **entry: Any) -> list[str]:
    names = [bureau.declare(one, ratio("1", **entry))[0]["declaration"] for one in by]
    bureau.decide("verify", "HS", names)
    return names


def statuses(bureau: Bureau) -> dict[str, int]:
    return Counter(row["status"] for row in bureau.rows("SELECT status FROM declarations.declaration"))


def test_one_decision_clears_what_agrees_and_leaves_the_rest(bureau: Bureau):
    verified(bureau, "PS", "QS")
    modest = bureau.declare("PS", ratio("1", indicator="06-06-06", period="2026-M02"))  # assessed by the panel
    lower = bureau.declare("PS", ratio("2", period="2026-M02", self_points="0.50"))[0]["declaration"]
    bureau.decide("verify", "HS", [lower, modest[0]["declaration"]])
    shown = bureau.ask("preview_clearing", "P10", {"cycle": CYCLE})
    assert (shown["waiting"], shown["agreeing"], shown["expected"]) == (3, 2, 2)
    done = bureau.ask("clear_declarations", "P10", {"cycle": CYCLE, "expected": 2, "etag": shown["etag"]})
    assert {one["status"] for one in done["declarations"]} == {"assessed"}
    left = bureau.rows(
        "SELECT declaration FROM declarations.declaration WHERE status = 'verified' AND assessor = 'D10'"
    )
    assert left == [{"declaration": lower}]


def test_what_slips_in_meanwhile_stops_the_decision(bureau: Bureau):
    verified(bureau, "PS")
    shown = bureau.ask("preview_clearing", "P10", JANUARY)
    verified(bureau, "QS")
    command = {**JANUARY, "expected": shown["expected"], "etag": shown["etag"]}
    with pytest.raises(Conflict) as raised:
        bureau.ask("clear_declarations", "P10", command)
    assert raised.value.code == "selection.changed"
    assert statuses(bureau) == {"verified": 2}


def test_a_machines_difference_is_never_cleared_in_passing(bureau: Bureau):
    figures = attendance("PS", "2026-01", {"late_early": {"late": "3", "early": "1"}})
    bureau.handle(projections.keep_figures, figures, source="attendance")
    entry = {"indicator": "02-01-01", "counts": {"late": "0"}, "remark": "因公外出", "evidence": ["审批单"]}
    (one,) = bureau.declare("PS", entry)
    bureau.decide("verify", "R1", [one["declaration"]])
    assert bureau.ask("preview_clearing", "P10", {"cycle": CYCLE})["expected"] == 0


def test_what_is_assessed_is_recorded_and_then_stays(bureau: Bureau):
    names = verified(bureau, "PS", "QS")
    bureau.decide("assess", "P10", names)
    with pytest.raises(Forbidden):
        bureau.decide("record", "HS", names[:1])
    bureau.decide("record", "P10", names[:1])
    assert bureau.ask("record_period", "office", JANUARY) == {"recorded": 1, "left": 0}
    with pytest.raises(Conflict) as raised:
        bureau.decide("return", "P10", names[:1], reason="再核")
    assert refusal(raised) == (0, "declaration.state")
    sent = json.loads(
        bureau.rows(
            "SELECT body FROM declarations.outbox WHERE event NOT LIKE '%NoticeGiven%' ORDER BY id DESC LIMIT 1"
        )[0]["body"]
    )
    assert [one["status"] for one in sent] == ["recorded"]


def test_an_assessed_item_is_sent_back_until_it_is_recorded(bureau: Bureau):
    (name,) = verified(bureau, "PS")
    bureau.decide("assess", "P10", [name])
    bureau.decide("return", "P10", [name], reason="复核时发现重复计数")
    whole = bureau.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": name})
    assert (whole["status"], whole["verified_by"], whole["assessed_by"]) == ("returned", None, None)
    assert [(one["command"], one["state"]["assessed_by"]) for one in whole["history"]] == [("return", "P10")]


def test_a_declaration_explains_its_points(bureau: Bureau):
    (name,) = verified(bureau, "PS")
    shown = bureau.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": name})
    assert shown["explanation"] == "5 × min(1, 1 ÷ 10) = 0.50"
    bureau.handle(projections.keep_indicators, indicator("01-01-01", "ratio", {"cap": "1.0"}, full="6", revision=2))
    assert bureau.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": name})["explanation"] is None


PEOPLE, ITEMS, ASSESSORS = 10, 8, 3


def crowd(bureau: Bureau) -> list[tuple[Actor, str]]:
    """Verified items of some people, and for each of their indicators three assessors who set about them at once."""
    sections = {f"98-01-{n:02d}": ("D10", "D09")[n % 2] for n in range(ITEMS)}
    library = [indicator(code, "ratio", {"cap": "1.0"}, assessor=section) for code, section in sections.items()]
    bureau.handle(projections.keep_indicators, *library)
    bureau.handle(projections.keep_persons, *(person(f"X{n}", "S01", "all") for n in range(PEOPLE)))
    for n in range(PEOPLE):
        entries = [ratio("0", indicator=code) for code in sections]
        body = {"cycle": CYCLE, "period": "2026-M01", "entries": entries}
        done = bureau.ask("declare_items", actor(f"X{n}"), body)["declarations"]
        bureau.decide("verify", "HS", [one["declaration"] for one in done])
    return [
        (actor(f"A{n}", Grant("assessor", "unit", section)), code)
        for code, section in sections.items()
        for n in range(ASSESSORS)
    ]


def clear_all(bureau: Bureau, who: Actor, code: str) -> tuple[int, int]:
    """(items cleared, times told that somebody else was faster) until nothing is left of the indicator."""
    cleared = told = 0
    query = {"cycle": CYCLE, "indicator": code}
    while (shown := bureau.ask("preview_clearing", who, query))["expected"]:
        command = {**query, "expected": shown["expected"], "etag": shown["etag"]}
        try:
            cleared += len(bureau.ask("clear_declarations", who, command)["declarations"])
        except Conflict:
            told += 1
    return cleared, told


def test_assessors_clearing_at_once_lose_and_double_nothing(bureau: Bureau):
    tasks = crowd(bureau)
    with ThreadPoolExecutor(len(tasks)) as pool:
        results = list(pool.map(lambda task: clear_all(bureau, *task), tasks))
    assert sum(cleared for cleared, _ in results) == PEOPLE * ITEMS
    assert statuses(bureau) == {"assessed": PEOPLE * ITEMS}
    rows = bureau.rows("SELECT body FROM declarations.outbox WHERE event NOT LIKE '%NoticeGiven%' ORDER BY id")
    states = [state for row in rows for state in json.loads(row["body"])]
    assessed = Counter(state["declaration"] for state in states if state["status"] == "assessed")
    assert set(assessed.values()) == {1}
    deeds = bureau.rows("SELECT item, count(*) AS n FROM declarations.deed WHERE after = 'assessed' GROUP BY item")
    assert (len(deeds), {row["n"] for row in deeds}) == (PEOPLE * ITEMS, {1})


def test_of_two_at_once_one_wins_and_the_other_is_told(bureau: Bureau):
    """The head verifies while a second head returns; both saw the same revision."""
    for period in [f"2026-M{n:02d}" for n in range(1, 9)]:
        (one,) = bureau.declare("PS", ratio("1", period=period))
        entry = {"declaration": one["declaration"], "revision": 1}
        verify = {"cycle": CYCLE, "declarations": [entry]}
        second = actor("V01", Grant("unit_head", "unit", "S01"))
        asked = [("verify_declarations", "HS", verify), ("return_declarations", second, {**verify, "reason": "请补充"})]
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda ask: outcome(bureau, *ask), asked))
        assert sorted(outcomes) == ["done", "told"]


def outcome(bureau: Bureau, method: str, by: str | Actor, body: dict[str, Any]) -> str:
    try:
        bureau.ask(method, by, body)
    except Conflict:
        return "told"
    return "done"
