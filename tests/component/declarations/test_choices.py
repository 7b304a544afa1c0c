"""What a list says one may do is what the commands let one do, and ``waiting`` names exactly those rows: for everybody, in every state."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.declarations.storage import projections
from shared.clock import today
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.checking import appeal, assessed
from tests.component.declarations.states import CYCLE, TIER, cycle, indicator
from tests.component.declarations.test_contributions import contribute, contributions, opine
from tests.component.declarations.test_other_tools import FULL, issue, orders
from tests.component.declarations.test_temporary_work import assess, confirm, report
from tests.component.declarations.test_vetoes import decide, veto
from tests.component.declarations.tried import EVERYBODY, Row, compare, lets, listed

TASKS = replace(
    indicator("11-03-01", "tier", TIER, tool="accountability", assessor="D10", full="20", frequency="yearly"),
    category="additional",
)
YESTERDAY, LATER = ((today() + timedelta(days=days)).isoformat() for days in (-1, 40))


def test_orders(bureau: Bureau) -> None:
    issue(bureau, "PS", "QS", "S01")
    refused, accepted, completed, judged, asked, late, late_too = issue(
        bureau, "PS", "PS", "S01", "QS", "QS", "PS", "P10"
    )
    orders(bureau, "refuse", "PS", [refused], note="不属职责")
    orders(bureau, "accept", "PS", [accepted])
    for one, by in ((completed, "HS"), (judged, "QS"), (asked, "QS")):
        orders(bureau, "accept", by, [one])
        orders(bureau, "complete", by, [one], note="已办")
    orders(bureau, "judge", "P9", [judged], counts=FULL)
    question = {"order": asked, "question": "为何延误？", "answer_by": LATER}
    bureau.ask("ask_about_orders", "P9", {"cycle": CYCLE, "inquiries": [question]})
    with bureau.sessions.engine.begin() as connection:
        connection.exec_driver_sql(
            'UPDATE declarations.task_order SET deadline = %s WHERE "order" IN (%s, %s)', (YESTERDAY, late, late_too)
        )

    def body(**more: Any) -> Any:
        return lambda row: {"orders": [{"order": row["order"], "note": "情况说明", **more}]}

    commands = {
        "accept": ("accept_orders", body()),
        "refuse": ("refuse_orders", body()),
        "progress": ("note_progress", body(percent=50)),
        "complete": ("complete_orders", body()),
        "insist": ("insist_on_orders", body()),
        "send_back": ("send_back_orders", body()),
        "postpone": ("postpone_orders", body(deadline=(today() + timedelta(days=77)).isoformat())),
        "judge": ("judge_orders", body(counts=FULL)),
        "withdraw": ("withdraw_orders", body()),
        "take_back": ("take_back_orders", body()),
        "ask": (
            "ask_about_orders",
            lambda row: {"inquiries": [{"order": row["order"], "question": "何故？", "answer_by": LATER}]},
        ),
    }
    seen = compare(bureau, "list_orders", "order", commands, back=["take_back"])
    assert {step for _, step in seen} == set(commands)
    assert {("issued", "judge"), ("completed", "judge")} <= seen
    assert {status for status, step in seen if step == "take_back"} == {"refused", "completed", "judged"}


def test_inquiries(bureau: Bureau) -> None:
    ordered = issue(bureau, "PS", "S01", "QS", "PS")
    asked = [{"order": one, "question": "为何延误？", "answer_by": LATER} for one in ordered]
    made = bureau.ask("ask_about_orders", "P9", {"cycle": CYCLE, "inquiries": asked})["inquiries"]
    first, second, third, _ = (one["inquiry"] for one in made)
    bureau.ask("answer_inquiries", "PS", {"cycle": CYCLE, "inquiries": [{"inquiry": first, "answer": "人手不足"}]})
    with bureau.sessions.engine.begin() as connection:
        late = "UPDATE declarations.inquiry SET answer_by = %s WHERE inquiry IN (%s, %s)"
        connection.exec_driver_sql(late, (YESTERDAY, second, third))
    closing = {"consequence": "reminder", "conclusion": "提醒"}
    bureau.ask("close_inquiries", "P9", {"cycle": CYCLE, "inquiries": [{"inquiry": third, **closing}]})
    commands = {
        "answer": ("answer_inquiries", lambda row: {"inquiries": [{"inquiry": row["inquiry"], "answer": "说明"}]}),
        "close": ("close_inquiries", lambda row: {"inquiries": [{"inquiry": row["inquiry"], **closing}]}),
    }
    seen = compare(bureau, "list_inquiries", "inquiry", commands)
    assert seen == {("asked", "answer"), ("asked", "close"), ("answered", "close")}


def test_temporary_work(bureau: Bureau) -> None:
    bureau.handle(projections.keep_indicators, TASKS)
    for by in ("PS", "HS", "P8", "H10", "Q10", "P10"):
        report(bureau, by)
    confirmed, too, done, back = report(bureau, "QS"), report(bureau, "Q10"), report(bureau, "PS"), report(bureau, "PS")
    for one, by in ((confirmed, "HS"), (too, "H10"), (done, "HS")):
        confirm(bureau, by, one)
    assess(bureau, "office", done, counts={"numerator": "1", "denominator": "1"})
    confirm(bureau, "HS", back, "return", reason="补充材料")

    def decided(method: str, decision: str, **entry: Any) -> Any:
        return method, lambda row: {"decision": decision, "reason": "说明", "works": [{"work": row["work"], **entry}]}

    commands = {
        "confirm": decided("confirm_works", "confirm"),
        "assess": decided("assess_works", "assess", counts={"numerator": "1", "denominator": "1"}),
        "reject": decided("assess_works", "reject"),
        "withdraw": ("withdraw_works", lambda row: {"works": [{"work": row["work"]}]}),
        "take_back": ("take_back_confirmations", lambda row: {"reason": "误", "works": [{"work": row["work"]}]}),
    }
    seen = compare(bureau, "list_works", "work", commands, back=["withdraw", "take_back"])
    assert {step for _, step in seen} == set(commands)
    assert {status for status, step in seen if step == "take_back"} == {"confirmed", "assessed"}
    for by in EVERYBODY:
        for row in listed(bureau, "list_works", by):
            method, body = decided("confirm_works" if row["status"] == "reported" else "assess_works", "return")
            assert ("return" in row["may"]) is lets(bureau, method, by, body(row))


def test_contributions(bureau: Bureau) -> None:
    shares = [{"subject": "PS", "share": "1"}, {"subject": "Q10", "share": "1"}]
    contribute(bureau, "PS", "甲事迹")
    contribute(bureau, "HS", "乙事迹")
    contribute(bureau, "H10", "丙事迹")
    contribute(bureau, "PS", "丁事迹", shares=shares)
    for partner in ("HS", "S01", "H10", "D10"):  # a head, whoever's, or what they head
        contribute(bureau, "PS", f"与{partner}合作的事迹", shares=[shares[0], {"subject": partner, "share": "1"}])
    screened = [
        contribute(bureau, by, f"{by} 的经验", **more)
        for by, more in (("PS", {"shares": shares}), ("QS", {}), ("PS", {}), ("QS", {}), ("QS", {}))
    ]
    contributions(bureau, "screen", "HS", *screened, decision="pass")
    for member, agree in (("K1", True), ("K2", True), ("K3", False)):
        opine(bureau, member, screened[1], agree=agree)
        opine(bureau, member, screened[2], agree=not agree)
        opine(bureau, member, screened[3], screened[4])
    opinion = {"contribution": screened[1], "recused": True, "note": "亲属"}
    bureau.ask("give_opinions", "K2", {"cycle": CYCLE, "opinions": [opinion]})
    contributions(bureau, "settle", "K1", screened[3], decision="settle")

    def decided(method: str, decision: str, **entry: Any) -> Any:
        made = lambda row: {"contribution": row["contribution"], **entry}  # noqa: E731  # beside its only use
        return method, lambda row: {"decision": decision, "reason": "说明", "contributions": [made(row)]}

    def named(row: Row) -> Row:
        return {"contribution": row["contribution"]}

    def partner_of(row: Row) -> str:
        return next((one["subject"] for one in row["shares"] if one["subject"] != row["subject"]), "Q10")

    def own_shares(row: Row) -> Row:
        given = [{"subject": one["subject"], "share": "1"} for one in row["shares"]]
        entry = {"contribution": row["contribution"], **({"shares": given} if given else {})}
        return {"decision": "settle", "contributions": [entry]}

    commands = {
        "screen": decided("screen_contributions", "pass"),
        "return": decided("screen_contributions", "return"),
        "share": (
            "answer_shares",
            lambda row: {"contributions": [{**named(row), "subject": partner_of(row), "agree": True}]},
        ),
        "opine": ("give_opinions", lambda row: {"opinions": [{"contribution": row["contribution"], "agree": True}]}),
        "settle": ("settle_contributions", own_shares),
        "reject": decided("settle_contributions", "reject"),
        "withdraw": ("withdraw_contributions", lambda row: {"contributions": [{"contribution": row["contribution"]}]}),
        "take_back": (
            "take_back_screenings",
            lambda row: {"reason": "误", "contributions": [{"contribution": row["contribution"]}]},
        ),
    }
    seen = compare(bureau, "list_contributions", "contribution", commands, back=["withdraw", "take_back"])
    assert {step for _, step in seen} == set(commands)
    assert {status for status, step in seen if step == "take_back"} == {"screened", "settled"}


def test_vetoes(bureau: Bureau) -> None:
    veto(bureau, "K1")
    veto(bureau, "office", "H10")
    confirmed, lifted = veto(bureau, "K1", "QS"), veto(bureau, "K2", "P9")
    decide(bureau, "confirm", "K2", confirmed)
    decide(bureau, "lift", "K3", lifted)
    commands = {
        step: (f"{step}_vetoes", lambda row: {"decision": "小组决定", "vetoes": [{"veto": row["veto"]}]})
        for step in ("confirm", "lift")
    }
    assert {step for _, step in compare(bureau, "list_vetoes", "veto", commands)} == set(commands)


def test_appeals(bureau: Bureau) -> None:
    ids = assessed(bureau, "PS", "QS")
    appeal(bureau, "PS", "assessment", ids[0])
    gone = appeal(bureau, "QS", "assessment", ids[1])
    bureau.ask("withdraw_appeals", "QS", {"cycle": CYCLE, "appeals": [{"appeal": gone}]})
    decision = {"outcome": "upheld", "decision": "维持"}
    commands = {
        "uphold": ("decide_appeals", lambda row: {"appeals": [{"appeal": row["appeal"], **decision}]}),
        "withdraw": ("withdraw_appeals", lambda row: {"appeals": [{"appeal": row["appeal"]}]}),
    }
    assert {step for _, step in compare(bureau, "list_appeals", "appeal", commands)} == set(commands)


def test_in_a_closed_year_nothing_waits_and_it_is_told_why(bureau: Bureau) -> None:
    issue(bureau, "PS")
    bureau.handle(projections.keep_cycles, cycle("closed", 2))
    (row,) = listed(bureau, "list_orders", "PS")
    assert row["may"] == []
    assert {one["code"] for one in row["why_not"].values()} == {"cycle.not_open"}
    assert listed(bureau, "list_orders", "PS", waiting="accept") == []


def test_a_reader_is_told_why_not_where_they_would_expect_to_act(bureau: Bureau) -> None:
    issue(bureau, "H10", by="L1")
    (own,) = listed(bureau, "list_orders", "H10")
    assert {(step, one["code"]) for step, one in own["why_not"].items()} >= {("judge", "own.decision")}
    assert [(one["may"], one["why_not"]) for one in listed(bureau, "list_orders", "auditor")] == [([], {})]
