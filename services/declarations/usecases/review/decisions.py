"""One decision on many declarations: read and lock them, decide each, write all, and keep what belongs to the record."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Generic, TypedDict, TypeVar

from services.declarations.domain.deadlines import WAITS_FOR
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.delegations import Decider, in_whose_name, principal_of
from services.declarations.domain.duties import duty, neglected_by, unit_of
from services.declarations.domain.organisation import Unit, who
from services.declarations.domain.permissions import check_assess, check_return, check_verify, verifies
from services.declarations.domain.weighing import Scale
from services.declarations.storage.activity import arrivals
from services.declarations.storage.declarations import Declarations
from services.declarations.storage.delegations import deciders_of
from services.declarations.storage.library import Library, indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.timetables import add_lateness, deadlines_of
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.review.declare import outcome
from shared.actor import Actor
from shared.batches import Batch, pick
from shared.clock import today
from shared.contracts.declarations.commands.declarations import ChosenDeclaration
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import Refused, check_revision

Check = Callable[..., None]  # of domain/permissions.py: (decider, declaration, unit, on)
Entry = TypeVar("Entry", bound=ChosenDeclaration)
Decide = Callable[[Declaration, Entry, Decider], Declaration]


class Decided(TypedDict, Generic[Entry]):
    """What is decided on, by name."""

    cycle: str
    mode: str
    declarations: list[Entry]


class Decisions(Generic[Entry]):
    def __init__(self, session: Session, actor: Actor, command: Decided[Entry]) -> None:
        bureau = actor.bureau
        self._session, self._actor, self._on = session, actor, today()
        self._cycle = need_cycle(session, bureau, command["cycle"])
        self._cycle.check_open()
        self._batch = Batch(command["declarations"], command["mode"], lambda entry: entry["declaration"])
        self._entries = command["declarations"]
        self.store = Declarations(session, bureau, self._cycle.cycle)
        self._stored = self.store.by_ids(entry["declaration"] for entry in self._entries)
        self._organisation = Organisation(session, bureau, units={one.unit for one in self._stored.values()})
        self._library = self._corrected_indicators(bureau)
        self._deciders = deciders_of(session, actor, self._on)
        self._deadlines = deadlines_of(session, bureau, self._cycle)
        self._names: dict[str, Decider] = {}  # declaration -> in whose name it was decided
        self._undoes = False
        self._arrived: Mapping[tuple[str, str], date] = {}  # (declaration, status) -> when it came there

    @property
    def before(self) -> list[Declaration]:
        """Return what is decided on, as it was."""
        return [self._stored[entry["declaration"]] for entry in self._batch.entries]

    @property
    def revisions(self) -> Mapping[str, int]:
        """Return declaration -> its revision, of all that were asked for and exist: they are locked."""
        return {name: one.revision for name, one in self._stored.items()}

    def undo(self, check: Check, decide: Decide[Entry]) -> Row:
        """Decide that a step is undone: nobody gets a fresh deadline by it, and whoever undoes it never has the next step's duty."""
        self._undoes = True
        self._arrived = arrivals(self._session, self._actor.bureau, self._cycle.cycle, self._stored)
        return self.decide(check, decide)

    def decide(self, check: Check, decide: Decide[Entry]) -> Row:
        def one(entry: Entry) -> Declaration:
            old = pick(self._stored, "declaration", entry["declaration"])
            named: ChosenDeclaration = entry
            decider = self._decider(check, old, named)
            check_revision("declaration", named.get("revision"), old.revision)
            new = decide(old, entry, decider)
            return new.at(self._deadlines.desk(self._cycle.periods[new.period], new.status, self._since(old, new)))

        decided = self._batch.do(one)
        self.store.change(decided)
        changes = list(zip(decided, self.before, strict=True))
        record_changes(self._session, self._actor, changes, acted_for=self._principals())
        self._keep_delegated()
        add_lateness(self._session, [row for old in self.before for row in self._late(old)])
        return {"declarations": [outcome(new) for new in decided], **self._batch.left_out("declaration")}

    def scale(self, old: Declaration) -> Scale:
        """Return what a correction is weighed with: the machine's newest counts among it."""
        machine = old.machine if old.machine_now is None else old.machine_now
        return Scale(self._library[old.indicator], old.target, machine, self._cycle.rounding)

    def _decider(self, check: Check, old: Declaration, entry: ChosenDeclaration) -> Decider:
        try:
            chosen = self._in_whose_name(check, old)
        except Refused:
            # who may return follows from the state: whoever could, before somebody was faster, is told so
            if check is check_return and entry.get("revision") is not None and self._was_theirs(old):
                check_revision("declaration", entry["revision"], old.revision)
            raise
        self._names[old.declaration] = chosen
        return chosen

    def _in_whose_name(self, check: Check, old: Declaration) -> Decider:
        unit = self._organisation.unit(old.unit)
        return in_whose_name(self._deciders, lambda one: check(one, old, unit, self._on))

    def _was_theirs(self, old: Declaration) -> bool:
        """Whether the actor decides on it in some state: one that it has left meanwhile."""
        for check in (check_verify, check_assess):
            with suppress(Refused):
                self._in_whose_name(check, old)
                return True
        return False

    def _principals(self) -> dict[str, str]:
        """declaration -> in whose place it was decided"""
        found = {old.declaration: principal_of(self._names[old.declaration]) for old in self.before}
        return {one: principal for one, principal in found.items() if principal is not None}

    def _keep_delegated(self) -> None:
        for one, principal in self._principals().items():
            after = {"by": who(self._actor), "for": principal}
            audit(self._session, action="declaration.delegated", subject=one, before={}, after=after)

    def _late(self, old: Declaration) -> Iterable[Row]:
        if not old.late(self._on):
            return
        unit = self._organisation.unit(old.unit)
        for person in neglected_by(old, unit, who(self._actor), in_duty=self._in_duty(old, unit)):
            yield {
                **{name: getattr(old, name) for name in _OF_DECLARATION},
                "person": person,
                "unit": unit_of(duty(old, unit), unit),
                "step": WAITS_FOR[old.status],
                "by": who(self._actor),
                "done_on": self._on,
            }

    def _since(self, old: Declaration, new: Declaration) -> date:
        if not self._undoes or new.status not in WAITS_FOR:
            return self._on
        return self._arrived.get((new.declaration, new.status), old.arrived_on or self._on)

    def _in_duty(self, old: Declaration, unit: Unit) -> bool:
        if self._undoes:
            return False
        return old.status != "declared" or verifies(self._names[old.declaration], old, unit)

    def _corrected_indicators(self, bureau: str) -> Library:
        corrected = [entry["declaration"] for entry in self._entries if entry.get("counts") is not None]
        wanted = {self._stored[one].indicator for one in corrected if one in self._stored}
        return indicators_by_code(self._session, bureau, self._cycle.cycle, wanted) if wanted else Library()


_OF_DECLARATION = ("bureau", "cycle", "declaration", "revision", "indicator", "subject", "period", "due_on")
