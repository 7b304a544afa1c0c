"""What was done to declarations since a sheet showed them: steps that put nothing else in are no reason to refuse the sheet."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.declarations.domain.forms import BY_SHEET
from services.declarations.domain.items import DECLARATION
from services.declarations.domain.organisation import who
from services.declarations.domain.steps import step_between
from services.declarations.storage.activity import moves_of
from services.declarations.usecases.forms.showing import About
from shared.actor import Actor
from shared.contracts.declarations.commands.forms import ReviewRow
from shared.database import Row, Session

_LEAVE_CONTENT = ("return", "withdraw", "verify", "overrule")


class Since:
    """Of the rows of one sheet; ``stored``: indicator -> what is declared of it."""

    def __init__(
        self, session: Session, actor: Actor, about: About, rows: Sequence[ReviewRow], stored: Mapping[str, Row]
    ) -> None:
        self._by = who(actor)
        pairs = [(stored[row["indicator"]], row) for row in rows if row["indicator"] in stored]
        later = [old["declaration"] for old, row in pairs if row.get("revision") != old["revision"]]
        self._moves: dict[str, list[Any]] = {}
        for move in moves_of(session, about.bureau, [about.cycle.cycle], DECLARATION, later):
            self._moves.setdefault(move.item, []).append(move)

    def untouched(self, old: Row, row: ReviewRow) -> bool:
        """Tell whether nothing was put in since the sheet was exported but by sheets of whoever sends this one."""
        count = old["revision"] - (row.get("revision") or 0)
        moves = self._moves.get(old["declaration"], [])[-count:] if count > 0 else []
        return len(moves) == count and all(self._own_or_empty(one) for one in moves)

    def _own_or_empty(self, move: Any) -> bool:
        step = move.step or step_between(DECLARATION, move.before, move.after)  # null of old ones
        unverified = step == "take_back" and move.before == "verified"
        return step in _LEAVE_CONTENT or unverified or (move.person == self._by and move.reason == BY_SHEET)
