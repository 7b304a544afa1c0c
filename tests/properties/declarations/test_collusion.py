"""Blocs among anonymous ballots, on campaigns whose truth is known, and how many colluders a campaign withstands."""

import numpy as np
import pytest

from services.declarations.calibration.blocs import MOST, find_blocs
from services.declarations.calibration.combining import SCALE, blocs_of, counting, without
from services.declarations.calibration.resilience import OPEN, QUIET, Plan, outcomes, withstood
from services.declarations.calibration.trimming import most_alike
from services.declarations.domain.campaigns import Campaign
from services.declarations.domain.questionnaires import Cast, Questionnaire, tallied
from services.declarations.usecases.campaigns.calibrate import both_means
from shared.vocabulary.campaigns import PLAIN, ROBUST, TRIMMED

PEERS = Plan(12, 12, peers=True, seats=3, grades=tuple(SCALE.values()))
EVERYBODY = Questionnaire.of([], [{"group": "peers"}])
GRADES = np.array(list(SCALE.values()))


def campaign(seed: int, colluders: int, *, people: int = 12, favoured: bool = True) -> tuple[np.ndarray, set[int]]:  # type: ignore[type-arg]
    """People who grade one another by their merit and their own opinion; the colluders only one another well."""
    dice = np.random.default_rng(seed)
    opinion = (
        dice.normal(0.8, 0.08, people) + dice.normal(0, 0.05, people)[:, None] + dice.normal(0, 0.1, (people, people))
    )
    ballots = GRADES[np.abs(opinion[..., None] - GRADES).argmin(-1)]
    bloc = dice.choice(people, colluders, replace=False)
    ballots[bloc] = 0.4
    if favoured:
        ballots[np.ix_(bloc, bloc)] = 1.0
    np.fill_diagonal(ballots, np.nan)
    return ballots, set(bloc.tolist())


def seats(ballots: np.ndarray, of: set[int], places: int = 3) -> float:  # type: ignore[type-arg]
    """How many of the first places those have, by the plain mean; equals at the edge share them."""
    mean = np.nanmean(ballots, axis=0)
    edge = sorted(mean, reverse=True)[places - 1]
    inside, level = {*np.flatnonzero(mean > edge + 1e-9)}, {*np.flatnonzero(np.abs(mean - edge) <= 1e-9)}
    return len(inside & of) + len(level & of) * (places - len(inside)) / len(level)


def test_three_colluders_among_twelve_peers_take_no_more_than_one_of_three_seats_on_the_average() -> None:
    plain, robust = [], []
    for seed in range(200):
        ballots, bloc = campaign(seed, 3)
        plain.append(seats(ballots, bloc))
        robust.append(seats(np.delete(ballots, sorted(find_blocs(ballots).ballots), axis=0), bloc))
    assert np.mean(plain) > 2
    assert np.mean(robust) < 1


def test_the_bloc_is_found_as_a_whole_and_of_the_others_hardly_anybody() -> None:
    found = [(find_blocs(ballots), bloc) for ballots, bloc in (campaign(seed, 4) for seed in range(200))]
    assert np.mean([bloc <= one.ballots for one, bloc in found]) > 0.95
    assert np.mean([bool(one.ballots - bloc) for one, bloc in found]) < 0.05


def test_where_nobody_colludes_hardly_any_campaign_has_a_bloc() -> None:
    assert sum(bool(find_blocs(campaign(seed, 0)[0]).members) for seed in range(300)) <= 6


def test_a_majority_is_an_opinion_and_the_same_grade_for_all_favours_nobody() -> None:
    assert not any(find_blocs(campaign(seed, 7)[0]).ballots >= campaign(seed, 7)[1] for seed in range(20))
    for seed in range(20):
        ballots, straight = campaign(seed, 3, favoured=False)
        assert not find_blocs(ballots).ballots & straight


def test_a_small_campaign_has_no_minority_and_a_huge_one_is_not_searched() -> None:
    assert find_blocs(campaign(1, 2, people=6)[0]).members == []
    assert not find_blocs(np.zeros((MOST + 1, 2))).searched


def cast_of(ballots: np.ndarray) -> Cast:  # type: ignore[type-arg]
    words = {value: grade for grade, value in SCALE.items()}
    return [
        ("peers", {f"P{number:02}": words[value] for number, value in enumerate(row) if not np.isnan(value)})
        for row in ballots.tolist()
    ]


def test_ballots_of_a_bloc_do_not_count_where_the_campaign_says_so() -> None:
    ballots, bloc = campaign(3, 3)
    cast = cast_of(ballots)
    kept = counting(ROBUST, EVERYBODY, cast)
    assert [one for place, one in enumerate(cast) if place not in bloc] == list(kept)
    assert without(cast, blocs_of(EVERYBODY, cast).ballots) == kept
    assert counting(PLAIN, EVERYBODY, cast) == cast
    favourite = f"P{min(bloc):02}"
    assert tallied(EVERYBODY, kept)[favourite].votes == tallied(EVERYBODY, cast)[favourite].votes - 2
    backwards = counting(ROBUST, EVERYBODY, cast[::-1])
    assert sorted(map(str, backwards)) == sorted(map(str, kept))


@pytest.mark.parametrize(("others", "told"), [(0, True), (1, False), (2, False), (3, True)])
def test_a_mean_of_one_or_two_votes_is_not_told_beside_the_one_that_counts(others: int, told: bool) -> None:  # noqa: FBT001
    ballots, bloc = campaign(3, 3)
    graded = min({*range(12)} - bloc)
    left = [rater for rater in range(12) if rater not in {*bloc, graded}]
    ballots[left[others:], graded] = np.nan  # the bloc's three votes on it, and so many others
    cast = cast_of(ballots)
    kept = [one for place, one in enumerate(cast) if place not in bloc]
    for combination, beside in ((PLAIN, "robust"), (ROBUST, "plain")):
        asked = Campaign("B", "2026", "c", 1, "i", "2026-H1", "", "closed", [], [{"group": "peers"}], "K1", combination)
        both = both_means(asked, cast, kept, SCALE)[f"P{graded:02}"]
        hidden = not told or (others == 0 and beside == "robust")  # nobody's mean is none
        assert (both[beside] is None) == hidden, combination


def test_two_are_a_bloc_where_their_ballots_are_as_good_as_the_same() -> None:
    found = [find_blocs(ballots).ballots == bloc for ballots, bloc in (campaign(seed, 2) for seed in range(100))]
    assert np.mean(found) > 0.9


@pytest.mark.parametrize("peers", [True, False])
def test_the_simulation_tells_how_many_colluders_a_campaign_withstands(peers: bool) -> None:  # noqa: FBT001
    plan = PEERS if peers else Plan(12, 12, peers=False, seats=3, grades=PEERS.grades)
    found = list(outcomes(plan))
    assert [one.colluders for one in found] == [1, 2, 3, 4, 5]
    three = found[2]
    assert three.chance == 0.75
    assert three.plain[OPEN] > 2
    assert three.robust[OPEN] <= 1
    assert (withstood(found, OPEN, PLAIN), withstood(found, OPEN, ROBUST)) == (1, 5)
    assert three.trimmed[OPEN] <= 1
    assert three.trimmed[QUIET] < three.plain[QUIET] - 0.3
    assert three.robust[QUIET] == pytest.approx(
        three.plain[QUIET], abs=0.1
    )  # who hides a bloc has less of it, and is not found
    assert list(outcomes(plan)) == found  # the same seed


def test_withstood_stops_at_the_first_number_that_takes_more() -> None:
    found = list(outcomes(PEERS, draws=40))
    number = withstood(found, OPEN, PLAIN)
    assert all(one.plain[OPEN] <= one.chance + 0.5 for one in found[:number])
    assert found[number].plain[OPEN] > found[number].chance + 0.5


def quiet(seed: int, *, lowered: bool) -> tuple[np.ndarray, set[int]]:  # type: ignore[type-arg]
    """Three of twelve peers give one another the best grade, and all others one below their own opinion; or nothing but one grade more."""
    dice = np.random.default_rng(seed)
    opinion = dice.normal(0.8, 0.08, 12) + dice.normal(0, 0.05, 12)[:, None] + dice.normal(0, 0.1, (12, 12))
    place = np.abs(opinion[..., None] - GRADES).argmin(-1)
    bloc = dice.choice(12, 3, replace=False)
    theirs = np.zeros(place.shape, bool)
    theirs[np.ix_(bloc, bloc)] = True
    if lowered:
        place[bloc] = np.minimum(place[bloc] + 1, 4)
        place[theirs] = 0
    else:
        place = np.where(theirs, np.maximum(place - 1, 0), place)
    ballots = GRADES[place]
    np.fill_diagonal(ballots, np.nan)
    return ballots, set(bloc.tolist())


def test_three_quiet_colluders_take_no_more_than_one_of_three_seats_where_the_ballots_most_alike_are_left_out() -> None:
    """By the plain mean they take a half of all; where nobody colludes nobody's seats change by it, on the average."""
    plain, trimmed, nobody = [], [], []
    for seed in range(400):
        ballots, bloc = quiet(seed, lowered=True)
        plain.append(seats(ballots, bloc))
        trimmed.append(seats(np.delete(ballots, most_alike(ballots), axis=0), bloc))
        if seed < 200:
            honest = campaign(seed, 0)[0]
            nobody.append(seats(np.delete(honest, most_alike(honest), axis=0), {0, 1, 2}))
    assert np.mean(plain) > 1.4
    assert np.mean(trimmed) <= 1
    assert np.mean(nobody) == pytest.approx(0.75, abs=0.1)


def test_one_grade_more_for_friends_is_within_the_noise_and_takes_hardly_more_than_chance() -> None:
    drawn = [quiet(seed, lowered=False) for seed in range(200)]
    assert np.mean([seats(ballots, bloc) for ballots, bloc in drawn]) <= 1.1
    assert np.mean([seats(np.delete(one, most_alike(one), axis=0), bloc) for one, bloc in drawn]) <= 1.1


def test_trimmed_leaves_out_fewer_than_half_the_same_in_whatever_order_they_lie() -> None:
    for seed in range(20):
        ballots, bloc = campaign(seed, 3)
        cast = cast_of(ballots)
        kept = counting(TRIMMED, EVERYBODY, cast)
        assert 2 * len(kept) > len(cast) > len(kept)
        assert not [one for place, one in enumerate(cast) if place in bloc and one in kept]
        assert sorted(map(str, counting(TRIMMED, EVERYBODY, cast[::-1]))) == sorted(map(str, kept))
    assert most_alike(campaign(1, 2, people=6)[0]) == most_alike(np.zeros((MOST + 1, 2))) == []
