"""The staff: taken on, moved from a date, leaving."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from services.targets.domain import permissions
from services.targets.domain.persons import OUTSIDE, SECONDMENT, Person, Place
from services.targets.domain.refusals import no_unit
from services.targets.storage.organisation_history import OrganisationHistory
from services.targets.storage.persons import Persons
from services.targets.storage.units import Bureaus
from services.targets.usecases.guards import need, none_wrong
from services.targets.usecases.names import Names
from services.targets.usecases.organisation_reading import Organisation, known_on
from services.targets.usecases.states import person_state
from shared.actor import Actor
from shared.batches import told
from shared.clock import today
from shared.contracts.targets.commands.persons import (
    Correction,
    CorrectPlace,
    LastDay,
    Move,
    NewPerson,
    NewPersons,
    PersonKey,
    PersonQuery,
    Renaming,
    Secondment,
)
from shared.database import Row, Session
from shared.errors import Entry, NotFound
from shared.recording import audit, record, record_all
from shared.vocabulary.refusals import Refusal, check_revision

_NOWHERE = Place("", "", "", head=False, starts=date.min)
_UNSAID = "（未填写）"
PersonChange = Move | LastDay | Secondment | Correction | Renaming


def add_persons(session: Session, actor: Actor, command: NewPersons) -> Row:
    """Add up to 500 new persons, each with their first place; all or none."""
    need(permissions.may_manage_organisation(actor))
    if not Bureaus(session).lock(actor.bureau):
        raise NotFound("bureau.unknown", zh="没有该分局", en="there is no such bureau")
    wanted = command["persons"]
    places = _Places(session, actor.bureau)
    put = [Put(one["unit"], one["position"], one["starts"]) for one in wanted]
    errors = [*_taken(wanted, Persons(session, actor.bureau)), *_misplaced(enumerate(put), places)]
    none_wrong("persons.invalid", errors, zh="人员名单有误", en="the list of persons has faults")
    persons = [
        Person(one["person"], one["name"], (places.place(place),), by=actor.account)
        for one, place in zip(wanted, put, strict=True)
    ]
    Persons(session, actor.bureau).save(persons)
    record_all(session, ((person_state(actor.bureau, person, today()), None) for person in persons))
    shown = _Shown(session, actor, today())
    return {"items": [shown.document(person) for person in persons], "next": None}


def move_person(session: Session, actor: Actor, command: Move) -> Row:
    """Move a person: from a date on the person holds another place; what they did before stays with the old one."""
    need(permissions.may_manage_organisation(actor))
    places = _Places(session, actor.bureau)
    put = Put(command["unit"], command["position"], command["starts"])
    none_wrong("person.move", list(_misplaced([(0, put)], places)), zh="调动有误", en="the move has faults")
    return _change(session, actor, command, lambda person: person.move(places.place(put)))


def depart_person(session: Session, actor: Actor, command: LastDay) -> Row:
    return _change(session, actor, command, lambda person: person.depart(command["last_day"]))


def second_person(session: Session, actor: Actor, command: Secondment) -> Row:
    """Send a person to another place of the bureau, or ``outside`` of it; the post is held again afterwards."""
    need(permissions.may_manage_organisation(actor))
    places = _Places(session, actor.bureau)
    if command["outside"]:
        away = Place("", "", "", head=False, starts=command["starts"], ends=command["ends"], kind=OUTSIDE)
        return _change(session, actor, command, lambda person: person.second(away))
    put = _put(command)
    none_wrong("person.move", list(_misplaced([(0, put)], places)), zh="借调有误", en="the secondment has faults")
    to = replace(places.place(put), ends=command["ends"], kind=SECONDMENT)
    return _change(session, actor, command, lambda person: person.second(to))


def recall_person(session: Session, actor: Actor, command: LastDay) -> Row:
    """End the secondment with the last day given."""
    return _change(session, actor, command, lambda person: person.recall(command["last_day"]))


def correct_places(session: Session, actor: Actor, command: Correction) -> Row:
    """Put the whole history of a person right; what it was before stays in the audit trail, with the reason."""
    need(permissions.may_manage_organisation(actor))
    places, wanted = _Places(session, actor.bureau), command["assignments"]
    inside = [(row, _put(one)) for row, one in enumerate(wanted) if one["kind"] != OUTSIDE]
    none_wrong("person.move", list(_misplaced(inside, places)), zh="任职有误", en="the history has faults")
    history: list[Place] = []
    for one in wanted:
        outside = one["kind"] == OUTSIDE
        left = history[-1] if history else _NOWHERE
        held = replace(left, starts=one["starts"]) if outside else places.place(_put(one))
        history.append(replace(held, ends=one["ends"], kind=one["kind"]))
    subject = f"{actor.bureau}/{command['person']}"
    audit(session, action="person.corrected", subject=subject, before={}, after={"reason": command["reason"]})
    return _change(session, actor, command, lambda person: person.corrected(history))


def change_person(session: Session, actor: Actor, command: Renaming) -> Row:
    """Give the person another name."""

    def renamed(person: Person) -> Person:
        return replace(person, name=command["name"], revision=person.revision + 1)

    return _change(session, actor, command, renamed)


def list_persons(session: Session, actor: Actor, query: PersonQuery) -> Row:
    """List persons by the place they hold, today or on a day."""
    day, persons = query["on"] or today(), Persons(session, actor.bureau)
    page = persons.page(query, day)
    found, shown = persons.some(page.items), _Shown(session, actor, day)
    return page.told(lambda code: shown.document(found[code]))


def get_person(session: Session, actor: Actor, query: PersonKey) -> Row:
    """Show one person with the places they held."""
    person = _known(Persons(session, actor.bureau).get(query["person"]), query["person"])
    return _Shown(session, actor, query["on"] or today()).document(person)


class _Shown:
    """Persons as documents: where they are on ``day``, and each place with what it was called when it began."""

    def __init__(self, session: Session, actor: Actor, day: date) -> None:
        self._names, self._day = Names(session, actor.bureau), day

    def document(self, person: Person) -> Row:
        place = person.nearest_place(self._day)
        return {
            "person": person.person,
            "name": person.name,
            "unit": place.unit,
            "line": place.line,
            "position": place.position,
            "head": place.head,
            **self._called(place, self._day),
            "active": person.active,
            "revision": person.revision,
            "assignments": [{**vars(one), **self._called(one, one.starts)} for one in person.places],
        }

    def _called(self, place: Place, day: date) -> dict[str, str | None]:
        return {
            "unit_name": self._names.unit(place.unit, day),
            "line_name": self._names.line(place.line),
            "title": self._names.position(place.position, day),
        }


def _change(session: Session, actor: Actor, command: PersonChange, change: Callable[[Person], Person]) -> Row:
    need(permissions.may_manage_organisation(actor))
    persons = Persons(session, actor.bureau)
    before = _known(persons.get(command["person"], lock=True), command["person"])
    check_revision("person", command["revision"], before.revision)
    after = replace(change(before), by=actor.account).as_of(today())
    persons.save([after])
    record(session, person_state(actor.bureau, after, today()), person_state(actor.bureau, before, today()))
    return _Shown(session, actor, today()).document(after)


def _known(person: Person | None, code: str) -> Person:
    if person is None:
        raise NotFound("person.unknown", zh=f"没有人员 {code}", en=f"there is no person {code}")
    return person


@dataclass(frozen=True)
class Put:
    """Where somebody is put within the bureau, as the command says it."""

    unit: str
    position: str
    starts: date
    ends: date | None = None


def _put(said: Secondment | CorrectPlace) -> Put:
    return Put(said["unit"] or _UNSAID, said["position"] or _UNSAID, said["starts"], said["ends"])


class _Places:
    """Units and positions on the day of an entry, to say where its person is put."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._waiting = OrganisationHistory(session, bureau).waiting()
        self._known = cache(partial(known_on, session, bureau))

    def place(self, entry: Put) -> Place:
        position = self._on(entry.starts).known_positions[entry.position]
        return Place(entry.unit, position.line, position.position, position.head, entry.starts)

    def fault(self, entry: Put) -> Refusal | None:
        """Refuse a place that there is not."""
        known = self._on(entry.starts)
        unit, position = known.known_units.get(entry.unit), known.known_positions.get(entry.position)
        if unit is None or not unit.active:
            return replace(no_unit(entry.unit), field="unit")
        if position is None:
            zh, en = f"没有岗位 {entry.position}", "there is no such position"
            return Refusal("invalid", "position.unknown", zh, en, "position")
        if not position.fits(unit):
            zh, en = f"{unit.name} 没有岗位“{position.title}”", "the unit has no such position"
            return Refusal("invalid", "position.unit", zh, en, "position")
        return self._closing(entry)

    def _on(self, day: date) -> Organisation:
        return self._known(max(day, today()) if self._waiting else today())

    def _closing(self, entry: Put) -> Refusal | None:
        ends = entry.ends
        for one in self._waiting:
            closes = one.kind == "unit" and one.code == entry.unit and not one.state["active"]
            if closes and (ends is None or ends >= one.starts):
                zh, en = f"该单位将于 {one.starts} 撤销", f"the unit is closed on {one.starts}"
                return Refusal("invalid", "unit.closing", zh, en, "unit")
        return None


def _misplaced(wanted: Iterable[tuple[int, Put]], places: _Places) -> Iterator[Entry]:
    for row, entry in wanted:
        if fault := places.fault(entry):
            yield told(row, fault)


def _taken(wanted: Sequence[NewPerson], persons: Persons) -> Iterator[Entry]:
    seen = set(persons.some(entry["person"] for entry in wanted))
    for row, entry in enumerate(wanted):
        if entry["person"] in seen:
            zh, en = f"人员编码 {entry['person']} 已存在", f"{entry['person']} exists already"
            yield {"row": row, "field": "person", "code": "person.exists", "zh": zh, "en": en}
        seen.add(entry["person"])
