"""Vetoes that were proposed, as they were told."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.storage.supervision_tables import veto_proposals
from shared.events import VetoProposed

_KEY = ("bureau", "proposal")
_FIELDS = tuple(column.name for column in veto_proposals.c)


class Proposals:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    @staticmethod
    def bureaus(session: Session) -> list[str]:
        return sorted(session.scalars(select(veto_proposals.c.bureau).distinct()))

    def of_cases(self, codes: Sequence[str]) -> dict[str, VetoProposed]:
        c = veto_proposals.c
        chosen = select(veto_proposals).where(c.bureau == self._bureau, c.code.in_(list(codes)))
        return {row["proposal"]: _state(row) for row in self._session.execute(chosen).mappings()}

    def save(self, states: Sequence[VetoProposed]) -> None:
        if not states:
            return
        rows = [{name: getattr(one, "case" if name == "code" else name) for name in _FIELDS} for one in states]
        statement = insert(veto_proposals)
        changed = {name: statement.excluded[name] for name in _FIELDS if name not in _KEY}
        self._session.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=changed), rows)

    def states(self) -> list[VetoProposed]:
        own = select(veto_proposals).where(veto_proposals.c.bureau == self._bureau)
        return [_state(row) for row in self._session.execute(own.order_by(veto_proposals.c.proposal)).mappings()]


def _state(row: Any) -> VetoProposed:
    told = {name: row[name] for name in _FIELDS if name != "code"}
    return VetoProposed(**told, case=row["code"])
