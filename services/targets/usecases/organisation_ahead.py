"""The organisation of days to come: what units, positions and persons will be, told beforehand, and brought about by the clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from services.targets.domain import permissions
from services.targets.domain.persons import Person
from services.targets.domain.units import Position, Unit
from services.targets.storage.organisation_history import OrganisationHistory, State, Waiting
from services.targets.storage.persons import Persons
from services.targets.storage.scheduled import bureaus_due
from services.targets.storage.units import Bureaus, Positions, Units
from services.targets.usecases.guards import need
from services.targets.usecases.staff_import import follow_positions
from services.targets.usecases.states import person_state, unit_state
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.organisation import ScheduledKey
from shared.contracts.targets.commands.shapes import Empty
from shared.database import Row, Session
from shared.errors import Conflict, NotFound
from shared.recording import audit, record, record_all

_AT_ONCE = 500
_DAY = timedelta(days=1)


def due(session: Session) -> list[str]:
    """Return bureaus in which something becomes another today, or became so while nobody looked."""
    return bureaus_due(session, today())


def turn(session: Session, actor: Actor) -> bool:
    """Bring about what is due in the actor's bureau; True where more is left for another transaction."""
    Bureaus(session).lock(actor.bureau)
    bring_about_due(session, actor)
    return _tell_where_persons_are(session, actor)


def bring_about_due(session: Session, actor: Actor) -> None:
    """Bring about what units and positions are from today on, or from a day that has passed; the bureau is locked."""
    history = OrganisationHistory(session, actor.bureau)
    for waiting in history.waiting(today(), lock=True):
        _bring_about(session, actor, waiting)
        history.put_in_force(waiting)


def list_scheduled(session: Session, actor: Actor, _query: Empty) -> Row:
    """List what is known of days to come, by day: the cells that change, each with what stands there before."""
    need(permissions.may_see_scheduled(actor))
    items = [*_waiting(session, actor), *_movements(session, actor)]
    return {"items": sorted(items, key=lambda one: (one["starts"], one["kind"], one["code"])), "next": None}


def withdraw_scheduled(session: Session, actor: Actor, command: ScheduledKey) -> Row:
    """Withdraw the change of that day, which is not to come about."""
    need(permissions.may_manage_organisation(actor))
    Bureaus(session).lock(actor.bureau)
    if command["kind"] == "person":
        _keep_in_place(session, actor, command["code"], command["starts"])
    else:
        _withdraw(session, actor, command)
    return list_scheduled(session, actor, {})


def _bring_about(session: Session, actor: Actor, waiting: Waiting) -> None:
    bureau, by = actor.bureau, waiting.by
    if waiting.kind == "unit":
        unit = Units(session, bureau).get(waiting.code)
        became = Unit(**waiting.state, revision=unit.revision + 1 if unit else 1, by=by)
        Units(session, bureau).save([became])
        record(session, unit_state(bureau, became), unit_state(bureau, unit) if unit else None)
        return
    known = Positions(session, bureau).all().get(waiting.code)
    position = Position(**waiting.state, revision=known.revision + 1 if known else 1)
    Positions(session, bureau).save([position])
    before = vars(known) if known else {}
    subject = f"{bureau}/{waiting.code}"
    audit(session, action="position.changed", subject=subject, before=before, after=vars(position))
    if known:
        follow_positions(session, actor, [position], waiting.starts)


def _tell_where_persons_are(session: Session, actor: Actor) -> bool:
    """The others hear of a place on the day it begins, and of one who left on the day after."""
    persons, day = Persons(session, actor.bureau), today()
    turning = persons.turning(day, _AT_ONCE)
    changed = [
        (replace(now, revision=person.revision + 1), told)
        for person, told_on in turning.values()
        for now, told in [(person.as_of(day), person_state(actor.bureau, person, told_on))]
        if person_state(actor.bureau, now, day) != told
    ]
    persons.save([now for now, _ in changed])
    persons.note_told(list(turning), day)
    record_all(session, ((person_state(actor.bureau, now, day), told) for now, told in changed))
    return len(turning) == _AT_ONCE


def _waiting(session: Session, actor: Actor) -> Iterator[Row]:
    history = OrganisationHistory(session, actor.bureau)
    for one in history.waiting():
        before = history.on(one.kind, one.starts - _DAY, only_existing=True).get(one.code, {})
        said = {"kind": one.kind, "code": one.code, "starts": one.starts, "by": one.by}
        yield {
            **said,
            "name": before.get(_NAMES[one.kind]) or one.state[_NAMES[one.kind]],
            **_changes(before, one.state),
        }


_NAMES = {"unit": "name", "position": "title"}


def _movements(session: Session, actor: Actor) -> Iterator[Row]:
    persons = Persons(session, actor.bureau)
    for person in persons.some(persons.changing_after(today())).values():
        for day in _turns(person):
            before, after = (_place(person, one) for one in (day - _DAY, day))
            said = {"kind": "person", "code": person.person, "name": person.name, "starts": day, "by": person.by}
            yield {**said, **_changes(before, after)}


def _turns(person: Person) -> Iterable[date]:
    begun = {place.starts for place in person.places}
    left = {place.ends + _DAY for place in person.places if place.ends is not None}
    return sorted(day for day in begun | left if day > today())


def _place(person: Person, day: date) -> State:
    place = person.place_on(day)
    names = ("unit", "position", "line", "head", "kind")
    return {name: getattr(place, name) for name in names} if place else dict.fromkeys(names)


def _changes(before: State, after: State) -> Row:
    names = [name for name in after if before.get(name) != after[name]]
    return {"changes": [{"field": name, "before": before.get(name), "after": after[name]} for name in names]}


def _withdraw(session: Session, actor: Actor, key: ScheduledKey) -> None:
    history = OrganisationHistory(session, actor.bureau)
    of_code = [one for one in history.waiting(lock=True) if (one.kind, one.code) == (key["kind"], key["code"])]
    found = next((one for one in of_code if one.starts == key["starts"]), None)
    if found is None:
        raise NotFound("scheduled.unknown", zh="没有这一预定变动", en="nothing of that kind waits for that day")
    if found is not of_code[-1]:  # the later one was made on top of it
        zh, en = "请先撤回更晚的预定变动", "a later change waits: withdraw that first"
        raise Conflict("scheduled.order", zh=zh, en=en)
    history.withdraw(found)
    subject = f"{actor.bureau}/{found.code}/{found.starts}"
    audit(session, action=f"{found.kind}.withdrawn", subject=subject, before=found.state, after={})


def _keep_in_place(session: Session, actor: Actor, code: str, starts: date) -> None:
    persons = Persons(session, actor.bureau)
    before = persons.get(code, lock=True)
    if before is None:
        raise NotFound("person.unknown", zh=f"没有人员 {code}", en=f"there is no person {code}")
    if starts <= today():
        raise Conflict("scheduled.past", zh="已经生效，请用更正", en="that day has come: correct the places instead")
    after = replace(before.without(starts), by=actor.account).as_of(today())
    persons.save([after])
    record(session, person_state(actor.bureau, after, today()), person_state(actor.bureau, before, today()))


def schedule(
    session: Session, actor: Actor, units: Sequence[Unit], positions: Sequence[Position], starts: date
) -> None:
    """Note what units and positions will be from a day to come."""
    history = OrganisationHistory(session, actor.bureau)
    for kind, found in (("unit", units), ("position", positions)):
        states = {getattr(one, kind): state_of(one) for one in found}
        history.save(kind, states.items(), starts, actor.account, in_force=False)
        for code, state in states.items():
            subject = f"{actor.bureau}/{code}/{starts}"
            audit(session, action=f"{kind}.scheduled", subject=subject, before={}, after=state)


def state_of(one: Unit | Position) -> State:
    return {name: value for name, value in vars(one).items() if name not in ("revision", "by")}
