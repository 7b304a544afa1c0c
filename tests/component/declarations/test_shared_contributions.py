"""Achievements of several: shares proposed, agreed to or set by the panel, and settled to exactly the whole."""

import json
from decimal import Decimal
from typing import Any

import pytest

from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import ACTORS, CYCLE
from tests.component.declarations.test_contributions import contribute, contributions, deliberated, opine
from tests.component.declarations.test_orders import at_once

SHARES = [{"subject": "PS", "share": "1"}, {"subject": "QS", "share": "1"}, {"subject": "Q10", "share": "1"}]


def reply(bureau: Bureau, by: str, one: str, *, agree: bool = True, note: str = "", subject: str | None = None) -> Any:
    entry = {"contribution": one, "subject": subject or by, "agree": agree, "note": note}
    return bureau.ask("answer_shares", by, {"cycle": CYCLE, "contributions": [entry]})["contributions"][0]


def test_a_shared_achievement_is_settled_as_a_part_for_each_that_sum_to_the_whole(bureau: Bureau):
    one = contribute(bureau, shares=SHARES, evidence=["e-1"])
    assert bureau.ask("list_to_dos", "QS", {})["lists"]["shares_to_answer"]["count"] == 1
    reply(bureau, "QS", one)
    reply(bureau, "Q10", one)
    assert bureau.ask("list_to_dos", "QS", {})["lists"]["shares_to_answer"]["count"] == 0
    deliberated(bureau, one)
    parts = contributions(bureau, "settle", "K1", one, decision="settle")
    counts = {part["subject"]: part["counts"] for part in parts}
    assert counts == {
        "PS": {"provincial": Decimal("0.34")},
        "QS": {"provincial": Decimal("0.33")},
        "Q10": {"provincial": Decimal("0.33")},
    }
    assert {part["part_of"] for part in parts} == {None, one}
    rows = bureau.rows("SELECT subject, unit, status, counts FROM declarations.contribution ORDER BY subject")
    assert [(row["subject"], row["unit"], row["status"]) for row in rows] == [
        ("PS", "S01", "settled"),
        ("Q10", "D10", "settled"),
        ("QS", "S01", "settled"),
    ]
    sent = "SELECT body FROM declarations.outbox WHERE event LIKE '%ContributionChanged%' ORDER BY id DESC LIMIT 1"
    body = json.loads(bureau.rows(sent)[0]["body"])
    told = {state["subject"]: state["counts"] for state in body if state["status"] == "settled"}
    assert told == {"PS": {"provincial": "0.34"}, "QS": {"provincial": "0.33"}, "Q10": {"provincial": "0.33"}}
    (own,) = bureau.ask("list_contributions", "Q10", {"cycle": CYCLE, "subject": "Q10"})["items"]
    assert (own["worth"], own["year"], own["cap"]) == (Decimal("0.99"), Decimal("0.99"), 10)


def test_without_everybodys_consent_the_panel_sets_the_shares(bureau: Bureau):
    one = contribute(bureau, shares=SHARES)
    reply(bureau, "QS", one)
    with pytest.raises(Invalid):
        reply(bureau, "Q10", one, agree=False)
    reply(bureau, "Q10", one, agree=False, note="应占一半")
    deliberated(bureau, one)
    with pytest.raises(Conflict) as raised:
        contributions(bureau, "settle", "K1", one, decision="settle")
    assert raised.value.code == "shares.not_agreed"
    others = [{"subject": "PS", "share": "1"}, {"subject": "HS", "share": "1"}]
    for shares, refused in ((others, "shares.others"), (SHARES[:1], "shares.subjects")):
        with pytest.raises(Invalid) as raised:
            settle_with(bureau, one, shares)
        assert raised.value.errors[0]["code"] == refused
    half = [{**share, "share": "2" if share["subject"] == "Q10" else "1"} for share in SHARES]
    parts = {part["subject"]: part["counts"]["provincial"] for part in settle_with(bureau, one, half)}
    assert parts == {"PS": Decimal("0.25"), "QS": Decimal("0.25"), "Q10": Decimal("0.5")}


def settle_with(bureau: Bureau, one: str, shares: list[dict[str, str]]) -> Any:
    entry = {"contribution": one, "shares": shares}
    body = {"cycle": CYCLE, "decision": "settle", "contributions": [entry]}
    return bureau.ask("settle_contributions", "K2", body)["contributions"]


def test_only_partners_answer_and_see_what_concerns_them(bureau: Bureau):
    one = contribute(bureau, shares=SHARES)
    with pytest.raises(Forbidden):
        reply(bureau, "P8", one, subject="QS")
    with pytest.raises(Invalid):
        reply(bureau, "P8", one)
    assert [row["contribution"] for row in bureau.ask("list_contributions", "Q10", {"cycle": CYCLE})["items"]] == [one]
    assert bureau.ask("list_contributions", "P8", {"cycle": CYCLE})["items"] == []


@pytest.mark.parametrize(
    "shares", [SHARES[:1], SHARES[1:], [*SHARES, SHARES[0]], [SHARES[0], {"subject": "L1", "share": "1"}]]
)
def test_shares_that_do_not_fit_declare_nothing(bureau: Bureau, shares):
    with pytest.raises(Invalid):
        contribute(bureau, shares=shares)
    assert bureau.count("contribution") == 0


def test_a_member_stands_back_for_their_unit_for_partners_and_for_an_interest(bureau: Bureau):
    colleague = contribute(bureau, by="Q10")  # of D10, where H10 of the panel sits
    partner = contribute(bureau, shares=SHARES, title="别的材料")
    contributions(bureau, "screen", "H10", colleague, decision="pass")
    contributions(bureau, "screen", "HS", partner, decision="pass")
    for one in (colleague, partner):
        with pytest.raises(Forbidden) as raised:
            opine(bureau, "H10", one)
        assert raised.value.errors[0]["code"] in ("panel.recused", "own.decision")
    assert (
        bureau.ask("list_to_dos", "H10", {})["lists"]["opinions_to_give"]["count"] == 1
    )  # the partner's unit is found on opening it


def test_of_a_settlement_and_a_rejection_at_once_one_stands(bureau: Bureau):
    one = contribute(bureau, shares=SHARES[:2])
    reply(bureau, "QS", one)
    deliberated(bureau, one)
    outcomes = at_once(
        lambda: contributions(bureau, "settle", "K1", one, decision="settle"),
        lambda: contributions(bureau, "settle", "K2", one, decision="reject", reason="材料不足"),
    )
    assert outcomes == ["contribution.state", "done"]
    assert bureau.count("contribution") in (1, 2)


def test_every_member_of_the_panel_is_somebody_elses_judge(bureau: Bureau):
    """Nobody of the panel ever speaks on what they, their unit or a partner of theirs declared."""
    one = contribute(bureau, by="H10", shares=[{"subject": "H10", "share": "1"}, {"subject": "PS", "share": "1"}])
    contributions(bureau, "screen", "L1", one, decision="pass")
    may = [
        name
        for name, actor in ACTORS.items()
        if actor.has("panel") and actor.bureau == "B00" and speaks(bureau, name, one)
    ]
    assert may == ["K1", "K2", "K3"]


def speaks(bureau: Bureau, by: str, one: str) -> bool:
    try:
        opine(bureau, by, one)
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize("partner", ["HS", "S01"])
def test_a_head_who_shares_in_it_leaves_the_screening_to_the_next_head_up(bureau: Bureau, partner: str):
    one = contribute(bureau, shares=[SHARES[0], {"subject": partner, "share": "2"}])
    for decision in ("pass", "return"):
        with pytest.raises(Forbidden) as raised:
            contributions(bureau, "screen", "HS", one, decision=decision, reason="说明")
        assert raised.value.errors[0]["code"] == "own.decision"
    to_screen = {
        by: bureau.ask("list_to_dos", by, {})["lists"]["contributions_to_screen"]["count"] for by in ("HS", "L1")
    }
    assert to_screen == {"HS": 0, "L1": 1}
    assert contributions(bureau, "screen", "L1", one, decision="pass")[0]["status"] == "screened"
