"""Verify, assess or return a list of declarations with one decision."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.declarations import Declaration
from services.declarations.domain.organisation import Unit, who
from services.declarations.domain.permissions import check_assess, check_return, check_verify
from services.declarations.domain.states import check_revision
from services.declarations.domain.weighing import Scale, weigh
from services.declarations.storage.declarations import Declarations
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.usecases.batches import check_no_repetition, each_row, pick
from services.declarations.usecases.declare import outcome
from services.declarations.usecases.events import record_changes
from shared.actor import Actor

Command = dict[str, Any]  # {"cycle", "declarations": [{"declaration", "revision"?, ...}]}
Decide = Callable[[Declaration, Command], Declaration]


def verify_declarations(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """The subject's head confirms that it was done; the counts stay the declarer's."""
    return _Decisions(session, actor, command).decide(check_verify, lambda old, _: old.verified(who(actor)))


def assess_declarations(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """The assessor decides what counts; an entry may correct its ``counts``, with a ``reason``."""
    decisions = _Decisions(session, actor, command)
    corrected: list[tuple[Declaration, str]] = []

    def assess(old: Declaration, entry: Command) -> Declaration:
        now = old.assessed(who(actor))
        if entry.get("counts") is None:
            return now
        corrected.append((old, entry["reason"]))
        return now.corrected(weigh(decisions.scale(old), entry["counts"], entry["reason"]), entry["reason"])

    answer = decisions.decide(check_assess, assess)
    decisions.store.keep_versions("correct", who(actor), corrected)
    return answer


def return_declarations(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Back to the declarer, with a reason; what was declared is kept in the history."""
    decisions = _Decisions(session, actor, command)
    answer = decisions.decide(check_return, lambda old, _: old.returned(command["reason"]))
    decisions.store.keep_versions("return", who(actor), [(old, command["reason"]) for old in decisions.before])
    return answer


class _Decisions:
    """One decision on many declarations: read and lock them, decide each, write all."""

    def __init__(self, session: Session, actor: Actor, command: Command) -> None:
        bureau = actor.bureau
        self._session, self._actor = session, actor
        self._cycle = need_cycle(session, bureau, command["cycle"])
        self._cycle.check_open()
        self._entries: list[Command] = command["declarations"]
        check_no_repetition(self._entries, lambda entry: entry["declaration"])
        self.store = Declarations(session, bureau, self._cycle.cycle)
        self._stored = self.store.by_ids(entry["declaration"] for entry in self._entries)
        self._organisation = Organisation(session, bureau, units={one.unit for one in self._stored.values()})
        self._library = self._corrected_indicators(bureau)

    @property
    def before(self) -> list[Declaration]:
        return [self._stored[entry["declaration"]] for entry in self._entries]

    def decide(self, check: Callable[[Actor, Declaration, Unit], None], decide: Decide) -> dict[str, Any]:
        def one(entry: Command) -> Declaration:
            old = pick(self._stored, "declaration", entry["declaration"])
            check(self._actor, old, self._organisation.unit(old.unit))
            check_revision("declaration", entry.get("revision"), old.revision)
            return decide(old, entry)

        decided = each_row(self._entries, one)
        self.store.change(decided)
        record_changes(self._session, self._actor, list(zip(decided, self.before, strict=True)))
        return {"declarations": [outcome(new) for new in decided]}

    def scale(self, old: Declaration) -> Scale:
        return Scale(self._library[old.indicator], old.target, old.machine, self._cycle.rounding)

    def _corrected_indicators(self, bureau: str) -> Any:
        corrected = [entry["declaration"] for entry in self._entries if entry.get("counts") is not None]
        wanted = {self._stored[one].indicator for one in corrected if one in self._stored}
        return indicators_by_code(self._session, bureau, self._cycle.cycle, wanted) if wanted else {}
