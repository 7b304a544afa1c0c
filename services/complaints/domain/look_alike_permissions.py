"""Who looks for cases like the one at hand, and what is told of those that were not theirs to see (beside permissions.py)."""

from services.complaints.domain.cases import ASSOCIATION, REPORT
from services.complaints.domain.holders import Holder, Place
from services.complaints.domain.permissions import may_see_all
from shared.vocabulary.permissions import noting


def may_look_for_similar(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may look whether a case was registered before: whoever may register somewhere may."""
    return actor.has("complaints_centre") or actor.has("unit_head") or place is not None


def may_find_reports(actor: Holder, place: Place | None) -> bool:
    """Tell whether what is looked for is found among reports, too: never by an association, which has none."""
    return may_see_all(actor) or place is None or place.kind != ASSOCIATION


def may_read_summary(actor: Holder, kind: str) -> bool:
    """Tell whether the text of a case that alone was looked for may be read: a report's may tell who reported."""
    return kind != REPORT or may_see_all(actor)


noting(globals())
