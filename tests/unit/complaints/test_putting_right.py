"""Corrections and annulments go around nothing: who may not do a step puts none right, and a miss stays where it was recorded."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from services.complaints.domain.cases import Case
from services.complaints.domain.deadlines import deadlines
from services.complaints.domain.events import Event, told_by
from services.complaints.domain.figures import facts
from services.complaints.domain.history import Named, named_by
from services.complaints.domain.misses import moved_by
from services.complaints.domain.permissions import Place, may_move_miss, why_not_step
from services.complaints.domain.procedure import Recusal
from shared.actor import Actor
from shared.vocabulary.complaints import CASE_STEPS
from shared.vocabulary.refusals import Refused
from tests.support.histories import DAYS, case_of, day, event, lived, moment, registration
from tests.unit.complaints.test_every_cell import BUREAU, HOLDERS, NOW, Where, actor, case_in

PUTTING_RIGHT = ("correct", "annul")
ASSIGNED = lived([registration("10-12")], ("assign", "10-12", {"unit": "S01", "handler": "P2"}))
HEAD = actor("unit_head", unit="S01", person="P8")
CENTRE = actor("complaints_centre", person="P9")
INTAKE = actor("unit_head", unit="C01", person="P7")


def recorded(step: str, by: str = "somebody", person: str | None = None, **given: Any) -> Event:
    return Event(2, step, NOW, NOW, by, person, given)


def may_put_right(who: Actor, case: Case, event: Event, place: Place | None = None, before: Case | None = None) -> bool:
    answers = {why_not_step(who, one, case, place, Named(event, before or case)) is None for one in PUTTING_RIGHT}
    assert len(answers) == 1
    return answers.pop()


STANDINGS = {
    "as it is": {},
    "they worked on it": {"worked": frozenset({"P2", "P8", "P99", "P4", "P5", "P7"})},
    "they handle it": {"handler": "P8"},
    "they were replaced": {
        "recusals": tuple(Recusal(NOW, "consumer", one, NOW, granted=True) for one in ("P8", "P99", "P4"))
    },
}


@pytest.mark.parametrize("step", [one for one in CASE_STEPS if one not in PUTTING_RIGHT])
def test_nobody_puts_right_what_they_may_not_do(step: str) -> None:
    """For every role, kind of case and standing; but that whoever dispatches puts the dispatch right after it is done,
    and the centre what else nobody could."""
    for name, state in product(("case-complaint", "case-report", "case-association"), ("assigned", "concluded")):
        for changed in STANDINGS.values():
            case = replace(case_in(name, state), **changed)
            for who, place in HOLDERS.values():
                done = replace(case, unit=None, handler=None) if step in ("assign", "send_back") else case
                could = "assign" if step == "send_back" else step
                if step == "report_back" and case.organisation == "bureau" and who.has("complaints_centre"):
                    continue
                for by in ("somebody", who.account):
                    allowed = may_put_right(who, case, recorded(step, by, subject="P0"), place)
                    assert not allowed or why_not_step(who, could, done, place) is None, (step, who.grants)


@pytest.mark.parametrize("then", ["now", "before"])
def test_the_bar_of_a_step_holds_for_who_was_barred_when_it_was_taken(then: str) -> None:
    case = case_in("case-complaint", "concluded")
    own = replace(case, handler="P8")
    told = (own, case) if then == "now" else (case, own)
    for step in ("extend", "allow_late", "find_fault", "follow_up"):
        assert not may_put_right(HEAD, told[0], recorded(step, HEAD.account, subject="P0"), BUREAU, before=told[1])
    open_ = replace(case, recusals=(Recusal(NOW, "consumer", "P8"),))
    assert not may_put_right(HEAD, case, recorded("decide_recusal"), BUREAU, before=open_)


def test_what_is_found_against_a_head_stays_however_it_is_named() -> None:
    history = lived(
        ASSIGNED, ("accept", "10-13"), ("conclude", "10-14", {"outcome": "settled"}), ("find_fault", "10-15", {"subject": "P8", "grave": True})
    )  # fmt: skip
    annulled = lived(history, ("annul", "10-16", {"event": 5}))
    for told, number in ((history, 5), (annulled, 6)):
        named = named_by("c1", told, number)
        assert named is not None
        assert named.step == "find_fault"
        assert why_not_step(HEAD, "annul", case_of(told), BUREAU, named) is not None
        assert why_not_step(CENTRE, "annul", case_of(told), None, named) is None
        found = replace(CENTRE, person="P8")
        assert why_not_step(found, "annul", case_of(told), None, named) is not None, "not even as the centre"


@pytest.mark.parametrize("step", ["follow_up", "supervise", "pass_archive", "approve_reward", "find_fault"])
def test_what_was_decided_from_above_is_not_undone_from_below(step: str) -> None:
    case = case_in("case-complaint", "concluded")
    assert not may_put_right(HEAD, case, recorded(step, "centre", "P1", subject="P0"), BUREAU)
    assert may_put_right(CENTRE, case, recorded(step, "centre", "P1", subject="P0"))
    own = recorded(step, HEAD.account, HEAD.person, subject="P0")
    assert may_put_right(HEAD, case, own, BUREAU), "their own they take back"


@pytest.mark.parametrize("step", ["register", "assign"])
def test_only_who_dispatches_moves_a_dispatch(step: str) -> None:
    case = case_in("case-complaint", "assigned")
    assert not may_put_right(HEAD, case, recorded(step, HEAD.account, HEAD.person), BUREAU)
    assert may_put_right(CENTRE, case, recorded(step))
    assert may_put_right(INTAKE, case, recorded(step), Where("C01", "centre"))


@pytest.mark.parametrize("step", ["send_back", "report_back", "take_up", "answer_supervision", "return_transfer"])
@pytest.mark.parametrize("unit", [None, "S01", "S02"])
def test_nothing_is_put_right_by_nobody(step: str, unit: str | None) -> None:
    case = replace(case_in("case-complaint", "assigned" if unit else "registered"), unit=unit, handler=None)
    other = actor("unit_head", unit="S02", person="P5")
    asked = {"S01": (HEAD, BUREAU), "S02": (other, Where("S02", "station")), "centre": (CENTRE, None)}
    able = {name for name, (who, place) in asked.items() if may_put_right(who, case, recorded(step), place)}
    assert able == {unit if unit and step in ("take_up", "answer_supervision") else "centre"}


def test_a_case_that_was_sent_back_is_brought_back_by_who_dispatches_not_by_who_got_it_next() -> None:
    case = replace(case_in("case-complaint", "assigned"), unit="S01")
    assert not may_put_right(HEAD, case, recorded("send_back", "head.S02", "P5"), BUREAU)
    assert may_put_right(INTAKE, case, recorded("send_back", "head.S02", "P5"), Where("C01", "centre"))


def test_who_is_urged_takes_no_urging_back() -> None:
    case = replace(case_in("case-complaint", "assigned"), handler="P9")
    assert not may_put_right(CENTRE, case, recorded("supervise", "other"))


def missed(history: list[Event]) -> tuple[str | None, str | None, int]:
    (fact,) = [one for one in facts(case_of(history), DAYS) if one.figure == "accepted_in_time"]
    return fact.unit, fact.person, int(fact.numerator)


ELSEWHERE = {"unit": "S02", "handler": "P3"}


@pytest.mark.parametrize(
    "entry",
    [
        ("correct", "11-20", {"event": 2, "changes": ELSEWHERE, "at": None}),
        ("correct", "10-21 16:00", {"event": 2, "changes": ELSEWHERE, "at": None}),
        ("correct", "11-20", {"event": 2, "changes": {}, "at": moment("10-22")}),
        ("annul", "11-20", {"event": 2}),
    ],
)
def test_a_missed_deadline_is_moved_by_no_correction(entry: Any) -> None:
    assert missed(ASSIGNED) == ("S01", "P2", 0)
    assert missed(lived(ASSIGNED, entry)) == ("S01", "P2", 0)


@pytest.mark.parametrize("step", ["assign", "send_back"])
def test_who_missed_it_tells_of_no_other_holder_by_a_late_entry(step: str) -> None:
    """Told late it counts as told in time; so only who dispatches may, and nobody who answers for the miss."""
    case, said = case_of(ASSIGNED), ELSEWHERE if step == "assign" else {}
    late = event(3, step, "10-20", said, recorded=moment("10-24"))
    (miss,) = moved_by(late, case, case_of([*ASSIGNED, late]), DAYS)
    assert (miss.unit, miss.handler) == ("S01", "P2")
    both = actor("complaints_centre", person="P2")
    own = replace(case, intake_unit="S01")
    for who, of, allowed in (
        (CENTRE, case, True),
        (INTAKE, case, True),
        (HEAD, case, False),
        (HEAD, own, False),
        (both, case, False),
    ):
        assert may_move_miss(who, of, None, miss.unit, miss.handler) is allowed
    assert missed([*ASSIGNED, late]) == (("S02", "P3", 0) if step == "assign" else ("C01", None, 0))


@pytest.mark.parametrize("when", ["10-20", "10-24"])
def test_a_dispatch_that_moves_no_miss_is_anybodys_as_before(when: str) -> None:
    soon = event(3, "assign", when, ELSEWHERE, recorded=moment("10-20" if when == "10-20" else "10-24"))
    assert not list(moved_by(soon, case_of(ASSIGNED), case_of([*ASSIGNED, soon]), DAYS))


def test_what_was_put_right_before_its_last_day_counts_as_it_should_have_been() -> None:
    right = lived(ASSIGNED, ("correct", "10-20", {"event": 2, "changes": ELSEWHERE, "at": None}))
    assert missed(right) == ("S02", "P3", 0)
    assert missed(lived(right, ("correct", "11-20", {"event": 2, "changes": {"unit": "S01"}, "at": None})))[0] == "S02"


def test_a_case_that_was_registered_after_its_last_day_lies_with_whom_it_is_said_to() -> None:
    late = [replace(one, recorded_at=moment(f"11-20 {9 + one.number}:00")) for one in ASSIGNED]
    assert missed(late) == ("S01", "P2", 0)


def test_urging_by_the_clock_counts_with_who_missed_it() -> None:
    passed_on = lived(ASSIGNED, ("assign", "10-21 15:00", {"unit": "S02", "handler": "P3"}))
    automatic = {"automatic": True, "clock": "accept", "due": day("10-21")}
    urged = lived(passed_on, ("supervise", "10-22 00:01", automatic))
    (fact,) = [one for one in facts(case_of(urged), DAYS) if one.figure == "supervised_automatically"]
    assert (fact.unit, fact.person, fact.day) == ("S01", "P2", day("10-22"))


def test_a_corrected_time_is_as_late_as_its_correction() -> None:
    late = lived(ASSIGNED, ("accept", "10-22"))
    right = lived(late, ("correct", "11-29", {"event": 3, "changes": {}, "at": moment("10-21")}))
    assert deadlines(case_of(right), DAYS)[0].kept
    marked = [one.backdated for one in facts(case_of(right), DAYS) if one.figure == "accepted_in_time"]
    assert marked == [True]
    said = told_by(right[-1], right)
    assert (said.name, said.recorded_at, said.happened_at) == ("accept", moment("11-29"), moment("10-21"))
    soon = lived(late, ("correct", "10-23", {"event": 3, "changes": {}, "at": moment("10-21")}))
    assert not any(one.backdated for one in facts(case_of(soon), DAYS))


@pytest.mark.parametrize(
    "said",
    [
        {"event": 1, "changes": {"trader": "z"}, "at": moment("10-11")},
        {"event": 3, "changes": {}, "at": moment("10-11")},
    ],
)
def test_neither_a_registrations_nor_a_corrections_time_is_put_right(said: Any) -> None:
    corrected = lived(ASSIGNED, ("correct", "10-13", {"event": 1, "changes": {"trader": "z"}, "at": None}))
    with pytest.raises(Refused) as refused:
        lived(corrected, ("correct", "10-14", said))
    assert refused.value.refusals[0].code == "case.correct"
