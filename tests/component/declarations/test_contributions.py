"""Contributions: declared, shared, screened, deliberated by the panel without those who are recused, settled to exactly their sum."""

from typing import Any

import pytest

from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE


def contribute(bureau: Bureau, by: str = "PS", title: str = "经验材料（一）", **more: Any) -> str:
    entry = {
        "subject": by,
        "indicator": "11-01-03",
        "period": "2026-H1",
        "title": title,
        "effect": "全市推广",
        "proof": "文件",
        "level": "provincial",
        **more,
    }
    answer = bureau.ask("declare_contributions", by, {"cycle": CYCLE, "contributions": [entry]})
    return str(answer["contributions"][0]["contribution"])


def contributions(
    bureau: Bureau, what: str, by: str, *ids: str, counts: dict[str, str] | None = None, **body: Any
) -> Any:
    entries = [{"contribution": one, **({"counts": counts} if counts else {})} for one in ids]
    whole = {"cycle": CYCLE, "contributions": entries, **body}
    return bureau.ask(f"{what}_contributions", by, whole)["contributions"]


def opine(bureau: Bureau, by: str, *ids: str, agree: bool = True) -> None:
    opinions = [{"contribution": one, "agree": agree} for one in ids]
    bureau.ask("give_opinions", by, {"cycle": CYCLE, "opinions": opinions})


def test_a_contribution_is_screened_discussed_and_settled(bureau: Bureau):
    one = contribute(bureau)
    contributions(bureau, "screen", "HS", one, decision="pass")
    for member, agree in (("K1", True), ("K2", False), ("K3", True)):
        opine(bureau, member, one, agree=agree)
    (settled,) = contributions(bureau, "settle", "K1", one, decision="settle", counts={"district": "1"})
    assert (settled["status"], settled["counts"]) == ("settled", {"district": 1})
    (shown,) = bureau.ask("list_contributions", "K1", {"cycle": CYCLE})["items"]
    assert [(given["member"], given["agree"]) for given in shown["opinions"]] == [
        ("K1", True),
        ("K2", False),
        ("K3", True),
    ]
    assert bureau.ask("list_contributions", "PS", {"cycle": CYCLE})["items"][0]["opinions"] == []


def test_the_claimed_level_stands_where_the_panel_says_nothing_else(bureau: Bureau):
    one = contribute(bureau)
    contributions(bureau, "screen", "HS", one, decision="pass")
    for member in ("K1", "K2", "K3"):
        opine(bureau, member, one)
    assert contributions(bureau, "settle", "K2", one, decision="settle")[0]["counts"] == {"provincial": 1}


def test_a_quorum_is_needed_and_each_member_speaks_once(bureau: Bureau):
    one = contribute(bureau)
    with pytest.raises(Conflict):
        opine(bureau, "K1", one)  # not screened yet
    contributions(bureau, "screen", "HS", one, decision="pass")
    opine(bureau, "K1", one)
    with pytest.raises(Conflict) as raised:
        opine(bureau, "K1", one, agree=False)
    assert raised.value.code == "opinion.given"
    with pytest.raises(Conflict) as raised:
        contributions(bureau, "settle", "K1", one, decision="settle")
    assert raised.value.code == "contribution.quorum"
    with pytest.raises(Forbidden):
        opine(bureau, "office", one)


def test_a_returned_contribution_is_put_forward_again_under_its_name(bureau: Bureau):
    one = contribute(bureau)
    with pytest.raises(Invalid):
        contributions(bureau, "screen", "HS", one, decision="return")
    contributions(bureau, "screen", "HS", one, decision="return", reason="补证明")
    assert contribute(bureau, contribution=one, revision=2, proof="文件二份") == one
    (row,) = bureau.rows("SELECT status, revision, proof FROM declarations.contribution")
    assert tuple(row.values()) == ("declared", 3, "文件二份")


def test_ones_own_contribution_is_left_to_others(bureau: Bureau):
    own = contribute(bureau, by="H10")
    with pytest.raises(Forbidden):
        contributions(bureau, "screen", "H10", own, decision="pass")
    contributions(bureau, "screen", "L1", own, decision="pass")
    with pytest.raises(Forbidden):
        opine(bureau, "H10", own)
    for member in ("K1", "K2", "K3"):
        opine(bureau, member, own)
    with pytest.raises(Forbidden):
        contributions(bureau, "settle", "H10", own, decision="settle")


def test_the_same_achievement_declared_twice_is_pointed_out(bureau: Bureau):
    first = contribute(bureau)
    second = contribute(bureau, by="QS", title="经验材料(一)！")
    contribute(bureau, by="Q10", title="别的材料")
    shown = {
        one["contribution"]: one["same_as"] for one in bureau.ask("list_contributions", "K1", {"cycle": CYCLE})["items"]
    }
    assert [one["contribution"] for one in shown[first]] == [second]
    assert [(one["contribution"], one["subject"]) for one in shown[second]] == [(first, "PS")]
    assert sum(map(len, shown.values())) == 2
    assert [one["likeness"] for one in shown[first]] == [100]


def deliberated(bureau: Bureau, one: str) -> str:
    contributions(bureau, "screen", "HS", one, decision="pass")
    for member in ("K1", "K2", "K3"):
        opine(bureau, member, one)
    return one


def test_a_similar_title_is_pointed_out_to_who_declares_screens_and_settles(bureau: Bureau):
    first = contribute(bureau, title="关于推进放心消费示范街区建设的经验材料")
    entry = {
        "subject": "QS",
        "indicator": "11-01-03",
        "period": "2026-H2",
        "title": "关于推进放心消费示范街区创建的经验材料",
        "effect": "推广",
        "proof": "文件",
        "level": "district",
    }
    (declared,) = bureau.ask("declare_contributions", "QS", {"cycle": CYCLE, "contributions": [entry]})["contributions"]
    (twin,) = declared["same_as"]
    assert (twin["contribution"], twin["subject"], twin["period"]) == (first, "PS", "2026-H1")
    assert 80 <= twin["likeness"] < 100
    for by in ("HS", "K1"):
        shown = {one["contribution"]: one for one in bureau.ask("list_contributions", by, {"cycle": CYCLE})["items"]}
        assert [one["contribution"] for one in shown[first]["same_as"]] == [declared["contribution"]]


def test_a_recused_members_opinion_counts_no_more_and_they_do_not_settle(bureau: Bureau):
    one = contribute(bureau)
    contributions(bureau, "screen", "HS", one, decision="pass")
    for member in ("K1", "K2", "K3"):
        opine(bureau, member, one)
    with pytest.raises(Invalid):
        recuse(bureau, "K3", one, note="")
    recuse(bureau, "K3", one)
    with pytest.raises(Conflict):
        recuse(bureau, "K3", one)
    with pytest.raises(Conflict):
        opine(bureau, "K3", one)
    with pytest.raises(Forbidden):
        contributions(bureau, "settle", "K3", one, decision="settle")
    with pytest.raises(Conflict) as raised:
        contributions(bureau, "settle", "K1", one, decision="settle")
    assert raised.value.code == "contribution.quorum"
    opine(bureau, "H10", one)
    assert contributions(bureau, "settle", "K1", one, decision="settle")[0]["status"] == "settled"


def recuse(bureau: Bureau, by: str, one: str, note: str = "亲属关系") -> None:
    entry = {"contribution": one, "recused": True, "note": note}
    bureau.ask("give_opinions", by, {"cycle": CYCLE, "opinions": [entry]})


def test_the_cap_is_shown_beside_what_the_year_has_brought(bureau: Bureau):
    for number in range(4):
        one = deliberated(bureau, contribute(bureau, title=f"材料{number}{'甲乙丙丁'[number] * 6}"))
        contributions(bureau, "settle", "K1", one, decision="settle")
    shown = bureau.ask("list_contributions", "PS", {"cycle": CYCLE})["items"]
    assert {(row["worth"], row["year"], row["cap"]) for row in shown} == {(3, 10, 10)}  # four times 3, capped
