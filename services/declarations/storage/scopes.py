"""What an actor may see and has to decide, as conditions for queries; the same rules as domain/permissions.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, not_, or_, true
from sqlalchemy.orm import Session

from services.declarations.domain.delegations import Decider, faces, hands
from services.declarations.domain.desks import DESKS, HEAD
from services.declarations.domain.organisation import Unit, who
from services.declarations.domain.permissions import (
    heads,
    is_assessor,
    keeps_desk,
    leads_over,
    reads_everything,
    records_everything,
)
from services.declarations.domain.words import PANEL, PERSON
from services.declarations.storage import tables
from services.declarations.storage.delegations import deciders_of
from services.declarations.storage.inspecting import items_in_hand
from services.declarations.storage.organisation import read_units
from shared.actor import Actor
from shared.clock import today

Condition = ColumnElement[bool]
_KEYS = {"declaration": "declaration", "task_order": "order", "contribution": "contribution"}


@dataclass(frozen=True)
class Power:
    """Where somebody decides: in their own right, or in the place of one who delegated."""

    decider: Decider
    headed: list[str]
    led: list[str]  # units over which this is the next head up
    assessing: list[str]  # "panel" among them for its members
    desks: list[str]  # hr, complaints_centre
    own: list[str]  # subjects on which this must not decide

    @classmethod
    def of(cls, decider: Decider, units: Mapping[str, Unit]) -> "Power":
        behind = hands(decider)
        own = [code for code, unit in units.items() if behind & unit.heads or _heads(faces(decider), code)]
        return cls(
            decider,
            headed=[code for code in units if heads(decider, code)],
            led=[code for code, unit in units.items() if leads_over(decider, unit)],
            assessing=[code for code in (PANEL, *units) if is_assessor(decider, code)],
            desks=[role for role in DESKS.values() if keeps_desk(decider, role)],
            own=sorted({*own, *behind}),
        )


@dataclass(frozen=True)
class Scope:
    """The units in which the actor decides, read once per request."""

    actor: Actor
    units: dict[str, Unit]
    headed: list[str]  # by grant
    led: list[str]  # units over which the actor is the next head up
    assessing: list[str]  # "panel" among them for its members
    powers: tuple[Power, ...]  # the first is the actor's own
    in_hand: Mapping[str, list[str]]  # kind -> items that the actor inspects just now

    @classmethod
    def of(cls, session: Session, actor: Actor) -> "Scope":
        units = read_units(session, actor.bureau)
        powers = tuple(Power.of(one, units) for one in deciders_of(session, actor, today()))
        own = powers[0]
        return cls(actor, units, own.headed, own.led, own.assessing, powers, items_in_hand(session, actor))

    @property
    def own(self) -> list[str]:
        """Return the subjects for whom the actor answers: themselves, and the units they head."""
        units = {code for code, unit in self.units.items() if self.actor.person in unit.heads}
        return sorted({*units, *self.headed, *filter(None, [self.actor.person])})

    def sees(self, table: tables.Table) -> Condition:
        """Return the condition on rows of a table with ``subject`` and ``unit`` (and
        perhaps ``assessor``) that the actor may read."""
        if reads_everything(self.actor):
            return true()
        c = table.c
        units = [code for power in self.powers for code in (*power.headed, *power.led)]
        sections = [code for power in self.powers for code in power.assessing]
        kept = [role for power in self.powers for role in power.desks]
        assessed = c.assessor.in_(sections) if "assessor" in c else false()
        machine = c.verifier.in_(kept) if kept and "verifier" in c else false()
        return or_(c.subject.in_(self.own), c.unit.in_(units), assessed, machine, self._inspects(table))

    def _inspects(self, table: tables.Table) -> Condition:
        """An inspector reads what is in their hands, of whichever unit it is, and their own inspections."""
        if table.name == "inspection":
            return table.c.inspector == who(self.actor)
        items = self.in_hand.get(table.name)
        return table.c[_KEYS[table.name]].in_(items) if items else false()

    def decides_first(self, table: tables.Table) -> Condition:
        """Return the condition on rows on whose subjects the actor is the head who decides first
        (``is_next_up``), their own ones excepted."""
        return or_(false(), *(self._decides_first(power, table) for power in self._deciding))

    @property
    def _deciding(self) -> tuple[Power, ...]:
        """An account that is nobody's decides about nobody, whatever roles it has."""
        return self.powers if self.actor.person is not None else ()

    def verifies(self, on: date) -> Condition:
        """Return the condition on declarations that the actor may verify (``check_verify``), whatever their status."""
        return or_(false(), *(self._verifies(power, on) for power in self._deciding))

    def assesses(self) -> Condition:
        """Return the condition on declarations that the actor may assess (``check_assess``), whatever their status."""
        return or_(false(), *(_assesses(power) for power in self._deciding))

    def records(self) -> Condition:
        """Return the condition on declarations that the actor may record (``check_record``), whatever their status."""
        return or_(false(), *(_records(power) for power in self._deciding))

    def _verifies(self, power: Power, on: date) -> Condition:
        c = tables.declaration.c
        head = and_(c.verifier == HEAD, self._decides_first(power, tables.declaration))
        desk = c.verifier.in_(power.desks) if power.desks else false()
        escalated = and_(c.escalates_on <= on, c.unit.in_(power.led))
        return and_(or_(head, desk, escalated), _not_theirs(power))

    def _decides_first(self, power: Power, table: tables.Table) -> Condition:
        c = table.c
        headed = [code for code in power.headed if self.units[code].heads or code not in power.led]
        staff = and_(c.unit.in_(headed), c.layer == PERSON, c.subject.not_in(self._heads(headed)))
        headless = [code for code in power.led if not self.units[code].heads]
        heads = c.subject.in_(self._heads(power.led))
        above = and_(c.unit.in_(power.led), or_(c.layer != PERSON, heads, c.unit.in_(headless)))
        if table is not tables.contribution:
            return and_(or_(staff, above), c.subject.not_in(power.own))
        shared = or_(false(), *(and_(c.unit == code, shared_by([*self._heads([code]), code])) for code in power.led))
        return and_(or_(staff, above, shared), c.subject.not_in(power.own), not_(shared_by(power.own)))

    def _heads(self, codes: Iterable[str]) -> list[str]:
        return sorted({head for code in codes for head in self.units[code].heads})


def shared_by(codes: Iterable[str]) -> Condition:
    """Return the condition on contributions in which one of ``codes`` has a share (domain/sharing.py)."""
    return or_(false(), *(tables.contribution.c.shares.contains([{"subject": code}]) for code in codes))


def _assesses(power: Power) -> Condition:
    c = tables.declaration.c
    behind = sorted(hands(power.decider))
    verified = or_(c.verified_by.in_(behind), c.verified_for.in_(behind))
    return and_(c.assessor.in_(power.assessing), _not_theirs(power), verified.is_not(True))


def _records(power: Power) -> Condition:
    anybodys = true() if records_everything(power.decider) else tables.declaration.c.assessor.in_(power.assessing)
    return and_(anybodys, _not_theirs(power))


def _not_theirs(power: Power) -> Condition:
    c = tables.declaration.c
    return and_(c.subject.not_in(power.own), not_(c.declared_by.in_(sorted(hands(power.decider)))))


def _heads(deciders: Iterable[Decider], unit: str) -> bool:
    return any(heads(one, unit) for one in deciders)
