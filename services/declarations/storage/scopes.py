"""What an actor may see and has to decide, as conditions for queries; the same rules as domain/permissions.py."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import Session

from services.declarations.domain.organisation import Unit, leads_over
from services.declarations.domain.permissions import reads_everything
from services.declarations.domain.words import PANEL, PERSON
from services.declarations.storage import tables
from services.declarations.storage.organisation import read_units
from shared.actor import Actor

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Scope:
    """The units in which the actor decides, read once per request."""

    actor: Actor
    units: dict[str, Unit]
    headed: list[str]  # by grant
    led: list[str]  # units over which the actor is the next head up
    assessing: list[str]  # "panel" among them for its members

    @classmethod
    def of(cls, session: Session, actor: Actor) -> "Scope":
        units = read_units(session, actor.bureau)
        panel = [PANEL] if actor.has("panel") else []
        return cls(
            actor,
            units,
            headed=[code for code in units if actor.has("unit_head", unit=code)],
            led=[code for code, unit in units.items() if leads_over(actor, unit)],
            assessing=panel + [code for code in units if actor.has("assessor", unit=code)],
        )

    @property
    def own(self) -> list[str]:
        """The subjects for whom the actor answers: themselves, and the units they head."""
        units = {code for code, unit in self.units.items() if self.actor.person in unit.heads}
        return sorted({*units, *self.headed, *filter(None, [self.actor.person])})

    def sees(self, table: tables.Table) -> Condition:
        """Rows of a table with ``subject`` and ``unit`` (and perhaps ``assessor``) that the actor may read."""
        if reads_everything(self.actor):
            return true()
        c = table.c
        assessed = c.assessor.in_(self.assessing) if "assessor" in c else false()
        return or_(c.subject.in_(self.own), c.unit.in_([*self.headed, *self.led]), assessed)

    def decides_first(self, table: tables.Table) -> Condition:
        """Rows on whose subjects the actor is the head who decides first (``is_next_up``), their own ones excepted."""
        c = table.c
        headed = [code for code in self.headed if self.units[code].heads or code not in self.led]
        staff = and_(c.unit.in_(headed), c.layer == PERSON, c.subject.not_in(self._heads(headed)))
        headless = [code for code in self.led if not self.units[code].heads]
        heads = c.subject.in_(self._heads(self.led))
        above = and_(c.unit.in_(self.led), or_(c.layer != PERSON, heads, c.unit.in_(headless)))
        return and_(or_(staff, above), c.subject.not_in(self.own))

    def _heads(self, codes: list[str]) -> list[str]:
        return sorted({head for code in codes for head in self.units[code].heads})
