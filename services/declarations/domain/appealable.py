"""Which changes are decisions that can be appealed against: the terms of appeals run from them, and their notices say so."""

from typing import Any

from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.vetoes import Veto

# What names each, and the states that are decisions.
DECISIONS: dict[type, tuple[str, tuple[str, ...]]] = {
    Declaration: ("declaration", ("returned", "assessed")),
    TaskOrder: ("order", ("judged",)),
    Contribution: ("contribution", ("settled", "rejected")),
    Veto: ("veto", ("confirmed",)),
}


def is_decision(new: Any, old: Any) -> bool:
    """Tell whether the change decides; ``old``: None for something new. Other counts in the same state are no new decision."""
    _, statuses = DECISIONS.get(type(new), ("", ()))
    return bool(statuses) and new.status in statuses and (old is None or old.status != new.status)
