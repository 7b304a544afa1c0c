"""Next year's targets: generated from the past, limited by the leaders, shown with reasons, taken into the draft."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from shared.actor import Actor, Grant
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.world import BUREAU, CYCLE, SETUPS, World, clerks, staff_actor

LEADER = Actor("l", "l", BUREAU, None, (Grant("leader", "line", "access"),))


def generate(world: World, cycle: str = CYCLE):
    made = world.call("generate_targets", cycle=cycle)
    rows = world.pages("list_forecasts", cycle=cycle, generation=made["generation"])
    return made, {(one["indicator"], one["subject"]): one for one in rows}


def bound(world: World, actor: Actor, subject: str, floor: str | None, ceiling: str | None, indicator: str = SETUPS):
    entry = {"indicator": indicator, "subject": subject, "floor": floor, "ceiling": ceiling, "reason": "局务会"}
    return world.call("set_bounds", actor, cycle=CYCLE, bounds=[entry])


def result(world: World, subject: str, year: str, quantity: str, indicator: str = SETUPS):
    entry = {"indicator": indicator, "subject": subject, "year": year, "quantity": quantity}
    return world.call("record_results", results=[entry])


def test_every_indicator_gets_a_number_with_its_reasons(drafted: World):
    made, rows = generate(drafted)
    assert made["indicators"] == 250
    items = {one["indicator"]: one for one in drafted.pages("list_indicators", cycle=CYCLE, library_revision=1)}
    for code, item in items.items():
        row = rows[code, "*"]
        assert row["reasons"]
        if item["rule"] == "ratio":
            last = Decimal(item["history"]["2025"])
            piece = Decimal(1) if last == last.to_integral_value() else Decimal("0.1")
            assert Decimal("0.9") * last - piece <= Decimal(row["proposed"]) <= Decimal("1.2") * last + piece
        elif item["rule"] in ("tier", "veto"):
            assert row["proposed"] == item["target"]
    of_setups = [row for (code, subject), row in rows.items() if code == SETUPS and subject != "*"]
    assert sum(Decimal(one["proposed"]) for one in of_setups) == Decimal(rows[SETUPS, "*"]["proposed"])


def test_generating_changes_nothing_until_it_is_taken_over(drafted: World):
    made, rows = generate(drafted)
    before = drafted.call("get_indicator", cycle=CYCLE, indicator=SETUPS, library_revision=1)["target"]
    assert rows[SETUPS, "*"]["proposed"] != before
    applied = drafted.call("apply_generation", cycle=CYCLE, generation=made["generation"])
    assert applied["changed"] == made["changed"]
    after = drafted.call("get_indicator", cycle=CYCLE, indicator=SETUPS, library_revision=1)["target"]
    assert after == rows[SETUPS, "*"]["proposed"]
    with pytest.raises(Conflict, match="generation.applied"):
        drafted.call("apply_generation", cycle=CYCLE, generation=made["generation"])
    assert generate(drafted)[0]["changed"] == 0


def test_the_leaders_limits_stand_beside_the_forecast_and_are_on_record(drafted: World):
    bound(drafted, LEADER, "*", "3000", None)
    bound(drafted, LEADER, "D01", None, "50")
    _, rows = generate(drafted)
    whole, unit = rows[SETUPS, "*"], rows[SETUPS, "D01"]
    assert (whole["proposed"], whole["floor"], whole["reasons"][-1]["code"]) == ("3000", "3000", "floor")
    assert Decimal(whole["forecast"]) < 3000
    assert (unit["proposed"], unit["reasons"][-1]["code"]) == ("50", "ceiling")
    (first, _) = drafted.pages("list_bounds", cycle=CYCLE)
    assert (first["by"], first["reason"], first["revision"]) == ("l", "局务会", 1)
    bound(drafted, LEADER, "*", None, None)
    assert generate(drafted)[1][SETUPS, "*"]["floor"] is None


def test_a_leader_limits_their_own_line_only_and_staff_none(drafted: World):
    with pytest.raises(Forbidden):
        bound(drafted, LEADER, "*", "1", None, indicator="05-02-01")
    with pytest.raises(Forbidden):
        bound(drafted, staff_actor("P0001"), "*", "1", None)
    with pytest.raises(Invalid):
        bound(drafted, LEADER, "*", "2", "1")
    with pytest.raises(Invalid, match="bounds.invalid"):
        bound(drafted, LEADER, "X99", "1", None)


def test_a_unit_that_did_more_is_given_more_but_not_in_full(drafted: World):
    _, before = generate(drafted)
    units = [subject for code, subject in before if code == SETUPS and subject != "*"]
    for unit in units:
        share = Decimal(before[SETUPS, unit]["proposed"])
        for year in ("2023", "2024", "2025"):
            result(drafted, unit, year, str(share * 2 if unit == "D01" else share))
    _, after = generate(drafted)
    d01 = after[SETUPS, "D01"]
    assert d01["history"] == {
        year: str(Decimal(before[SETUPS, "D01"]["proposed"]) * 2) for year in ("2023", "2024", "2025")
    }
    old, new = (Decimal(rows[SETUPS, "D01"]["proposed"]) for rows in (before, after))
    assert old < new < old * 2
    assert {"ratchet", "share"} <= {one["code"] for one in d01["reasons"]}


def test_results_of_the_year_just_past_complete_the_history_of_a_copied_library(drafted: World):
    drafted.call("publish_library", cycle=CYCLE)
    drafted.call("create_cycle", cycle="2027", copy_from=CYCLE)
    result(drafted, "*", "2026", "3100")
    made, rows = generate(drafted, "2027")
    assert rows[SETUPS, "*"]["history"]["2026"] == "3100"
    drafted.call("apply_generation", cycle="2027", generation=made["generation"])
    item = drafted.call("get_indicator", cycle="2027", indicator=SETUPS, library_revision=1)
    assert (item["history"]["2026"], item["target"]) == ("3100", rows[SETUPS, "*"]["proposed"])


def settings(world: World, **named):
    return world.call("set_generation_settings", cycle=CYCLE, **named)


def test_settings_say_who_counts_how_much_and_who_takes_what(opened: World):
    first, second, *_ = clerks(opened)
    settings(opened, persons={first: "0.5"}, eligibility=[{"prefix": "04-01", "not_positions": ["D01-01"]}])
    opened.call("propose_allocations", cycle=CYCLE)
    shares = {
        one["subject"]: Decimal(one["quantity"])
        for one in opened.pages("list_proposals", cycle=CYCLE, indicator=SETUPS, unit="D01")
        if one["layer"] == "person"
    }
    heads = {one["person"] for one in opened.pages("list_persons", unit="D01") if one["position"] == "D01-01"}
    assert heads
    assert not heads & shares.keys()
    full = [quantity for person, quantity in shares.items() if person != first]
    if first in shares:
        assert abs(shares[first] * 2 - max(full)) <= 2
    assert second in shares or second in heads


def test_settings_that_name_nobody_are_refused(opened: World):
    with pytest.raises(Invalid, match="settings.invalid"):
        settings(opened, persons={"P9999": "0.5"})
    with pytest.raises(Invalid, match="settings.invalid"):
        settings(opened, eligibility=[{"prefix": "04", "positions": ["Z-99"]}])
    assert settings(opened, ratchet="0.4")["revision"] == 1
    assert opened.call("get_generation_settings", cycle=CYCLE)["ratchet"] == "0.4"


def test_a_target_moves_as_far_as_the_cycles_settings_let_it_and_each_generation_keeps_its_own(opened: World):
    result(opened, "*", "2025", "100")
    settings(opened, lowest="0.5", highest="3", years=4)
    assert opened.call("get_generation_settings", cycle=CYCLE)["highest"] == "3"
    _, rows = generate(opened)
    wide = Decimal(rows[SETUPS, "*"]["proposed"])
    settings(opened, revision=1)
    assert opened.call("get_generation_settings", cycle=CYCLE)["highest"] == "1.2"
    _, rows = generate(opened)
    assert Decimal(rows[SETUPS, "*"]["proposed"]) == 120 < wide <= 300
    with opened.sessions.engine.connect() as connection:
        statement = text("SELECT settings ->> 'highest' FROM targets.generations ORDER BY generation")
        assert connection.execute(statement).scalars().all() == ["3", "1.2"]


def test_settings_of_a_release_that_knew_fewer_hold_with_the_defaults(opened: World):
    settings(opened, ratchet="0.4")
    with opened.sessions.engine.begin() as connection:
        older = (
            "UPDATE targets.generation_settings SET settings = (settings::jsonb - 'years' - 'lowest' - 'highest')::json"
        )
        connection.execute(text(older))
    found = opened.call("get_generation_settings", cycle=CYCLE)
    assert (found["ratchet"], found["years"], found["lowest"], found["highest"]) == ("0.4", 3, "0.9", "1.2")
    assert generate(opened)[0]["indicators"] == 250


def test_a_persons_limits_hold_in_their_proposal(opened: World):
    first, *_ = clerks(opened)
    bound(opened, LEADER, first, None, "3")
    opened.call("propose_allocations", cycle=CYCLE)
    (share,) = opened.pages("list_proposals", cycle=CYCLE, indicator=SETUPS, subject=first)
    assert (share["quantity"], share["bound"]) == ("3", "ceiling")
    assert Decimal(share["fair"]) > 3


def test_who_came_in_mid_year_is_proposed_the_part_of_the_year(opened: World):
    late = {"person": "P9100", "name": "新", "unit": "D01", "position": "D01-02", "starts": "2026-07-02"}
    opened.call("add_persons", persons=[late])
    opened.call("propose_allocations", cycle=CYCLE)
    rows = opened.pages("list_proposals", cycle=CYCLE, indicator=SETUPS, unit="D01")
    fair = {one["subject"]: Decimal(one["fair"]) for one in rows if one["layer"] == "person"}
    # 183 of 365 days
    assert fair["P9100"] / fair["P9001"] == pytest.approx(Decimal(183) / 365, abs=Decimal("0.001"))
