"""How well an entry fits what somebody types, told in whole shares of pairs of neighbouring signs."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

LEAST = Fraction(2, 5)  # of the pairs of a question or a name
_ASKING = re.compile("怎么办|怎么|如何|怎样|什么|是否|能否|可以|[吗呢？?]")  # what asks says nothing of what is asked


def pairs_of(text: str) -> dict[str, None]:
    """Return the pairs of a text, each once and in its order."""
    plain = "".join(text.lower().split())
    return dict.fromkeys(plain[at : at + 2] for at in range(len(plain) - 1))


def fit(typed: str, title: str, keywords: Sequence[str] = ()) -> Fraction:
    """Return how much of ``title`` stands in what is typed; each keyword in it counts as a whole title."""
    wanted, there = pairs_of(_ASKING.sub(" ", title)), pairs_of(typed)
    share = Fraction(len(wanted.keys() & there), len(wanted)) if wanted else Fraction(0)
    plain = "".join(typed.lower().split())
    return share + sum("".join(word.lower().split()) in plain for word in keywords if word.strip())


def best(fits: Iterable[tuple[Fraction, str]], limit: int) -> list[str]:
    """Return the names of those that fit well enough, the best first."""
    good = sorted(((-share, name) for share, name in fits if share >= LEAST))
    return [name for _, name in good[:limit]]
