"""What hangs on each weight: one weight a little larger or smaller, the others of its model in proportion, and who would be in the list then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from services.scoring.analysis.arrays import Flags, Floats, floats, reaching
from services.scoring.analysis.seats import Field, finals

STEPS = tuple(step / 100 for step in range(1, 21))  # 0.01 … 0.20, both ways
SHOWN = 0.05


@dataclass(frozen=True)
class Sensitivity:
    """``smallest``: the smallest change on the grid that changes a seat, signed; None: none up to 0.20 does.

    ``seats``: seats that change hands at ± 0.05, the worse of both; ``shift``: mean shift of ranks there.
    """

    group: int | None  # of the field; None: the composition
    weight: str
    smallest: float | None
    seats: int
    shift: float


def sensitivities(field: Field) -> list[Sensitivity]:
    """Return one for each weight of each line and of the composition."""
    base = own_finals(field)
    return [_sensitivity(field, base, group, name) for group, name in _weights(field)]


def own_finals(field: Field) -> Floats:
    """Return the scores by the field's own weights."""
    groups = (floats(group.weights.values())[None] for group in field.groups)
    return np.asarray(finals(field, groups, floats(field.composite.values())[None])[0])


def listed(scores: Floats, places: int, least: float = 0.0) -> Flags:
    """Tell which are within the places and not below the floor; who equals the first outside is not."""
    if places <= 0 or not len(scores):
        return np.zeros(len(scores), dtype=bool)
    if places >= len(scores):
        return reaching(scores, least)
    edge: float = np.sort(scores)[::-1][places]
    return np.asarray(reaching(scores, least) & (scores > edge + 1e-9))


def ranks(scores: Floats) -> Floats:
    ordered = np.sort(scores)
    return (len(scores) - np.searchsorted(ordered, scores, side="right") + 1).astype(float)


def moved(weights: Mapping[str, float], name: str, by: float) -> dict[str, float] | None:
    """Return ``weights`` with ``name`` changed ``by``, the others in proportion; None where that leaves 0..1."""
    target, rest = weights[name] + by, 1 - weights[name]
    if not 0 <= target <= 1 or rest <= 0:
        return None
    return {one: target if one == name else weight * (1 - target) / rest for one, weight in weights.items()}


def _sensitivity(field: Field, base: Floats, group: int | None, name: str) -> Sensitivity:
    before, places = listed(base, field.places, field.least), ranks(base)
    smallest, seats, shift = None, 0, 0.0
    for step in STEPS:
        for by in (step, -step):
            changed = _moved_field(field, group, name, by)
            if changed is None:
                continue
            scores = own_finals(changed)
            after = listed(scores, field.places, field.least)
            lost, won = int((before & ~after).sum()), int((~before & after).sum())
            if smallest is None and max(lost, won):
                smallest = by
            if step == SHOWN:
                seats = max(seats, lost, won)
                shift = max(shift, float(np.abs(ranks(scores) - places).mean()))
    return Sensitivity(group, name, smallest, seats, shift)


def _moved_field(field: Field, group: int | None, name: str, by: float) -> Field | None:
    if group is None:
        composite = moved(field.composite, name, by)
        return None if composite is None else replace(field, composite=composite)
    weights = moved(field.groups[group].weights, name, by)
    if weights is None:
        return None
    groups = list(field.groups)
    groups[group] = replace(groups[group], weights=weights)
    return replace(field, groups=groups)


def _weights(field: Field) -> Iterator[tuple[int | None, str]]:
    for number, group in enumerate(field.groups):
        yield from ((number, name) for name in group.weights)
    yield from ((None, name) for name in field.composite)
