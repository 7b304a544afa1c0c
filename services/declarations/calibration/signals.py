"""Ballots that were hardly filled in to grade anybody. Only what needs no name: who voted is unknown, and must stay so (decision 0202).

Counts only, never a ballot: reciprocity, retaliation or favour within one's own unit could only be told of raters who are known.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ENOUGH = 5  # votes below which a ballot says nothing of how it was filled in
Ballot = Mapping[str, float]  # subject -> value


@dataclass(frozen=True)
class Signals:
    """How many of the ``judged`` ballots (five votes or more) are of each kind.

    ``straight``: the same grade for all. ``lone``: all the best but one the worst, or the other way round: a vote for or against somebody.
    ``copied``: ballots like another one, vote for vote, though their grades differ.
    """

    judged: int
    straight: int
    lone: int
    copied: int


def signals(ballots: Sequence[Ballot], values: Sequence[float]) -> Signals:
    """Count the ballots that signal something; ``values``: of all grades, so that the best and the worst are known."""
    judged = [ballot for ballot in ballots if len(ballot) >= ENOUGH]
    straight = [ballot for ballot in judged if len(set(ballot.values())) == 1]
    varied = [ballot for ballot in judged if len(set(ballot.values())) > 1]
    alike = Counter(tuple(sorted(ballot.items())) for ballot in varied)
    copied = sum(number for number in alike.values() if number > 1)
    lone = sum(_is_lone(ballot, max(values), min(values)) for ballot in varied)
    return Signals(len(judged), len(straight), lone, copied)


def _is_lone(ballot: Ballot, best: float, worst: float) -> bool:
    counts = Counter(ballot.values())
    return set(counts) == {best, worst} and min(counts.values()) == 1
