"""Declarations and orders in a random year, each step at random: who takes it, on what, with which numbers."""

from collections.abc import Callable
from typing import Any

from tests.component.declarations.states import CYCLE
from tests.component.declarations.walking import Row, Walk, one_of

STAFF = ["PS", "QS", "Q10", "P10", "P9", "HS", "H10"]
HEADS = {"S01": "HS", "D10": "H10", "D09": "H9", "D08": "L2", "B00": "L1"}
PANEL = ["K1", "K2", "K3"]
ITEMS = {"01-01-01": "M", "01-01-02": "Q", "02-01-01": "M", "08-01-01": "M"}
PARTS = [{"numerator": str(part), "denominator": "100"} for part in (100, 98, 95, 50)]


def counts(walk: Walk, code: str) -> Row:
    number = walk.random.randint
    return {
        "01-01-01": lambda: {"done": str(number(0, 12))},
        "01-01-02": lambda: {"done": str(number(0, 4))},
        "02-01-01": lambda: {"late": str(number(0, 5)), "early": str(number(0, 5))},
    }.get(code, lambda: walk.random.choice(PARTS))()


def _entry(walk: Walk) -> Row:
    code, kind = walk.random.choice(list(ITEMS.items()))
    month = max(1, walk.day.month - walk.random.randint(0, 2))
    period = f"2026-M{month:02d}" if kind == "M" else f"2026-Q{(month + 2) // 3}"
    return {"indicator": code, "period": period, "counts": counts(walk, code), "remark": "见附件", "evidence": ["附件"]}


def declare(walk: Walk) -> None:
    by = walk.random.choice([*STAFF, "P8"])
    unit = walk.homes.get(by)
    subject = unit if by in walk.heads.get(unit or "", ()) and walk.chance(0.4) else by
    entries = {
        (one["indicator"], one["period"]): one for one in (_entry(walk) for _ in range(walk.random.randint(1, 3)))
    }
    known = {
        (row["indicator"], row["period"]): row for row in walk.rows["declaration"].values() if row["subject"] == subject
    }
    told = [
        {**one, **({"revision": known[item]["revision"]} if item in known else {})} for item, one in entries.items()
    ]
    draft = walk.chance(0.2)
    body = {"cycle": CYCLE, "subject": subject, "mode": "each", "draft": draft, "entries": told}
    walk.ask("draft" if draft else "declare", "declare_items", walk.anybody(by), body)


def verifier(walk: Walk, row: Row) -> str:
    if row.get("verifier", "head") != "head":
        return "R1"
    own = row["subject"] == row["unit"] or row["subject"] in walk.heads.get(row["unit"], ())
    return "L1" if own or not walk.heads.get(row["unit"]) else HEADS[row["unit"]]


def _assessors(row: Row) -> list[str]:
    return PANEL if row["assessor"] == "panel" else {"D10": ["P10", "H10"], "D09": ["P9", "H9"]}[row["assessor"]]


def _on_declarations(kind: str, statuses: tuple[str, ...], who: Callable[[Walk, Row], list[str]], **more: Any) -> Any:
    def step(walk: Walk) -> None:
        row = walk.some("declaration", *statuses)
        if row is not None:
            by = walk.anybody(*who(walk, row))
            walk.ask(kind, METHODS[kind], by, {**one_of("declaration", row), **more})

    return step


METHODS = {
    "verify": "verify_declarations",
    "return": "return_declarations",
    "record": "record_declarations",
    "withdraw": "withdraw_declarations",
    "take back a verification": "take_back_decisions",
    "take back an assessment": "take_back_decisions",
}


def whose(walk: Walk, row: Row) -> list[str]:
    return sorted(walk.heads.get(row["subject"], [row["subject"]]))


def _returners(walk: Walk, row: Row) -> list[str]:
    return [verifier(walk, row)] if row["status"] == "declared" else _assessors(row)


def verify_many(walk: Walk) -> None:
    """All of a unit at once, each by itself: several of one person are one notice."""
    unit = walk.random.choice(["S01", "D10"])
    waiting = [row for row in walk.rows["declaration"].values() if (row["status"], row["unit"]) == ("declared", unit)]
    if waiting:
        entries = [{"declaration": row["declaration"], "revision": row["revision"]} for row in waiting]
        body = {"cycle": CYCLE, "mode": "each", "declarations": entries}
        if walk.chance(0.7):
            walk.ask("verify", "verify_declarations", walk.anybody(HEADS[unit], "L1"), body)
        else:
            walk.ask("return", "return_declarations", walk.anybody(HEADS[unit], "L1"), {**body, "reason": "请补充"})


def assess(walk: Walk) -> None:
    row = walk.some("declaration", "verified")
    if row is not None:
        corrected = {"counts": counts(walk, row["indicator"]), "reason": "按查实数更正"} if walk.chance(0.3) else {}
        body = one_of("declaration", row, **corrected)
        walk.ask("assess", "assess_declarations", walk.anybody(*_assessors(row)), body)


def assess_many(walk: Walk) -> None:
    by = walk.random.choice(["P10", "P9", "K1"])
    waiting = [
        row for row in walk.rows["declaration"].values() if row["status"] == "verified" and by in _assessors(row)
    ]
    if waiting:
        entries = [{"declaration": row["declaration"], "revision": row["revision"]} for row in waiting]
        walk.ask("assess", "assess_declarations", by, {"cycle": CYCLE, "mode": "each", "declarations": entries})


def issue(walk: Walk) -> None:
    until = walk.day.replace(day=28) if walk.day.day < 28 else walk.day
    order = {"indicator": "03-01-01", "period": f"2026-M{walk.day.month:02d}", "title": "督办", "standard": "按期办结",
             "deadline": until.isoformat(), "subjects": walk.random.sample(["PS", "QS", "S01", "Q10", "P8", "H10"], 2)}  # fmt: skip
    walk.ask("order", "issue_orders", walk.anybody("P9", "H9", "L1", "K1"), {"cycle": CYCLE, "orders": [order]})


def _on_orders(kind: str, method: str, statuses: tuple[str, ...], *by: str, **entry: Any) -> Any:
    def step(walk: Walk) -> None:
        row = walk.some("task_order", *statuses)
        if row is not None:
            more = {"counts": walk.random.choice(PARTS)} if kind == "judge" else entry
            who = by or ((row["judged_by"],) if row["status"] == "judged" else tuple(whose(walk, row)))
            walk.ask(kind, method, walk.anybody(*who), one_of("order", row, note="情况属实", **more))

    return step


def postpone(walk: Walk) -> None:
    row = walk.some("task_order", "issued", "accepted", "refused")
    if row is not None:
        body = one_of("order", row, note="等待批复", deadline=f"2026-12-{walk.random.randint(28, 31)}")
        walk.ask("postpone", "postpone_orders", walk.anybody("P9", "L1"), body)


STEPS: list[tuple[int, Callable[[Walk], None]]] = [
    (14, declare),
    (5, _on_declarations("verify", ("declared",), lambda walk, row: [verifier(walk, row)])),
    (3, verify_many),
    (3, _on_declarations("return", ("declared", "verified", "assessed"), _returners, reason="请补充")),
    (3, _on_declarations("withdraw", ("declared",), whose, reason="数错了")),
    (
        3,
        _on_declarations("take back a verification", ("verified",), lambda _, row: [row["verified_by"]], reason="看错"),
    ),
    (8, assess),
    (2, assess_many),
    (3, _on_declarations("take back an assessment", ("assessed",), lambda _, row: [row["assessed_by"]], reason="看错")),
    (2, _on_declarations("record", ("assessed",), lambda _, row: [*_assessors(row), "office"])),
    (5, issue),
    (4, _on_orders("accept", "accept_orders", ("issued",))),
    (2, _on_orders("refuse", "refuse_orders", ("issued",))),
    (3, _on_orders("insist", "insist_on_orders", ("refused",), "P9", "L1")),
    (2, _on_orders("progress", "note_progress", ("accepted",), percent=50)),
    (5, _on_orders("finish", "complete_orders", ("accepted",))),
    (3, _on_orders("send back", "send_back_orders", ("completed",), "P9", "L1")),
    (6, _on_orders("judge", "judge_orders", ("issued", "accepted", "completed"), "P9", "H9", "L1")),
    (3, _on_orders("take back of an order", "take_back_orders", ("refused", "completed"))),
    (2, _on_orders("take back a judgement", "take_back_orders", ("judged",))),
    (1, _on_orders("withdraw an order", "withdraw_orders", ("issued", "refused", "accepted"), "P9", "L1")),
    (2, postpone),
]
