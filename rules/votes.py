"""What may be told of votes, asked by every view, export, paper and report (docs/decisions/0330): nothing of fewer than three ballots,
nor anything from which those could be reckoned: their points, totals, and what stands beside them in the same item."""

from collections.abc import Iterable, Mapping

FEWEST = 3


def is_secret(ballots: int) -> bool:
    """Tell whether votes and points of an evaluation by so many ballots have to be
    kept; by nobody, there is nothing to keep."""
    return 0 < ballots < FEWEST


def any_secret(ballots: Iterable[int]) -> bool:
    """Tell the same for an item of several evaluations: its points are known, so the others' would tell the one's."""
    return any(map(is_secret, ballots))


def secret_parts(sizes: Mapping[str, int]) -> set[str]:
    """Return the parts (groups of raters) of which nothing is told apart, ``sizes`` being their ballots.

    Those under three, and the next smallest as long as what is left of the whole would tell of one or two ballots.
    """
    hidden = {part for part, size in sizes.items() if size < FEWEST}
    others = sorted((part for part in sizes if part not in hidden), key=lambda part: (sizes[part], part))
    while others and is_secret(sum(sizes[part] for part in hidden)):
        hidden.add(others.pop(0))
    return hidden
