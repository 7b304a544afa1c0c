"""Staff from a sheet, and what changes of units and positions mean for those who hold places there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.targets.domain.faults import Fault
from services.targets.domain.person_rows import Listed
from services.targets.domain.persons import Person
from services.targets.domain.units import Position, Unit
from services.targets.storage.persons import Persons
from services.targets.usecases.organisation_reading import Organisation
from services.targets.usecases.states import person_state
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.recording import record_all


def take_staff(session: Session, actor: Actor, listed: Sequence[Listed], *, dry_run: bool) -> dict[str, int]:
    """Put the sheet's history in the place of the stored one, for everyone it names; others stay."""
    known = Persons(session, actor.bureau).some(lock=not dry_run) if listed else {}
    changed = [after for one in listed if (after := _after(one, known.get(one.person), actor)) is not None]
    if not dry_run:
        _save(session, actor, changed, known)
    created = sum(one.person not in known for one in changed)
    return {"rows": len(listed), "created": created, "updated": len(changed) - created}


def follow_positions(session: Session, actor: Actor, positions: Sequence[Position], effective: date) -> None:
    """Follow a change of positions: who holds a position that became another line's
    or a head's holds it so from that day on."""
    if not positions:
        return
    persons = Persons(session, actor.bureau)
    holders = persons.some(persons.holding([one.position for one in positions]), lock=True)
    changed = []
    for before in holders.values():
        after = before
        for one in positions:
            after = after.with_position(one.position, one.line, one.head, effective)
        if after is not before:
            changed.append(replace(after, revision=before.revision + 1, by=actor.account))
    _save(session, actor, changed, holders)


def check_closed_units(
    session: Session, actor: Actor, effective: date, units: Sequence[Unit], read: Organisation
) -> list[Fault]:
    """Check that a unit is closed when nobody is left in it, counting what the same import moves."""
    closed = {one.unit: one for one in units if not one.active and one.unit in read.known_units}
    if not closed:
        return []
    named = {one.person for one in read.persons}
    left = {
        place.unit
        for person in Persons(session, actor.bureau).some().values()
        if person.person not in named and (place := person.place_on(effective)) is not None
    }
    left |= {place.unit for one in read.persons for place in one.history if place.holds_on(effective)}
    return [
        Fault("organisation", 0, "active", "unit.staffed", f"{unit.name} 尚有人员", f"{code} still has staff")
        for code, unit in closed.items()
        if code in left
    ]


def _after(listed: Listed, before: Person | None, actor: Actor) -> Person | None:
    if before is None:
        return Person(listed.person, listed.name, listed.history, by=actor.account).as_of(today())
    if (before.name, before.places) == (listed.name, listed.history):
        return None
    return replace(before.corrected(listed.history), name=listed.name, by=actor.account).as_of(today())


def _save(session: Session, actor: Actor, changed: Sequence[Person], known: dict[str, Person]) -> None:
    Persons(session, actor.bureau).save(changed)
    day = today()
    record_all(
        session,
        (
            (
                person_state(actor.bureau, one, day),
                person_state(actor.bureau, known[one.person], day) if one.person in known else None,
            )
            for one in changed
        ),
    )
