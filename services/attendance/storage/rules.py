"""Rules of the bureau, each from a day on."""

from sqlalchemy.orm import Session

from services.attendance.domain.rules import KNOWN
from services.attendance.storage.desk_tables import attendance_rules
from shared.dated_rules import StoredRules


def rules_of(session: Session, bureau: str) -> StoredRules:
    """Return the bureau's rules as they are stored."""
    return StoredRules(session, bureau, attendance_rules, KNOWN)
