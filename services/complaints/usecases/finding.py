"""The case that somebody names."""

from services.complaints.storage.cases import CaseFile, Cases
from shared.actor import Actor
from shared.database import Session
from shared.errors import NotFound


def need_case(session: Session, actor: Actor, code: str, *, lock: bool = False) -> CaseFile:
    """Return the bureau's case; raises ``NotFound`` where it has none of this code."""
    one = Cases(session, actor.bureau).get([code], lock=lock).get(code)
    if one is None:
        raise NotFound("case.unknown", zh="没有该件", en="no such case")
    return one
