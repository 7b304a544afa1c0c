"""The day of every decision that can be appealed against, and whose it was: the terms of appeals run from it."""

from collections.abc import Iterable
from typing import Any

from services.declarations.domain.appealable import DECISIONS, is_decision
from services.declarations.storage.appeals import keep_decided
from shared.database import Session


def keep_decision_days(session: Session, changes: Iterable[tuple[Any, Any]], by: str) -> None:
    """Keep the days of decisions; ``changes``: pairs of (state now, state before or None)."""
    keep_decided(session, [_row(new, by) for new, old in changes if is_decision(new, old)])


def _row(new: Any, by: str) -> dict[str, str]:
    key, _ = DECISIONS[type(new)]
    return {"bureau": new.bureau, "kind": key, "item": getattr(new, key), "by": by}
