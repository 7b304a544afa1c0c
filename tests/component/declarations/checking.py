"""What the tests of spot checks and appeals do over and over."""

from typing import Any

from shared.clock import today
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.states import CYCLE

POOL = ["H9", "P9", "H10", "P10", "P8", "QS"]


def assessed(bureau: Bureau, *by: str, done: str = "3") -> list[str]:
    """Declared by each, verified and assessed: their ids. QS's and PS's head is HS, H10 assesses."""
    ids = []
    for person in by or ("PS", "QS"):
        (one,) = bureau.declare(person, ratio(done))
        bureau.decide("verify", "HS", [one["declaration"]])
        bureau.decide("assess", "P10", [one["declaration"]])
        ids.append(str(one["declaration"]))
    return ids


def announce(bureau: Bureau, by: str = "office", **options: Any) -> dict[str, Any]:
    body = {
        "cycle": CYCLE,
        "title": "一月核评抽查",
        "period": "2026-M01",
        "method": {"name": "size", "size": 2},
        "inspectors": POOL,
        "value_name": "双色球第2026001期",
        "value_due": today().isoformat(),
        **options,
    }
    return bureau.ask("announce_spot_check", by, body)


def draw(bureau: Bureau, check: str, value: str = "01 02 03", by: str = "office") -> dict[str, Any]:
    return bureau.ask("draw_spot_check", by, {"cycle": CYCLE, "spot_check": check, "value": value})


def drawn(bureau: Bureau, **options: Any) -> tuple[str, list[dict[str, Any]]]:
    """A check that is drawn, and its inspections."""
    check = announce(bureau, **options)["spot_check"]
    draw(bureau, check)
    return check, inspections(bureau, spot_check=check)


def inspections(bureau: Bureau, by: str = "office", **filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = bureau.ask("list_inspections", by, {"cycle": CYCLE, **filters})["items"]
    return found


def find(bureau: Bureau, one: dict[str, Any], verdict: str, by: str | None = None, **options: Any) -> dict[str, Any]:
    entry = {"inspection": one["inspection"], "verdict": verdict, **options}
    if verdict != "confirmed":
        entry = {"text": "现场核对台账，实有 1 件", "counts": {"done": "1"}, **entry}
    body = {"cycle": CYCLE, "findings": [entry]}
    found: dict[str, Any] = bureau.ask("record_findings", by or one["inspector"], body)["inspections"][0]
    return found


def close(bureau: Bureau, check: str, by: str = "office") -> dict[str, Any]:
    return bureau.ask("close_spot_check", by, {"cycle": CYCLE, "spot_check": check})


def appeal(bureau: Bureau, by: str, kind: str, about: str, **options: Any) -> str:
    entry = {"kind": kind, "object": about, "text": "与事实不符", **options}
    filed = bureau.ask("file_appeals", by, {"cycle": CYCLE, "appeals": [entry]})["appeals"]
    return str(filed[0]["appeal"])


def decide_appeal(bureau: Bureau, by: str, one: str, outcome: str = "changed", **options: Any) -> dict[str, Any]:
    entry = {"appeal": one, "outcome": outcome, "decision": "经核实", **options}
    decided = bureau.ask("decide_appeals", by, {"cycle": CYCLE, "appeals": [entry]})["appeals"]
    return dict(decided[0])
