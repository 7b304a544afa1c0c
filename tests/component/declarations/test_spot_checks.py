"""Spot checks: announced with a hash, drawn by a public value, inspected by others; what they find goes into the points."""

from datetime import timedelta

import pytest

from services.declarations.domain.sampling.verifying import differences
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from shared.jsontext import dumps, loads
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.checking import POOL, announce, assessed, close, draw, drawn, find, inspections
from tests.component.declarations.states import CYCLE


def test_a_check_is_announced_drawn_found_and_closed(bureau: Bureau):
    assessed(bureau)
    announced = announce(bureau)
    assert (announced["status"], announced["population"], announced["sample"]) == ("announced", 2, 2)
    assert len(announced["commitment"]) == 64
    with pytest.raises(Conflict):  # the list is public with the draw, not before
        bureau.ask("get_draw", "PS", {"spot_check": announced["spot_check"]})
    draw(bureau, announced["spot_check"])
    for one in inspections(bureau):
        found = find(bureau, one, "confirmed")
        assert found["points_before"] == found["points_after"]
    closed = close(bureau, announced["spot_check"])
    assert closed["figures"]["confirmed"] == 2
    assert closed["figures"]["false_rate"] == {"at_most": "0.000000", "confidence": "0.95", "bound": "census"}


def test_what_is_published_is_enough_to_repeat_the_draw(bureau: Bureau):
    assessed(bureau)
    check, _ = drawn(bureau)
    document = loads(dumps(bureau.ask("get_draw", "QS", {"spot_check": check})))  # anybody of the bureau
    assert differences(document) == []
    assert differences({**document, "commitment": "0" * 64})
    other = [{**one, "inspectors": ["P8" if one["inspectors"] == ["H9"] else "H9"]} for one in document["sample"]]
    assert len(differences({**document, "sample": other})) == 2
    with pytest.raises(NotFound):
        bureau.ask("get_draw", "stranger", {"spot_check": check})


def test_inspectors_are_of_other_units_and_had_no_hand_in_the_item(bureau: Bureau):
    assessed(bureau)
    _, found = drawn(bureau)
    for one in found:
        assert one["inspector"] in {"H9", "P9", "H10", "P8"}  # QS is of the unit, P10 assessed
        assert one["inspector"] not in one["excluded"]


def test_a_pool_that_leaves_an_item_without_inspector_is_refused(bureau: Bureau):
    assessed(bureau)
    with pytest.raises(Invalid, match=r"inspectors\.too_few"):
        announce(bureau, inspectors=["QS", "P10", "HS"])
    with pytest.raises(Invalid, match=r"inspectors\.unknown"):
        announce(bureau, inspectors=["H9", "NOBODY"])


def test_a_correction_changes_points_and_keeps_what_was(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    check, (one,) = drawn(bureau)
    assert str(find(bureau, one, "corrected")["points_after"]) == "0.50"
    now = bureau.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": declared})
    assert (now["status"], str(now["points"]), now["counts"]["done"]) == ("assessed", "0.50", 1)
    (was,) = now["history"]
    assert (was["command"], was["by"], was["state"]["points"]) == ("spot_check", one["inspector"], "1.50")
    assert check in now["reason"]
    about = {"cycle": CYCLE, "kind": "declaration", "item": declared}
    (kept,) = bureau.ask("list_corrections", "PS", about)["items"]
    assert (kept["cause"], kept["reference"], str(kept["points_before"]), str(kept["points_after"])) == (
        "spot_check",
        check,
        "1.50",
        "0.50",
    )
    assert bureau.ask("list_corrections", "P9", about)["items"] == []


def test_a_correction_is_told_to_scoring(bureau: Bureau):
    assessed(bureau, "PS")
    _, (one,) = drawn(bureau)
    find(bureau, one, "corrected")
    (told,) = bureau.rows(
        "SELECT body FROM declarations.outbox WHERE event LIKE '%DeclarationChanged%' ORDER BY id DESC LIMIT 1"
    )
    (state,) = loads(told["body"]) if isinstance(told["body"], str) else told["body"]
    assert (state["counts"], state["points"], state["status"]) == ({"done": "1"}, "0.50", "assessed")


def test_a_false_declaration_proposes_a_veto_on_its_declarer(bureau: Bureau):
    assessed(bureau, "PS")
    _, (one,) = drawn(bureau)
    assert find(bureau, one, "false")["veto"]
    (veto,) = bureau.ask("list_vetoes", "K1", {"cycle": CYCLE})["items"]
    assert (veto["indicator"], veto["subject"], veto["status"]) == ("01-03-05", "PS", "proposed")
    assert (veto["source"], veto["source_ref"], veto["appeal"]) == ("spot_check", one["inspection"], None)


def test_a_false_declaration_of_a_unit_is_its_heads_veto(bureau: Bureau):
    (one,) = bureau.declare("HS", ratio("3", subject="S01"))
    bureau.decide("verify", "L1", [one["declaration"]])
    bureau.decide("assess", "P10", [one["declaration"]])
    _, (drawn_one,) = drawn(bureau)
    find(bureau, drawn_one, "false", counts={"done": "0"})
    (veto,) = bureau.ask("list_vetoes", "K1", {"cycle": CYCLE})["items"]
    assert veto["subject"] == "HS"


def test_nobody_else_records_the_finding(bureau: Bureau):
    assessed(bureau, "PS")
    _, (one,) = drawn(bureau)
    for by in {"PS", "HS", "P10", "L1", "office", "K1", "H9", "P9", "P8", "H10"} - {one["inspector"]}:
        with pytest.raises(Forbidden):
            find(bureau, one, "confirmed", by=by)


@pytest.mark.parametrize(
    ("verdict", "options"),
    [
        ("corrected", {"counts": None}),
        ("corrected", {"counts": {"done": "3"}}),
        ("corrected", {"text": " "}),
        ("false", {"counts": {"late": "1"}}),
        ("confirmed", {"counts": {"done": "2"}}),
        ("wrong", {}),
    ],
)
def test_a_finding_says_what_it_changes(bureau: Bureau, verdict, options):
    assessed(bureau, "PS")
    _, (one,) = drawn(bureau)
    with pytest.raises(Invalid):
        find(bureau, one, verdict, **options)
    assert inspections(bureau)[0]["status"] == "assigned"


def test_a_value_is_not_entered_before_its_day(bureau: Bureau):
    assessed(bureau)
    check = announce(bureau, value_due=(today() + timedelta(days=1)).isoformat())["spot_check"]
    with pytest.raises(Conflict, match="too_early"):
        draw(bureau, check)
    with pytest.raises(Invalid):
        announce(bureau, value_due=(today() - timedelta(days=1)).isoformat())


def test_a_check_is_cancelled_only_while_nothing_was_found(bureau: Bureau):
    assessed(bureau)
    body = {"cycle": CYCLE, "reason": "公开值录入有误"}
    first, _ = drawn(bureau)
    assert bureau.ask("cancel_spot_check", "K1", {**body, "spot_check": first})["status"] == "cancelled"
    assert {one["status"] for one in inspections(bureau, spot_check=first)} == {"cancelled"}
    second, found = drawn(bureau)
    with pytest.raises(Conflict, match="unfinished"):
        close(bureau, second)
    find(bureau, found[0], "confirmed")
    with pytest.raises(Conflict, match="found"):
        bureau.ask("cancel_spot_check", "K1", {**body, "spot_check": second})
    listed = bureau.ask("list_spot_checks", "PS", {"cycle": CYCLE})["items"]
    assert [one["status"] for one in listed] == ["cancelled", "drawn"]  # a cancelled one stays for everybody to see


def test_findings_are_seen_by_those_they_concern(bureau: Bureau):
    assessed(bureau, "PS")
    _, (one,) = drawn(bureau)
    find(bureau, one, "corrected")
    for by in ("PS", "HS", one["inspector"], "office", "K1", "L1", "auditor"):
        assert len(inspections(bureau, by)) == 1, by
    for by in ("QS", "Q10"):
        assert inspections(bureau, by) == [], by


def test_a_leader_checks_on_the_spot(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    body = {"cycle": CYCLE, "reason": "走访中发现台账不符", "items": [{"kind": "declaration", "item": declared}]}
    for by in ("K1", "office", "HS", "PS"):
        with pytest.raises(Forbidden):
            bureau.ask("check_on_the_spot", by, body)
    made = bureau.ask("check_on_the_spot", "L1", body)
    with pytest.raises(Conflict, match="being_checked"):
        bureau.ask("check_on_the_spot", "L2", body)
    (one,) = inspections(bureau)
    find(bureau, one, "false", by="L1")
    assert close(bureau, made["spot_check"], by="L1")["figures"] == {
        "checked": 1,
        "confirmed": 0,
        "corrected": 0,
        "false": 1,
    }


def test_to_dos_of_those_who_draw_and_inspect(bureau: Bureau):
    assessed(bureau, "PS")
    check = announce(bureau, inspectors=POOL)["spot_check"]
    lists = bureau.ask("list_to_dos", "office", {"cycle": CYCLE})["lists"]
    assert lists["spot_checks_to_draw"]["count"] == 1
    draw(bureau, check)
    (one,) = inspections(bureau)
    lists = bureau.ask("list_to_dos", one["inspector"], {"cycle": CYCLE})["lists"]
    assert [item["inspection"] for item in lists["items_to_inspect"]["items"]] == [one["inspection"]]


def test_what_a_check_has_listed_or_in_hand_is_not_returned(bureau: Bureau):
    first, second = assessed(bureau)
    check = announce(bureau, method={"name": "size", "size": 1})["spot_check"]
    for one in (first, second):
        with pytest.raises(Conflict, match="being_checked"):
            bureau.decide("return", "P10", [one], reason="重核")
    draw(bureau, check)
    (held,) = inspections(bureau)
    free = ({first, second} - {held["item"]}).pop()
    with pytest.raises(Conflict, match="being_checked"):
        bureau.decide("return", "P10", [held["item"]], reason="重核")
    assert bureau.decide("return", "P10", [free], reason="重核")[0]["status"] == "returned"
    find(bureau, held, "confirmed")
    assert bureau.decide("return", "P10", [held["item"]], reason="重核")[0]["status"] == "returned"
