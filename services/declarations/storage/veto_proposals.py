"""What complaints proposed to veto, and the veto that each became."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from services.declarations.storage.projection_tables import veto_proposal
from shared.database import Row, Session, upsert_newer

_KEY = ("bureau", "proposal")


def keep_proposals(session: Session, rows: Sequence[Row]) -> list[Any]:
    """Store each that is newer than the one known; return those that were written."""
    return upsert_newer(session, veto_proposal, rows, key=_KEY)


def veto_of(session: Session, bureau: str, proposal: str) -> str | None:
    """Return the veto that a proposal became last."""
    found: str | None = session.scalar(select(veto_proposal.c.veto).where(*_own(bureau, proposal)))
    return found


def note_veto(session: Session, bureau: str, proposal: str, veto: str) -> None:
    """Note the veto that a proposal became."""
    session.execute(update(veto_proposal).where(*_own(bureau, proposal)).values(veto=veto))


def _own(bureau: str, proposal: str) -> tuple[Any, Any]:
    return veto_proposal.c.bureau == bureau, veto_proposal.c.proposal == proposal
