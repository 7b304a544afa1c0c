"""What a frame says, as whole numbers: who shares his items with whom, the weights of each stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from services.scoring.domain.frame import Frame, Item, Subject, Weights


@dataclass(frozen=True)
class Kind:
    """Subjects that share their items and what they weigh: one layer, one line, or the same days in the same lines."""

    layer: str
    lines: Weights  # line -> weight
    subjects: tuple[Subject, ...]
    places: tuple[int, ...]  # of them in the frame
    items: tuple[Item, ...]


def kinds(frame: Frame) -> list[Kind]:
    found: dict[Any, list[int]] = {}
    for place, subject in enumerate(frame.subjects):
        lines = subject.line if len(subject.lines) < 2 else tuple(subject.lines.items())
        found.setdefault((subject.layer, lines if subject.layer == "person" else subject.line), []).append(place)
    return [_kind(frame, places) for places in found.values()]


def whole_weights(weights: Weights) -> dict[str, int]:
    """Return the weights of one stage on one scale; a stage divides by their sum, so the scale does not matter."""
    scale = lcm(*(Fraction(weight).denominator for weight in weights.values()))
    return {name: int(Fraction(weight) * scale) for name, weight in weights.items()}


def full_unit(items: Iterable[Item]) -> int:
    """Return 1 point in the unit in which all full points of ``items`` are whole; hundredths at the least."""
    return lcm(100, *(Fraction(item.full).denominator for item in items))


def _kind(frame: Frame, places: list[int]) -> Kind:
    subjects = tuple(frame.subjects[place] for place in places)
    first = subjects[0]
    return Kind(first.layer, frame.lines_of(first), subjects, tuple(places), frame.items_of(first))
