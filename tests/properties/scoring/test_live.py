"""After any sequence of changes the standing in memory is what a full recomputation gives."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scoring.domain.frame import LAYERS, Frame
from services.scoring.kernel.answers import all_rows, bureau_row
from services.scoring.kernel.bureau import Result, composed_result
from services.scoring.kernel.live import Live
from tests.oracle.worlds import small_bureau
from tests.unit.scoring.inputs import dossier, frame_of, score_world

VETO = {"veto": "V1", "indicator": "01-01-01", "reason": "查实"}


def _points(frame: Frame, items: Mapping[str, Mapping[str, str | None]]) -> dict[str, list[int]]:
    def hundredths(text: str | None) -> int:
        return -1 if text is None else int(text.replace(".", ""))

    return {
        one.code: [hundredths(items[one.code][item.indicator]) for item in frame.items_of(one)]
        for one in frame.subjects
    }


def with_floor(world: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the world with a least score for the list that some of its people reach."""
    return {**world, "cycle": {**world["cycle"], "commend_from": seed % 4 * 15}}


def _live(world: dict[str, Any]) -> Live:
    frame = frame_of(world)
    vetoes = {code: list(dossier(world, code)["vetoes"]) for code in frame.by_code}
    return Live(frame, _points(frame, score_world(world)[1]), vetoes)


def _anew(live: Live) -> Live:
    points = {one.code: live.points(one.code) for one in live.frame.subjects}
    return Live(live.frame, points, live.vetoes)


def _changes(live: Live, random: Random, count: int) -> Sequence[tuple[str, str, int]]:
    subjects = [one for one in live.frame.subjects if live.frame.items_of(one)]
    for _ in range(count):
        subject = random.choice(subjects)
        item = random.choice(live.frame.items_of(subject))
        most = int(item.full * 100)
        yield subject.code, item.indicator, random.choice([-1, 0, most, random.randint(0, most)])


def test_the_standing_of_given_points_is_that_of_the_kernel() -> None:
    for seed in range(40):
        world = with_floor(small_bureau(Random(seed)), seed)
        live, scoring = _live(world), score_world(world)[0]
        assert all_rows(live.frame, live.result(), live.vetoes) == scoring.rows
        assert bureau_row(live.frame.model, live.result()) == scoring.bureau


@given(st.integers(0, 2**32), st.integers(1, 40))
@settings(max_examples=150)
def test_after_any_sequence_of_changes_all_is_as_if_reckoned_anew(seed: int, count: int) -> None:
    random = Random(seed)
    live = _live(with_floor(small_bureau(random), seed))
    for subject, indicator, points in _changes(live, random, count):
        live.change(subject, indicator, points)
        if random.random() < 0.3:
            live.row(random.choice(live.frame.subjects).code)  # asked in between: settles some of it
        if random.random() < 0.1:
            live.strike(subject, random.choice([[], [VETO]]))
    anew = _anew(live)
    assert all_rows(live.frame, live.result(), live.vetoes) == all_rows(anew.frame, anew.result(), anew.vetoes)
    assert bureau_row(live.frame.model, live.result()) == bureau_row(anew.frame.model, anew.result())


@given(st.integers(0, 2**32), st.integers(0, 25))
@settings(max_examples=150)
def test_a_row_asked_alone_is_the_row_of_the_whole_list(seed: int, count: int) -> None:
    random = Random(seed)
    live = _live(with_floor(small_bureau(random), seed))
    for change in _changes(live, random, count):
        live.change(*change)
    whole = {row["subject"]: row for row in all_rows(live.frame, live.result(), live.vetoes)}
    assert {row["layer"] for row in whole.values()} <= set(LAYERS)
    assert {code: live.row(code) for code in whole} == whole


def test_a_change_to_the_same_points_or_of_what_is_no_item_changes_nothing() -> None:
    live = _live(small_bureau(Random(5)))
    subject = next(one for one in live.frame.subjects if live.frame.items_of(one))
    result: Result = live.result()
    assert not live.change(subject.code, live.frame.items_of(subject)[0].indicator, live.points(subject.code)[0])
    assert not live.change(subject.code, "99-99-99", 100)
    assert live.result() is result
    assert (
        composed_result(live.sheets, live.organisation, live.rules, result.finals < -1).finals.tolist()
        == result.finals.tolist()
    )


def test_whoever_is_not_scored_is_unknown() -> None:
    with pytest.raises(KeyError):
        _live(small_bureau(Random(5))).change("X99", "01-01-01", 100)
