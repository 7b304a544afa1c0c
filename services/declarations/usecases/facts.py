"""What a batch of declared items is checked against, read with a handful of queries however long the batch is."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.organisation import Subject
from services.declarations.domain.prefill import machine_counts
from services.declarations.domain.weighing import Scale
from services.declarations.storage.library import MachineFigures, indicators_by_code, targets_of
from services.declarations.storage.organisation import Organisation

Entry = dict[str, Any]  # {"subject", "indicator", "period", ...}


class Facts:
    def __init__(self, session: Session, bureau: str, cycle: Cycle, entries: Sequence[Entry]) -> None:
        self.bureau, self.cycle = bureau, cycle
        subjects = {entry["subject"] for entry in entries}
        self.library = indicators_by_code(session, bureau, cycle.cycle, (entry["indicator"] for entry in entries))
        self.organisation = Organisation(session, bureau, subjects=subjects)
        self._targets = targets_of(session, bureau, cycle.cycle, subjects)
        self._figures = MachineFigures(session, bureau, self._months(entries))

    def scale(self, indicator: Indicator, subject: Subject, period: Period) -> Scale:
        known = self._figures.of(subject.code, indicator.source)
        return Scale(
            indicator,
            self._targets.get((subject.code, indicator.indicator)),
            machine_counts(indicator, period.months, known),
            self.cycle.rounding,
        )

    def _months(self, entries: Sequence[Entry]) -> Iterable[tuple[str, str]]:
        periods = self.cycle.periods
        for entry in entries:
            counted = self.library.get(entry["indicator"])
            if counted and counted.figure and entry["period"] in periods:
                yield from ((entry["subject"], month) for month in periods[entry["period"]].months)
