"""Titles that may mean the same achievement: equal once width, case, spaces and punctuation are put aside, or alike by their pairs of characters."""

from collections import Counter
from collections.abc import Iterable, Mapping

ALIKE = 80  # percent of pairs in common (Dice), from which two titles are pointed out
MOST = 10  # that are pointed out beside one


def pairs(key: str) -> frozenset[str]:
    return frozenset(key[place : place + 2] for place in range(len(key) - 1)) or frozenset([key])


class Titles:
    """Keys by their names, found by what they have in common with another."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._pairs = {name: pairs(key) for name, key in keys.items()}
        self._holding: dict[str, list[str]] = {}
        for name, own in self._pairs.items():
            for pair in own:
                self._holding.setdefault(pair, []).append(name)

    def like(self, key: str, besides: Iterable[str] = ()) -> list[tuple[str, int]]:
        """Return (name, percent) of those alike, the most alike first."""
        own = pairs(key)
        common = Counter(name for pair in own for name in self._holding.get(pair, ()))
        for name in besides:
            common.pop(name, None)
        found = [(name, 200 * number // (len(own) + len(self._pairs[name]))) for name, number in common.items()]
        return sorted((one for one in found if one[1] >= ALIKE), key=lambda one: (-one[1], one[0]))[:MOST]
