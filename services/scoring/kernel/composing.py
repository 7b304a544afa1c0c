"""From layer scores to units, to the bureau, to each person's 532 (composite.csv). Every stage uses earlier ones only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.scoring.kernel.columns import Organisation, Sheets
from services.scoring.kernel.exact import NONE, Ints, Mean, stage, wide, work_type

Composite = Mapping[str, Mapping[str, int]]  # target -> component -> weight as a whole number


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
    bureau = int(stage(named(composite["bureau"], bureau_means), even=even))
    parts = unit_parts(organisation, units)
    return Composed(
        units, members, line_means, bureau, bureau_means, _persons(staff, parts, bureau, composite, even), parts
    )


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
            "layer_score": own[cut],
            "members_mean": Mean(members.total[cut], members.count[cut]),
        }
        if target == "division":
            parts["stations_line_mean"] = line_means
        found.append(_stage(composite[target], parts, even=rounding))
    return np.concatenate([np.broadcast_to(found[0], split), np.broadcast_to(found[1], len(own) - split)])


def _persons(staff: Ints, parts: Mean, bureau: int, composite: Composite, rounding: bool) -> Ints:
    scored = _stage(composite["person"], {"personal": staff, "unit": parts, "bureau": bureau}, even=rounding)
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


def named(weights: Mapping[str, int], values: Mapping[str, Any]) -> list[tuple[int, Any]]:
    """Return each weight with the value of its name, of those that there are."""
    return [(weight, values[name]) for name, weight in weights.items() if name in values]


def _stage(weights: Mapping[str, int], values: Mapping[str, Any], *, even: bool) -> Ints:
    """The stage of all subjects at once, in the type that its products need."""
    common, biggest = 1, 1
    for value in values.values():
        total, count = (value.total, value.count) if isinstance(value, Mean) else (value, 1)
        common *= max(1, int(np.max(count, initial=0)))
        biggest = max(biggest, int(np.max(total, initial=0)))
    kind = object if work_type(8 * sum(weights.values()) * common * biggest) is object else np.int64
    cast = {name: value.wide(kind) if isinstance(value, Mean) else wide(value, kind) for name, value in values.items()}
    return np.asarray(stage(named(weights, cast), even=even)).astype(np.int64)
