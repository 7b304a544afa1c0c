"""Whatever is done to a person's places: one at a time, in order, and what was before a change stays as it was."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.targets.domain.persons import OUTSIDE, SECONDMENT, Person, Place, check_places
from shared.vocabulary.refusals import Refused

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))
UNITS = st.sampled_from(["D01", "D02", "S01", "S02"])


def place(unit: str, starts: date, ends: date | None = None, kind: str = "post") -> Place:
    return Place(unit, "access", f"{unit}-02", head=False, starts=starts, ends=ends, kind=kind)


STEPS = st.one_of(
    st.tuples(st.just("move"), UNITS, DAYS),
    st.tuples(st.just("second"), UNITS, DAYS, st.integers(0, 200) | st.none(), st.booleans()),
    st.tuples(st.just("recall"), DAYS),
    st.tuples(st.just("depart"), DAYS),
    st.tuples(st.just("position"), UNITS, DAYS),
)


def done(person: Person, step: tuple) -> tuple[Person, date]:
    """The person after the step, and the day from which it changes anything."""
    match step:
        case ("move", unit, starts):
            return person.move(place(unit, starts)), starts
        case ("second", unit, starts, days, outside):
            ends = None if days is None else starts + timedelta(days=days)
            return person.second(place(unit, starts, ends, OUTSIDE if outside else SECONDMENT)), starts
        case ("recall", last):
            away = [one.ends for one in person.places if one.is_away and one.ends and one.starts <= last]
            return person.recall(last), min([last, *away]) + timedelta(days=1)
        case ("depart", last):
            return person.depart(last), min(last, person.places[-1].ends or last) + timedelta(days=1)
        case (_, unit, since):
            return person.with_position(f"{unit}-02", "routine_supervision", head=True, since=since), since


@given(st.lists(STEPS, max_size=8))
@settings(max_examples=400, deadline=None)
def test_places_never_overlap_and_the_past_stays(steps):
    person = Person("P1", "甲", (place("D01", FIRST),))
    for step in steps:
        try:
            after, changed_from = done(person, step)
        except Refused:
            continue
        check_places(after.places)
        assert all(one.ends < two.starts for one, two in pairwise(after.places))
        for day in (FIRST + timedelta(days=days) for days in range(0, 900, 7)):
            held = [one for one in after.places if one.holds_on(day)]
            assert len(held) <= 1
            assert after.place_on(day) == (held[0] if held else None)
            if day < changed_from:
                before = person.place_on(day)
                assert _where(after.place_on(day)) == _where(before)
        assert after.revision == person.revision + (after is not person)
        person = after


def _where(one: Place | None) -> tuple | None:
    return None if one is None else (one.unit, one.line, one.position, one.head, one.kind)


def test_who_is_outside_counts_at_the_post_they_left():
    person = Person("P1", "甲", (place("D01", FIRST),)).second(place("", date(2024, 6, 1), None, OUTSIDE))
    assert person.nearest_place(date(2024, 7, 1)).unit == "D01"
    assert [one.kind for one in person.counted_places] == ["post"]
