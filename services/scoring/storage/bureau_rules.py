"""Rules of the bureau, each from a day on."""

from sqlalchemy.orm import Session

from services.scoring.domain.publication import RULES
from services.scoring.storage.tables import code_column, metadata
from shared.dated_rules import StoredRules, rules_table

bureau_rule = rules_table("bureau_rule", metadata, code_column("bureau", key=True))


def rules_of(session: Session, bureau: str) -> StoredRules:
    """Return the bureau's rules as they are stored."""
    return StoredRules(session, bureau, bureau_rule, RULES)
