"""From ranking to list: every step kept, nobody chosen against the rules."""

from typing import Any

import pytest

from services.scoring.domain.selection import Entry, final_steps, first_steps
from shared.vocabulary.refusals import Refused

QUOTA = {"percent": 40, "ranked": 10, "places": 4, "nominated": 2, "struck": 1, "tied": 3}
VETO = {"veto": "v1", "indicator": "01-03-05", "reason": "瞒报虚报"}


def row(subject: str, rank: int | None, **flags: Any) -> dict[str, Any]:
    plain = {"nominated": False, "struck": False, "tied": False, "vetoes": []}
    own = {"subject": subject, "layer": "person", "rank": rank, **plain, **flags}
    return {**own, "commended": own["nominated"] and not own["struck"]}


ROWS = [
    row("P1", 1, nominated=True),
    row("P2", 2, nominated=True, struck=True, vetoes=[VETO]),
    row("P3", 3, tied=True),
    row("P4", 3, tied=True),
    row("P5", 3, tied=True, vetoes=[VETO]),
    row("P6", None),
]


def steps(entries: list[Entry]) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for one in entries:
        found.setdefault(one.step, []).append((one.subject, one.place))
    return found


def test_nominated_struck_and_tied_are_kept_with_their_reasons() -> None:
    entries = first_steps(ROWS, {"person": QUOTA})
    assert steps(entries) == {
        "nominated": [("P1", 1), ("P2", 2)],
        "struck": [("P2", 2)],
        "tied": [("P3", 3), ("P4", 3), ("P5", 3)],
    }
    reasons = {(one.step, one.subject): one.reason for one in entries}
    assert reasons["struck", "P2"] == "01-03-05 瞒报虚报"
    assert reasons["nominated", "P1"] == "第 1 名，10 个对象中取 4 名"


def test_without_a_choice_the_list_is_the_nominated_less_the_struck() -> None:
    assert steps(final_steps(ROWS, QUOTA, {})) == {"final": [("P1", 1)]}


def test_the_panel_chooses_among_the_tied_and_equal_ranks_share_a_place() -> None:
    entries = final_steps(ROWS, QUOTA, {"P4": "基层一线", "P3": "专业类更高"})
    assert steps(entries) == {"chosen": [("P3", 3), ("P4", 3)], "final": [("P1", 1), ("P3", 2), ("P4", 2)]}
    assert [one.reason for one in entries if one.step == "chosen"] == ["专业类更高", "基层一线"]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"P1": "好"}, "selection.not_tied"),
        ({"P9": "好"}, "selection.not_tied"),
        ({"P5": "好"}, "selection.vetoed"),
        ({"P3": " "}, "reason.required"),
    ],
)
def test_who_may_not_be_chosen_is_refused(chosen: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as wrong:
        final_steps(ROWS, QUOTA, chosen)
    assert wrong.value.refusals[0].code == code


def test_no_more_are_chosen_than_places_are_left_and_a_struck_place_is_not_passed_on() -> None:
    full = {**QUOTA, "places": 3}  # two nominated, of whom one was struck: one place is left, not two
    with pytest.raises(Refused) as wrong:
        final_steps(ROWS, full, {"P3": "甲", "P4": "乙"})
    assert wrong.value.refusals[0].code == "selection.full"
