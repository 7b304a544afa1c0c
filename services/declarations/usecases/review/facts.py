"""What a batch of declared items is checked against, read with a handful of queries however long the batch is."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.declarations.domain.consents import LateConsent, check_in_time
from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.indicators import Indicator, check_claim_held
from services.declarations.domain.organisation import Subject
from services.declarations.domain.prefill import machine_counts
from services.declarations.domain.weighing import Scale
from services.declarations.storage.bureau_rules import rules_of
from services.declarations.storage.library import MachineFigures, indicators_by_code, released_by, targets_of
from services.declarations.storage.machine import read_desks, wait_for_figures
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.timetables import consents_for, deadlines_of
from shared.clock import today
from shared.contracts.declarations.commands.declarations import DeclaredItem
from shared.contracts.declarations.commands.late_consents import LateItem
from shared.database import Session


def item_of(entry: DeclaredItem | LateItem) -> tuple[str, str, str]:
    """Return subject, period and indicator of an entry that was filled up where it named none."""
    return entry["subject"], entry["period"], entry["indicator"]


class Facts:
    def __init__(self, session: Session, bureau: str, cycle: Cycle, entries: Sequence[DeclaredItem]) -> None:
        self.bureau, self.cycle = bureau, cycle
        subjects = {entry["subject"] for entry in entries}
        self.on = today()
        self.library = indicators_by_code(session, bureau, cycle.cycle, (entry["indicator"] for entry in entries))
        self.organisation = Organisation(session, bureau, subjects=subjects)
        self.desks = read_desks(session, bureau, cycle.cycle)
        self.refuses_unproved = bool(rules_of(session, bureau).all().on("evidence_refused", self.on))
        self.deadlines = deadlines_of(session, bureau, cycle)
        self._consents = self._late_consents(session, entries)
        self._targets = targets_of(session, bureau, cycle.cycle, subjects)
        self._released = released_by(session, bureau, cycle.cycle, subjects)
        wait_for_figures(session, bureau)
        self._figures = MachineFigures(session, bureau, self._months(entries))

    def scale(self, indicator: Indicator, subject: Subject, period: Period) -> Scale:
        known = self._figures.of(subject.code, indicator.source)
        return Scale(
            indicator,
            self._targets.get((subject.code, indicator.indicator)),
            machine_counts(indicator, period.months, known),
            self.cycle.rounding,
        )

    def check_not_released(self, indicator: Indicator, subject: Subject) -> None:
        """Raise ``Refused`` where the subject has given its claim back: whatever it did, it would count nothing."""
        check_claim_held(indicator, released=(subject.code, indicator.indicator) in self._released)

    def check_in_time(self, entry: DeclaredItem, period: Period) -> None:
        """Raise ``Refused`` where the deadline has passed, unless the assessor consented."""
        due = self.deadlines.of(period, "declare")
        check_in_time(due, self.on, self._consents.get(item_of(entry)))

    def _late_consents(
        self, session: Session, entries: Sequence[DeclaredItem]
    ) -> dict[tuple[str, str, str], LateConsent]:
        periods = self.cycle.periods
        late = {code for code, one in periods.items() if self._passed(self.deadlines.of(one, "declare"))}
        wanted = [item_of(entry) for entry in entries if entry["period"] in late]
        return consents_for(session, self.bureau, self.cycle.cycle, wanted)

    def _passed(self, due: date | None) -> bool:
        return due is not None and due < self.on

    def _months(self, entries: Sequence[DeclaredItem]) -> Iterable[tuple[str, str]]:
        periods = self.cycle.periods
        for entry in entries:
            counted = self.library.get(entry["indicator"])
            if counted and counted.figure and entry["period"] in periods:
                yield from ((entry["subject"], month) for month in periods[entry["period"]].months)
