"""Which states take appeals, and which changes are told as decisions with days to appeal: one cannot move without the other."""

from services.declarations.domain.appealable import DECISIONS
from services.declarations.domain.appeals import AGAINST
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.vetoes import Veto

_OBJECTS: dict[type, str] = {
    Declaration: "declaration",
    TaskOrder: "task_order",
    Contribution: "contribution",
    Veto: "veto",
}
_NO_NEW_DECISION = {"recorded"}  # what was assessed stays so: its days run from the assessment
_DAYS_OF_THEIR_OWN = {"inspection", "run"}  # the finding's day, and the last day that the publication names


def taking_appeals(of: str) -> set[str]:
    return {status for against, statuses in AGAINST.values() if against == of for status in statuses}


def test_every_state_that_takes_appeals_is_a_decision_and_every_decision_takes_them() -> None:
    assert set(_OBJECTS) == set(DECISIONS)
    for of, (_, statuses) in DECISIONS.items():
        assert taking_appeals(_OBJECTS[of]) - _NO_NEW_DECISION == set(statuses), of


def test_whatever_takes_appeals_has_days_from_somewhere() -> None:
    assert {against for against, _ in AGAINST.values()} == {*_OBJECTS.values(), *_DAYS_OF_THEIR_OWN}
