"""A period in which the machine had nothing to measure is not applicable by itself: nobody has to say so (docs/decisions/1104).

It is noted once the day for declaring has passed, so that whoever knows better could say so in time; what the machine counts
later is asked for then.
"""

from collections.abc import Iterator
from datetime import date

import rules
from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.deadlines import Deadlines
from services.declarations.domain.declarations import STATES, Declaration
from services.declarations.domain.desks import Desks
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.organisation import Subject
from services.declarations.domain.prefill import machine_counts
from services.declarations.domain.weighing import Scale
from services.declarations.domain.words import DECLARED_TOOLS, SYSTEM, ZERO
from services.declarations.storage.declarations import Declarations
from services.declarations.storage.library import MachineFigures, all_indicators
from services.declarations.storage.machine import read_desks, wait_for_figures
from services.declarations.storage.organisation import everybody
from services.declarations.storage.reminding import begun_in, noted_by_itself
from services.declarations.usecases.events import record_changes
from shared.actor import system
from shared.database import Session
from shared.ids import new_id

COUNTED_SINCE = "机器取数已更正，本期有可计的事项"


def note_nothing(session: Session, bureau: str, cycle: Cycle, deadlines: Deadlines, on: date) -> None:
    """Note what had nothing to measure in the periods gone by, and ask for what is counted by now."""
    library = [one for one in all_indicators(session, bureau, cycle.cycle, DECLARED_TOOLS).values() if one.figure]
    over = [one for one in cycle.periods.values() if (deadlines.of(one, "declare") or one.ends) < on]
    if not library or not over:
        return
    wait_for_figures(session, bureau)
    store = Declarations(session, bureau, cycle.cycle)
    reopened = [(_asked_for(old, deadlines, cycle, on), old) for old in _counted_since(session, bureau, cycle, library)]
    store.keep_versions("return", SYSTEM, [(old, COUNTED_SINCE) for _, old in reopened])
    store.change([new for new, _ in reopened])
    subjects, desks = everybody(session, bureau), read_desks(session, bureau, cycle.cycle)
    noted: list[Declaration] = []
    for period in over:
        items = [one for one in library if one.frequency == period.frequency]
        if not items:
            continue
        begun = begun_in(session, bureau, cycle.cycle, period.code, [one.indicator for one in items])
        left = list(_not_begun(subjects, items, period, begun))
        months = {(subject.code, month) for subject, _ in left for month in period.months}
        figures = MachineFigures(session, bureau, months)
        for subject, item in left:
            counts = machine_counts(item, period.months, figures.of(subject.code, item.source))
            scale = Scale(item, None, counts, cycle.rounding)
            if scale.nothing_happened:
                noted.append(_noted(bureau, cycle, period, scale, subject, desks))
    store.add(noted)
    record_changes(session, system(bureau), [*reopened, *((one, None) for one in noted)])


def _not_begun(
    subjects: list[Subject], items: list[Indicator], period: Period, begun: set[tuple[str, str]]
) -> Iterator[tuple[Subject, Indicator]]:
    for subject in subjects:
        if period.is_due(subject.places):
            lines = subject.lines_in(period)
            suiting = (one for one in items if one.suits(subject, lines))
            yield from ((subject, one) for one in suiting if (subject.code, one.indicator) not in begun)


def _noted(bureau: str, cycle: Cycle, period: Period, scale: Scale, subject: Subject, desks: Desks) -> Declaration:
    item, unit, counts = scale.indicator, subject.unit.unit, scale.machine or {}
    return Declaration(
        bureau=bureau,
        cycle=cycle.cycle,
        declaration=new_id(),
        revision=1,
        indicator=item.indicator,
        subject=subject.code,
        layer=subject.layer,
        period=period.code,
        unit=unit,
        assessor=item.assessor_for(unit),
        status=STATES.after("note", None),
        not_applicable=True,
        differs=False,
        counts=counts,
        machine=counts,
        target=None,
        self_points=ZERO,
        points=ZERO,
        remark="",
        evidence=[],
        reason="",
        declared_by=SYSTEM,
        verified_by=None,
        assessed_by=None,
        verifier=desks.verifier(item, unit),
    )


def _counted_since(session: Session, bureau: str, cycle: Cycle, library: list[Indicator]) -> Iterator[Declaration]:
    rule = {one.indicator: one.rule for one in library}
    for one in noted_by_itself(session, bureau, cycle.cycle):
        if one.indicator in rule and not rules.not_applicable(rule[one.indicator], one.machine_now or {}):
            yield one


def _asked_for(old: Declaration, deadlines: Deadlines, cycle: Cycle, on: date) -> Declaration:
    new = old.reopened(COUNTED_SINCE)
    return new.at(deadlines.desk(cycle.periods[old.period], new.status, on))
