"""A case is the fold of its events: whatever the order of entry, the same things said give the same case, clocks and figures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.complaints.domain.cases import Case
from services.complaints.domain.deadlines import deadlines
from services.complaints.domain.events import Event, effective
from services.complaints.domain.figures import facts
from services.complaints.domain.history import add
from services.complaints.storage.events import plain, typed
from shared.jsontext import dumps, loads
from shared.vocabulary.refusals import Refused
from tests.support.case_lives import lives
from tests.support.histories import DAYS, case_of, day, event, lived, moment, registration

KEPT = {"accepted_in_time", "concluded_in_time", "reports_verified_in_time", "report_result_told_in_time"}


def without_recording(case: Case) -> Case:
    """Who was late in recording is shown, and is all that differs."""
    return replace(case, backdated=frozenset(), rewritten=())


def judged(history: Sequence[Event]) -> tuple[Any, ...]:
    case = case_of(history)
    counted = [replace(one, backdated=False) for one in facts(case, DAYS)]
    return without_recording(case), deadlines(case, DAYS, today=day("12-01")), counted


def but_for_misses(history: Sequence[Event]) -> tuple[Any, ...]:
    """What the case is, but for who answers for a miss: with a dispatch that was put right that is who had it on record."""
    case, clocks, counted = judged(history)
    return (
        case,
        [one if one.kept else replace(one, unit=None, handler=None) for one in clocks],
        [replace(one, unit="", person=None) if one.figure in KEPT and not one.numerator else one for one in counted],
    )


def misses(history: Sequence[Event]) -> dict[tuple[str, Any], tuple[str | None, str | None]]:
    clocks = deadlines(case_of(history), DAYS, today=day("12-01"))
    return {(one.name, one.due): (one.unit, one.handler) for one in clocks if one.state in ("late", "overdue")}


@settings(max_examples=60, deadline=None)
@given(lives(), st.data())
def test_nothing_that_is_put_right_moves_a_miss_to_somebody_else(history: list[Event], data: st.DataObject) -> None:
    assume(any(one.name in ("assign", "send_back") for one in history))
    named = data.draw(st.sampled_from([one for one in history if one.name in ("assign", "send_back")]))
    elsewhere = {"event": named.number, "changes": {"unit": "S09", "handler": "P9"}, "at": None}
    entries = [
        event(len(history) + 1, "annul", "12-01", {"event": named.number}),
        event(len(history) + 1, "correct", "12-01", elsewhere),
    ]
    try:
        grown = add("c1", history, data.draw(st.sampled_from(entries)), DAYS)
    except Refused:
        assume(False)
    before, after = misses(history), misses(grown)
    assert {one: after[one] for one in after if one in before} == {one: before[one] for one in before if one in after}


@settings(max_examples=150, deadline=None)
@given(lives(), st.data())
def test_an_event_inserted_late_gives_what_entering_it_in_time_would_have_given(
    history: list[Event], data: st.DataObject
) -> None:
    assume(len(history) > 2)
    late = data.draw(st.sampled_from(history[1:]))
    rest = [one for one in history if one is not late]
    again = replace(late, number=max(one.number for one in history) + 1, recorded_at=moment("12-01"))
    try:
        grown = add("c1", rest, again, DAYS)
    except Refused:
        assume(False)  # without it what came next could not have happened, so it is no late entry
    assert judged(grown) == judged(history)


@settings(max_examples=60, deadline=None)
@given(lives(), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(history: list[Event], dice: Any) -> None:
    shuffled = history[1:]
    dice.shuffle(shuffled)
    renumbered = [replace(one, number=number) for number, one in enumerate([history[0], *shuffled], start=1)]
    assert judged(renumbered) == judged(history)


@settings(max_examples=60, deadline=None)
@given(lives(), st.data())
def test_what_is_annulled_never_was_and_what_annuls_can_be_annulled(history: list[Event], data: st.DataObject) -> None:
    assume(len(history) > 1)
    wrong = data.draw(st.sampled_from(history[1:]))
    annulment = event(len(history) + 1, "annul", "12-01", {"event": wrong.number})
    try:
        grown = add("c1", history, annulment, DAYS)
    except Refused:
        assume(False)  # later steps rest on it
    assert but_for_misses(grown) == but_for_misses([one for one in history if one is not wrong])
    restored = add("c1", grown, event(len(grown) + 1, "annul", "12-01", {"event": annulment.number}), DAYS)
    assert judged(restored) == judged(history)


@settings(max_examples=60, deadline=None)
@given(lives())
def test_a_history_reads_from_the_database_as_it_was_written(history: list[Event]) -> None:
    stored = [replace(one, given=typed(loads(dumps(plain(one.given))))) for one in history]
    assert judged(stored) == judged(history)


def test_a_correction_takes_the_place_of_what_was_wrong() -> None:
    wrong = lived([registration("06-01")], ("assign", "06-01", {"unit": "S01"}), ("accept", "06-11"))
    said = {"event": 3, "changes": {}, "at": moment("06-09")}
    right = case_of(lived(wrong, ("correct", "06-20", said)))
    assert right.decided_at == moment("06-09")
    assert [one.name for one in effective(lived(wrong, ("correct", "06-20", said)))] == ["register", "assign", "accept"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"event": 9, "changes": {"unit": "S02"}}, "case.no_event"),
        ({"event": 2, "changes": {"outcome": "settled"}}, "case.correct"),
        ({"event": 2, "changes": {}}, "case.correct"),
        ({"event": 3, "changes": {}, "at": moment("2026-12-24")}, "case.future"),
        ({"event": 3, "changes": {}, "at": moment("05-30")}, "case.order"),
        ({"event": 1, "changes": {"kind": "report"}}, "case.follows"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(said: dict[str, Any], code: str) -> None:
    history = lived([registration("06-01")], ("assign", "06-01", {"unit": "S01"}), ("accept", "06-11"))
    with pytest.raises(Refused) as refused:
        lived(history, ("correct", "06-20", said))
    assert refused.value.refusals[0].code == code


def test_a_case_entered_by_mistake_is_voided_and_counts_nowhere() -> None:
    voided = lived([registration("06-01")], ("annul", "06-02", {"event": 1}))
    case = case_of(voided)
    assert (case.status, facts(case, DAYS), deadlines(case, DAYS)) == ("voided", [], [])
    with pytest.raises(Refused):
        lived(voided, ("accept", "06-03"))


def due_days(history: Sequence[Event]) -> Iterator[tuple[datetime, str | None]]:
    for one in deadlines(case_of(history), DAYS):
        if one.due:
            yield moment(f"{one.due}"), one.unit


def test_a_miss_stays_with_who_held_the_case_on_the_due_day_whoever_has_it_later() -> None:
    assigned = lived([registration("10-12")], ("assign", "10-12", {"unit": "S01", "handler": "P2"}))
    missed = lived(assigned, ("assign", "11-20", {"unit": "S02", "handler": "P3"}))
    (fact,) = [one for one in facts(case_of(missed), DAYS) if one.figure == "accepted_in_time"]
    assert (fact.day, fact.unit, fact.person, fact.numerator) == (day("10-21"), "S01", "P2", 0)
    on_the_day = lived(assigned, ("assign", "10-21 16:00", {"unit": "S02", "handler": "P3"}))
    assert dict(due_days(on_the_day))[moment("10-21")] == "S01", "who passes it on that day still answers for it"
    kept = lived(on_the_day, ("accept", "10-21 17:00"))
    assert dict(due_days(kept))[moment("10-21")] == "S02", "who keeps it has the merit"


def test_a_restart_does_not_wipe_what_was_missed_before_it() -> None:
    missed = lived([registration("04-20", "report")], ("restart", "05-20"))
    counted = [(one.day, one.numerator) for one in facts(case_of(missed), DAYS)]
    assert counted[0] == (day("05-13"), 0)
    in_time = lived([registration("04-20", "report")], ("restart", "05-12"))
    assert [one.day for one in facts(case_of(in_time), DAYS)] == [day("06-02")]


@pytest.mark.parametrize(("withdrawn", "missed"), [("06-10", 0), ("06-11", 1)])
def test_a_withdrawal_ends_the_clock_but_not_what_it_missed(withdrawn: str, missed: int) -> None:
    history = lived([registration("06-01")], ("withdraw", withdrawn))
    assert case_of(history).status == "withdrawn"
    assert len([one for one in facts(case_of(history), DAYS) if one.figure == "accepted_in_time"]) == missed


def test_who_was_not_satisfied_is_called_once_more() -> None:
    concluded = lived([registration("06-01")], ("accept", "06-02"), ("conclude", "06-20", {"outcome": "settled"}))
    cross = {"answered": True, "satisfaction": "dissatisfied"}
    once = lived(concluded, ("follow_up", "06-22", cross))
    with pytest.raises(Refused):
        lived(once, ("follow_up", "06-25", cross))
    again = lived(once, ("redo", "06-24"))
    twice = lived(again, ("follow_up", "06-25", cross))
    with pytest.raises(Refused):
        lived(twice, ("follow_up", "06-26", cross))
    with pytest.raises(Refused):
        lived(
            concluded, ("follow_up", "06-22", {"answered": True, "satisfaction": "fair"}), ("follow_up", "06-23", cross)
        )
