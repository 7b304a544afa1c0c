"""Which cases an actor may see, as a list asks it."""

from services.complaints.domain import permissions
from services.complaints.domain.cases import ASSOCIATION
from services.complaints.storage.lists import Seeing
from services.complaints.storage.projections import Copies
from services.complaints.usecases.people import place_of
from shared.actor import Actor
from shared.database import Session


def sight_of(session: Session, actor: Actor) -> Seeing | None:
    """Return what limits the actor's lists; None for who watches and sees every case."""
    if permissions.may_see_all(actor):
        return None
    place = place_of(session, actor)
    units = Copies(session, actor.bureau).units()
    elsewhere = place is not None and place.kind != ASSOCIATION
    headed = [
        one
        for one in sorted(permissions.headed_units(actor))
        if not (elsewhere and one in units and units[one].kind == ASSOCIATION)
    ]
    return Seeing(headed, place.code if place else "", actor.person or "", actor.account)
