"""A list in which each entry stands for itself, and a decision on all that wait, chosen by a filter and told by a fingerprint."""

from typing import Any

import pytest

from shared.errors import Conflict, Invalid
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.checking import appeal, assessed, drawn, find
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_contributions import contribute, contributions


def each(bureau: Bureau, what: str, by: str, names: list[str], **options: Any) -> dict[str, Any]:
    chosen = [{"declaration": one} for one in names]
    body = {"cycle": CYCLE, "mode": "each", "declarations": chosen, **options}
    return bureau.ask(f"{what}_declarations", by, body)


def declared(bureau: Bureau, *by: str) -> list[str]:
    return [str(bureau.declare(one, ratio())[0]["declaration"]) for one in by]


def preview(bureau: Bureau, by: str, command: str, **filters: str) -> dict[str, Any]:
    return bureau.ask("preview_clearing", by, {"cycle": CYCLE, "command": command, **filters})


def test_what_can_be_verified_is_and_the_rest_is_told(bureau: Bureau) -> None:
    one, own, other = declared(bureau, "PS", "HS", "QS")
    done = each(bureau, "verify", "HS", [one, own, "nothing", other, one])
    assert [each["declaration"] for each in done["declarations"]] == [one, other]
    assert [(each["row"], each["declaration"], each["code"]) for each in done["refused"]] == [
        (1, own, "own.decision"),
        (2, "nothing", "declaration.unknown"),
        (4, one, "batch.repeated"),
    ]
    assert all(each["zh"] and each["en"] for each in done["refused"])
    kept = bureau.rows("SELECT status, count(*) AS n FROM declarations.declaration GROUP BY status ORDER BY status")
    assert kept == [{"status": "declared", "n": 1}, {"status": "verified", "n": 2}]
    assert bureau.rows("SELECT count(*) AS n FROM declarations.deed WHERE after = 'verified'") == [{"n": 2}]


def test_one_message_tells_all_that_was_done(bureau: Bureau) -> None:
    names = declared(bureau, "PS", "QS")
    before = bureau.count("outbox")
    each(bureau, "verify", "HS", [*names, "nothing"])
    assert bureau.count("outbox") == before + 1


def test_a_refused_correction_leaves_no_version(bureau: Bureau) -> None:
    one, other = declared(bureau, "PS", "QS")
    bureau.decide("verify", "HS", [one, other])
    chosen = [
        {"declaration": one, "counts": {"nothing": "1"}, "reason": "更正"},
        {"declaration": other, "counts": {"done": "1"}, "reason": "更正"},
    ]
    body = {"cycle": CYCLE, "mode": "each", "declarations": chosen}
    done = bureau.ask("assess_declarations", "P10", body)
    assert [each["code"] for each in done["refused"]] == ["counts.unknown"]
    assert bureau.rows("SELECT declaration FROM declarations.declaration_history") == [{"declaration": other}]


def test_each_item_is_declared_by_itself(bureau: Bureau) -> None:
    entries = [ratio(), ratio(indicator="99-99-99"), {"indicator": "01-01-01", "period": "2026-M02", "counts": {}}]
    body = {"cycle": CYCLE, "period": "2026-M01", "mode": "each", "entries": entries}
    done = bureau.ask("declare_items", "PS", body)
    assert [one["period"] for one in done["declarations"]] == ["2026-M01"]
    told = [(one["row"], one["indicator"], one["subject"], one["period"], one["code"]) for one in done["refused"]]
    assert told == [
        (1, "99-99-99", "PS", "2026-M01", "indicator.unknown"),
        (2, "01-01-01", "PS", "2026-M02", "counts.missing"),
    ]


def test_nothing_at_all_is_an_answer_too(bureau: Bureau) -> None:
    done = each(bureau, "record", "office", ["nothing"])
    assert (done["declarations"], len(done["refused"])) == ([], 1)


@pytest.mark.parametrize(
    ("command", "by", "status"),
    [("verify", "HS", "verified"), ("return", "HS", "returned"), ("record", "office", "recorded")],
)
def test_all_that_wait_are_decided_as_previewed(bureau: Bureau, command: str, by: str, status: str) -> None:
    names = declared(bureau, "PS", "QS")
    own = declared(bureau, "HS")
    if command == "record":
        bureau.decide("verify", "HS", names)
        bureau.decide("assess", "P10", names)
    shown = preview(bureau, by, command, unit="S01")
    assert (shown["waiting"], shown["expected"]) == (2, 2)
    body = {"cycle": CYCLE, "selection": {"unit": "S01"}, "expected": 2, "etag": shown["etag"]}
    body |= {"reason": "请补充"} if command == "return" else {}
    done = bureau.ask(f"{command}_declarations", by, body)
    assert {one["declaration"] for one in done["declarations"]} == set(names)
    assert {one["status"] for one in done["declarations"]} == {status}
    (left,) = bureau.rows(f"SELECT status FROM declarations.declaration WHERE declaration = '{own[0]}'")
    assert left == {"status": "declared"}


def test_what_slipped_in_stops_it(bureau: Bureau) -> None:
    declared(bureau, "PS")
    shown = preview(bureau, "HS", "verify")
    declared(bureau, "QS")
    body = {"cycle": CYCLE, "selection": {}, "expected": shown["expected"], "etag": shown["etag"]}
    with pytest.raises(Conflict) as raised:
        bureau.ask("verify_declarations", "HS", body)
    assert raised.value.code == "selection.changed"


@pytest.mark.parametrize("said", ["both", "neither"])
def test_either_a_list_or_a_selection(bureau: Bureau, said: str) -> None:
    (one,) = declared(bureau, "PS")
    both = {"declarations": [{"declaration": one}], "selection": {}, "expected": 1, "etag": "1-1"}
    more = both if said == "both" else {}
    with pytest.raises(Invalid) as raised:
        bureau.ask("verify_declarations", "HS", {"cycle": CYCLE, **more})
    assert raised.value.code == "selection.required"


def test_appeals_are_filed_decided_and_withdrawn_each_by_itself(bureau: Bureau) -> None:
    one, other = assessed(bureau, "PS", "QS")
    entry = {"kind": "assessment", "object": one, "text": "少计 1 件"}
    body = {"cycle": CYCLE, "mode": "each", "appeals": [entry, {**entry, "object": other}, entry]}
    filed = bureau.ask("file_appeals", "PS", body)
    (mine,) = filed["appeals"]
    assert [(each["row"], each["item"]) for each in filed["refused"]] == [(1, other), (2, one)]
    theirs = appeal(bureau, "QS", "assessment", other)
    chosen = [
        {"appeal": mine["appeal"], "outcome": "changed", "decision": "属实"},
        {"appeal": theirs, "outcome": "upheld", "decision": "无据"},
    ]
    body = {"cycle": CYCLE, "mode": "each", "appeals": chosen}
    decided = bureau.ask("decide_appeals", "K1", body)
    assert [each["appeal"] for each in decided["appeals"]] == [theirs]
    assert [(each["item"], each["code"]) for each in decided["refused"]] == [(mine["appeal"], "counts.required")]
    gone = [{"appeal": mine["appeal"]}, {"appeal": theirs}]
    left = bureau.ask("withdraw_appeals", "PS", {"cycle": CYCLE, "mode": "each", "appeals": gone})
    assert ([each["status"] for each in left["appeals"]], len(left["refused"])) == (["withdrawn"], 1)


def test_what_an_appeal_half_decided_would_change_stays_as_it_is(bureau: Bureau) -> None:
    assessed(bureau, "PS")
    check, (found,) = drawn(bureau, method={"name": "size", "size": 1})
    find(bureau, found, "false")
    one = appeal(bureau, "PS", "finding", found["inspection"])
    bad = {"appeal": one, "outcome": "changed", "decision": "属实", "verdict": "corrected", "counts": {"nothing": "1"}}
    body = {"cycle": CYCLE, "mode": "each", "appeals": [bad]}
    assert len(bureau.ask("decide_appeals", "K1", body)["refused"]) == 1
    (kept,) = bureau.ask("list_inspections", "office", {"cycle": CYCLE, "spot_check": check})["items"]
    assert kept["verdict"] == "false"


def test_opinions_are_given_each_by_itself(bureau: Bureau) -> None:
    ready, raw = contribute(bureau), contribute(bureau, title="经验材料（二）")
    contributions(bureau, "screen", "HS", ready, decision="pass")
    entries = [{"contribution": one, "agree": True} for one in (ready, raw, "nothing", ready)]
    done = bureau.ask("give_opinions", "K1", {"cycle": CYCLE, "mode": "each", "opinions": entries})
    assert [each["contribution"] for each in done["opinions"]] == [ready]
    assert [(each["row"], each["item"], each["code"]) for each in done["refused"]] == [
        (1, raw, "contribution.state"),
        (2, "nothing", "contribution.unknown"),
        (3, ready, "batch.repeated"),
    ]
