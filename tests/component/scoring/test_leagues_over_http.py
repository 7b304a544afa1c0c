"""Units in the table beside the seats: the plain mean of their people, and the one drawn towards the bureau's, as anybody can work it out."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.component.scoring.after_a_run import Results
from tests.oracle.worlds import small_bureau

ROUNDED = 0.0051  # half of the last place told


@pytest.fixture
def world() -> dict[str, Any]:
    """Five units of one to three people, who differ between units more than by chance, but not much more."""
    return {**small_bureau(Random(45))}


def drawn_in(scores: Mapping[str, Sequence[Fraction]]) -> dict[str, tuple[Fraction, Fraction]]:
    """(shrunken mean, own share) of each: one-way analysis of variance with unequal numbers, in exact numbers."""
    sizes = {unit: len(own) for unit, own in scores.items()}
    means = {unit: sum(own, Fraction(0)) / len(own) for unit, own in scores.items()}
    people, units = sum(sizes.values()), len(scores)
    grand = sum((one for own in scores.values() for one in own), Fraction(0)) / people
    within = sum((one - means[unit]) ** 2 for unit, own in scores.items() for one in own) / (people - units)
    among = sum(sizes[unit] * (means[unit] - grand) ** 2 for unit in scores) / (units - 1)
    typical = (people - Fraction(sum(size**2 for size in sizes.values()), people)) / (units - 1)
    between = (among - within) / typical
    share = {unit: between / (between + within / sizes[unit]) for unit in scores}
    whole = sum(share[unit] * means[unit] for unit in scores) / sum(share.values())
    return {unit: (share[unit] * means[unit] + (1 - share[unit]) * whole, share[unit]) for unit in scores}


def test_a_small_unit_is_drawn_further_to_the_bureaus_mean_and_its_plain_one_stands_beside(results: Results) -> None:
    seats = results.office.get(f"{results.at}/seats?draws=100").json
    scores: dict[str, list[Fraction]] = {}
    for one in seats["items"]:
        scores.setdefault(one["unit"], []).append(Fraction(one["layer_score"]))
    assert len({len(own) for own in scores.values()}) > 1
    expected, told = drawn_in(scores), {one["unit"]: one for one in seats["units"]}
    assert set(told) == set(scores)
    for unit, (shrunken, share) in expected.items():
        assert 0 < share < 1
        assert told[unit]["members"] == len(scores[unit])
        assert float(told[unit]["mean"]) == pytest.approx(float(sum(scores[unit]) / len(scores[unit])), abs=ROUNDED)
        assert float(told[unit]["shrunken"]) == pytest.approx(float(shrunken), abs=ROUNDED)
        assert float(told[unit]["own_share"]) == pytest.approx(float(share), abs=ROUNDED)
    assert [one["unit"] for one in seats["units"]] == sorted(told, key=lambda unit: -expected[unit][0])
