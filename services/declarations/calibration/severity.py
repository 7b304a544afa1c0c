"""Severity of raters by BLUP: y = μ + merit(subject) + severity(rater) + ε, merits fixed, severities random (scoring-methods §5).

Henderson's mixed-model equations, of which the iteration severity = n σ²_β ÷ (n σ²_β + σ²_ε) × mean residual is the solution by turns. Their
merits are the combined estimates that recover the information between blocks (Yates 1940). Variance components by Henderson's third method.
Figures beside the votes: floats, no points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST_RATIO = 1e-6  # where raters differ and nothing else does, the equations stay solvable


@dataclass(frozen=True)
class Votes:
    """One entry for each vote: the rater's and the subject's number, and the value of the grade."""

    rater: NDArray[np.int64]
    subject: NDArray[np.int64]
    value: Floats
    raters: int
    subjects: int


@dataclass(frozen=True)
class Components:
    """Variance of severity and of what is left. ``linked``: sets of subjects that share raters, directly or over others.

    Not ``estimated`` where the votes cannot tell raters and subjects apart (everybody graded by one, or one graded by everybody): then both are 0.
    """

    severity: float
    residual: float
    linked: list[list[int]]
    estimated: bool = True


@dataclass(frozen=True)
class Calibrated:
    """``merit``: the value a subject would have from a rater of mean severity; ``error``: its standard error; ``severity`` by rater."""

    components: Components
    merit: Floats
    error: Floats
    severity: Floats
    residual: Floats  # of each vote


def calibrate(votes: Votes, components: Components | None = None) -> Calibrated:
    """Estimate merits and severities; each subject and rater must have a vote.
    ``components`` may be given where they are known."""
    found = components or estimate(votes)
    if found.severity <= 0:
        return _raw(votes, found)
    equations = _Equations(votes, penalty=max(found.residual / found.severity, LEAST_RATIO))
    inverse = np.linalg.inv(equations.left)
    merit = inverse @ equations.right
    severity = equations.raters(merit)
    error = np.sqrt(np.maximum(np.diag(inverse) * found.residual, 0))
    return Calibrated(found, merit, error, severity, votes.value - merit[votes.subject] - severity[votes.rater])


def estimate(votes: Votes) -> Components:
    """Estimate the components by Henderson III: E[SS(raters | subjects)] = (b − c) σ²_ε + (N − a) σ²_β,
    for a subjects, b raters, c unlinked parts."""
    linked = linked_parts(votes)
    count, freedom = len(votes.value), len(votes.value) - votes.subjects - votes.raters + len(linked)
    if freedom <= 0 or count <= votes.subjects:
        return Components(0.0, 0.0, linked, estimated=False)
    equations = _Equations(votes, penalty=0.0)
    merit = np.asarray(np.linalg.lstsq(equations.left, equations.right, rcond=None)[0], dtype=np.float64)
    fitted = merit[votes.subject] + equations.raters(merit)[votes.rater]
    within = float(((votes.value - fitted) ** 2).sum())
    alone = float(((votes.value - means(votes)[votes.subject]) ** 2).sum())
    residual = within / freedom
    severity = (alone - within - (votes.raters - len(linked)) * residual) / (count - votes.subjects)
    return Components(max(0.0, severity), max(0.0, residual), linked)


def means(votes: Votes) -> Floats:
    """Return the raw mean of each subject."""
    total = np.bincount(votes.subject, votes.value, votes.subjects)
    return np.asarray(total / np.maximum(np.bincount(votes.subject, minlength=votes.subjects), 1))


def linked_parts(votes: Votes) -> list[list[int]]:
    """Return sets of subjects that no rater connects: merits of different sets cannot be told from severities."""
    parent = list(range(votes.subjects + votes.raters))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for subject, rater in zip(votes.subject.tolist(), votes.rater.tolist(), strict=True):
        parent[root(subject)] = root(votes.subjects + rater)
    parts: dict[int, list[int]] = {}
    for subject in range(votes.subjects):
        parts.setdefault(root(subject), []).append(subject)
    return sorted(parts.values(), key=lambda part: (-len(part), part))


def votes_of(ballots: Sequence[dict[str, float]]) -> tuple[Votes, list[str]]:
    """Return ballots (subject -> value) as votes, and the subjects in the order of their numbers."""
    subjects = sorted({subject for ballot in ballots for subject in ballot})
    number = {subject: place for place, subject in enumerate(subjects)}
    cast = [
        (rater, number[subject], value) for rater, ballot in enumerate(ballots) for subject, value in ballot.items()
    ]
    rater, subject, value = zip(*cast, strict=True) if cast else ((), (), ())
    whole = np.array(rater, dtype=np.int64), np.array(subject, dtype=np.int64)
    return Votes(*whole, np.array(value, dtype=np.float64), len(ballots), len(subjects)), subjects


def _raw(votes: Votes, components: Components) -> Calibrated:
    """Raters who do not differ: the raw means stand."""
    mean = means(votes)
    number = np.maximum(np.bincount(votes.subject, minlength=votes.subjects), 1)
    residual = votes.value - mean[votes.subject]
    error = np.sqrt(max(components.residual, 0.0) / number)
    return Calibrated(components, mean, error, np.zeros(votes.raters), residual)


class _Equations:
    """The normal equations with the raters absorbed: raters share no ballot, so what is left is as large as there are subjects only."""

    def __init__(self, votes: Votes, penalty: float) -> None:
        shape = (votes.subjects, votes.raters)
        self._both = np.zeros(shape)
        np.add.at(self._both, (votes.subject, votes.rater), 1.0)
        self._total = np.bincount(votes.rater, votes.value, votes.raters)
        self._number = self._both.sum(axis=0) + penalty
        absorbed = self._both / self._number
        self.left: Floats = np.diag(self._both.sum(axis=1)) - absorbed @ self._both.T
        self.right: Floats = np.bincount(votes.subject, votes.value, votes.subjects) - absorbed @ self._total

    def raters(self, merit: Floats) -> Floats:
        """Return the severities that belong to these merits."""
        return np.asarray((self._total - self._both.T @ merit) / self._number, dtype=np.float64)
