"""The staff: taken on, moved from a date, leaving."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

from services.targets.domain import permissions
from services.targets.domain.persons import OUTSIDE, SECONDMENT, Person, Place
from services.targets.storage.organisation_history import OrganisationHistory
from services.targets.storage.persons import Persons
from services.targets.storage.units import Bureaus
from services.targets.usecases.guards import need, none_wrong
from services.targets.usecases.names import Names
from services.targets.usecases.organisation_reading import Organisation, known_on
from services.targets.usecases.states import person_state
from shared.contracts.targets.commands.persons import NewPersons
from shared.contracts.targets.commands.persons import PersonQuery
from shared.contracts.targets.commands.persons import PersonKey
from shared.contracts.targets.commands.persons import Renaming
from shared.contracts.targets.commands.persons import Move
from shared.contracts.targets.commands.persons import LastDay
from shared.contracts.targets.commands.persons import Secondment
from shared.contracts.targets.commands.persons import Correction
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.errors import NotFound
from shared.recording import audit, record, record_all
from shared.vocabulary.refusals import check_revision

Entry = dict[str, Any]
_NOWHERE = Place("", "", "", head=False, starts=date.min)


def add_persons(session: Session, actor: Actor, command: NewPersons) -> Row:
    """Add up to 500 new persons, each with their first place; all or none."""
    need(permissions.may_manage_organisation(actor))
    if not Bureaus(session).lock(actor.bureau):
        raise NotFound("bureau.unknown", zh="没有该分局", en="there is no such bureau")
    wanted: list[Entry] = command["persons"]
    places = _Places(session, actor.bureau)
    errors = [*_taken(wanted, Persons(session, actor.bureau)), *_misplaced(wanted, places)]
    none_wrong("persons.invalid", errors, zh="人员名单有误", en="the list of persons has faults")
    persons = [Person(one["person"], one["name"], (places.place(one),), by=actor.account) for one in wanted]
    Persons(session, actor.bureau).save(persons)
    record_all(session, ((person_state(actor.bureau, person, today()), None) for person in persons))
    shown = _Shown(session, actor, today())
    return {"items": [shown.document(person) for person in persons], "next": None}


def move_person(session: Session, actor: Actor, command: Move) -> Row:
    """Move a person: from a date on the person holds another place; what they did before stays with the old one."""
    need(permissions.may_manage_organisation(actor))
    places = _Places(session, actor.bureau)
    none_wrong("person.move", list(_misplaced([command], places)), zh="调动有误", en="the move has faults")
    return _change(session, actor, command, lambda person: person.move(places.place(command)))


def depart_person(session: Session, actor: Actor, command: LastDay) -> Row:
    return _change(session, actor, command, lambda person: person.depart(command["last_day"]))


def second_person(session: Session, actor: Actor, command: Secondment) -> Row:
    """Send a person to another place of the bureau, or ``outside`` of it; the post is held again afterwards."""
    need(permissions.may_manage_organisation(actor))
    places = _Places(session, actor.bureau)
    if command["outside"]:
        away = Place("", "", "", head=False, starts=command["starts"], ends=command["ends"], kind=OUTSIDE)
        return _change(session, actor, command, lambda person: person.second(away))
    none_wrong("person.move", list(_misplaced([command], places)), zh="借调有误", en="the secondment has faults")
    to = replace(places.place(command), ends=command["ends"], kind=SECONDMENT)
    return _change(session, actor, command, lambda person: person.second(to))


def recall_person(session: Session, actor: Actor, command: LastDay) -> Row:
    """End the secondment with the last day given."""
    return _change(session, actor, command, lambda person: person.recall(command["last_day"]))


def correct_places(session: Session, actor: Actor, command: Correction) -> Row:
    """Put the whole history of a person right; what it was before stays in the audit trail, with the reason."""
    need(permissions.may_manage_organisation(actor))
    places, wanted = _Places(session, actor.bureau), command["assignments"]
    inside = [one for one in wanted if one["kind"] != OUTSIDE]
    none_wrong("person.move", list(_misplaced(inside, places)), zh="任职有误", en="the history has faults")
    history: list[Place] = []
    for one in wanted:
        outside = one["kind"] == OUTSIDE
        left = history[-1] if history else _NOWHERE
        held = replace(left, starts=one["starts"]) if outside else places.place(one)
        history.append(replace(held, ends=one["ends"], kind=one["kind"]))
    subject = f"{actor.bureau}/{command['person']}"
    audit(session, action="person.corrected", subject=subject, before={}, after={"reason": command["reason"]})
    return _change(session, actor, command, lambda person: person.corrected(history))


def change_person(session: Session, actor: Actor, command: Renaming) -> Row:
    """Give the person another name."""
    renamed = {"name": command["name"]}
    return _change(session, actor, command, lambda person: replace(person, **renamed, revision=person.revision + 1))


def list_persons(session: Session, actor: Actor, query: PersonQuery) -> Row:
    """List persons by the place they hold, today or on a day."""
    day, persons = query["on"] or today(), Persons(session, actor.bureau)
    page = persons.page(query, day)
    codes = [item["person"] for item in page["items"]]
    found, shown = persons.some(codes), _Shown(session, actor, day)
    return {**page, "items": [shown.document(found[code]) for code in codes]}


def get_person(session: Session, actor: Actor, query: PersonKey) -> Row:
    """Show one person with the places they held."""
    person = _known(Persons(session, actor.bureau).get(query["person"]), query["person"])
    return _Shown(session, actor, query["on"] or today()).document(person)


class _Shown:
    """Persons as documents: where they are on ``day``, and each place with what it was called when it began."""

    def __init__(self, session: Session, actor: Actor, day: date) -> None:
        self._names, self._day = Names(session, actor.bureau), day

    def document(self, person: Person) -> dict[str, Any]:
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


def _change(
    session: Session, actor: Actor, command: dict[str, Any], change: Callable[[Person], Person]
) -> dict[str, Any]:
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


class _Places:
    """Units and positions on the day of an entry, to say where its person is put."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._waiting = OrganisationHistory(session, bureau).waiting()
        self._known = cache(partial(known_on, session, bureau))

    def place(self, entry: Entry) -> Place:
        position = self._on(entry["starts"]).known_positions[entry["position"]]
        return Place(entry["unit"], position.line, position.position, position.head, entry["starts"])

    def fault(self, entry: Entry) -> tuple[str, str, str, str] | None:
        """Return (field, code, zh, en) where there is no such place."""
        known = self._on(entry["starts"])
        unit, position = known.known_units.get(entry["unit"]), known.known_positions.get(entry["position"])
        if unit is None or not unit.active:
            return "unit", "unit.unknown", f"没有单位 {entry['unit']}", f"there is no unit {entry['unit']}"
        if position is None:
            return "position", "position.unknown", f"没有岗位 {entry['position']}", "there is no such position"
        if not position.fits(unit):
            return (
                "position",
                "position.unit",
                f"{unit.name} 没有岗位“{position.title}”",
                "the unit has no such position",
            )
        return self._closing(entry)

    def _on(self, day: date) -> Organisation:
        return self._known(max(day, today()) if self._waiting else today())

    def _closing(self, entry: Entry) -> tuple[str, str, str, str] | None:
        ends = entry.get("ends")
        for one in self._waiting:
            closes = one.kind == "unit" and one.code == entry["unit"] and not one.state["active"]
            if closes and (ends is None or ends >= one.starts):
                return "unit", "unit.closing", f"该单位将于 {one.starts} 撤销", f"the unit is closed on {one.starts}"
        return None


def _misplaced(wanted: Iterable[Entry], places: _Places) -> Iterator[Entry]:
    for row, entry in enumerate(wanted):
        if fault := places.fault(entry):
            field, code, zh, en = fault
            yield {"row": row, "field": field, "code": code, "zh": zh, "en": en}


def _taken(wanted: list[Entry], persons: Persons) -> Iterator[Entry]:
    seen = set(persons.some(entry["person"] for entry in wanted))
    for row, entry in enumerate(wanted):
        if entry["person"] in seen:
            zh, en = f"人员编码 {entry['person']} 已存在", f"{entry['person']} exists already"
            yield {"row": row, "field": "person", "code": "person.exists", "zh": zh, "en": en}
        seen.add(entry["person"])
