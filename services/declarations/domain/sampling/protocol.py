"""The frozen list of a spot check, what is published of it before the draw, and the draw itself: a pure function of list and value.

Before: SHA-256 of ``text_of`` and the name of a public value still to come. After: the list and the value, from which anyone
gets the same items and the same inspectors (`kaohe spot-check verify`). docs/decisions/0230 has the format in full.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.declarations.domain.sampling import draws

VERSION = 2  # 1 drew by points along the list as it stood
VERSIONS = (1, VERSION)
POINTS = "points"
Pair = tuple[str, str]  # kind and item


@dataclass(frozen=True)
class Entry:
    """One line of the frozen list; ``excluded`` are those of the pool who may not inspect it."""

    kind: str
    item: str
    revision: int
    stratum: str
    measure: int
    excluded: tuple[str, ...]

    @property
    def pair(self) -> Pair:
        return self.kind, self.item


@dataclass(frozen=True)
class Frozen:
    bureau: str
    spot_check: str
    value_name: str
    method: str  # where it is ``points``, the draw is in proportion to the measures
    strata: Mapping[str, int]  # how many each gives
    pool: tuple[str, ...]
    entries: tuple[Entry, ...]  # sorted by kind and item
    version: int = VERSION

    @property
    def count(self) -> int:
        return sum(self.strata.values())


@dataclass(frozen=True)
class Drawn:
    entry: Entry
    probability: Fraction
    inspector: str


def text_of(frozen: Frozen) -> str:
    """Return the list as it is hashed: one JSON array a line, the first of what was
    decided, then the pool, then the entries."""
    head = [frozen.version, frozen.bureau, frozen.spot_check, frozen.value_name, frozen.method, dict(frozen.strata)]
    lines: list[list[Any]] = [["draw", *head], *(["inspector", one] for one in frozen.pool)]
    lines += [
        ["item", one.kind, one.item, one.revision, one.stratum, one.measure, list(one.excluded)]
        for one in frozen.entries
    ]
    return "".join(f"{_line(line)}\n" for line in lines)


def commitment(frozen: Frozen) -> str:
    return hashlib.sha256(text_of(frozen).encode()).hexdigest()


def read(text: str) -> Frozen:
    """Read the list back from its text; ``ValueError`` where it is none."""
    lines = [json.loads(line) for line in text.split("\n") if line]
    word, version, bureau, check, value_name, method, strata = lines[0]
    if word != "draw" or version not in VERSIONS:
        raise ValueError("not a frozen list of a version that is known")
    pool = tuple(line[1] for line in lines if line[0] == "inspector")
    entries = tuple(_entry(*line[1:]) for line in lines if line[0] == "item")
    return Frozen(bureau, check, value_name, method, strata, pool, entries, version)


def draw(frozen: Frozen, value: str) -> list[Drawn]:
    """Draw the sample in the order drawn, each item with its chance and its inspector."""
    chosen = _in_proportion(frozen, value) if frozen.method == POINTS else _by_strata(frozen, value)
    inspectors = _dealt(frozen, [entry for entry, _ in chosen], value)
    return [Drawn(entry, chance, inspectors[entry.pair]) for entry, chance in chosen]


def redraw(frozen: Frozen, pair: Pair, stood_back: Sequence[str], value: str) -> str | None:
    """Tell who inspects instead, after those who ``stood_back``; None where nobody of the pool is left."""
    entry = next(one for one in frozen.entries if one.pair == pair)
    left = sorted(set(frozen.pool) - {*entry.excluded, *stood_back})
    key = _key(value, frozen.spot_check, "inspector", *pair)
    return left[draws.number(key, len(stood_back)) % len(left)] if left else None


def without_inspector(frozen: Frozen) -> list[Entry]:
    """Return entries that nobody of the pool may inspect: with any of them no draw may be announced."""
    return [entry for entry in frozen.entries if len(set(entry.excluded)) == len(frozen.pool)]


def _by_strata(frozen: Frozen, value: str) -> list[tuple[Entry, Fraction]]:
    chosen = []
    for stratum, count in sorted(frozen.strata.items()):
        lot = [entry for entry in frozen.entries if entry.stratum == stratum]
        drawn = draws.order(lot, _key(value, frozen.spot_check, "stratum", stratum), count)
        chosen += [(entry, Fraction(count, len(lot))) for entry in drawn]
    return chosen


def _in_proportion(frozen: Frozen, value: str) -> list[tuple[Entry, Fraction]]:
    entries = _shuffled(frozen, value) if frozen.version > 1 else frozen.entries
    measures = [entry.measure for entry in entries]
    chances = draws.inclusion(measures, frozen.count)
    listed = list(zip(entries, chances, strict=True))
    return draws.systematic(listed, measures, _key(value, frozen.spot_check, POINTS), frozen.count)


def _shuffled(frozen: Frozen, value: str) -> list[Entry]:
    """Order the list by digests of the same value: equal steps along it then meet no pattern that lies in the list itself."""

    def place(entry: Entry) -> bytes:
        return hashlib.sha256(_key(value, frozen.spot_check, "order", *entry.pair)).digest()

    return sorted(frozen.entries, key=place)


def _dealt(frozen: Frozen, chosen: Iterable[Entry], value: str) -> dict[Pair, str]:
    """Inspectors in an order drawn by the same value; each item goes to whoever may take it and has the fewest so far."""
    shuffled = draws.order(frozen.pool, _key(value, frozen.spot_check, "inspectors"), len(frozen.pool))
    load = dict.fromkeys(shuffled, 0)
    dealt: dict[Pair, str] = {}
    for entry in chosen:
        fit = [one for one in shuffled if one not in entry.excluded]
        dealt[entry.pair] = min(fit, key=lambda one: load[one])
        load[dealt[entry.pair]] += 1
    return dealt


def _key(value: str, *parts: str) -> bytes:
    return ("/".join((value, *parts)) + "/").encode()


def _entry(kind: str, item: str, revision: int, stratum: str, measure: int, excluded: list[str]) -> Entry:
    return Entry(kind, item, revision, stratum, measure, tuple(excluded))


def _line(line: list[Any]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
