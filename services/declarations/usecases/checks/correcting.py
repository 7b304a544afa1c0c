"""What a check or an appeal finds true stands from now on: new counts by the rule, a revision more, the old ones in the history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.declarations.domain.cycles import Cycle
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.inspections import Measured
from services.declarations.domain.items import Item, Pair, corrected, deliberated_as, kind_of, pair_of
from services.declarations.domain.organisation import who
from services.declarations.domain.weighing import Scale, Weighed, weigh
from services.declarations.domain.words import Counts
from services.declarations.storage.checks import add_corrections, locked_items, write_items
from services.declarations.storage.declarations import Declarations
from services.declarations.storage.library import indicators_by_code, targets_of
from services.declarations.usecases.events import record_changes
from shared.actor import Actor
from shared.batches import pick
from shared.clock import today
from shared.database import Row, Session
from shared.vocabulary.checking import CORRECTION_CAUSES


@dataclass(frozen=True)
class Corrected:
    old: Item
    new: Item
    before: Measured
    after: Measured
    cause: str
    reference: str
    reason: str


class Correcting:
    """The items of one transaction, locked; what is corrected is written together at the end."""

    def __init__(self, session: Session, actor: Actor, cycle: Cycle, pairs: Iterable[Pair]) -> None:
        self._session, self._actor, self._cycle = session, actor, cycle
        self._items = locked_items(session, actor.bureau, cycle.cycle, pairs)
        items = self._items.values()
        self._library = indicators_by_code(session, actor.bureau, cycle.cycle, {one.indicator for one in items})
        self._targets = targets_of(session, actor.bureau, cycle.cycle, {one.subject for one in items})

    def item(self, kind: str, one: str) -> Item:
        found = self._items.get((kind, one))
        return pick({one: found} if found else {}, kind, one)

    @property
    def items(self) -> Mapping[Pair, Item]:
        return self._items

    def measured(self, item: Item) -> Measured:
        """Return what stands now."""
        points = item.points if isinstance(item, Declaration) else self._points(item, item.counts)
        return Measured(item.counts, points)

    def corrected(self, item: Item, counts: Counts, reason: str, cause: str, reference: str) -> Corrected:
        """Return the correction: ``counts`` weighed by the item's rule; ``Refused`` where they do not fit it."""
        return self._corrected(item, self._weighed(item, counts, reason), reason, cause, reference)

    def restored(self, item: Item, was: Weighed, reason: str, reference: str) -> Corrected:
        """Return the correction that gives back what stood before the check ``reference`` corrected it."""
        return self._corrected(item, was, reason, "spot_check", reference)

    def _corrected(self, item: Item, weighed: Weighed, reason: str, cause: str, reference: str) -> Corrected:
        words = f"{CORRECTION_CAUSES[cause]} {reference}：{reason}"
        new = corrected(item, weighed, words, who(self._actor), today().isoformat())
        after = Measured(weighed.counts, weighed.points)
        return Corrected(item, new, self.measured(item), after, cause, reference, reason)

    def write(self, changes: Sequence[Corrected]) -> None:
        bureau, cycle = self._actor.bureau, self._cycle.cycle
        write_items(self._session, bureau, cycle, [one.new for one in changes])
        for cause in CORRECTION_CAUSES:
            kept = [(one.old, one.reason) for one in changes if one.cause == cause]
            declared = [(old, reason) for old, reason in kept if isinstance(old, Declaration)]
            Declarations(self._session, bureau, cycle).keep_versions(cause, who(self._actor), declared)
        add_corrections(self._session, [self._row(one) for one in changes])
        record_changes(self._session, self._actor, [(one.new, one.old) for one in changes])

    def _weighed(self, item: Item, counts: Counts, reason: str) -> Weighed:
        indicator = self._library[item.indicator]
        if isinstance(item, Declaration):
            machine = item.machine if item.machine_now is None else item.machine_now
            return weigh(Scale(indicator, item.target, machine, self._cycle.rounding), counts, reason)
        indicator.check_counts(counts, parts=deliberated_as(item) is not None)
        return Weighed(counts, not_applicable=False, differs=False, points=self._points(item, counts))

    def _points(self, item: Item, counts: Counts) -> Decimal:
        target = self._targets.get((item.subject, item.indicator))
        return self._library[item.indicator].points(counts, target, self._cycle.rounding)

    def _row(self, one: Corrected) -> Row:
        return {
            "bureau": self._actor.bureau,
            "cycle": self._cycle.cycle,
            "kind": kind_of(one.new),
            "item": pair_of(one.new)[1],
            "revision": one.new.revision,
            "cause": one.cause,
            "reference": one.reference,
            "by": who(self._actor),
            "reason": one.reason,
            "on": today(),
            "counts_before": one.before.counts,
            "counts_after": one.after.counts,
            "points_before": one.before.points,
            "points_after": one.after.points,
        }
