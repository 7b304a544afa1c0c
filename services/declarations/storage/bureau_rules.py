"""Rules of the bureau, each from a day on."""

from datetime import date

from sqlalchemy.orm import Session

from services.declarations.domain.bureau_rules import KNOWN, PanelRules
from services.declarations.storage.columns import code, metadata
from services.declarations.storage.copies import held, look_again
from shared.clock import today
from shared.database import Row
from shared.dated_rules import StoredRules, rules_table

bureau_rule = rules_table("bureau_rule", metadata, code("bureau", primary_key=True))


class HeldRules(StoredRules):
    def set(self, rule: str, starts: date, value: int) -> None:
        super().set(rule, starts, value)
        look_again(self._session)

    def _rows(self) -> list[Row]:
        return held(self._session, self._bureau, ("rules", self._bureau), super()._rows)


def rules_of(session: Session, bureau: str) -> StoredRules:
    """Return the bureau's rules as they are stored."""
    return HeldRules(session, bureau, bureau_rule, KNOWN)


def panel_rules(session: Session, bureau: str) -> PanelRules:
    """Return what holds for the panel today."""
    return PanelRules.on(rules_of(session, bureau).all(), today())
