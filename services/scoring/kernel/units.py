"""The scores of units and of the bureau while numbers move: sums that are always right, scores that are reckoned when asked."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np

from services.scoring.kernel.bureau import Rules
from services.scoring.kernel.columns import Organisation, Sheets
from services.scoring.kernel.composing import named
from services.scoring.kernel.exact import NONE, Ints, Mean, stage


class Sum:
    """Of scores that are there (NONE is not)."""

    def __init__(self, scores: Ints) -> None:
        self.total, self.count = int(scores[scores >= 0].sum()), int((scores >= 0).sum())

    def replace(self, before: int, after: int, times: int = 1) -> None:
        self.total += times * (max(after, 0) - max(before, 0))
        self.count += times * ((after >= 0) - (before >= 0))

    def mean(self) -> Mean:
        return Mean(self.total, self.count)


class Units:
    """Divisions, then stations: ``finals`` in hundredths, up to date after ``settle``."""

    def __init__(self, organisation: Organisation, sheets: Sheets, rules: Rules) -> None:
        self.subjects: Ints = np.concatenate([organisation.divisions, organisation.stations])
        self.number = {int(subject): unit for unit, subject in enumerate(self.subjects)}
        self._rules = rules
        self._split = len(organisation.divisions)
        self._own: list[int] = sheets.score[self.subjects].tolist()
        self._line = organisation.division_lines
        self._divisions_of: dict[str, list[int]] = {}
        for unit, line in enumerate(self._line):
            self._divisions_of.setdefault(line, []).append(unit)
        staff = sheets.score[organisation.persons]
        self._members = [Sum(np.zeros(0, np.int64)) for _ in self.subjects]
        for stays, score in zip(stays_of(organisation), staff.tolist(), strict=True):
            for unit, days in stays:
                self._members[unit].replace(NONE, score, days)
        self._lines = {line: Sum(of[organisation.stations]) for line, of in sheets.lines.items()}
        self._persons = Sum(staff)
        self.finals = [NONE] * len(self.subjects)
        self._layers = (Sum(np.zeros(0, np.int64)), Sum(np.zeros(0, np.int64)))
        self._stale = set(range(len(self.subjects)))
        self._bureau: int | None = None

    def layer_of(self, unit: int) -> slice:
        return slice(0, self._split) if unit < self._split else slice(self._split, len(self.finals))

    def members(self, unit: int) -> Mean:
        return self._members[unit].mean()

    def line_mean(self, unit: int) -> Mean | None:
        if unit >= self._split:
            return None
        found = self._lines.get(self._line[unit])
        return found.mean() if found else Mean(0, 0)

    def scored(self, subject: int, score: int, lines_before: Mapping[str, int], lines_after: Mapping[str, int]) -> None:
        """Take in that a unit's own layer score is another one."""
        unit = self.number[subject]
        self._own[unit] = score
        self._stale.add(unit)
        if unit < self._split:
            return
        for line, after in lines_after.items():
            if after != lines_before[line]:
                self._lines[line].replace(lines_before[line], after)
                self._stale.update(self._divisions_of.get(line, ()))

    def person_scored(self, stays: Iterable[tuple[int, int]], before: int, after: int) -> None:
        """Take in that the score of a person with these stays is another one; ``stays``: (unit, days)."""
        self._persons.replace(before, after)
        self._bureau = None
        for unit, days in stays:
            self._members[unit].replace(before, after, days)
            self._stale.add(unit)

    def ranked(self, layer: str) -> int:
        """Tell how many divisions, or stations, have a score; to be asked after ``settle``."""
        same = slice(0, self._split) if layer == "division" else slice(self._split, len(self.finals))
        return sum(final >= 0 for final in self.finals[same])

    def settle(self) -> list[int]:
        """Reckon the units that something changed for; gives those whose final is another one."""
        changed = [unit for unit in self._stale if self._reckon(unit)]
        self._stale.clear()
        return changed

    def bureau(self) -> int:
        """Return the bureau's score in hundredths; to be asked after ``settle``."""
        if self._bureau is None:
            divisions, stations = self._layers
            means = {
                "divisions_mean": divisions.mean(),
                "stations_mean": stations.mean(),
                "persons_mean": self._persons.mean(),
            }
            self._bureau = int(stage(named(self._rules.composite["bureau"], means), even=self._rules.even))
        return self._bureau

    def _reckon(self, unit: int) -> bool:
        own, line_mean = self._own[unit], self.line_mean(unit)
        parts: dict[str, int | Mean] = {"layer_score": own, "members_mean": self.members(unit)}
        if line_mean is not None:
            parts["stations_line_mean"] = line_mean
        target = "division" if unit < self._split else "station"
        final = int(stage(named(self._rules.composite[target], parts), even=self._rules.even))
        before, self.finals[unit] = self.finals[unit], final
        if before != final:
            self._layers[unit >= self._split].replace(before, final)
            self._bureau = None
        return before != final


def stays_of(organisation: Organisation) -> list[list[tuple[int, int]]]:
    """Return the stays of each person: (unit, days)."""
    stays = list(zip(organisation.stay_units.tolist(), organisation.stay_days.tolist(), strict=True))
    return [stays[start:stop] for start, stop in pairwise(organisation.stay_starts.tolist())]
