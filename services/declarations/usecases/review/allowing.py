"""What the reader may do to a declaration, and why not: by the checks of the commands themselves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.declarations.domain.consents import check_in_time
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.declarations import STATES, Declaration
from services.declarations.domain.delegations import in_whose_name
from services.declarations.domain.indicators import check_tool
from services.declarations.domain.inspections import check_not_bound
from services.declarations.domain.items import DECLARATION
from services.declarations.domain.permissions import (
    check_answers_for,
    check_assess,
    check_record,
    check_return,
    check_verify,
)
from services.declarations.domain.ways_back import check_unused
from services.declarations.domain.ways_back_permissions import check_takes_back, check_withdraws_declaration
from services.declarations.domain.words import DECLARED_TOOLS
from services.declarations.storage.delegations import deciders_of
from services.declarations.storage.library import Library, indicators_by_code
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.timetables import consents_known, deadlines_of
from services.declarations.storage.uses import uses_of
from shared.actor import Actor
from shared.clock import today
from shared.database import Row, Session
from shared.vocabulary.refusals import Refusal, Refused

DECIDING: Mapping[str, Callable[..., None]] = {
    "verify": check_verify,
    "assess": check_assess,
    "return": check_return,
    "record": check_record,
    "withdraw": check_withdraws_declaration,
    "take_back": check_takes_back,
}


class Allowing:
    """Of some rows of one cycle; everything is read once."""

    def __init__(self, session: Session, actor: Actor, cycle: Cycle, rows: Sequence[Mapping[str, Any]]) -> None:
        self._actor, self._cycle, self._on = actor, cycle, today()
        bureau = actor.bureau
        own = [row for row in rows if _declarable(_declaration(row, bureau))]
        self._organisation = Organisation(
            session, bureau, subjects={row["subject"] for row in rows}, units={row["unit"] for row in rows}
        )
        self._deciders = deciders_of(session, actor, self._on)
        self._uses = uses_of(session, bureau, DECLARATION, {row["declaration"]: row["revision"] for row in rows})
        self._library = (
            indicators_by_code(session, bureau, cycle.cycle, {row["indicator"] for row in own}) if own else Library()
        )
        self._deadlines = deadlines_of(session, bureau, cycle) if own else None
        self._consents = consents_known(session, bureau, cycle.cycle, {row["subject"] for row in own}) if own else {}

    def of(self, row: Mapping[str, Any]) -> Row:
        """Return ``may`` and ``why_not``."""
        one = _declaration(row, self._actor.bureau)
        why = {command: self._why_not(command, one) for command in (*DECIDING, "declare")}
        return {
            "may": [command for command, refusal in why.items() if refusal is None],
            "why_not": {
                command: {"code": refusal.code, "zh": refusal.zh} for command, refusal in why.items() if refusal
            },
        }

    def _why_not(self, command: str, one: Declaration) -> Refusal | None:
        try:
            self._cycle.check_open()
            if command == "declare":
                self._check_declare(one)
            else:
                self._check_decision(command, one)
        except Refused as refused:
            return refused.refusals[0]
        return None

    def _check_decision(self, command: str, one: Declaration) -> None:
        unit, check = self._organisation.unit(one.unit), DECIDING[command]
        in_whose_name(self._deciders, lambda decider: check(decider, one, unit, self._on))
        if command == "return":
            check_not_bound(self._uses[one.declaration].held)
        if command == "take_back":
            check_unused(DECLARATION, self._uses[one.declaration])
        STATES.after(command, one.status)

    def _check_declare(self, one: Declaration) -> None:
        check_answers_for(self._actor, self._organisation.subject(one.subject))
        STATES.after(one.declaring, one.status)
        check_tool(self._library[one.indicator], *DECLARED_TOOLS)
        if one.undeclared and self._deadlines is not None:
            due = self._deadlines.of(self._cycle.periods[one.period], "declare")
            check_in_time(due, self._on, self._consents.get((one.subject, one.period, one.indicator)))


def _declaration(row: Mapping[str, Any], bureau: str) -> Declaration:
    return Declaration(**{name: row[name] for name in _FIELDS}, bureau=bureau)


def _declarable(one: Declaration) -> bool:
    return STATES.allows(one.declaring, one.status)


_FIELDS = [name for name in Declaration.__dataclass_fields__ if name != "bureau"]
