"""The published draw: a pure function of list and value, and whoever changes anything is found out."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.declarations.domain.sampling import protocol
from services.declarations.domain.sampling.verifying import differences
from tests.support.composition import ROOT

values = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), min_size=1, max_size=20)


@st.composite
def organisations(draw):
    """A random bureau's frozen list: persons of units, items with those who had a hand in them; everybody may be in the pool."""
    persons = {f"P{n}": f"U{draw(st.integers(0, 3))}" for n in range(draw(st.integers(2, 12)))}
    pool = tuple(sorted(draw(st.sets(st.sampled_from(sorted(persons)), min_size=1))))
    entries = []
    for number in range(draw(st.integers(1, 25))):
        subject = draw(st.sampled_from(sorted(persons)))
        hands = {subject, *draw(st.sets(st.sampled_from(sorted(persons)), max_size=3))}
        excluded = tuple(one for one in pool if one in hands or persons[one] == persons[subject])
        stratum, measure = draw(st.sampled_from(["high", "low"])), draw(st.integers(1, 500))
        entries.append(protocol.Entry("declaration", f"d{number:03}", 1, stratum, measure, excluded))
    return persons, pool, tuple(entries)


def frozen_of(pool, entries, method="numbers", share=2):
    lots = {name: [one for one in entries if one.stratum == name] for name in {one.stratum for one in entries}}
    strata = {name: max(1, len(lot) // share) for name, lot in lots.items()}
    if method == protocol.POINTS:
        entries, strata = tuple(replace(one, stratum="all") for one in entries), {"all": sum(strata.values())}
    return protocol.Frozen("B00", "check", "双色球", method, strata, pool, entries)


@st.composite
def lists(draw):
    _, pool, entries = draw(organisations())
    frozen = frozen_of(pool, entries, draw(st.sampled_from(["numbers", protocol.POINTS])))
    assume(not protocol.without_inspector(frozen))
    return frozen


def published(frozen, value):
    sample = [
        {
            "kind": "declaration",
            "item": one.entry.item,
            "probability": str(one.probability),
            "inspectors": [one.inspector],
        }
        for one in protocol.draw(frozen, value)
    ]
    return {
        "commitment": protocol.commitment(frozen),
        "value": value,
        "list": protocol.text_of(frozen),
        "sample": sample,
    }


@settings(deadline=None)
@given(lists(), values)
def test_the_draw_is_a_pure_function_of_list_and_value(frozen, value):
    again = protocol.read(protocol.text_of(frozen))
    assert again == frozen
    assert protocol.draw(again, value) == protocol.draw(frozen, value)
    assert differences(published(frozen, value)) == []


@settings(deadline=None)
@given(lists(), values)
def test_nobody_inspects_their_own_their_units_or_what_passed_through_their_hands(frozen, value):
    for one in protocol.draw(frozen, value):
        assert one.inspector in frozen.pool
        assert one.inspector not in one.entry.excluded


@settings(deadline=None)
@given(lists(), values)
def test_whoever_stands_back_is_replaced_by_somebody_else_until_nobody_is_left(frozen, value):
    for one in protocol.draw(frozen, value)[:3]:
        stood_back = [one.inspector]
        while (person := protocol.redraw(frozen, one.entry.pair, stood_back, value)) is not None:
            assert person in frozen.pool
            assert person not in (*one.entry.excluded, *stood_back)
            stood_back.append(person)
        assert set(stood_back) | set(one.entry.excluded) == set(frozen.pool)


@settings(deadline=None)
@given(lists(), values)
def test_chances_of_the_whole_list_sum_to_the_sample(frozen, value):
    drawn = protocol.draw(frozen, value)
    assert len(drawn) == frozen.count
    if frozen.method != protocol.POINTS:
        lots = {name: sum(one.stratum == name for one in frozen.entries) for name in frozen.strata}
        chances = {one.entry.stratum: one.probability for one in drawn}
        assert chances == {name: Fraction(count, lots[name]) for name, count in frozen.strata.items()}
        assert sum(chances[one.stratum] for one in frozen.entries) == frozen.count


def test_inspectors_have_equal_work_where_everybody_may_take_everything():
    entries = tuple(protocol.Entry("declaration", f"d{n:03}", 1, "all", 1, ()) for n in range(40))
    frozen = protocol.Frozen("B00", "check", "v", "numbers", {"all": 20}, ("A", "B", "C", "D"), entries)
    work = [one.inspector for one in protocol.draw(frozen, "01")]
    assert {work.count(one) for one in frozen.pool} == {5}


ENTRIES = tuple(protocol.Entry("declaration", f"d{n:03}", 1, "all", 1, ("A",) if n % 3 else ()) for n in range(30))
FROZEN = protocol.Frozen("B00", "check", "双色球", "numbers", {"all": 6}, ("A", "B", "C"), ENTRIES)


def tampered(**changes):
    return {**published(FROZEN, "01 02"), **changes}


def swapped_item():
    document = published(FROZEN, "01 02")
    left = sorted({one.item for one in ENTRIES} - {one["item"] for one in document["sample"]})
    return {**document, "sample": [{**document["sample"][0], "item": left[0]}, *document["sample"][1:]]}


def swapped_inspector():
    document = published(FROZEN, "01 02")
    first = document["sample"][0]
    other = "C" if first["inspectors"] == ["B"] else "B"
    return {**document, "sample": [{**first, "inspectors": [other]}, *document["sample"][1:]]}


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (tampered(value="01 03"), "item is"),
        (tampered(commitment="0" * 64), "SHA-256"),
        (tampered(list=protocol.text_of(FROZEN).replace("d029", "d030")), "SHA-256"),
        (tampered(list=protocol.text_of(FROZEN).replace('"d000"', '"d000" ')), "one form"),
        (tampered(sample=published(FROZEN, "01 02")["sample"][:-1]), "6 are drawn, 5"),
        (swapped_item(), "place 1: item is"),
        (swapped_inspector(), "place 1: inspector is"),
        (tampered(list="nonsense"), "not a draw"),
        (tampered(list='["draw",3,"B","c","v","numbers",{}]\n'), "not a draw"),
        ({"value": "1"}, "not a draw"),
    ],
)
def test_whatever_is_changed_is_told(document, told):
    assert told in " ".join(differences(document))


def test_another_value_or_another_check_draws_otherwise():
    one = [drawn.entry.item for drawn in protocol.draw(FROZEN, "01 02")]
    assert one != [drawn.entry.item for drawn in protocol.draw(FROZEN, "01 03")]
    assert one != [drawn.entry.item for drawn in protocol.draw(replace(FROZEN, spot_check="other"), "01 02")]


def test_a_list_of_the_first_version_is_drawn_from_as_it_was():
    """Published draws stay what they were: version 1 takes its equal steps along the list as it stands."""
    recorded = json.loads((ROOT / "console/src/areas/checks/draws.sample.json").read_text("utf-8"))
    assert {protocol.read(one["list"]).version for one in recorded} == {1, 2}
    for one in recorded:
        assert differences(one) == []
