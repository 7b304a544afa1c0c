"""Draws: RFC 3797's published vector, and properties of what is drawn."""

import hashlib
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from services.declarations.domain.sampling import draws

RFC_KEY = b"9319./2.5.8.10.12./9.18.26.34.41.45./"
RFC_DIGESTS = [
    "990DD0A5692A029A98B5E01AA28F3459",
    "3691E55CB63FCC37914430B2F70B5EC6",
    "FE814EDF564C190AC1D25753979990FA",
    "1863CCACEB568C31D7DDBDF1D4E91387",
    "F4AB33DF4889F0AF29C513905BE1D758",
    "13EAEB529F61ACFB9A29D0BA3A60DE4A",
    "992DB77C382CA2BDB9727001F3CDCCD9",
    "63AB4258ECA922976811C7F55C383CE7",
]


def test_the_vector_of_rfc_3797_is_reproduced():
    computed = [format(draws.number(RFC_KEY, step, hashlib.md5), "032X") for step in range(len(RFC_DIGESTS))]
    assert computed == RFC_DIGESTS
    drawn = draws.order(range(1, 26), RFC_KEY, 10, hashlib.md5)
    assert drawn == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_the_whole_list_is_drawn_once_each():
    assert sorted(draws.order(range(100), b"key", 100)) == list(range(100))


@given(st.integers(1, 60), st.binary(min_size=1, max_size=20), st.data())
def test_the_first_drawn_do_not_depend_on_how_many_are_drawn(size, key, data):
    count = data.draw(st.integers(1, size))
    assert draws.order(range(size), key, size)[:count] == draws.order(range(size), key, count)


measured = st.lists(st.integers(1, 10_000), min_size=1, max_size=40)


@given(measured, st.binary(min_size=1, max_size=20), st.data())
def test_in_proportion_exactly_as_many_are_drawn_as_asked_each_once(measures, key, data):
    count = data.draw(st.integers(1, len(measures)))
    chosen = draws.systematic(range(len(measures)), measures, key, count)
    assert len(set(chosen)) == len(chosen) == count


@given(measured, st.data())
def test_chances_sum_to_the_sample_and_grow_with_the_measure(measures, data):
    count = data.draw(st.integers(1, len(measures)))
    chances = draws.inclusion(measures, count)
    assert sum(chances) == count
    assert all(0 < chance <= 1 for chance in chances)
    by_measure = sorted(zip(measures, chances, strict=True))
    assert [chance for _, chance in by_measure] == sorted(chances)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=6), st.data())
def test_chances_are_those_with_which_items_are_really_drawn(measures, data):
    """Every start that matters is tried: an item is drawn on exactly its share of the starts."""
    count = data.draw(st.integers(1, len(measures)))
    chances = draws.inclusion(measures, count)
    steps = 1
    for chance in chances:
        steps = steps * chance.denominator // _gcd(steps, chance.denominator)
    hits = [0] * len(measures)
    for start in range(steps):
        for place in _walk(chances, Fraction(start, steps)):
            hits[place] += 1
    assert [Fraction(one, steps) for one in hits] == chances


def _walk(chances, start):
    """Systematic sampling written out: the points start, start + 1 … fall into the items' stretches."""
    chosen, end = [], Fraction(0)
    for place, chance in enumerate(chances):
        begin, end = end, end + chance
        point = start
        while point < begin:
            point += 1
        if begin <= point < end:
            chosen.append(place)
    return chosen


def test_the_walk_written_out_is_the_one_that_draws():
    for number in range(200):
        measures = [1 + (number * 7 + place * 5) % 11 for place in range(8)]
        key = f"key {number}".encode()
        chances = draws.inclusion(measures, 3)
        start = Fraction(draws.number(key, 0), 1 << 256)
        assert draws.systematic(range(8), measures, key, 3) == _walk(chances, start)


def _gcd(one: int, other: int) -> int:
    while other:
        one, other = other, one % other
    return one
