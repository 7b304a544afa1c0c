"""From layer scores to units, to the bureau, to each person's 532 (composite.csv). Every stage uses earlier ones only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.scoring.kernel.columns import Organisation, Sheets
from services.scoring.kernel.exact import NONE, Ints, divide, work_type

Composite = Mapping[str, Mapping[str, int]]  # target -> component -> weight as a whole number


@dataclass(frozen=True)
class Mean:
    """An exact arithmetic mean, or many: Σ and how many were there."""

    total: Any
    count: Any

    @property
    def there(self) -> Any:
        return self.count > 0

    def at(self, place: int) -> "Mean":
        return Mean(int(self.total[place]), int(self.count[place]))


@dataclass(frozen=True)
class Composed:
    """Scores in hundredths, NONE where there is none; ``units``: divisions, then stations. The means are those that were used."""

    units: Ints
    members: Mean
    line_means: Mean  # of each division
    bureau: int
    bureau_means: dict[str, Mean]
    persons: Ints
    unit_parts: Mean  # Σ days × U and Σ days of each person


def compose(organisation: Organisation, sheets: Sheets, composite: Composite, *, even: bool) -> Composed:
    own = sheets.score[np.concatenate([organisation.divisions, organisation.stations])].astype(np.int64)
    staff = sheets.score[organisation.persons].astype(np.int64)
    members = members_of(organisation, staff)
    line_means = _line_means(organisation, sheets)
    units = _units(organisation, own, members, line_means, composite, even)
    divisions = len(organisation.divisions)
    bureau_means = {
        "divisions_mean": _mean(units[:divisions]),
        "stations_mean": _mean(units[divisions:]),
        "persons_mean": _mean(staff),
    }
    bureau = int(exact_stage(composite["bureau"], bureau_means, even=even, kind=object))
    parts = unit_parts(organisation, units)
    return Composed(
        units, members, line_means, bureau, bureau_means, _persons(staff, parts, bureau, composite, even), parts
    )


def exact_stage(weights: Mapping[str, int], values: Mapping[str, Any], *, even: bool, kind: type[Any]) -> Any:
    """Return Σ w × mean ÷ Σ w, exact in its one rounding: every part is brought
    over the product of all denominators."""
    used = [(weight, values[name]) for name, weight in weights.items() if name in values]
    n: Any = 0
    total: Any = 0
    common: Any = 1
    for weight, value in used:
        if np.all(value.count == 1):  # a score and no mean: most parts, and the quickest
            n, total = n + weight * _wide(value.total, kind) * common, total + weight
            continue
        there = _wide(value.there, kind)
        count = _wide(value.count, kind) * there + (1 - there)
        n = n * count + weight * there * _wide(value.total, kind) * common
        common = common * count
        total = total + weight * there
    nothing = total == 0
    return divide(n, common * (total + nothing), even) - nothing


def members_of(organisation: Organisation, staff: Ints) -> Mean:
    """Return, for each unit, Σ days × score and Σ days over everybody who was there."""
    units = len(organisation.divisions) + len(organisation.stations)
    scores = staff[np.repeat(np.arange(len(staff)), np.diff(organisation.stay_starts))]
    days = organisation.stay_days * (scores >= 0)
    total, count = np.zeros(units, np.int64), np.zeros(units, np.int64)
    np.add.at(total, organisation.stay_units, days * scores)
    np.add.at(count, organisation.stay_units, days)
    return Mean(total, count)


def unit_parts(organisation: Organisation, units: Ints) -> Mean:
    """Return Σ days × U(unit) and Σ days over the stays of each person in units that have a score."""
    scores = units[organisation.stay_units]
    if organisation.single_stays:  # whose days then do not matter
        there = (scores >= 0).astype(np.int64)
        return Mean(scores * there, there)
    days = organisation.stay_days * (scores >= 0)
    return Mean(_by_person(organisation, days * scores), _by_person(organisation, days))


def _units(
    organisation: Organisation, own: Ints, members: Mean, line_means: Mean, composite: Composite, rounding: bool
) -> Ints:
    split = len(organisation.divisions)
    found = []
    for target, cut in (("division", slice(None, split)), ("station", slice(split, None))):
        parts = {
            "layer_score": Mean(own[cut], (own[cut] >= 0).astype(np.int64)),
            "members_mean": Mean(members.total[cut], members.count[cut]),
        }
        if target == "division":
            parts["stations_line_mean"] = line_means
        kind = _stage_type(composite[target], parts)
        found.append(np.asarray(exact_stage(composite[target], parts, even=rounding, kind=kind)).astype(np.int64))
    return np.concatenate([np.broadcast_to(found[0], split), np.broadcast_to(found[1], len(own) - split)])


def _persons(staff: Ints, parts: Mean, bureau: int, composite: Composite, rounding: bool) -> Ints:
    values = {
        "personal": Mean(staff, (staff >= 0).astype(np.int64)),
        "unit": parts,
        "bureau": Mean(max(bureau, 0), int(bureau >= 0)),
    }
    kind = _stage_type(composite["person"], values)
    scored = np.asarray(exact_stage(composite["person"], values, even=rounding, kind=kind)).astype(np.int64)
    return np.where(staff >= 0, scored, NONE)  # nobody is ranked on the work of others alone


def _line_means(organisation: Organisation, sheets: Sheets) -> Mean:
    """For each division the mean of all stations in its line."""
    means = {line: _mean(sheets.lines[line][organisation.stations].astype(np.int64)) for line in sheets.lines}
    nothing = Mean(0, 0)
    own = [means.get(line, nothing) for line in organisation.division_lines]
    return Mean(np.array([one.total for one in own], np.int64), np.array([one.count for one in own], np.int64))


def _mean(values: Ints) -> Mean:
    return Mean(int(values[values >= 0].sum()), int((values >= 0).sum()))


def _by_person(organisation: Organisation, values: Ints) -> Ints:
    """Sums over the stays of each person; differences of a running sum, because some have no stay."""
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(values, dtype=np.int64)])
    return np.asarray(running[organisation.stay_starts[1:]] - running[organisation.stay_starts[:-1]])


def _stage_type(weights: Mapping[str, int], values: Mapping[str, Mean]) -> type[Any]:
    common, biggest = 1, 1
    for value in values.values():
        common *= max(1, int(np.max(value.count, initial=0)))
        biggest = max(biggest, int(np.max(value.total, initial=0)))
    return object if work_type(8 * sum(weights.values()) * common * biggest) is object else np.int64


def _wide(value: Any, kind: type[Any]) -> Any:
    return value.astype(kind) if isinstance(value, (np.ndarray, np.bool_)) else int(value)
