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
