"""What a reader may do with vetoes and appeals: the same checks as the commands'."""

from collections.abc import Collection
from functools import partial

from services.declarations.domain import appeals, vetoes
from services.declarations.domain.appeals import Appeal
from services.declarations.domain.checking_permissions import check_decides_appeal, check_withdraws
from services.declarations.domain.choices import Check, Choices, Step, choices
from services.declarations.domain.organisation import Actor, Unit
from services.declarations.domain.permissions import check_decides_veto, check_not_subject
from services.declarations.domain.vetoes import Veto


def veto_choices(actor: Actor, veto: Veto, unit: Unit, check_open: Check) -> Choices:
    def decides(verb: str) -> None:
        check_decides_veto(actor, veto.proposed_by, verb)
        check_not_subject(actor, veto.subject, unit)

    steps = {"confirm": Step(partial(decides, "confirm"), main=True), "lift": Step(partial(decides, "lift"))}
    return choices(vetoes.STATES, veto.status, steps, check_open)


def appeal_choices(
    actor: Actor, appeal: Appeal, unit: Unit, home: str | None, own: Collection[str], check_open: Check
) -> Choices:
    """Return what can be done about appeals; ``home``: the reader's own unit; ``own``:
    the subjects for whom the reader answers."""
    decides = partial(check_decides_appeal, actor, appeal, unit, home)
    steps = {
        "uphold": Step(decides, main=True),
        "change": Step(decides),
        "withdraw": Step(partial(check_withdraws, actor, appeal, own=appeal.subject in own)),
    }
    return choices(appeals.STATES, appeal.status, steps, check_open)
