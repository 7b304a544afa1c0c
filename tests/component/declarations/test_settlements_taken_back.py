"""Settlements and rejections of contributions are taken back over HTTP, with the parts of those who share in them."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from tests.component.declarations.checking import appeal, drawn
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_contributions import contribute, contributions, deliberated
from tests.component.declarations.test_shared_contributions import SHARES, reply
from tests.component.declarations.test_ways_back import moved

TAKE_BACK = "contributions/take-back"


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def settled(bureau: HttpBureau, decision: str = "settle", by: str = "PS", **more: Any) -> str:
    one = contribute(bureau.inner, by, **more)
    deliberated(bureau.inner, one)
    contributions(bureau.inner, "settle", "K1", one, decision=decision, reason="依据不足")
    return one


def take_back(bureau: HttpBureau, one: str, by: str = "K1", reason: str = "级别看错") -> Any:
    return moved(bureau, by, TAKE_BACK, "contribution", one, reason=reason)


def shown(bureau: HttpBureau, one: str, by: str = "K1") -> Any:
    return bureau.get(by, f"contributions/{one}?cycle={CYCLE}").json


@pytest.mark.parametrize("decision", ["settle", "reject"])
def test_the_panels_decision_is_taken_back_by_whoever_took_it_and_the_opinions_stand(
    bureau: HttpBureau, decision: str
) -> None:
    one = settled(bureau, decision)
    assert "take_back" in shown(bureau, one)["may"]
    assert "take_back" not in shown(bureau, one, "K2")["may"]
    refused = take_back(bureau, one, by="K2")
    assert (refused.status_code, refused.json["code"]) == (403, "step.not_yours")
    assert take_back(bureau, one, reason="").status_code == 422
    (back,) = take_back(bureau, one).json["contributions"]
    assert (back["status"], back["counts"]) == ("screened", {})
    now = shown(bureau, one)
    assert (len(now["opinions"]), now["settled_by"], now["steps"][-1]["reason"]) == (3, None, "级别看错")
    kinds = [each["kind"] for each in bureau.get("PS", "notices").json["items"]]
    assert kinds == ["taken_back", {"settle": "settled", "reject": "rejected"}[decision]]
    contributions(bureau.inner, "settle", "K1", one, decision="settle", counts={"district": "1"})
    assert (shown(bureau, one)["status"], shown(bureau, one)["reason"]) == ("settled", "")


def test_the_partners_parts_fall_with_the_settlement_and_the_proposed_shares_stand_again(bureau: HttpBureau) -> None:
    one = contribute(bureau.inner, shares=SHARES)
    for by in ("QS", "Q10"):
        reply(bureau.inner, by, one)
    deliberated(bureau.inner, one)
    own = [{"subject": each["subject"], "share": share} for each, share in zip(SHARES, ("8", "1", "1"), strict=True)]
    entry = {"contribution": one, "shares": own}
    body = {"cycle": CYCLE, "decision": "settle", "contributions": [entry]}
    parts = bureau.post("K1", "contributions/settle", body).json["contributions"][1:]
    assert {each["subject"] for each in parts} == {"QS", "Q10"}
    direct = take_back(bureau, parts[0]["contribution"])
    assert (direct.status_code, direct.json["code"]) == (409, "contribution.part")
    answer = take_back(bureau, one).json["contributions"]
    assert [each["status"] for each in answer] == ["screened", "withdrawn", "withdrawn"]
    assert [each["kind"] for each in bureau.get("QS", "notices").json["items"]][:2] == ["taken_back", "settled"]
    assert [(each["share"], each.get("proposed")) for each in shown(bureau, one)["shares"]] == [("1", None)] * 3
    again = contributions(bureau.inner, "settle", "K1", one, decision="settle")
    counts = {each["subject"]: each["counts"]["provincial"] for each in again}
    assert counts == {"PS": Decimal("0.34"), "QS": Decimal("0.33"), "Q10": Decimal("0.33")}
    told = bureau.get("Q10", f"contributions?cycle={CYCLE}&subject=Q10").json["items"]
    assert sorted(each["status"] for each in told) == ["settled", "withdrawn"]
    gone = next(each for each in told if each["status"] == "withdrawn")
    entry = {**{name: gone[name] for name in ("contribution", "revision", "subject", "indicator", "period")}}
    entry |= {"title": "再报", "effect": "乙", "proof": "丙", "level": "provincial"}
    refused = bureau.post("Q10", "contributions", {"cycle": CYCLE, "contributions": [entry]})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (409, "contribution.part")


@pytest.mark.parametrize(("kept", "agreed"), [(True, True), (False, None)])
def test_partners_of_what_was_settled_before_the_proposed_shares_were_kept_are_asked_again(
    bureau: HttpBureau, *, kept: bool, agreed: bool | None
) -> None:
    one = contribute(bureau.inner, shares=SHARES)
    for by in ("QS", "Q10"):
        reply(bureau.inner, by, one)
    deliberated(bureau.inner, one)
    contributions(bureau.inner, "settle", "K1", one, decision="settle")
    if not kept:
        with bureau.inner.sessions.engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE declarations.contribution SET shares ="
                    " (SELECT jsonb_agg(share - 'proposed') FROM jsonb_array_elements(shares) share)"
                    f" WHERE contribution = '{one}'"
                )
            )
    assert take_back(bureau, one).status_code == 200
    told = {each["subject"]: (each["share"], each["agreed"]) for each in shown(bureau, one)["shares"]}
    assert told == {"PS": ("1", True), "QS": ("1", agreed), "Q10": ("1", agreed)}


def test_a_settlement_of_which_a_part_is_appealed_against_stands(bureau: HttpBureau) -> None:
    one = contribute(bureau.inner, shares=SHARES)
    for by in ("QS", "Q10"):
        reply(bureau.inner, by, one)
    deliberated(bureau.inner, one)
    parts = contributions(bureau.inner, "settle", "K1", one, decision="settle")
    part = next(each for each in parts if each["subject"] == "QS")
    appeal(bureau.inner, "QS", "settlement", part["contribution"])
    refused = take_back(bureau, one)
    assert (refused.status_code, refused.json["code"]) == (409, "contribution.appealed")
    assert shown(bureau, one)["why_not"]["take_back"]["code"] == "contribution.appealed"


def test_a_settlement_that_a_spot_check_lists_stands(bureau: HttpBureau) -> None:
    one = settled(bureau)
    drawn(bureau.inner, kinds=["contribution"], period="2026-H1", method={"name": "size", "size": 1})
    refused = take_back(bureau, one)
    assert (refused.status_code, refused.json["code"]) == (409, "contribution.being_checked")
