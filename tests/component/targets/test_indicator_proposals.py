"""Proposals to change indicators: from anyone, decided by the panel, part of the next revision."""

import re

import pytest

from shared.actor import Actor, Grant
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.targets.world import BUREAU, CYCLE, LIBRARY, World, sheet, sheets, staff_actor

CLERK = staff_actor("P9001")
PANEL = staff_actor("P0500", Grant("panel", "bureau"))
RENAMED = {"name": "政务信息被采用"}


def propose(world: World, actor: Actor = CLERK, indicator: str = "03-02-01", **given):
    body = {"changes": RENAMED, "reason": "名称不准确", **given}
    return world.call("propose_indicator_change", actor, cycle=CYCLE, indicator=indicator, **body)


def decide(world: World, *proposals: str, decision: str = "accepted", actor: Actor = PANEL):
    decisions = [{"proposal": one, "decision": decision, "reason": "同意"} for one in proposals]
    return world.call("decide_indicator_proposals", actor, decisions=decisions)["items"]


def name_in_draft(world: World) -> str:
    return world.call("get_indicator", cycle=CYCLE, indicator="03-02-01", library_revision=2)["name"]


def test_what_the_panel_accepts_becomes_part_of_the_next_revision(opened: World):
    made = propose(opened)
    assert (made["status"], made["person"], made["origin"]) == ("open", "P9001", "person")
    (accepted,) = decide(opened, made["proposal"])
    assert (accepted["status"], accepted["library_revision"], accepted["decided_by"]) == ("applied", 2, "p0500")
    assert name_in_draft(opened) == RENAMED["name"]
    assert opened.call("get_indicator", cycle=CYCLE, indicator="03-02-01")["name"] == "政务信息采用"
    opened.call("publish_library", cycle=CYCLE)
    assert opened.call("get_indicator", cycle=CYCLE, indicator="03-02-01")["name"] == RENAMED["name"]


def test_proposals_are_collected_on_the_indicator(opened: World):
    first = propose(opened)["proposal"]
    second = propose(opened, staff_actor("P9002"), changes={"evidence": "采用通报"})["proposal"]
    propose(opened, indicator="03-02-02", changes={"evidence": "清单"})
    found = opened.pages("list_indicator_proposals", CLERK, cycle=CYCLE, indicator="03-02-01")
    assert [one["proposal"] for one in found] == [first, second]
    decide(opened, first, second)
    assert opened.pages("list_indicator_proposals", CLERK, indicator="03-02-01", status="open") == []
    changed = opened.call("get_indicator", cycle=CYCLE, indicator="03-02-01", library_revision=2)
    assert (changed["name"], changed["evidence"]) == (RENAMED["name"], "采用通报")


def test_what_is_rejected_changes_nothing(opened: World):
    (rejected,) = decide(opened, propose(opened)["proposal"], decision="rejected")
    assert (rejected["status"], rejected["decision"]) == ("rejected", "同意")
    assert opened.count("libraries") == 1


def test_a_proposal_must_be_possible(opened: World):
    with pytest.raises(Invalid, match="library.invalid") as refused:
        propose(opened, changes={"full_points": "四"})
    assert [(one["indicator"], one["column"]) for one in refused.value.errors] == [("03-02-01", "full_points")]
    with pytest.raises(NotFound):
        propose(opened, indicator="99-01-01")
    with pytest.raises(Conflict, match="indicator.exists"):
        propose(opened, action="add", changes=RENAMED)
    for wrong in ({"changes": {}}, {"action": "remove"}):
        with pytest.raises(Invalid, match="request.invalid"):
            propose(opened, **wrong)


def test_a_removal_that_leaves_a_sum_open_is_the_offices_to_balance(opened: World):
    made = propose(opened, action="remove", changes={})
    decide(opened, made["proposal"])
    assert {one["code"] for one in opened.call("check_draft", cycle=CYCLE)["errors"]} == {"sum.not_100"}
    with pytest.raises(Invalid, match="library.invalid"):
        opened.call("publish_library", cycle=CYCLE)


def test_nobody_decides_on_their_own_proposal_and_only_the_panel_on_others(opened: World):
    own = propose(opened, PANEL)["proposal"]
    with pytest.raises(Invalid) as refused:
        decide(opened, own)
    assert [one["code"] for one in refused.value.errors] == ["proposal.own"]
    with pytest.raises(Forbidden):
        decide(opened, own, actor=CLERK)


def test_a_decision_is_taken_once(opened: World):
    made = propose(opened)["proposal"]
    decide(opened, made)
    with pytest.raises(Conflict, match="proposal.decided"):
        decide(opened, made, decision="rejected")
    with pytest.raises(NotFound):
        decide(opened, "none")


def test_whoever_made_it_may_withdraw_it_while_it_is_open(opened: World):
    made = propose(opened)["proposal"]
    with pytest.raises(Forbidden):
        opened.call("withdraw_indicator_proposal", staff_actor("P9002"), proposal=made)
    assert opened.call("withdraw_indicator_proposal", CLERK, proposal=made)["status"] == "withdrawn"
    with pytest.raises(Conflict, match="proposal.decided"):
        decide(opened, made)


def test_a_sheet_imported_afterwards_does_not_undo_what_the_panel_decided(opened: World):
    decide(opened, propose(opened)["proposal"])
    opened.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))
    assert name_in_draft(opened) == "政务信息采用"
    opened.call("publish_library", cycle=CYCLE)
    assert name_in_draft(opened) == RENAMED["name"]
    (one,) = opened.pages("list_indicator_proposals", cycle=CYCLE)
    assert (one["status"], one["library_revision"]) == ("applied", 2)


def test_after_the_year_is_closed_proposals_go_into_the_next_years_library(opened: World):
    for status in ("closing", "closed"):
        opened.call("move_cycle", cycle=CYCLE, status=status)
    (accepted,) = decide(opened, propose(opened)["proposal"])
    assert accepted["status"] == "accepted"
    opened.call("create_cycle", cycle="2027", copy_from=CYCLE)
    draft = opened.call("get_indicator", cycle="2027", indicator="03-02-01", library_revision=1)
    assert draft["name"] == RENAMED["name"]
    (one,) = opened.pages("list_indicator_proposals", cycle=CYCLE)
    assert one["status"] == "applied"


def closed_and_copied(world: World) -> str:
    """2026 over, 2027 copied from it, 2028 from 2027; a proposal made for 2026 that the panel has yet to decide."""
    for status in ("closing", "closed"):
        world.call("move_cycle", cycle=CYCLE, status=status)
    made = str(propose(world)["proposal"])
    world.call("create_cycle", cycle="2027", copy_from=CYCLE)
    world.call("publish_library", cycle="2027")
    for status in ("open", "closing", "closed"):
        world.call("move_cycle", cycle="2027", status=status)
    return made


def name_in(world: World, cycle: str, revision: int) -> str:
    return str(world.call("get_indicator", cycle=cycle, indicator="03-02-01", library_revision=revision)["name"])


def test_what_was_accepted_two_years_ago_is_taken_up_by_the_year_copied_from_the_last(opened: World):
    (accepted,) = decide(opened, closed_and_copied(opened))
    assert accepted["status"] == "accepted"
    opened.call("create_cycle", cycle="2028", copy_from="2027")
    (one,) = opened.pages("list_indicator_proposals", cycle=CYCLE)
    assert (one["status"], one["library_cycle"], one["library_revision"]) == ("applied", "2028", 1)
    assert name_in(opened, "2028", 1) == RENAMED["name"]


def test_what_is_accepted_after_the_next_year_was_copied_is_taken_up_there_and_survives_a_sheet(opened: World):
    made = closed_and_copied(opened)
    opened.call("create_cycle", cycle="2028", copy_from="2027")
    (accepted,) = decide(opened, made)
    assert (accepted["status"], accepted["library_cycle"]) == ("applied", "2028")
    columns = {b"history_2023": b"history_2025", b"history_2024": b"history_2026", b"history_2025": b"history_2027"}
    sheet_2028 = sheet("indicators").replace(b"target_2026", b"target_2028")
    heading, rows = sheet_2028.split(b"\n", 1)
    heading = re.sub(rb"history_\d{4}", lambda found: columns[found[0]], heading)
    opened.call("import_library", cycle="2028", sheets=sheets(*LIBRARY, indicators=heading + b"\n" + rows))
    (one,) = opened.pages("list_indicator_proposals", cycle=CYCLE)
    assert one["status"] == "accepted"
    opened.call("publish_library", cycle="2028")
    assert name_in(opened, "2028", 1) == RENAMED["name"]


def test_what_the_later_library_has_no_room_for_stays_accepted_and_stops_nothing(opened: World):
    made = closed_and_copied(opened)
    opened.call("create_cycle", cycle="2028", copy_from="2027")
    gone = [{"action": "remove", "indicator": "03-02-01"}]
    opened.call("change_draft", cycle="2028", changes=gone)
    (accepted,) = decide(opened, made)
    assert (accepted["status"], accepted["library_cycle"]) == ("accepted", None)
    opened.call("create_cycle", cycle="2029", copy_from="2027")
    (one,) = opened.pages("list_indicator_proposals", cycle=CYCLE)
    assert (one["status"], one["library_cycle"]) == ("applied", "2029")


def test_an_archived_year_collects_nothing_more(opened: World):
    for status in ("closing", "closed", "published", "archived"):
        opened.call("move_cycle", cycle=CYCLE, status=status)
    with pytest.raises(Conflict, match="cycle.archived"):
        propose(opened)


def test_another_bureau_sees_and_decides_nothing(opened: World):
    made = propose(opened)["proposal"]
    other = Actor("other", "other", "OTHER", "X1", grants=PANEL.grants)
    assert other.bureau != BUREAU
    assert opened.pages("list_indicator_proposals", other) == []
    with pytest.raises(NotFound):
        decide(opened, made, actor=other)
