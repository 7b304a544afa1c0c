"""How many colluders does a campaign withstand? By simulation with a fixed seed, before anybody votes.

Merits, severities and opinions are drawn and graded. The colluders give each of theirs the best grade; the others, if
they do it openly, the worst, if quietly one below their own opinion. Told is how many of the first seats theirs take on the average.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from services.declarations.calibration.agreement import Floats
from services.declarations.calibration.blocs import find_blocs, residuals
from services.declarations.calibration.trimming import most_alike

MERIT, OPINION, SEVERITY, MEAN = (
    0.08,
    0.1,
    0.05,
    0.8,
)  # standard deviations, and the mean, of what is graded from 0 to 1
OPEN, QUIET = ATTACKS = "open", "quiet"
DRAWS, SEED = 100, 20260101
TAKEN = 0.5  # seats above what chance gives that make no difference


@dataclass(frozen=True)
class Plan:
    """``peers``: the raters grade one another, and nobody oneself; then there are as many subjects as raters."""

    raters: int
    subjects: int
    peers: bool
    seats: int
    grades: tuple[float, ...]  # their values, the best first


@dataclass(frozen=True)
class Outcome:
    """The seats that ``colluders`` take on the average: by chance, and by attack with all ballots, without blocs, and without those most alike."""

    colluders: int
    chance: float
    plain: dict[str, float]
    robust: dict[str, float]
    trimmed: dict[str, float]


def outcomes(plan: Plan, draws: int = DRAWS, seed: int = SEED) -> Iterator[Outcome]:
    """Yield what one colluder, two, and so on up to fewer than half would take."""
    for colluders in range(1, min((plan.raters - 1) // 2, plan.subjects) + 1):
        taken = {attack: _taken(plan, colluders, attack, draws, seed) for attack in ATTACKS}
        chance = colluders * min(plan.seats, plan.subjects) / plan.subjects
        yield Outcome(colluders, chance, *({attack: of[which] for attack, of in taken.items()} for which in range(3)))


def withstood(found: Sequence[Outcome], attack: str, combination: str) -> int:
    """Return how many colluders take hardly more than chance gives, and neither do any fewer; ``combination``: plain, robust, trimmed."""
    number = 0
    for one in found:
        if getattr(one, combination)[attack] > one.chance + TAKEN:
            break
        number = one.colluders
    return number


def _taken(plan: Plan, colluders: int, attack: str, draws: int, seed: int) -> list[float]:
    dice = np.random.default_rng([seed, colluders, ATTACKS.index(attack)])
    total = np.zeros(3)
    for _ in range(draws):
        ballots, theirs = _campaign(dice, plan, colluders, attack)
        left = residuals(ballots)
        left_out: tuple[Sequence[int], ...] = ((), sorted(find_blocs(ballots, left).ballots), most_alike(ballots, left))
        total += [_seats(np.delete(ballots, list(some), axis=0), theirs, plan.seats) for some in left_out]
    return [float(one) for one in total / draws]


def _campaign(
    dice: np.random.Generator, plan: Plan, colluders: int, attack: str
) -> tuple[Floats, "np.typing.NDArray[np.int64]"]:
    """Raters × subjects, and whom the colluders favour."""
    opinion = dice.normal(MEAN, MERIT, plan.subjects)[None, :] + dice.normal(0, SEVERITY, plan.raters)[:, None]
    grades = np.array(plan.grades)
    shown = opinion + dice.normal(0, OPINION, opinion.shape)
    place = np.abs(shown[:, :, None] - grades).argmin(axis=2)
    raters = dice.choice(plan.raters, colluders, replace=False)
    theirs = raters if plan.peers else dice.choice(plan.subjects, colluders, replace=False)
    worst = len(grades) - 1
    place[raters] = worst if attack == OPEN else np.minimum(place[raters] + 1, worst)
    place[np.ix_(raters, theirs)] = 0
    ballots = grades[place]
    if plan.peers:
        np.fill_diagonal(ballots, np.nan)
    return ballots, theirs


def _seats(ballots: Floats, theirs: "np.typing.NDArray[np.int64]", seats: int) -> float:
    """How many of the first seats theirs take; equals at the edge share them."""
    mean = np.nanmean(ballots, axis=0)
    edge = np.sort(mean)[::-1][min(seats, len(mean)) - 1]
    inside, level = mean > edge + 1e-9, np.abs(mean - edge) <= 1e-9
    share = inside + level * (min(seats, len(mean)) - inside.sum()) / level.sum()
    return float(share[theirs].sum())
