"""Improvement measures become task orders: of the same id, so that what is told twice is ordered once.

What cannot be ordered (its cycle was closed meanwhile) raises, and rests in the dead letters with its reason.
"""

from collections.abc import Sequence

from services.declarations.domain.indicators import check_suits, check_tool
from services.declarations.domain.orders import STATES, TaskOrder
from services.declarations.storage.aggregates import task_orders
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.events import record_changes
from shared.actor import system
from shared.batches import answering
from shared.clock import today
from shared.database import Session
from shared.events import ImprovementChanged


def take_improvements(session: Session, states: Sequence[ImprovementChanged]) -> None:
    for state in sorted(states, key=lambda one: (one.improvement, one.revision)):
        if state.status in ("ordered", "withdrawn"):
            _take(session, state)


def _take(session: Session, state: ImprovementChanged) -> None:
    """A withdrawal that overtakes its order leaves a withdrawn one, which the order then finds."""
    store = task_orders(session, state.bureau, state.cycle)
    known = store.by_ids([state.improvement]).get(state.improvement)
    with answering():
        if known is None:
            issued = _issued(session, state)
            made = _withdrawn(issued, state) if state.status == "withdrawn" else issued
            store.add([made])
            record_changes(session, system(state.bureau), [(made, None)])
        elif state.status == "withdrawn" and known.status in STATES.moves["withdraw"]:
            store.change([after := _withdrawn(known, state)])
            record_changes(session, system(state.bureau), [(after, known)])


def _issued(session: Session, state: ImprovementChanged) -> TaskOrder:
    cycle = need_cycle(session, state.bureau, state.cycle)
    cycle.check_open()
    indicator = indicators_by_code(session, state.bureau, state.cycle, [state.indicator])[state.indicator]
    subject = Organisation(session, state.bureau, subjects=[state.subject]).subject(state.subject)
    check_tool(indicator, "accountability")
    check_suits(indicator, subject)
    return TaskOrder(
        bureau=state.bureau,
        cycle=cycle.cycle,
        order=state.improvement,
        revision=1,
        indicator=indicator.indicator,
        subject=subject.code,
        layer=subject.layer,
        period=cycle.period(state.period, indicator.frequency).code,
        unit=subject.unit.unit,
        assessor=indicator.assessor_for(subject.unit.unit),
        status="issued",
        title=state.title,
        standard=state.standard,
        points=None,
        issued_on=today(),
        deadline=state.deadline,
        deadlines=[],
        percent=0,
        reported_on=None,
        notes=[],
        completed_on=None,
        counts={},
        origin="ordered",
        issued_by=state.ordered_by or state.by,
        judged_by=None,
    )


def _withdrawn(order: TaskOrder, state: ImprovementChanged) -> TaskOrder:
    return order.withdrawn({"on": today().isoformat(), "by": state.by, "text": state.reason})
