"""Contributions and temporary work in a random year."""

from typing import Any

from shared.ids import new_id
from tests.component.declarations.random_steps import PANEL, PARTS, STAFF, verifier, whose
from tests.component.declarations.states import CYCLE
from tests.component.declarations.walking import Row, Walk, one_of


def contribute(walk: Walk) -> None:
    by = walk.random.choice(STAFF)
    again = walk.some("contribution", "returned", "withdrawn")
    entry: Row = {"subject": by, "indicator": "11-01-03", "period": "2026-H1", "title": f"材料{new_id()}", "effect": "推广",
                  "proof": "文件", "level": walk.random.choice(["national", "provincial", "district"])}  # fmt: skip
    if again is not None and again["part_of"] is None and walk.chance(0.5):
        by = again["subject"]
        entry |= {"subject": by, "contribution": again["contribution"], "revision": again["revision"]}
    elif walk.chance(0.4):
        other = walk.random.choice([one for one in STAFF if one != by])
        entry["shares"] = [{"subject": by, "share": "1"}, {"subject": other, "share": "2"}]
    body = {"cycle": CYCLE, "contributions": [entry]}
    walk.ask("contribute", "declare_contributions", walk.anybody(by), body)


def answer_share(walk: Walk) -> None:
    asked = [
        (row, share["subject"])
        for row in walk.rows["contribution"].values()
        for share in row["shares"]
        if share["agreed"] is None and row["status"] in ("declared", "screened")
    ]
    if asked:
        row, partner = walk.random.choice(asked)
        body = one_of("contribution", row, subject=partner, agree=walk.chance(0.8), note="商定")
        walk.ask("answer shares", "answer_shares", walk.anybody(partner), body)


def screen(walk: Walk) -> None:
    row = walk.some("contribution", "declared")
    if row is not None:
        decision = {"decision": "pass"} if walk.chance(0.8) else {"decision": "return", "reason": "请补证明"}
        body = {**one_of("contribution", row), **decision}
        walk.ask("screen", "screen_contributions", walk.anybody(verifier(walk, row)), body)


def opine(walk: Walk) -> None:
    row = walk.some("contribution", "screened")
    if row is not None:
        for by in [*PANEL, walk.anybody("H10")]:
            opinion = {"contribution": row["contribution"], "agree": walk.chance(0.85)}
            walk.ask("opinion", "give_opinions", by, {"cycle": CYCLE, "opinions": [opinion]})


def settle(walk: Walk) -> None:
    row = walk.some("contribution", "screened")
    if row is not None:
        decision = {"decision": "settle"} if walk.chance(0.8) else {"decision": "reject", "reason": "材料不足"}
        given = (
            {"shares": [{"subject": one["subject"], "share": "1"} for one in row["shares"]]} if row["shares"] else {}
        )
        body = {**one_of("contribution", row, **(given if decision["decision"] == "settle" else {})), **decision}
        walk.ask("settle", "settle_contributions", walk.anybody(*PANEL), body)


def _contribution_back(kind: str, method: str, statuses: tuple[str, ...], who: str) -> Any:
    def step(walk: Walk) -> None:
        row = walk.some("contribution", *statuses)
        if row is not None:
            by = walk.anybody(*(whose(walk, row) if who == "subject" else [row[who]]))
            reason = {"reason": "看错了"} if who != "subject" else {}
            walk.ask(kind, method, by, {**one_of("contribution", row), **reason})

    return step


def report(walk: Walk) -> None:
    by = walk.random.choice(STAFF)
    again = walk.some("temporary_work", "returned", "withdrawn")
    entry: Row = {"subject": by, "indicator": "11-03-01", "period": "2026-Y", "title": "支援展会", "outcome": "值守三日",
                  "asked_by": "区政府办公室", "done_on": "2026-01-05", "evidence": ["附件"]}  # fmt: skip
    if again is not None and walk.chance(0.5):
        by = again["subject"]
        entry |= {"subject": by, "work": again["work"], "revision": again["revision"]}
    walk.ask("report work", "report_works", walk.anybody(by), {"cycle": CYCLE, "works": [entry]})


def confirm(walk: Walk) -> None:
    row = walk.some("temporary_work", "reported")
    if row is not None:
        decision = {"decision": "confirm"} if walk.chance(0.8) else {"decision": "return", "reason": "缺通知"}
        by = walk.anybody(verifier(walk, row))
        walk.ask("confirm work", "confirm_works", by, {**one_of("work", row), **decision})


def assess_work(walk: Walk) -> None:
    row = walk.some("temporary_work", "confirmed")
    if row is not None:
        decision = walk.random.choice(["assess", "assess", "reject", "return"])
        entry = {"counts": walk.random.choice(PARTS)} if decision == "assess" else {}
        body = {**one_of("work", row, **entry), "decision": decision, "reason": "" if entry else "属本职工作"}
        walk.ask("assess work", "assess_works", walk.anybody("office", "K1", "P10"), body)


def _work_back(kind: str, method: str, statuses: tuple[str, ...], who: str) -> Any:
    def step(walk: Walk) -> None:
        row = walk.some("temporary_work", *statuses)
        if row is not None:
            by = walk.anybody(*(whose(walk, row) if who == "subject" else [row[who]]))
            reason = {"reason": "看错了"} if who != "subject" else {}
            walk.ask(kind, method, by, {**one_of("work", row), **reason})

    return step


STEPS = [
    (6, contribute),
    (3, answer_share),
    (6, screen),
    (5, opine),
    (5, settle),
    (2, _contribution_back("withdraw a contribution", "withdraw_contributions", ("declared",), "subject")),
    (1, _contribution_back("take back a screening", "take_back_screenings", ("screened",), "screened_by")),
    (2, _contribution_back("take back a settlement", "take_back_screenings", ("settled", "rejected"), "settled_by")),
    (5, report),
    (4, confirm),
    (4, assess_work),
    (2, _work_back("withdraw work", "withdraw_works", ("reported",), "subject")),
    (3, _work_back("take back a confirmation", "take_back_confirmations", ("confirmed",), "confirmed_by")),
    (2, _work_back("take back of work", "take_back_confirmations", ("assessed", "rejected"), "assessed_by")),
]
