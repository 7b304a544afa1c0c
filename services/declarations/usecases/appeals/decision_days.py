"""The day of every decision that can be appealed against, and whose it was: the terms of appeals run from it."""

from collections.abc import Iterable
from typing import Any

from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.vetoes import Veto
from services.declarations.storage.appeals import keep_decided
from shared.database import Session

# What names each, and the states that are decisions.
_DECISIONS: dict[type, tuple[str, tuple[str, ...]]] = {
    Declaration: ("declaration", ("returned", "assessed")),
    TaskOrder: ("order", ("judged",)),
    Contribution: ("contribution", ("settled", "rejected")),
    Veto: ("veto", ("confirmed",)),
}


def keep_decision_days(session: Session, changes: Iterable[tuple[Any, Any]], by: str) -> None:
    """Keep the days of decisions; ``changes``: pairs of (state now, state before or None). Other
    counts in the same state are no new decision."""
    keep_decided(session, [_row(new, by) for new, old in changes if _is_decision(new, old)])


def _is_decision(new: Any, old: Any) -> bool:
    _, statuses = _DECISIONS.get(type(new), ("", ()))
    return bool(statuses) and new.status in statuses and (old is None or old.status != new.status)


def _row(new: Any, by: str) -> dict[str, str]:
    key, _ = _DECISIONS[type(new)]
    return {"bureau": new.bureau, "kind": key, "item": getattr(new, key), "by": by}
