"""Shares handed on: between persons and units, back and forth; by whom, until when, and how far beyond."""

from datetime import timedelta
from decimal import Decimal

import pytest

from shared.actor import Actor, Grant
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.world import BUREAU, CYCLE, OFFICE, SETUPS, World, claim, clerks, staff_actor

HEAD = staff_actor("P0500", Grant("unit_head", "unit", "D01"))
COMMON = "01-01-03"  # persons only, all lines, 752, cap 8


def transfer(world: World, actor: Actor, giver: str, *parts: tuple[str, str | None], indicator: str = SETUPS):
    moves = [{"indicator": indicator, "giver": giver, "taker": taker, "quantity": part} for taker, part in parts]
    return world.call("transfer_claims", actor, cycle=CYCLE, transfers=moves, reason="工作调整")["items"]


def targets(world: World, indicator: str = SETUPS) -> dict[str, str]:
    held = world.pages("list_claims", cycle=CYCLE, indicator=indicator, status="claimed")
    return {one["subject"]: one["target"] for one in held}


def allocation(world: World, unit: str, indicator: str = SETUPS) -> str | None:
    found = world.pages("list_allocations", cycle=CYCLE, indicator=indicator, unit=unit)
    return found[0]["quantity"] if found else None


def test_a_head_hands_a_part_from_one_person_to_another(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    transfer(pool, HEAD, first, (second, "50"))
    assert targets(pool) == {first: "150", second: "50"}
    assert {(one["subject"], one["target"]) for one in pool.states("ClaimChanged")[-2:]} == {
        (first, "150"),
        (second, "50"),
    }
    (moved,) = pool.pages("list_movements", cycle=CYCLE, indicator=SETUPS)
    assert (moved["kind"], moved["giver"], moved["taker"], moved["quantity"]) == ("transfer", first, second, "50")


def test_a_claim_is_split_among_several_and_what_is_left_stays(pool: World):
    first, second, third, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    transfer(pool, HEAD, first, (second, "50"), (third, "60"))
    assert targets(pool) == {first: "90", second: "50", third: "60"}
    assert {one["kind"] for one in pool.pages("list_movements", cycle=CYCLE)} == {"split"}


def test_a_whole_claim_goes_over_and_leaves_nothing(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    transfer(pool, HEAD, first, (second, None))
    assert targets(pool) == {second: "200"}


@pytest.mark.parametrize(
    ("part", "code"), [("201", "transfer.too_much"), ("0.5", "claim.quantum"), ("100", "claim.above_cap")]
)
def test_a_transfer_that_cannot_be_is_refused_and_changes_nothing(pool: World, part, code):
    first, second, *_ = clerks(pool)
    pool.call("set_allocations", cycle=CYCLE, allocations=[{"indicator": SETUPS, "unit": "D01", "quantity": "400"}])
    claim(pool, staff_actor(first), "200")
    claim(pool, staff_actor(second), "170")
    with pytest.raises(Invalid) as refused:
        transfer(pool, HEAD, first, (second, "10"), (second, part))
    assert [(one["row"], one["code"]) for one in refused.value.errors] == [(1, code)]
    assert targets(pool) == {first: "200", second: "170"}


def test_across_units_the_share_goes_along_and_only_the_office_does_it(allocated: World):
    giver = clerks(allocated, "D01")[0]
    taker = next(one["person"] for one in allocated.pages("list_persons", unit="D02") if one["line"] == "access")
    allocated.call("accept_proposals", cycle=CYCLE, scope="unit", unit="D01")
    before = [Decimal(allocation(allocated, unit) or 0) for unit in ("D01", "D02")]
    own = Decimal(targets(allocated)["D01"])
    with pytest.raises(Forbidden):
        transfer(allocated, HEAD, giver, (taker, "5"))
    transfer(allocated, OFFICE, giver, (taker, "5"))
    assert [Decimal(allocation(allocated, unit) or 0) for unit in ("D01", "D02")] == [before[0] - 5, before[1] + 5]
    assert (targets(allocated)[taker], Decimal(targets(allocated)["D01"])) == ("5", own - 5)


def test_part_of_a_claim_is_given_back(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    key = {"indicator": SETUPS, "quantity": "150"}
    (left,) = pool.call("release_claims", staff_actor(first), cycle=CYCLE, claims=[key])["items"]
    assert (left["status"], left["target"]) == ("claimed", "50")
    claim(pool, staff_actor(second), "250")
    with pytest.raises(Invalid, match="claims.invalid"):
        pool.call("release_claims", staff_actor(first), cycle=CYCLE, claims=[{**key, "quantity": "51"}])


def test_beyond_the_units_share_only_where_its_head_said_so_on_record(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    permit = {"cycle": CYCLE, "indicator": SETUPS, "unit": "D01", "reason": "新增窗口"}
    with pytest.raises(Forbidden):
        pool.call("permit_excess", staff_actor(first), **permit, quantity="20")
    with pytest.raises(Invalid, match="claim.not_allocated"):
        pool.call("permit_excess", HEAD, **{**permit, "indicator": "01-01-01"}, quantity="20")
    pool.call("permit_excess", HEAD, **permit, quantity="20")
    with pytest.raises(Conflict, match="claim.exhausted"):
        claim(pool, staff_actor(second), "121")
    claim(pool, staff_actor(second), "120")
    with pytest.raises(Conflict, match="excess.in_use"):
        pool.call("permit_excess", HEAD, **permit, quantity="19")
    gap = pool.call("list_gaps", cycle=CYCLE)["items"][0]
    assert (gap["over_claimed"], gap["excess"], len(gap["holders"])) == ("20", "20", 2)
    balance = {one["indicator"]: one for one in pool.pages("get_balance", cycle=CYCLE, unit="D01")}[SETUPS]
    assert (balance["over_claimed"], balance["unclaimed"], balance["excess"]) == ("20", "0", "20")


def test_who_left_stands_in_the_balance_until_their_work_is_handed_on(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "260")
    pool.call("depart_person", person=first, last_day="2026-07-01")
    gap = pool.call("list_gaps", cycle=CYCLE, unit="D01")["items"][0]
    assert (gap["stranded"], gap["holders"][0]["present"], gap["unclaimed"]) == ("260", False, "40")
    handed = {"cycle": CYCLE, "giver": first, "taker": second, "reason": "离任"}
    report = pool.call("substitute_person", HEAD, **handed)
    assert report["unplaced"] == []
    # 182 of 365 days served: 260 × 182 ÷ 365 = 129.6
    assert targets(pool) == {first: "129", second: "131"}


def test_what_a_substitute_may_not_take_falls_back_to_the_unit_and_is_told(pool: World):
    first, second, third, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    claim(pool, staff_actor(second), "100")
    pool.call("depart_person", person=first, last_day="2026-07-01")
    report = pool.call(
        "substitute_person", HEAD, cycle=CYCLE, giver=first, taker=second, keep_served=False, reason="离任"
    )
    assert [(one["quantity"], one["code"]) for one in report["unplaced"]] == [("40", "claim.above_cap")]
    assert targets(pool) == {second: "260"}
    assert claim(pool, staff_actor(third), "40")["target"] == "40"


def test_without_a_substitute_the_rest_goes_back_to_the_unit(pool: World):
    first, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    pool.call("move_person", person=first, unit="D02", position="D02-02", starts="2026-02-01")
    assert pool.call("list_gaps", cycle=CYCLE, unit="D01")["items"][0]["stranded"] == "200"
    report = pool.call("substitute_person", HEAD, cycle=CYCLE, giver=first, reason="调离")
    assert [one["code"] for one in report["unplaced"]] == ["taker.none"]
    assert targets(pool) == {first: "16"}  # 200 × 31 ÷ 365 = 16.99


def test_an_item_without_a_quantity_is_handed_on_whole(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), None, indicator="01-01-02")
    pool.call("substitute_person", HEAD, cycle=CYCLE, giver=first, taker=second, keep_served=False, reason="离任")
    assert targets(pool, "01-01-02") == {second: None}


def test_after_the_deadline_only_the_office_changes_claims(pool: World):
    first, *_ = clerks(pool)
    yesterday = str(today() - timedelta(days=1))
    pool.call("set_claim_deadline", cycle=CYCLE, step="person", last_day=yesterday)
    for method, entry in (("claim_indicators", {"target": "1"}), ("release_claims", {})):
        with pytest.raises(Conflict, match="claim.deadline"):
            pool.call(method, staff_actor(first), cycle=CYCLE, claims=[{"indicator": SETUPS, **entry}])
    claim(pool, OFFICE, "5", subject=first)
    pool.call("set_claim_deadline", cycle=CYCLE, step="person", last_day=str(today()))
    claim(pool, staff_actor(first), "6")
    (deadline,) = pool.call("list_claim_deadlines", cycle=CYCLE)["items"]
    assert deadline == {"step": "person", "last_day": str(today()), "passed": False}


def draw(world: World, actor: Actor, unit: str, quantity: str, indicator: str = SETUPS):
    shares = [{"indicator": indicator, "unit": unit, "quantity": quantity}]
    return world.call("draw_allocations", actor, cycle=CYCLE, shares=shares)["items"][0]["quantity"]


def test_a_unit_claims_from_its_line_until_the_target_is_drawn(opened: World):
    other = staff_actor("P0501", Grant("unit_head", "unit", "D02"))
    assert draw(opened, HEAD, "D01", "2000") == "2000"
    with pytest.raises(Conflict, match="claim.exhausted"):
        draw(opened, other, "D02", "901")
    assert draw(opened, other, "D02", "900") == "900"
    shares = [{"indicator": SETUPS, "unit": "D01", "quantity": "100"}]
    opened.call("return_allocations", HEAD, cycle=CYCLE, shares=shares)
    assert draw(opened, other, "D02", "100") == "1000"
    (line,) = opened.pages("list_line_allocations", cycle=CYCLE)
    assert (line["line"], line["quantity"]) == ("access", "2900")


def test_a_unit_gives_back_only_what_nobody_has_claimed_and_its_own_claim_shrinks(pool: World):
    claim(pool, staff_actor(clerks(pool)[0]), "200")
    claim(pool, HEAD, "300", subject="D01")
    share = {"indicator": SETUPS, "unit": "D01"}
    with pytest.raises(Conflict, match="claim.exhausted"):
        pool.call("return_allocations", HEAD, cycle=CYCLE, shares=[{**share, "quantity": "101"}])
    pool.call("return_allocations", HEAD, cycle=CYCLE, shares=[{**share, "quantity": "60"}])
    assert (allocation(pool, "D01"), targets(pool)["D01"]) == ("240", "240")


def test_common_work_is_split_among_lines_and_stations_draw_on_the_rest(opened: World):
    def lines(*shares: tuple[str, str], **more: str):
        entries = [{"indicator": COMMON, "line": line, "quantity": quantity} for line, quantity in shares]
        return opened.call("set_line_allocations", cycle=CYCLE, allocations=entries, **more)

    with pytest.raises(Conflict, match="lines.above_target"):
        lines(("access", "100"), ("all", "653"))
    lines(("access", "100"), ("all", "652"))
    assert draw(opened, OFFICE, "D01", "100", COMMON) == "100"
    with pytest.raises(Conflict, match="claim.exhausted"):
        draw(opened, OFFICE, "D02", "1", COMMON)  # access, too
    assert draw(opened, OFFICE, "S01", "652", COMMON) == "652"
    with pytest.raises(Conflict, match="line.overdrawn"):
        lines(("access", "99"))
    with pytest.raises(Conflict, match="line.overdrawn"):
        opened.call(
            "set_allocations", cycle=CYCLE, allocations=[{"indicator": COMMON, "unit": "D01", "quantity": "101"}]
        )
    assert lines(("access", "110"), reason="专班增派")["changed"] == 1


def test_a_lines_leader_shares_out_the_items_of_the_line_only(opened: World):
    leader = Actor("l", "l", BUREAU, None, (Grant("leader", "line", "access"),))
    entry = {"indicator": SETUPS, "unit": "D01", "quantity": "10"}
    assert opened.call("set_allocations", leader, cycle=CYCLE, allocations=[entry])["changed"] == 1
    for other in ({**entry, "indicator": "05-02-01"}, {**entry, "indicator": COMMON}):
        with pytest.raises(Forbidden):
            opened.call("set_allocations", leader, cycle=CYCLE, allocations=[entry, other])


def test_the_four_kinds_are_ready_to_claim_in_one_go(allocated: World):
    person = clerks(allocated)[0]
    kinds = ["routine", "non_routine", "contribution", "additional"]
    report = allocated.call("accept_proposals", staff_actor(person), cycle=CYCLE, natures=kinds)
    items = {one["indicator"]: one for one in allocated.pages("list_indicators", cycle=CYCLE)}
    held = [one["indicator"] for one in allocated.pages("list_claims", cycle=CYCLE, subject=person)]
    assert len(held) == report["claimed"]
    assert {items[code]["nature"] for code in held} == set(kinds)
    scored = {
        code
        for code, one in items.items()
        if one["rule"] != "veto" and "person" in one["layers"] and one["line"] in ("all", "access")
    }
    proposed = {one["indicator"] for one in allocated.pages("list_proposals", cycle=CYCLE, subject=person)}
    without_share = {code for code in scored if items[code]["rule"] == "ratio"} - proposed
    assert set(held) == scored - without_share
    again = allocated.call("accept_proposals", staff_actor(person), cycle=CYCLE, natures=kinds)
    assert again["claimed"] == 0
