"""What the office sets otherwise holds from its day on: what was decided before was decided by what held then (law 8)."""

from collections.abc import Callable
from typing import Any

import pytest

from services.declarations.service import DeclarationsService
from shared.actor import Grant
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.checking import appeal, assessed
from tests.component.declarations.states import CYCLE, B, actor
from tests.component.declarations.test_contributions import contribute, contributions, opine
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

Day = Callable[[str], None]


def set_rule(bureau: Bureau, rule: str, starts: str, value: int, by: str = "office") -> dict[str, Any]:
    return bureau.ask("set_bureau_rule", by, {"rule": rule, "starts": starts, "value": value})


def screened(bureau: Bureau, title: str, *members: str) -> str:
    one = contribute(bureau, title=title)
    contributions(bureau, "screen", "HS", one, decision="pass")
    for member in members:
        opine(bureau, member, one)
    return one


def test_a_quorum_changed_in_the_year_binds_from_its_day_on(bureau: Bureau, on: Day):
    on("2026-03-02")
    first, second = screened(bureau, "三月的经验", "K1", "K2", "K3"), screened(bureau, "五月的做法", "K1", "K2")
    set_rule(bureau, "panel_quorum", "2026-05-01", 2)
    with pytest.raises(Conflict, match="quorum"):
        contributions(bureau, "settle", "K1", second, decision="settle")
    assert contributions(bureau, "settle", "K1", first, decision="settle")[0]["status"] == "settled"
    on("2026-04-30")
    with pytest.raises(Conflict, match="quorum"):
        contributions(bureau, "settle", "K1", second, decision="settle")
    assert waiting(bureau, "K1") == []
    on("2026-05-01")
    assert waiting(bureau, "K1") == [second]
    assert contributions(bureau, "settle", "K1", second, decision="settle")[0]["status"] == "settled"


def waiting(bureau: Bureau, by: str) -> list[str]:
    items = bureau.ask("list_contributions", by, {"cycle": CYCLE, "waiting": "settle"})["items"]
    return [one["contribution"] for one in items]


def test_a_majority_of_two_thirds_refuses_what_half_had_passed(bureau: Bureau, on: Day):
    on("2026-03-02")
    one = screened(bureau, "三月的经验", "K1", "K2")
    opine(bureau, "K3", one, agree=False)
    set_rule(bureau, "panel_majority", "2026-03-03", 67)
    assert waiting(bureau, "K1") == [one]
    on("2026-03-03")
    assert waiting(bureau, "K1") == []
    with pytest.raises(Conflict, match="no_majority"):
        contributions(bureau, "settle", "K1", one, decision="settle")


def test_colleagues_stand_back_until_the_rule_says_otherwise(bureau: Bureau, on: Day):
    on("2026-03-02")
    member = actor("R1", Grant("panel", "bureau"))  # of D10, as Q10 is
    one = contribute(bureau, by="Q10")
    contributions(bureau, "screen", "H10", one, decision="pass")
    set_rule(bureau, "colleagues_stand_back", "2026-03-03", 0)
    opinion = {"cycle": CYCLE, "opinions": [{"contribution": one, "agree": True}]}

    def asked() -> int:
        return int(bureau.ask("list_to_dos", member, {})["lists"]["opinions_to_give"]["count"])

    with pytest.raises(Forbidden, match=r"panel\.recused"):
        bureau.ask("give_opinions", member, opinion)
    assert asked() == 0
    on("2026-03-03")
    assert asked() == 1
    assert bureau.ask("give_opinions", member, opinion)["opinions"]


def test_a_delegation_is_as_long_as_the_rule_of_its_first_day_allows(bureau: Bureau, on: Day):
    on("2026-03-02")
    set_rule(bureau, "longest_delegation", "2026-06-01", 30)
    body = {"delegate": "QS", "role": "unit_head", "target": "S01", "reason": "学习"}
    with pytest.raises(Invalid, match="long"):
        bureau.ask("delegate", "HS", {**body, "starts": "2026-06-01", "ends": "2026-07-15"})
    assert bureau.ask("delegate", "HS", {**body, "starts": "2026-05-31", "ends": "2026-07-15"})["status"] == "active"


def test_reminders_go_on_as_long_as_the_rule_of_the_deadlines_day_says(bureau: Bureau, on: Day):
    on("2026-01-10")
    bureau.rule()
    set_rule(bureau, "reminded_after", "2026-03-01", 0)

    def late(day: str) -> bool:
        on(day)
        bureau.service.remind()
        found = bureau.rows(f"SELECT kind FROM declarations.notice WHERE \"on\" = '{day}' AND address = 'person:PS'")
        return "declare_late" in {row["kind"] for row in found}

    assert late("2026-02-06")  # January's, due before the rule: told for a week
    assert not late("2026-03-09")  # February's, due after it


def test_a_decision_is_appealed_against_within_the_days_that_held_when_it_was_made(bureau: Bureau, on: Day):
    on("2026-03-02")
    (before,) = assessed(bureau, "PS")
    terms = {"cycle": CYCLE, "file_days": 2, "decide_days": 7}
    assert bureau.ask("set_appeal_terms", "office", {**terms, "since": "2026-03-04"})["file_days"] == 10
    on("2026-03-04")
    (after,) = assessed(bureau, "QS")
    told = bureau.ask("get_appeal_terms", "PS", {"cycle": CYCLE})
    dated = bureau.ask("list_appeal_terms", "PS", {"cycle": CYCLE})["terms"]
    assert (told["file_days"], told["revision"], [one["file_days"] for one in dated]) == (2, 1, [10, 2])
    on("2026-03-13")
    with pytest.raises(Conflict, match="too_late"):
        appeal(bureau, "QS", "assessment", after)
    assert appeal(bureau, "PS", "assessment", before)  # nine working days after: its own ten still run


def test_terms_set_twice_keep_what_held_between(bureau: Bureau, on: Day):
    terms = {"cycle": CYCLE, "decide_days": 7}
    on("2026-03-02")
    bureau.ask("set_appeal_terms", "office", {**terms, "file_days": 5, "since": "2026-03-02"})
    bureau.ask("set_appeal_terms", "office", {**terms, "file_days": 8, "since": "2026-04-01", "revision": 1})
    told = bureau.ask("list_appeal_terms", "PS", {"cycle": CYCLE})["terms"]
    days = [(f"{one['since']}", one["file_days"]) for one in told]
    assert days == [("None", 10), ("2026-03-02", 5), ("2026-04-01", 8)]
    with pytest.raises(Conflict, match=r"rule\.past"):
        bureau.ask("set_appeal_terms", "office", {**terms, "file_days": 9, "since": "2026-03-01"})


def test_rules_are_the_offices_within_bounds_and_never_for_the_past(bureau: Bureau, on: Day):
    on("2026-03-02")
    with pytest.raises(Forbidden):
        set_rule(bureau, "panel_quorum", "2026-05-01", 2, by="K1")
    with pytest.raises(Conflict, match=r"rule\.past"):
        set_rule(bureau, "panel_quorum", "2026-03-01", 2)
    with pytest.raises(Invalid, match=r"rule\.range"):
        set_rule(bureau, "panel_quorum", "2026-05-01", 0)
    told = {one["rule"]: one for one in bureau.ask("list_bureau_rules", "PS", {})["rules"]}
    assert (told["panel_quorum"]["default"], told["panel_quorum"]["dated"]) == (3, [])
    assert {name: one["default"] for name, one in told.items()} == {
        "panel_quorum": 3, "panel_majority": 50, "colleagues_stand_back": 1, "longest_delegation": 184, "evidence_refused": 0, "reminded_after": 7,
    }  # fmt: skip


def test_they_are_set_and_told_by_http(database: Databases):
    with world_of(database, DeclarationsService(), B) as world:
        settle_in(Bureau(world.service))
        _try_by_http(world)


def _try_by_http(world: World) -> None:
    office, staff = world.log_in("office", "office"), world.log_in("staff", "staff", person="PS")
    rule = {"rule": "panel_quorum", "starts": f"{today():%Y-%m-%d}", "value": 5}
    assert staff.post("/api/v1/declaration-rules", json=rule).status_code == 403
    assert office.post("/api/v1/declaration-rules", json={**rule, "rule": "unknown"}).status_code == 422
    told = office.post("/api/v1/declaration-rules", json=rule).json["rules"]
    assert staff.get("/api/v1/declaration-rules").json["rules"] == told
    assert {one["rule"]: [dated["value"] for dated in one["dated"]] for one in told}["panel_quorum"] == [5]
