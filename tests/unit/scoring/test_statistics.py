"""The statistics against published tables and hand-made cases; nobody is accused on noise."""

import random

import pytest

from services.scoring.analysis.self_scores import Record, by_assessor, by_unit
from services.scoring.analysis.statistics import adjusted, correlation, two_sided, welch


@pytest.mark.parametrize(
    ("freedom", "critical", "p"),
    [  # Student's t, two-sided: the table of every textbook
        (1, 12.706, 0.05),
        (5, 2.571, 0.05),
        (10, 2.228, 0.05),
        (10, 3.169, 0.01),
        (30, 2.042, 0.05),
        (120, 1.980, 0.05),
        (4, 8.610, 0.001),
    ],
)
def test_students_t_agrees_with_its_table(freedom: int, critical: float, p: float) -> None:
    assert two_sided(critical, freedom) == pytest.approx(p, rel=2e-3)
    assert two_sided(-critical, freedom) == two_sided(critical, freedom)


def test_welch_on_a_case_worked_by_hand() -> None:
    """Means 3 and 9, variances 2.5 and 10, five of each: t = −6 ÷ √2.5 = −3.7947, ν = 2.5² ÷ (0.5² ÷ 4 + 2² ÷ 4) = 5.8824."""
    found = welch([1, 2, 3, 4, 5], [5, 7, 9, 11, 13])
    assert found.t == pytest.approx(-3.794733)
    assert found.freedom == pytest.approx(5.882353)
    assert 0.005 < found.p < 0.02


def test_where_nothing_varies_or_too_few_are_nothing_is_said() -> None:
    assert welch([1], [2, 3]).p == 1
    assert welch([1, 1], [1, 1]).p == 1


def test_benjamini_and_hochbergs_own_example() -> None:
    """Their 15 p-values (J. R. Statist. Soc. B 57, 1995, §4.1): at 5 % four are rejected, where Bonferroni rejects three."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    q = adjusted(p)
    assert sum(one <= 0.05 for one in q) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert q == sorted(q)


def test_correlation_with_its_interval() -> None:
    found = correlation([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5])
    assert found is not None
    assert found[0] == pytest.approx(0.828571, abs=1e-6)
    assert found[1] == pytest.approx(0.0536, abs=2e-3)
    assert found[2] == pytest.approx(0.9805, abs=2e-3)
    assert correlation([1, 1, 1, 1], [1, 2, 3, 4]) is None
    assert correlation([1, 2, 3], [1, 2, 3]) is None


def _records(dice: random.Random, inflation: dict[str, float], cut: dict[str, float]) -> list[Record]:
    """Twelve persons in each of five units, twelve declarations each, four assessors at random."""
    records = []
    for unit in ("U1", "U2", "U3", "U4", "U5"):
        for person in range(12):
            own_habit = dice.gauss(0, 0.02)
            for number in range(12):
                assessor = dice.choice(("A1", "A2", "A3", "A4"))
                gap = max(0.0, dice.gauss(0.05, 0.05) + own_habit + inflation.get(unit, 0) + cut.get(assessor, 0))
                records.append(Record(f"{unit}P{person}", unit, assessor, f"I{number}", 0.9, 0.9 - gap))
    return records


def test_an_inflating_unit_and_a_severe_assessor_are_found() -> None:
    records = _records(random.Random(1), {"U3": 0.06}, {"A2": 0.06})
    units = {one.code: one.verdict for one in by_unit(records)}
    assessors = {one.code: one.verdict for one in by_assessor(records)}
    assert units["U3"] == "inflated"
    assert assessors["A2"] == "severe"
    assert [code for code, verdict in units.items() if verdict == "inflated"] == ["U3"]


def test_on_noise_hardly_anybody_is_accused() -> None:
    """Forty years in which nobody differs: the false discoveries stay near the 5 % at which they are controlled."""
    accused = 0
    for seed in range(40):
        records = _records(random.Random(seed), {}, {})
        groups = [*by_unit(records), *by_assessor(records)]
        accused += any(one.verdict not in ("unremarkable", "too_few") for one in groups)
    assert accused <= 4


def test_few_persons_are_never_judged_and_a_lone_assessor_cannot_be_compared() -> None:
    few = [Record(f"P{number % 3}", "U8", "A1", "I1", 1.0, 0.1) for number in range(60)]
    rest = _records(random.Random(2), {}, {})
    assert {one.code: one.verdict for one in by_unit([*few, *rest])}["U8"] == "too_few"
    alone = [Record(f"Q{number}", "U9", "A9", "own", 1.0, 0.2) for number in range(60)]
    assert {one.code: one.verdict for one in by_assessor([*alone, *rest])}["A9"] == "too_few"


@pytest.mark.parametrize("noise", [0.0, 0.001])
@pytest.mark.parametrize("units", [2, 5])
def test_a_unit_that_inflates_evenly_is_named_and_its_honest_neighbour_is_not(noise: float, units: int) -> None:
    chance = random.Random(units)
    records = [
        Record(f"U{unit}P{person}", f"U{unit}", "A1", f"I{item}", assessed + own, assessed)
        for unit in range(units)
        for person in range(8)
        for item in range(6)
        for assessed in [0.8]
        for own in [(0.1 if unit == 0 else 0.0) + chance.uniform(-noise, noise)]
    ]
    assert [one.verdict for one in by_unit(records)] == ["inflated", *["unremarkable"] * (units - 1)]


def _even(gaps: dict[str, float]) -> list[Record]:
    """Eight persons in each unit, six declarations each, all with the unit's own gap."""
    return [
        Record(f"{unit}P{person}", unit, "A1", f"I{item}", 0.8 + gap, 0.8)
        for unit, gap in gaps.items()
        for person in range(8)
        for item in range(6)
    ]


@pytest.mark.parametrize(
    ("gaps", "verdicts"),
    [
        ({"U0": 0.1, "U1": -0.1}, ["inflated", "modest"]),  # whoever is set apart keeps what was found
        ({"U0": -0.1, "U1": 0.1}, ["modest", "inflated"]),
        ({"U0": 0.1, "U1": 0.0, "U2": -0.2}, ["inflated", "unremarkable", "modest"]),
        ({"U0": 0.3, "U1": 0.1, "U2": 0.0}, ["inflated", "inflated", "unremarkable"]),
        ({"U0": -0.2, "U1": -0.1, "U2": -0.1}, ["modest", "unremarkable", "unremarkable"]),  # the modest stay compared
    ],
)
def test_no_verdict_is_lost_when_a_unit_is_set_apart(gaps: dict[str, float], verdicts: list[str]) -> None:
    assert [one.verdict for one in by_unit(_even(gaps))] == verdicts
