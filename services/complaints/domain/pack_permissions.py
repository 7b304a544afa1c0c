"""Who takes out the whole file of a case (beside permissions.py)."""

from services.complaints.domain.cases import Case
from services.complaints.domain.holders import Holder, Place
from services.complaints.domain.permissions import roles_in
from services.complaints.domain.step_roles import CENTRE, HEAD, INTAKE, OWN_HEAD
from shared.vocabulary.permissions import noting


def may_open_pack(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor may take it out: those who answer for the case before others, its heads and the centre."""
    return bool(roles_in(actor, case, place) & {CENTRE, HEAD, INTAKE, OWN_HEAD})


noting(globals())
