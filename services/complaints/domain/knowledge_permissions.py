"""Who keeps and reads what the centre knows: traders, goods under test, counterfeits, answers, hot spots (beside permissions.py).

Nobody of an association writes here or reads what the bureau holds against a trader (消保法 37, 56).
"""

from services.complaints.domain.cases import ASSOCIATION
from services.complaints.domain.holders import Holder, Place
from services.complaints.domain.permissions import may_see_all
from shared.vocabulary.permissions import noting


def may_look_up(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may look for traders, answers and marks: whoever may register a case somewhere may."""
    return may_see_all(actor) or actor.has("unit_head") or place is not None


def may_see_credit(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may see what is on record of a trader: who may look it up and is of the bureau."""
    return may_look_up(actor, place) and not _of_association(place)


def may_keep_traders(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may register and change traders: the centre and the heads of the bureau's units."""
    return _keeps(actor, place)


def may_merge_traders(actor: Holder) -> bool:
    """Tell whether the actor may merge double entries: the centre, as the cases of both move."""
    return actor.has("complaints_centre")


def may_plan_checks(actor: Holder) -> bool:
    return actor.has("complaints_centre")


def may_take_samples(actor: Holder, place: Place | None, unit: str | None) -> bool:
    """Tell whether the actor may take ``unit``'s samples and enter what came of them: the centre and the unit's head."""
    heads = unit is not None and actor.has("unit_head", unit=unit)
    return (actor.has("complaints_centre") or heads) and not _of_association(place)


def may_write_entries(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may write of counterfeits and answer questions for all: the centre and the heads of units."""
    return _keeps(actor, place)


def may_see_right_holders(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may see how to reach a right holder: who writes the entries."""
    return _keeps(actor, place)


def may_see_hot_spots(actor: Holder) -> bool:
    """Tell whether the actor may see where complaints pile up: who watches sees every case."""
    return may_see_all(actor)


def may_raise_leads(actor: Holder) -> bool:
    """Tell whether the actor may send a lead to a line: the centre."""
    return actor.has("complaints_centre")


def _keeps(actor: Holder, place: Place | None) -> bool:
    return (actor.has("complaints_centre") or actor.has("unit_head")) and not _of_association(place)


def _of_association(place: Place | None) -> bool:
    return place is not None and place.kind == ASSOCIATION


noting(globals())
