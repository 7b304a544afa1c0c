"""The other steps of a random year: checks, appeals, vetoes, stand-ins, machines, and people who come and go."""

from datetime import timedelta

from services.declarations.storage import projections
from tests.component.declarations.checking import POOL
from tests.component.declarations.random_steps import HEADS, PANEL, PARTS, STAFF, counts
from tests.component.declarations.states import CYCLE, attendance
from tests.component.declarations.walking import Row, Walk, one_of

APPEALED = {"verification": ("declaration", "returned"), "assessment": ("declaration", "assessed", "recorded"),
            "judgement": ("task_order", "judged"), "settlement": ("contribution", "settled", "rejected"),
            "finding": ("inspection", "found"), "veto": ("veto", "confirmed")}  # fmt: skip


def check_drawn(walk: Walk) -> None:
    body = {"cycle": CYCLE, "title": "核评抽查", "period": "2026-Y", "method": {"name": "size", "size": 2},
            "inspectors": POOL, "value_name": "双色球", "value_due": walk.day.isoformat()}  # fmt: skip
    announced = walk.ask("announce a check", "announce_spot_check", walk.anybody("office", "K1"), body)
    if announced is not None:
        drawing = {"cycle": CYCLE, "spot_check": announced["spot_check"], "value": f"01 {walk.random.randint(10, 99)}"}
        walk.ask("draw a check", "draw_spot_check", "office", drawing)


def check_on_the_spot(walk: Walk) -> None:
    kind = walk.random.choice(["declaration", "task_order", "contribution"])
    row = walk.some(kind, "assessed", "recorded", "judged", "settled")
    if row is not None:
        key = {"task_order": "order"}.get(kind, kind)
        body = {"cycle": CYCLE, "reason": "走访", "items": [{"kind": kind, "item": row[key]}]}
        walk.ask("check on the spot", "check_on_the_spot", walk.anybody("L1", "L2"), body)


def find(walk: Walk) -> None:
    row = walk.some("inspection", "assigned")
    if row is None:
        return
    verdict = walk.random.choice(["confirmed", "corrected", "corrected", "false"])
    entry: Row = {"verdict": verdict}
    if verdict != "confirmed":
        item = walk.rows[row["kind"]][row["item"]]
        entry |= {"text": "现场核对台账", "evidence": ["照片"], "counts": _other_counts(walk, row["kind"], item)}
    body = {"cycle": CYCLE, "findings": [{"inspection": row["inspection"], **entry}]}
    walk.ask("find", "record_findings", walk.anybody(row["inspector"]), body)


def _other_counts(walk: Walk, kind: str, item: Row) -> Row:
    if kind == "contribution":
        return {walk.random.choice(["provincial", "district"]): "1"}
    return walk.random.choice(PARTS) if kind == "task_order" else counts(walk, item["indicator"])


def take_back_finding(walk: Walk) -> None:
    row = walk.some("inspection", "found")
    if row is not None:
        body = {"cycle": CYCLE, "inspections": [{"inspection": row["inspection"], "reason": "查错了"}]}
        walk.ask("take back a finding", "take_back_findings", walk.anybody(row["inspector"]), body)


def close_check(walk: Walk) -> None:
    row = walk.some("spot_check", "drawn")
    if row is not None:
        body = {"cycle": CYCLE, "spot_check": row["spot_check"]}
        walk.ask("close a check", "close_spot_check", walk.anybody("office", "K2"), body)


def file_appeal(walk: Walk) -> None:
    kind, (family, *statuses) = walk.random.choice(list(APPEALED.items()))
    row = walk.some(family, *statuses, within=9)
    if row is None:
        return
    about = row[{"task_order": "order"}.get(family, family)]
    by = walk.anybody(*(walk.heads.get(row["subject"]) or [row["subject"]]))
    entry = {"kind": kind, "object": about, "text": "与事实不符"}
    walk.ask("appeal", "file_appeals", by, {"cycle": CYCLE, "appeals": [entry]})


def decide_appeal(walk: Walk) -> None:
    row = walk.some("appeal", "filed")
    if row is None:
        return
    entry: Row = {"outcome": walk.random.choice(["upheld", "changed", "changed"]), "decision": "经核实"}
    family = APPEALED[row["kind"]][0]
    if entry["outcome"] == "changed" and family in ("declaration", "task_order", "contribution"):
        if row["kind"] != "verification":
            entry["counts"] = _other_counts(walk, family, walk.rows[family][row["object"]])
    elif entry["outcome"] == "changed" and family == "inspection":
        entry["verdict"] = "confirmed"
    walk.ask("decide an appeal", "decide_appeals", walk.anybody(*PANEL, "L2"), one_of("appeal", row, **entry))


def withdraw_appeal(walk: Walk) -> None:
    row = walk.some("appeal", "filed")
    if row is not None:
        body = one_of("appeal", row, reason="已说明")
        walk.ask("withdraw an appeal", "withdraw_appeals", walk.anybody(row["filed_by"]), body)


def propose_veto(walk: Walk) -> None:
    veto = {"indicator": "01-03-05", "subject": walk.random.choice(STAFF), "reason": "查实"}
    walk.ask("propose a veto", "propose_vetoes", walk.anybody("office", "L1"), {"cycle": CYCLE, "vetoes": [veto]})


def decide_veto(walk: Walk) -> None:
    row = walk.some("veto", "proposed", "confirmed")
    if row is not None:
        verb = "confirm" if row["status"] == "proposed" and walk.chance(0.7) else "lift"
        body = {**one_of("veto", row), "decision": "经研究"}
        walk.ask(f"{verb} a veto", f"{verb}_vetoes", walk.anybody(*PANEL), body)


def delegate(walk: Walk) -> None:
    unit = walk.random.choice(["S01", "D10", "D09"])
    head = HEADS[unit]
    days = {"starts": walk.day.isoformat(), "ends": (walk.day + timedelta(days=20)).isoformat(), "reason": "出差"}
    body = {"delegate": walk.random.choice(STAFF), "role": "unit_head", "target": unit, "principal": head, **days}
    if not walk.heads[unit]:
        body["principal"] = unit
    walk.ask("delegate", "delegate", walk.anybody(head, "office"), body)


def end_delegation(walk: Walk) -> None:
    row = walk.some("delegation", "active")
    if row is not None:
        by = walk.anybody(row["principal"], "office")
        walk.ask("end a delegation", "end_delegation", by, {"delegation": row["delegation"]})


def hand_up(walk: Walk) -> None:
    body = {"cycle": CYCLE, "unit": walk.random.choice(["S01", "D10", "D08"]), "reason": "负责人长期外出"}
    walk.ask("hand up", "hand_up", walk.anybody("office"), body)


def remind(walk: Walk) -> None:
    for _ in range(2):
        walk.bureau.service.remind()
    walk.look_again()


def count_by_machine(walk: Walk) -> None:
    walk.revision += 1
    late = {"late": str(walk.random.randint(0, 4)), "early": str(walk.random.randint(0, 2))}
    month = f"2026-{max(1, walk.day.month - walk.random.randint(0, 1)):02d}"
    state = attendance(walk.random.choice(STAFF), month, {"late_early": late}, walk.revision)
    walk.bureau.handle(projections.keep_figures, state, source="attendance")
    walk.look_again()


def come_and_go(walk: Walk) -> None:
    """A unit loses its head or gets one back; somebody leaves, is back, or moves."""
    what = walk.random.choice(["head", "leave", "move"])
    if what == "head":
        unit = walk.random.choice(["S01", "D10"])
        walk.place(HEADS[unit], head=not walk.heads[unit])
    elif what == "leave":
        who = walk.random.choice(["QS", "P10", "Q10", "R1"])
        walk.place(who, active=who in walk.gone)
    else:
        who = walk.random.choice(["PS", "QS", "Q10"])
        walk.place(who, unit=walk.random.choice(["S01", "D10", "D08"]), active=who not in walk.gone)


STEPS = [
    (2, check_drawn),
    (2, check_on_the_spot),
    (8, find),
    (2, take_back_finding),
    (4, close_check),
    (8, file_appeal),
    (6, decide_appeal),
    (3, withdraw_appeal),
    (2, propose_veto),
    (3, decide_veto),
    (2, delegate),
    (1, end_delegation),
    (1, hand_up),
    (2, remind),
    (2, count_by_machine),
    (3, come_and_go),
]
