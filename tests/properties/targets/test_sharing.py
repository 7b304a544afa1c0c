"""Sharing a unit's pools out over its people with the solver: sums, limits, evenness."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.apportionment import Bearer
from services.targets.domain.proposals import Guidance, Member, Staff, propose_units
from services.targets.domain.sharing import EligibilityRule, SharingSettings, drawn_weights
from services.targets.solving.sharing import Pool, share_out
from services.targets.solving.sharing_persons import share_units
from tests.unit.targets.reference import library, sheet
from tests.unit.targets.reference import units as reference_units

UNITS = [unit for unit in reference_units() if unit.layer]
LIBRARY = {one.indicator: one for one in library(sheet("indicators"))[0]}
SETUPS = LIBRARY["04-01-01"]  # access, all layers, cap 260


@st.composite
def problems(draw):
    people = [f"P{number}" for number in range(draw(st.integers(1, 8)))]
    capacities = {person: draw(st.sampled_from([0.25, 0.5, 1.0])) for person in people}
    pools = []
    for number in range(draw(st.integers(0, 6))):
        eligible = [person for person in people if draw(st.booleans())]
        total = draw(st.integers(0, 60))
        most = draw(st.none() | st.integers(0, 20))
        least = 1 if total >= len(eligible) and most != 0 else 0
        bearers = {
            person: Bearer(round(capacities[person] * 10_000), least, most, draw(st.integers(0, 5)))
            for person in eligible
        }
        pools.append(Pool(f"I{number}", total, draw(st.sampled_from([1.0, 2.5, 8.0])), bearers))
    return pools, capacities


@given(problems())
def test_what_is_shared_and_what_is_missing_are_together_the_pool(case):
    pools, capacities = case
    shared = share_out(pools, capacities)
    for pool in pools:
        assert sum(shared.shares[pool.indicator].values()) + shared.missing.get(pool.indicator, 0) == pool.total


@given(problems())
def test_something_is_missing_only_where_everyone_is_at_their_limit(case):
    pools, capacities = case
    shared = share_out(pools, capacities)
    for pool in pools:
        if pool.indicator in shared.missing:
            assert all(shared.shares[pool.indicator][person] == one.most for person, one in pool.bearers.items())


@given(problems())
def test_shares_stay_within_their_limits(case):
    pools, capacities = case
    shared = share_out(pools, capacities)
    for pool in pools:
        for person, share in shared.shares[pool.indicator].items():
            bearer = pool.bearers[person]
            assert bearer.least <= share <= (pool.total if bearer.most is None else bearer.most)


@given(problems())
def test_the_order_of_pools_and_people_changes_nothing(case):
    pools, capacities = case
    backwards = [replace(pool, bearers=dict(reversed(pool.bearers.items()))) for pool in pools]
    assert share_out(backwards, capacities).shares == share_out(pools, capacities).shares


def test_what_fits_pro_rata_goes_pro_rata():
    bearers = {"a": Bearer(10_000), "b": Bearer(5_000), "c": Bearer(10_000)}
    shared = share_out([Pool("I", 50, 5.0, bearers)], {"a": 1.0, "b": 0.5, "c": 1.0})
    assert shared.shares["I"] == {"a": 20, "b": 10, "c": 20}
    assert shared.deviation < 1e-9


def test_who_takes_more_of_one_item_because_of_anothers_limit_is_relieved_in_the_next():
    """c may take but 2 of the first item, so that a and b take 14 each; the second item brings c up again."""
    first = {"a": Bearer(1), "b": Bearer(1), "c": Bearer(1, most=2)}
    second = {"a": Bearer(1), "b": Bearer(1), "c": Bearer(1)}
    pools = [Pool("I1", 30, 5.0, first), Pool("I2", 30, 5.0, second)]
    shared = share_out(pools, {"a": 1.0, "b": 1.0, "c": 1.0})
    assert shared.shares["I1"] == {"a": 14, "b": 14, "c": 2}
    assert shared.shares["I2"] == {"a": 6, "b": 6, "c": 18}
    assert shared.solved


def test_the_odd_pieces_of_many_items_do_not_fall_to_the_same_person():
    pools = [Pool(f"I{number}", 7, 3.0, {person: Bearer(1) for person in "abc"}) for number in range(9)]
    shared = share_out(pools, dict.fromkeys("abc", 1.0))
    loads = {person: sum(shares[person] for shares in shared.shares.values()) for person in "abc"}
    assert loads == {"a": 21, "b": 21, "c": 21}


def member(number, unit="D01", position="D01-02", **more):
    return Member(f"P{number}", unit, "access", position, "division", **more)


def shares(indicator, members, settings=None, quantity=100, guide=None):
    held = {(indicator.indicator, "D01"): Decimal(quantity)}
    (found,) = share_units([indicator], held, Staff(members, settings), {indicator.indicator: guide} if guide else {})
    return {one.subject: one.quantity for one in found.proposals}, found


def test_part_of_a_year_and_part_of_a_post_take_that_part():
    settings = SharingSettings(positions={"D01-01": Decimal("0.5")}, persons={"P3": Decimal("0.2")})
    people = [member(1), member(2, position="D01-01"), member(3), member(4, time=Fraction(3, 10))]
    found, _ = shares(SETUPS, people, settings, quantity=200)
    assert found == {"P1": 100, "P2": 50, "P3": 20, "P4": 30}


def test_eligibility_is_by_line_unit_kind_and_position():
    people = [member(1), member(2, position="D01-03"), replace(member(3), line="routine_supervision"), member(4)]
    rules = (EligibilityRule("04-01", unit_kinds=("division",), not_positions=("D01-03",)),)
    found, _ = shares(SETUPS, people, SharingSettings(eligibility=rules))
    assert set(found) == {"P1", "P4"}
    elsewhere, told = shares(SETUPS, people, SharingSettings(eligibility=(EligibilityRule("04", ("station",)),)))
    assert elsewhere == {}
    assert told.shortages == []  # the division is scored itself and carries it


def test_an_item_for_persons_that_nobody_may_take_is_told_as_a_shortage():
    only_persons = replace(SETUPS, layers=("person",))
    rules = (EligibilityRule("04", positions=("nobody",)),)
    _, told = shares(only_persons, [member(1)], SharingSettings(eligibility=rules))
    assert [(one.kind, one.missing, one.unit) for one in told.shortages] == [("nobody", 100, "D01")]


def test_what_is_above_all_caps_is_told_as_a_shortage_of_the_unit():
    found, told = shares(SETUPS, [member(1), member(2)], quantity=600)
    assert found == {"P1": 260, "P2": 260}
    assert [(one.kind, one.missing) for one in told.shortages] == [("caps", 80)]
    assert {one.bound for one in told.proposals} == {"cap"}


def test_the_leaders_limits_on_a_person_are_kept_and_shown():
    guide = Guidance(limits={"P1": (Decimal(60), None), "P2": (None, Decimal(5))})
    found, told = shares(SETUPS, [member(1), member(2), member(3)], guide=guide)
    assert (found["P1"], found["P2"], found["P3"]) == (60, 5, 35)
    assert {one.subject: one.bound for one in told.proposals} == {"P1": "floor", "P2": "ceiling", "P3": None}
    assert {one.fair for one in told.proposals} == {Decimal("33.33")}


def test_the_leaders_limits_on_units_are_kept_and_what_they_leave_is_told():
    people = [replace(member(number), unit=unit.unit) for number, unit in enumerate(UNITS)]
    limits = {unit.unit: (None, Decimal(10)) for unit in UNITS}
    proposals, shortage = propose_units(SETUPS, UNITS, Staff(people), Guidance(limits=limits))
    assert {one.quantity for one in proposals} == {10}
    assert (shortage.kind, shortage.missing) == ("ceilings", SETUPS.target - 10 * len(proposals))


def test_floors_above_the_whole_are_cut_down_alike():
    guide = Guidance(limits={"P1": (Decimal(90), None), "P2": (Decimal(90), None)})
    found, _ = shares(SETUPS, [member(1), member(2)], guide=guide)
    assert found == {"P1": 50, "P2": 50}


def test_a_good_year_raises_the_next_share_only_in_part():
    """Twice the median, drawn to it by 0.3, counts 1.7; with λ = 1 the past counts for nothing."""
    capacities = {"a": 10_000, "b": 10_000, "c": 10_000}
    rates = {"a": Fraction(200), "b": Fraction(100), "c": Fraction(100)}
    assert drawn_weights(capacities, rates, Decimal("0.3")) == {"a": 17_000, "b": 10_000, "c": 10_000}
    assert drawn_weights(capacities, rates, Decimal(1)) == capacities
    assert drawn_weights(capacities, {}, Decimal("0.3")) == capacities


def test_who_has_no_past_counts_as_the_median():
    rates = {"a": Fraction(50), "b": Fraction(150)}
    assert drawn_weights(dict.fromkeys("abn", 10_000), rates, Decimal(0)) == {"a": 5_000, "b": 15_000, "n": 10_000}


@given(st.dictionaries(st.sampled_from("abcdef"), st.fractions(0, 1000), max_size=6), st.decimals(0, 1, places=2))
def test_holding_back_never_pays_in_full_nor_is_anyone_left_out(rates, ratchet):
    weights = drawn_weights(dict.fromkeys("abcdef", 10_000), rates, ratchet)
    assert all(weight >= 1 for weight in weights.values())
    ordered = sorted(rates, key=rates.get)
    assert [weights[name] for name in ordered] == sorted(weights[name] for name in ordered)
