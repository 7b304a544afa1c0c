"""The probability of each seat against a simulation that draws and scores one year after another, in plain Python, item by item."""

from collections.abc import Sequence
from random import Random

import pytest

from services.scoring.analysis.checks import Checked, Stratum, Unseen
from services.scoring.analysis.doubt import Doubted, seat_probabilities
from services.scoring.domain.frame import Frame, Item
from services.scoring.kernel.live import Live
from tests.oracle.worlds import small_bureau
from tests.properties.scoring.test_doubt import SURE
from tests.unit.scoring.inputs import frame_of

YEARS, DRAWS = 400, 800  # the two shares of a seat differ by 0.03 (one standard deviation) at most, by chance
Errors = dict[str, dict[str, float]]
Points = dict[str, list[int]]
LAYERS = ("person", "station", "division")


@pytest.mark.parametrize("seed", range(3))
def test_what_checks_and_votes_leave_open_gives_each_seat_the_chance_that_simulated_years_give_it(seed: int) -> None:
    dice = Random(seed)
    world = small_bureau(dice)
    world["cycle"]["quota_percent"] = 40
    frame = frame_of(world)
    points = {one.code: [_close(dice, item) for item in frame.items_of(one)] for one in frame.subjects}
    checked, errors = _checked(dice, frame, points), _errors(dice, frame, points)
    expected = _simulated(dice, frame, points, checked, errors)
    assert any(0.1 < share < 0.9 for share in expected.values())
    year = Doubted(frame, points, errors, SURE, checked)
    for layer in LAYERS:
        found = seat_probabilities(year, layer, draws=DRAWS, seed=seed)
        assert found == pytest.approx({code: expected[code] for code in found}, abs=0.1), (seed, layer)


def _close(dice: Random, item: Item) -> int:
    """Nobody is far from anybody, and some items do not apply."""
    return -1 if dice.random() < 0.1 else round(dice.uniform(75, 85) * float(item.full))


def _checked(dice: Random, frame: Frame, points: Points) -> Checked:
    """Two strata, one of them found wrong often, the other looked at hardly."""
    strata = (Stratum(12, 5, [0.2, 0.8, 1.0, -0.3, 0.5]), Stratum(4, 0, []))
    unseen = []
    for one in frame.subjects:
        for item, value in zip(frame.items_of(one), points[one.code], strict=True):
            of = dice.randint(1, 4)
            if value >= 0 and dice.random() < 0.6:
                unseen.append(Unseen(one.code, item.indicator, dice.randrange(2), dice.randint(1, of), of))
    return Checked(strata, unseen)


def _errors(dice: Random, frame: Frame, points: Points) -> Errors:
    """One item of every other subject comes of votes. Of items that checks leave open too only the sum is held between 0 and full."""
    return {
        one.code: {frame.items_of(one)[0].indicator: 0.05 * float(frame.items_of(one)[0].full)}
        for one in frame.subjects
        if dice.random() < 0.5 and points[one.code] and points[one.code][0] > 0
    }


def _simulated(dice: Random, frame: Frame, points: Points, checked: Checked, errors: Errors) -> dict[str, float]:
    held = dict.fromkeys(frame.by_code, 0.0)
    for _ in range(YEARS):
        rates = [dice.betavariate(one.wrong + 0.5, one.drawn - one.wrong + 0.5) for one in checked.strata]
        drawn = {one.code: list(map(float, points[one.code])) for one in frame.subjects}
        for one in checked.unseen:
            place = _place(frame, one)
            for _ in range(one.facts):
                if dice.random() < rates[one.stratum]:
                    drawn[one.subject][place] -= _loss(dice, frame, points, checked, one)
        for code, own in errors.items():
            drawn[code][0] += 100 * dice.gauss(0, next(iter(own.values())))
        _seat(frame, {code: _whole(frame, code, own, points[code]) for code, own in drawn.items()}, held)
    return {code: number / YEARS for code, number in held.items()}


def _place(frame: Frame, one: Unseen) -> int:
    items = frame.items_of(frame.by_code[one.subject])
    return next(place for place, item in enumerate(items) if item.indicator == one.indicator)


def _loss(dice: Random, frame: Frame, points: Points, checked: Checked, one: Unseen) -> float:
    place = _place(frame, one)
    full, has = 100 * float(frame.items_of(frame.by_code[one.subject])[place].full), points[one.subject][place]
    share = dice.choice(checked.strata[one.stratum].lost or [1.0])
    return min(max(share * full, has - full), has) / one.of


def _whole(frame: Frame, code: str, own: Sequence[float], known: Sequence[int]) -> list[int]:
    fulls = [100 * float(item.full) for item in frame.items_of(frame.by_code[code])]
    return [
        was if was < 0 else round(min(max(value, 0), full)) for value, was, full in zip(own, known, fulls, strict=True)
    ]


def _seat(frame: Frame, points: Points, held: dict[str, float]) -> None:
    result = Live(frame, points, {}).result()
    for layer in LAYERS:
        ranking = result.rankings[layer]
        left, tied = ranking.places - int(ranking.nominated.sum()), int(ranking.tied.sum())
        for place, number in enumerate(result.members[layer].tolist()):
            share = left / tied if ranking.tied[place] else 0.0
            held[frame.subjects[number].code] += share + bool(ranking.nominated[place])
