"""Who takes back what: a declaration whoever answers for its subject, a decision whoever made it (beside permissions.py)."""

from datetime import date

from services.declarations.domain.declarations import STATES, Declaration
from services.declarations.domain.delegations import Decider
from services.declarations.domain.organisation import Actor, Subject, Unit, who
from services.declarations.domain.permissions import check_answers_for
from shared.vocabulary.permissions import noting
from shared.vocabulary.refusals import forbidden


def check_withdraws_declaration(actor: Decider, declaration: Declaration, unit: Unit, on: date | None = None) -> None:  # noqa: ARG001  # one shape
    """Check that the actor withdraws it: whoever answers for the subject."""
    check_answers_for(actor, Subject(declaration.subject, declaration.layer, unit.line, unit))


def check_takes_back(actor: Decider, declaration: Declaration, unit: Unit, on: date | None = None) -> None:  # noqa: ARG001  # one shape
    """Check that the actor takes back a step of their own; somebody else's is returned or appealed against."""
    STATES.after("take_back", declaration.status)
    if declaration.last_decider != who(actor):
        raise forbidden(
            "declaration.not_decided_by_you", "只有作出该决定的人可以撤回", "only whoever decided it takes it back"
        )


def check_takes_back_step(actor: Actor, by: str | None) -> None:
    """Check that the actor takes back a step of their own: a screening, a confirmation."""
    if by is not None and by != who(actor):
        raise forbidden("step.not_yours", "只有作出该决定的人可以撤回", "only whoever decided it takes it back")


noting(globals())
