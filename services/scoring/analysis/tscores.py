"""T-scores: people of different lines on one scale, beside their raw scores and never instead of them (scoring-methods §3).

T = 50 + 10 (x − μ) ÷ σ. A line of 30 or more is measured by its own μ and σ; of a smaller one both are drawn towards the bureau's in
proportion, (n ÷ 30) of the line's and the rest of the bureau's. These are figures for comparison: floats, no score, no rank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.scoring.analysis.arrays import Floats

ENOUGH = 30  # members of a line that stand for themselves


@dataclass(frozen=True)
class Scale:
    """What a line is measured by; ``own``: the share of its own mean and variance in it, 1 from 30 members on."""

    members: int
    mean: float
    deviation: float
    own: float

    def t(self, score: float) -> float:
        return 50 + 10 * (score - self.mean) / self.deviation if self.deviation > 0 else 50.0


def scales(scores: Mapping[str, Sequence[float]]) -> dict[str, Scale]:
    """Return line -> its scale; ``scores``: line -> the scores of its members."""
    everybody = np.array([one for line in scores.values() for one in line], dtype=float)
    return {line: _scale(np.array(own, dtype=float), everybody) for line, own in scores.items() if len(own)}


def _scale(own: Floats, everybody: Floats) -> Scale:
    share = min(1.0, len(own) / ENOUGH)
    mean = share * own.mean() + (1 - share) * everybody.mean()
    variance = share * _variance(own) + (1 - share) * _variance(everybody)
    return Scale(len(own), float(mean), float(variance**0.5), share)


def _variance(scores: Floats) -> float:
    return float(scores.var(ddof=1)) if len(scores) > 1 else 0.0
