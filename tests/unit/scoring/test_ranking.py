"""Rank, quota, ties at its edge, vetoes."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.scoring.domain.composition import Final
from services.scoring.domain.dossier import Veto
from services.scoring.domain.frame import Model, Subject
from services.scoring.domain.ranking import Ranked, places, rank_layer
from services.scoring.domain.sheets import Sheet

D = Decimal


def _model(quota: int, *chain: str) -> Model:
    return Model("2026", date(2026, 1, 1), date(2026, 12, 31), {}, {}, {}, "half_up", quota, chain, 1, 1)


def _final(code: str, score: str | None, contribution: str = "0", *, vetoed: bool = False) -> Final:
    vetoes = (Veto("v1", "01-03-05", "虚报"),) if vetoed else ()
    number = None if score is None else D(score)
    categories = {"contribution": D(contribution), "professional": None}
    return Final(Sheet(Subject(code, "person", "access", "D01"), (), {}, categories, number, vetoes), {}, number)


def _ranked(model: Model, *finals: Final) -> dict[str, Ranked]:
    return {one.final.sheet.subject.code: one for one in rank_layer(model, finals)}


def test_equal_scores_share_a_rank_and_the_next_one_is_left_out() -> None:
    ranked = _ranked(_model(0), _final("a", "90"), _final("b", "95"), _final("c", "90"), _final("d", "80"))
    assert {code: one.rank for code, one in ranked.items()} == {"b": 1, "a": 2, "c": 2, "d": 4}


def test_the_quota_is_floored() -> None:
    assert [places(ranked, 20) for ranked in (4, 5, 9, 10)] == [0, 1, 1, 2]


def test_a_tie_at_the_edge_is_decided_by_the_chain() -> None:
    finals = (_final("a", "90", "3"), _final("b", "90", "5"), _final("c", "95"), _final("d", "10"))
    ranked = _ranked(_model(50, "contribution"), *finals)
    assert {code for code, one in ranked.items() if one.nominated} == {"b", "c"}
    assert not any(one.tied for one in ranked.values())
    assert ranked["a"].rank == ranked["b"].rank == 2


def test_a_tie_that_the_chain_leaves_is_shown_and_nobody_is_chosen_by_the_order_of_rows() -> None:
    finals = (_final("a", "90"), _final("b", "90"), _final("c", "95"), _final("d", "10"))
    ranked = _ranked(_model(50, "contribution"), *finals)
    assert {code for code, one in ranked.items() if one.nominated} == {"c"}
    assert {code for code, one in ranked.items() if one.tied} == {"a", "b"}


def test_a_tie_inside_the_quota_is_no_tie_at_its_edge() -> None:
    ranked = _ranked(_model(50), _final("a", "90"), _final("b", "90"), _final("c", "80"), _final("d", "70"))
    assert {code for code, one in ranked.items() if one.nominated} == {"a", "b"}
    assert not any(one.tied for one in ranked.values())


def test_a_veto_strikes_the_nominated_and_nobody_moves_up() -> None:
    ranked = _ranked(_model(50), _final("a", "90", vetoed=True), _final("b", "80", vetoed=True))
    assert (ranked["a"].nominated, ranked["a"].struck, ranked["a"].commended) == (True, True, False)
    assert (ranked["b"].nominated, ranked["b"].struck, ranked["b"].rank) == (False, False, 2)


def test_who_has_no_score_is_not_ranked_and_takes_no_place() -> None:
    ranked = _ranked(_model(50), _final("a", None), _final("b", "80"))
    assert (ranked["a"].rank, ranked["b"].rank, ranked["b"].nominated) == (None, 1, False)


@given(st.lists(st.integers(0, 6), max_size=25), st.integers(0, 100))
def test_never_more_than_the_quota_and_never_by_the_order_of_rows(scores: list[int], quota: int) -> None:
    finals = [_final(f"P{number:02}", str(score)) for number, score in enumerate(scores)]
    ranked = rank_layer(_model(quota), finals)
    assert sum(one.nominated for one in ranked) <= places(len(finals), quota)
    assert rank_layer(_model(quota), list(reversed(finals))) == ranked
    lowest = min((one.rank for one in ranked if one.nominated and one.rank), default=0)
    assert all(one.nominated for one in ranked if one.rank and one.rank < lowest)
