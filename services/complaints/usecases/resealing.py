"""Sealing anew, under the newest key, who complained: some cases at a time, until none is left that an older key opens."""

from services.complaints.storage.resealing import Sealed
from shared.actor import Actor
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.recording import audit


def reseal_people(session: Session, _actor: Actor, _command: Empty) -> Row:
    """Seal some of all bureaus' anew. Returns how many that were, how many no known key opens, and how many wait. The edge asks who may."""
    done, unreadable = Sealed(session).reseal()
    if done:
        audit(session, action="people.resealed", subject="", before={}, after={"cases": done})
    return {"resealed": done, "unreadable": unreadable, "left": Sealed(session).left()}
