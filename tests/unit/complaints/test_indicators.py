"""Indicators of a period: shares over a named denominator, rounded half up once, and nothing over nothing."""

from decimal import Decimal

import pytest

from services.complaints.domain.figures import Fact
from services.complaints.domain.indicators import indicators, percent
from shared.vocabulary.complaints import FIGURES, SUCCESS_OVER
from tests.support.histories import day


@pytest.mark.parametrize(
    ("numerator", "denominator", "share"),
    [(409, 1029, "39.75"), (92, 241, "38.17"), (899, 1029, "87.37"), (1, 8, "12.50"), (1, 800, "0.13"), (0, 7, "0.00")],
)
def test_a_share_is_rounded_half_up_once(numerator: int, denominator: int, share: str) -> None:
    assert percent(Decimal(numerator), Decimal(denominator)) == Decimal(share)


def test_over_nothing_there_is_no_share() -> None:
    assert percent(Decimal(0), Decimal(0)) is None
    told = indicators([])
    assert [one.figure for one in told] == list(FIGURES)
    assert {one.value for one in told if one.figure != "recovered_loss"} == {None}


def fact(figure: str, numerator: int, denominator: int) -> Fact:
    return Fact(figure, day("06-01"), "S01", "P2", Decimal(numerator), Decimal(denominator))


@pytest.mark.parametrize(
    ("over", "denominator", "share"), [("concluded", 4, "75.00"), ("accepted", 6, "50.00"), ("mediated", 5, "40.00")]
)
def test_success_is_told_over_a_named_denominator(over: str, denominator: int, share: str) -> None:
    counted = [fact("mediation_success", one, 1) for one in (1, 1, 1, 0)]
    counted += [fact("accepted_cases", 0, 1)] * 6 + [fact("mediated_cases", one, 1) for one in (1, 1, 0, 0, 0)]
    told = next(one for one in indicators(counted, over) if one.figure == "mediation_success")
    assert (told.denominator, told.value, told.over) == (denominator, Decimal(share), SUCCESS_OVER[over])
