"""What was done to the rows of a sheet since it showed them: steps that put nothing else in are no reason to refuse the sheet."""

from collections.abc import Sequence
from typing import Any

from services.declarations.domain.forms import BY_SHEET
from services.declarations.domain.organisation import who
from services.declarations.domain.steps import step_between
from services.declarations.storage.activity import moves_of
from services.declarations.usecases.forms.about import About
from services.declarations.usecases.forms.faults import SheetRow
from shared.actor import Actor
from shared.database import Row, Session

_LEAVE_CONTENT = ("return", "withdraw", "verify", "overrule", "screen")


class Since:
    """``kind``: declaration, order or contribution; ``pairs``: what is stored, and the sheet's row about it."""

    def __init__(
        self, session: Session, actor: Actor, about: About, kind: str, pairs: Sequence[tuple[Row, SheetRow]]
    ) -> None:
        self._by, self._kind = who(actor), kind
        later = [old[kind] for old, row in pairs if row.get("revision") != old["revision"]]
        self._moves: dict[str, list[Any]] = {}
        for move in moves_of(session, about.bureau, [about.cycle.cycle], kind, later):
            self._moves.setdefault(move.item, []).append(move)

    def untouched(self, old: Row, row: SheetRow) -> bool:
        """Tell whether nothing was put in since the sheet was exported but by sheets of whoever sends this one."""
        return all(one is not None and self._own_or_empty(one) for one in self._later(old, row))

    def alone(self, old: Row, row: SheetRow) -> bool:
        """Tell whether nobody but whoever sends the sheet did anything to it since the sheet was exported."""
        return all(one is not None and one.person == self._by for one in self._later(old, row))

    def _later(self, old: Row, row: SheetRow) -> list[Any]:
        """Return what was done since; None where more was done than is on record."""
        count = old["revision"] - (row.get("revision") or 0)
        moves = self._moves.get(old[self._kind], [])[-count:] if count > 0 else []
        return moves if len(moves) == count else [None]

    def _own_or_empty(self, move: Any) -> bool:
        step = move.step or step_between(self._kind, move.before, move.after)  # null of old ones
        unverified = step == "take_back" and move.before in ("verified", "screened")
        return step in _LEAVE_CONTENT or unverified or (move.person == self._by and move.reason == BY_SHEET)
