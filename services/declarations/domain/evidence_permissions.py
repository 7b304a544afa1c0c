"""Who may put files to something (beside permissions.py): the subject's side, or the desk whose step it is. Reading is no right to write."""

from services.declarations.domain.organisation import Actor
from services.declarations.domain.words import SYSTEM
from shared.vocabulary.permissions import noting
from shared.vocabulary.refusals import forbidden


def check_adds_evidence(*, answers_for_it: bool, at_its_desk: bool) -> None:
    """Refuse who is neither of the subject's side nor at the desk where the thing lies."""
    if not (answers_for_it or at_its_desk):
        raise forbidden(
            "evidence.not_your_side",
            "只有本人（本单位）和当前环节的办理人可以补充材料",
            "only the subject's side and whoever has to take the next step adds to it",
        )


def check_clears_evidence(actor: Actor) -> None:
    if actor.account != SYSTEM:
        raise forbidden("evidence.system_only", "仅供系统清理使用", "only the clearing of the system does this")


noting(globals())
