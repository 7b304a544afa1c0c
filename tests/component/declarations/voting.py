"""Campaigns for the tests: opening them and voting in them."""

from typing import Any

from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE

RATERS = ["PS", "QS", "HS", "P9", "H9", "P10", "H10", "P8"]
SUBJECTS = ["PS", "QS", "Q10"]


def campaign(
    subjects: list[str] | None = None, raters: list[str] | None = None, tokens: int = 0, **more: Any
) -> dict[str, Any]:
    groups = [{"group": "peers", "raters": RATERS if raters is None else raters}]
    groups += [{"group": "recipients", "tokens": tokens}] if tokens else []
    chosen = SUBJECTS if subjects is None else subjects
    return {"indicator": "11-04-06", "period": "2026-H1", "subjects": chosen, "groups": groups, **more}


def start(bureau: Bureau, *campaigns: dict[str, Any], by: str = "office") -> list[dict[str, Any]]:
    opened: list[dict[str, Any]] = bureau.ask("open_campaigns", by, {"cycle": CYCLE, "campaigns": list(campaigns)})[
        "campaigns"
    ]
    return opened


def vote(bureau: Bureau, by: str, one: str, **votes: str) -> None:
    bureau.ask("cast_ballots", by, {"ballots": [{"campaign": one, "votes": votes}]})


def counted(bureau: Bureau, one: str) -> dict[str, dict[str, int]]:
    """subject -> grade -> votes, as the service keeps them: views tell nothing of fewer than three ballots."""
    rows = bureau.rows(f"SELECT subject, counts FROM declarations.evaluation WHERE campaign = '{one}'")
    return {row["subject"]: {grade: int(votes) for grade, votes in row["counts"].items()} for row in rows}
