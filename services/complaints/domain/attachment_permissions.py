"""Who opens the files of a case and who adds to them (beside permissions.py)."""

from services.complaints.domain.cases import Case
from services.complaints.domain.holders import Holder, Place
from services.complaints.domain.permissions import may_see_people, roles_in
from shared.vocabulary.permissions import noting


def may_open_attachments(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor may open them: they show who complained, so who may see that, and nobody else."""
    return may_see_people(actor, case, place)


def why_not_add_attachments(actor: Holder, case: Case, place: Place | None) -> str | None:
    """Return in Chinese why ``actor`` may not add or take away files; None where they may."""
    may = roles_in(actor, case, place) or actor.account == case.registered_by
    return None if may else "须由经办此件的人或登记人添加"


noting(globals())
