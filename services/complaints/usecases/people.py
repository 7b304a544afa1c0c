"""Where the actor works, as the permissions ask it."""

from sqlalchemy.orm import Session

from services.complaints.domain import permissions
from services.complaints.domain.cases import ASSOCIATION
from services.complaints.storage.projections import Copies, Unit
from shared.actor import Actor


def place_of(session: Session, actor: Actor) -> Unit | None:
    """Return the unit in which ``actor`` works; the association's, where they head one without working there."""
    copies = Copies(session, actor.bureau)
    units = copies.units()
    person = copies.persons().get(actor.person or "")
    if person is not None and person.unit in units:
        return units[person.unit]
    headed = sorted(permissions.headed_units(actor))
    return next((units[one] for one in headed if one in units and units[one].kind == ASSOCIATION), None)
