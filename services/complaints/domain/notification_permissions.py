"""Who records that a party was told (beside permissions.py): whoever handles the case, in its own organisation."""

from services.complaints.domain.cases import Case
from services.complaints.domain.holders import Holder, Place
from services.complaints.domain.permissions import roles_in
from services.complaints.domain.step_roles import allowed_roles
from shared.vocabulary.complaints import ROLES
from shared.vocabulary.permissions import noting


def why_not_notify(actor: Holder, case: Case, place: Place | None) -> str | None:
    """Return in Chinese why ``actor`` may not record it; None where they may. As with the step 告知 itself."""
    allowed = allowed_roles(case.organisation, "tell")
    if roles_in(actor, case, place) & allowed:
        return None
    return f"须由{'、'.join(ROLES[role] for role in ROLES if role in allowed)}登记告知"


noting(globals())
