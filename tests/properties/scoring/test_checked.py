"""What spot checks leave open, on cases small enough to be computed by hand."""

from typing import Any

import pytest

from services.scoring.analysis.checks import Checked, Stratum, Unseen, checked_of
from services.scoring.analysis.doubt import Doubted, seat_probabilities
from tests.properties.scoring.test_doubt import SURE, VOTED, two, year

DRAWS = 1500


def listed(item: str, verdict: str | None = None, check: str = "C1", **more: Any) -> dict[str, Any]:
    about = {"kind": "declaration", "item": item, "stratum": "all", "certain": False, "verdict": verdict, "lost": None}
    return {**about, "spot_check": check, **more}


def told(subject: str, *facts: str, status: str = "assessed") -> dict[str, Any]:
    own = [
        {"kind": "declaration", "fact": one, "indicator": VOTED, "status": status, "not_applicable": False}
        for one in facts
    ]
    return {"subject": subject, "facts": own}


def seats(checked: Checked, people: tuple[float, float], layer: str = "person") -> dict[str, float]:
    base = year(two(), people)
    return seat_probabilities(Doubted(base.frame, base.points, {}, SURE, checked), layer, draws=DRAWS, seed=1)


def test_what_was_looked_at_is_known_and_of_the_rest_each_stratum_tells_what_to_expect() -> None:
    found = [listed("a", "confirmed"), listed("b", "false", lost="0.5"), listed("c"), listed("d"), listed("gone")]
    checked = checked_of(found, [told("P1", "a", "c", "d"), told("P2", "b", "elsewhere")])
    assert checked.strata == (Stratum(2, 1, [0.5], 2),)
    assert checked.unseen == (Unseen("P1", VOTED, 0, 2, 3),)


def test_what_was_chosen_tells_nothing_of_the_others_and_what_one_check_saw_no_other_leaves_open() -> None:
    found = [listed("a"), listed("b"), listed("x", "confirmed"), listed("a", "false", "C2", certain=True, lost="1")]
    checked = checked_of(found, [told("P1", "a", "b")])
    assert checked.strata == (Stratum(1, 0, [], 1),)
    assert checked.unseen == (Unseen("P1", VOTED, 0, 1, 2),)


def test_of_two_lists_the_last_one_speaks_and_a_list_of_which_nothing_was_drawn_says_nothing() -> None:
    found = [listed("a"), listed("x", "confirmed"), listed("a", check="C2"), listed("y", "false", "C2", lost="1")]
    assert checked_of(found, [told("P1", "a")]).unseen == (Unseen("P1", VOTED, 1, 1, 1),)
    assert checked_of([listed("a"), listed("b", "false", certain=True, lost="1")], [told("P1", "a")]).unseen == ()
    silent = [listed("a", check="C3"), listed("z", "confirmed", "C3", certain=True)]
    assert checked_of([*found, *silent], [told("P1", "a")]).unseen == (Unseen("P1", VOTED, 1, 1, 1),), (
        "what says nothing silences no other"
    )


def test_a_wrong_one_that_had_no_points_counts_as_wrong_and_tells_no_loss() -> None:
    """What strikes somebody off is worth no points: of a false one is known that it was false."""
    found = [listed("a"), listed("x", "false")]
    assert checked_of(found, [told("P1", "a")]).strata == (Stratum(1, 1, [], 1),)


def test_what_does_not_count_has_no_doubt() -> None:
    found = [listed("a"), listed("x", "confirmed")]
    assert checked_of(found, [told("P1", "a", status="declared")]).unseen == ()


@pytest.mark.parametrize(("layer", "last"), [("person", "P2"), ("station", "S2")])
def test_a_leader_whom_nobody_looked_at_may_be_wrong_as_often_as_the_sample_allows(layer: str, last: str) -> None:
    """None of 9 wrong: the next one is with (0 + ½) ÷ (9 + 1), and loses all it has; so is the station that is judged by its people."""
    checked = Checked((Stratum(9, 0, [], 1),), (Unseen("P1", VOTED, 0, 1, 1),))
    found = seats(checked, (80, 79), layer)
    assert found[last] == pytest.approx(0.05, abs=0.02)
    assert sum(found.values()) == pytest.approx(1)


def test_the_chance_is_one_for_all_of_a_stratum() -> None:
    """Of two whom nobody looked at P2 leads where only P1 is wrong, E p(1 − p), and half of where both are, E p²; p ~ Beta(½, 1½)."""
    checked = Checked((Stratum(1, 0, [], 2),), tuple(Unseen(one, VOTED, 0, 1, 1) for one in ("P1", "P2")))
    both = 0.5 * 1.5 / (2 * 3)
    assert seats(checked, (80, 79))["P2"] == pytest.approx(0.25 - both + both / 2, abs=0.04)


@pytest.mark.parametrize(("lost", "of", "behind"), [([1.0], 4, 61), ([0.1], 1, 71), ([-0.5], 1, 81)])
def test_a_wrong_one_loses_what_those_found_lost_of_its_part_of_the_points(
    lost: list[float], of: int, behind: float
) -> None:
    """80 of 100 points: a fourth of them is 20, a tenth of the full points is 10, and what was too low cannot pass the full points."""
    stratum = Stratum(3, 1, lost, 1)
    checked = Checked((stratum,), (Unseen("P1", VOTED, 0, 1, of),))
    expected = (1 + 0.5) / (3 + 1)
    moved = seats(checked, (80, behind))["P2" if lost[0] > 0 else "P1"]
    assert moved == pytest.approx(expected, abs=0.04)
    assert seats(checked, (80, behind - 2 if lost[0] > 0 else 100.01))["P2"] == (0.0 if lost[0] > 0 else 1.0)
