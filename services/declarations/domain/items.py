"""What is checked and appealed against, whichever tool it comes from: an assessed declaration, a judged order, a settled contribution."""

from dataclasses import replace

from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import SETTLED, Declaration
from services.declarations.domain.orders import Note, TaskOrder
from services.declarations.domain.sharing import persons_in
from services.declarations.domain.weighing import Weighed
from shared.vocabulary.contributions import CONTRIBUTION_STATES
from shared.vocabulary.declarations import DECLARATION_STATES
from shared.vocabulary.refusals import conflict
from shared.vocabulary.task_orders import ORDER_STATES

DECLARATION, TASK_ORDER, CONTRIBUTION = "declaration", "task_order", "contribution"
KINDS = (DECLARATION, TASK_ORDER, CONTRIBUTION)
Item = Declaration | TaskOrder | Contribution
Pair = tuple[str, str]  # kind and id

_KIND: dict[type, str] = {Declaration: DECLARATION, TaskOrder: TASK_ORDER, Contribution: CONTRIBUTION}
_NAMES = {DECLARATION: DECLARATION_STATES, TASK_ORDER: ORDER_STATES, CONTRIBUTION: CONTRIBUTION_STATES}
DECIDED = {DECLARATION: SETTLED, TASK_ORDER: ("judged",), CONTRIBUTION: ("settled",)}  # its counts count


def kind_of(item: Item) -> str:
    return _KIND[type(item)]


def pair_of(item: Item) -> Pair:
    if isinstance(item, TaskOrder):
        return TASK_ORDER, item.order
    return (CONTRIBUTION, item.contribution) if isinstance(item, Contribution) else (DECLARATION, item.declaration)


def hands(item: Item) -> set[str]:
    """Return everybody who declared it or decided on it so far, and the persons who share in it; the panel's opinions
    on a contribution, and the shares of the whole that a part is of, are kept apart (usecases/checks/involved.py)."""
    if isinstance(item, Declaration):
        return _named(item.declared_by, item.verified_by, item.verified_for, item.assessed_by, item.assessed_for)
    if isinstance(item, TaskOrder):
        return _named(item.issued_by, item.judged_by)
    return _named(item.declared_by, item.screened_by, item.settled_by, *persons_in(item.shares))


def deliberated_as(item: Item) -> str | None:
    """Return the contribution on which the panel gave its opinions: of a partner's share the one that it is part of."""
    return item.part_of or item.contribution if isinstance(item, Contribution) else None


def check_decided(item: Item) -> None:
    """Check that it is decided: only what counts can be checked."""
    kind = kind_of(item)
    if item.status not in DECIDED[kind]:
        raise conflict(
            "item.not_decided",
            f"该事项当前为“{_NAMES[kind][item.status]}”，尚未核评，不能抽查",
            f"it is {item.status}, not yet assessed: there is nothing to check",
        )


def corrected(item: Item, weighed: Weighed, reason: str, by: str, on: str) -> Item:
    """Return it with the counts that were found true; who assessed it stays on record."""
    if isinstance(item, Declaration):
        return item.amended(weighed, reason)
    if isinstance(item, TaskOrder):
        note: Note = {"on": on, "by": by, "text": reason, "kind": "amend"}
        return replace(item, counts=weighed.counts, notes=[*item.notes, note], revision=item.revision + 1)
    return replace(item, counts=weighed.counts, reason=reason, status="settled", revision=item.revision + 1)


def _named(*persons: str | None) -> set[str]:
    return {one for one in persons if one}
