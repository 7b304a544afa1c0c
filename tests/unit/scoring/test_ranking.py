"""Rank, quota, ties at its edge, vetoes: over columns."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.scoring.kernel.ranking import HISTOGRAM, Ranking, competition_ranks, places, rank


@dataclass(frozen=True)
class One:
    score: int  # hundredths, -1: none
    contribution: int = 0
    vetoed: bool = False


def _rank(quota: int, *subjects: One, chain: bool = True) -> Ranking:
    scores, contribution = (
        np.array([getattr(one, name) for one in subjects], np.int64) for name in ("score", "contribution")
    )
    vetoed = np.array([one.vetoed for one in subjects], bool)
    return rank(scores, [contribution] if chain else [], vetoed, quota)


def _chosen(flags: np.ndarray) -> list[int]:
    return [int(place) for place in np.flatnonzero(flags)]


def test_nobody_with_a_final_of_2_65_or_5_00_is_nominated_whatever_the_quota_leaves() -> None:
    finals = np.array([500, 265, 7000, 6999], np.int64)
    ranked = rank(finals, [], np.zeros(4, bool), 100, 7000)
    assert (_chosen(ranked.nominated), ranked.places) == ([2], 4)
    assert not ranked.tied.any()


def test_equal_scores_share_a_rank_and_the_next_one_is_left_out() -> None:
    assert _rank(0, One(9000), One(9500), One(9000), One(8000)).rank.tolist() == [2, 1, 2, 4]


def test_the_quota_is_floored() -> None:
    assert [places(ranked, 20) for ranked in (4, 5, 9, 10)] == [0, 1, 1, 2]


def test_a_tie_at_the_edge_is_decided_by_the_chain() -> None:
    ranked = _rank(50, One(9000, 3), One(9000, 5), One(9500), One(1000))
    assert _chosen(ranked.nominated) == [1, 2]
    assert not ranked.tied.any()
    assert ranked.rank[0] == ranked.rank[1] == 2


def test_a_tie_that_the_chain_leaves_is_shown_and_nobody_is_chosen_by_the_order_of_rows() -> None:
    ranked = _rank(50, One(9000), One(9000), One(9500), One(1000))
    assert _chosen(ranked.nominated) == [2]
    assert _chosen(ranked.tied) == [0, 1]


def test_a_tie_inside_the_quota_is_no_tie_at_its_edge() -> None:
    ranked = _rank(50, One(9000), One(9000), One(8000), One(7000))
    assert _chosen(ranked.nominated) == [0, 1]
    assert not ranked.tied.any()


def test_a_category_that_does_not_apply_counts_as_nothing_in_the_chain() -> None:
    ranked = _rank(25, One(9000, -1), One(9000, 0), One(8000), One(7000))
    assert _chosen(ranked.tied) == [0, 1]


def test_a_veto_strikes_the_nominated_and_nobody_moves_up() -> None:
    ranked = _rank(50, One(9000, vetoed=True), One(8000, vetoed=True))
    assert (_chosen(ranked.nominated), _chosen(ranked.struck), ranked.rank.tolist()) == ([0], [0], [1, 2])


def test_who_has_no_score_is_not_ranked_and_takes_no_place() -> None:
    ranked = _rank(50, One(-1), One(8000))
    assert (ranked.rank.tolist(), _chosen(ranked.nominated), ranked.ranked) == ([-1, 1], [], 1)


@given(st.lists(st.integers(0, 6), max_size=25), st.integers(0, 100), st.booleans())
def test_never_more_than_the_quota_and_never_by_the_order_of_rows(
    scores: list[int], quota: int, chained: object
) -> None:
    subjects = [One(score, score % 2) for score in scores]
    ranked, turned = (_rank(quota, *some, chain=bool(chained)) for some in (subjects, subjects[::-1]))
    assert ranked.nominated.sum() <= places(len(scores), quota)
    for name in ("rank", "nominated", "tied"):
        assert getattr(turned, name).tolist() == getattr(ranked, name).tolist()[::-1]
    lowest = max(ranked.rank[ranked.nominated], default=0)
    assert all(ranked.nominated[ranked.rank < lowest])


@given(st.lists(st.integers(-1, 12_000), max_size=40))
def test_counting_in_buckets_and_sorting_give_the_same_ranks(scores: list[int]) -> None:
    counted = competition_ranks(np.array(scores, np.int64))
    sorted_ = competition_ranks(np.array([*scores, HISTOGRAM], np.int64))
    assert counted.tolist() == [one - 1 if one > 0 else one for one in sorted_.tolist()[:-1]]
