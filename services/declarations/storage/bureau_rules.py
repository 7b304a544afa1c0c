"""Rules of the bureau, each from a day on."""

from sqlalchemy.orm import Session

from services.declarations.domain.bureau_rules import KNOWN, PanelRules
from services.declarations.storage.columns import code, metadata
from shared.clock import today
from shared.dated_rules import StoredRules, rules_table

bureau_rule = rules_table("bureau_rule", metadata, code("bureau", primary_key=True))


def rules_of(session: Session, bureau: str) -> StoredRules:
    """Return the bureau's rules as they are stored."""
    return StoredRules(session, bureau, bureau_rule, KNOWN)


def panel_rules(session: Session, bureau: str) -> PanelRules:
    """Return what holds for the panel today."""
    return PanelRules.on(rules_of(session, bureau).all(), today())
