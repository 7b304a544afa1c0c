"""Every command on checks, inspections and appeals, in every state, by every kind of actor: allowed, or a clear 403 or 409."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services.declarations.usecases.appeals import deciding as decide_appeals
from services.declarations.usecases.appeals import filing as appeals
from services.declarations.usecases.checks import drawing, inspecting
from shared.batches import answering
from shared.errors import Conflict, Forbidden, NotFound, Problem
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.checking import announce, appeal, assessed, decide_appeal, draw, find, inspections
from tests.component.declarations.states import ACTORS, CYCLE

WORD = {Forbidden: "403", Conflict: "409", NotFound: "404"}
POOL = ["H9", "P9"]  # one of them is drawn, the other stands by
Bodies = dict[str, dict[str, Any]]


@contextmanager
def tried(bureau: Bureau, by: str) -> Iterator[Session]:
    """A transaction that is never committed: what was allowed is as if it had not been."""
    with Session(bureau.sessions.engine) as session:
        session.info.update(actor=ACTORS[by], schema="declarations")
        yield session
        session.rollback()


def outcome(bureau: Bureau, by: str, command: Callable[..., Any], body: dict[str, Any]) -> str:
    try:
        with tried(bureau, by) as session, answering():
            command(session, ACTORS[by], body)
    except Problem as problem:
        return WORD.get(type(problem), type(problem).__name__)
    return "allowed"


def check_bodies(bureau: Bureau, check: str) -> Bodies:
    (one,) = inspections(bureau, spot_check=check) or ({"inspection": "none"},)
    chosen = {"inspection": one["inspection"]}
    about = {"cycle": CYCLE, "spot_check": check}
    return {
        "draw": {**about, "value": "01"},
        "cancel": {**about, "reason": "重来"},
        "close": about,
        "find": {"cycle": CYCLE, "findings": [{**chosen, "verdict": "confirmed", "text": "", "evidence": []}]},
        "recuse": {"cycle": CYCLE, "inspections": [{**chosen, "reason": "亲属"}]},
        "name": {"cycle": CYCLE, "inspections": [{**chosen, "person": "Q10"}]},
    }


CHECK_COMMANDS: dict[str, Callable[..., Any]] = {
    "draw": drawing.draw_spot_check,
    "cancel": drawing.cancel_spot_check,
    "close": drawing.close_spot_check,
    "find": inspecting.record_findings,
    "recuse": inspecting.recuse_inspectors,
    "name": inspecting.name_inspectors,
}
ORGANISERS = {"office", "K1", "H10"}
# (command, state) -> who is allowed; "inspector" stands for whoever was drawn. Whatever is not here is refused in that state.
ALLOWED = {
    ("draw", "announced"): ORGANISERS,
    ("cancel", "announced"): ORGANISERS,
    ("cancel", "drawn"): ORGANISERS,
    ("find", "drawn"): {"inspector"},
    ("recuse", "drawn"): {"inspector", *ORGANISERS},
    ("close", "found"): ORGANISERS,
    ("cancel", "unassigned"): ORGANISERS,
    ("name", "unassigned"): ORGANISERS,
}
EVERYBODY = (
    "PS",
    "HS",
    "QS",
    "P10",
    "H10",
    "H9",
    "P9",
    "P8",
    "L1",
    "L2",
    "K1",
    "office",
    "auditor",
    "admin",
    "stranger",
)


def in_state(bureau: Bureau, state: str) -> tuple[str, str]:
    """A check in ``state``, and its inspector."""
    assessed(bureau, "PS")
    check = announce(bureau, inspectors=POOL)["spot_check"]
    if state in ("announced", "cancelled"):
        if state == "cancelled":
            bureau.ask("cancel_spot_check", "K1", check_bodies(bureau, check)["cancel"])
        return check, "nobody"
    draw(bureau, check)
    (one,) = inspections(bureau)
    inspector = str(one["inspector"])
    if state == "unassigned":
        for _ in POOL:
            bureau.ask("recuse_inspectors", "office", check_bodies(bureau, check)["recuse"])
        return check, "nobody"
    if state in ("found", "closed"):
        find(bureau, one, "confirmed")
    if state == "closed":
        bureau.ask("close_spot_check", "K1", check_bodies(bureau, check)["close"])
    return check, inspector


@pytest.mark.parametrize("state", ["announced", "drawn", "unassigned", "found", "closed", "cancelled"])
def test_every_command_on_a_check(bureau: Bureau, state: str):
    check, inspector = in_state(bureau, state)
    bodies = check_bodies(bureau, check)
    for command, use_case in CHECK_COMMANDS.items():
        allowed = {inspector if one == "inspector" else one for one in ALLOWED.get((command, state), set())}
        for by in EVERYBODY:
            met = outcome(bureau, by, use_case, bodies[command])
            if by in allowed:
                assert met == "allowed", (command, state, by, met)
            else:
                assert met in ("403", "409", "404"), (command, state, by, met)
            if by == "stranger":
                assert met in ("404", "403"), (command, state, met)


APPEAL_COMMANDS: dict[str, Callable[..., Any]] = {
    "file": appeals.file_appeals,
    "withdraw": appeals.withdraw_appeals,
    "decide": decide_appeals.decide_appeals,
}
DECIDERS = {"K1", "L1", "L2", "H10"}  # the panel and leaders; P10 assessed, HS verified
APPEAL_ALLOWED = {
    ("file", "none"): {"PS"},
    ("file", "withdrawn"): {"PS"},
    ("withdraw", "filed"): {"PS"},
    ("decide", "filed"): DECIDERS,
}


@pytest.mark.parametrize("state", ["none", "filed", "upheld", "changed", "withdrawn"])
def test_every_command_on_an_appeal(bureau: Bureau, state: str):
    (declared,) = assessed(bureau, "PS")
    one = appeal(bureau, "PS", "assessment", declared) if state != "none" else "none"
    chosen = {"cycle": CYCLE, "mode": "all", "appeals": [{"appeal": one, "reason": ""}]}
    if state in ("upheld", "changed"):
        decide_appeal(bureau, "K1", one, state, **({"counts": {"done": "5"}} if state == "changed" else {}))
    if state == "withdrawn":
        bureau.ask("withdraw_appeals", "PS", {"cycle": CYCLE, "appeals": [{"appeal": one}]})
    entry = {"kind": "assessment", "object": declared, "text": "不符", "evidence": []}
    bodies: Bodies = {
        "file": {"cycle": CYCLE, "mode": "all", "appeals": [entry]},
        "withdraw": chosen,
        "decide": {
            "cycle": CYCLE,
            "mode": "all",
            "appeals": [{"appeal": one, "outcome": "upheld", "decision": "维持"}],
        },
    }
    for command, use_case in APPEAL_COMMANDS.items():
        for by in EVERYBODY:
            met = outcome(bureau, by, use_case, bodies[command])
            if by in APPEAL_ALLOWED.get((command, state), set()):
                assert met == "allowed", (command, state, by, met)
            else:
                assert met in ("403", "409", "404"), (command, state, by, met)
