"""A bureau's standing in memory: an item changes, and what stands above it is right again at a cost that does not grow with the bureau.

Kept are the points of every line and the sums that the stages are made of. A change reaches its subject and its subject's unit. What
reaches everybody (the bureau's score, the mean of all stations in a line) is brought up to date as a sum and worked into
finals and ranks only when somebody asks. The stages themselves are those of layer_scores.py and composing.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from services.scoring.domain.frame import CATEGORIES, Frame, Item, Subject
from services.scoring.kernel.answers import (
    Row,
    Stand,
    bureau_row,
    person_components,
    ranked_rows,
    row_of,
    rules_of,
    unit_components,
)
from services.scoring.kernel.bureau import Result, composed_result
from services.scoring.kernel.columns import Block, Sheets
from services.scoring.kernel.encoding import empty_block, encode
from services.scoring.kernel.exact import Ints
from services.scoring.kernel.layer_scores import Layer, keep, layer, prepared, score_column, sum_type
from services.scoring.kernel.organisation import organisation_of
from services.scoring.kernel.plan import Kind, kinds
from services.scoring.kernel.ranking import rank
from services.scoring.kernel.staff import Staff
from services.scoring.kernel.units import Units

Points = Mapping[str, Sequence[int] | Ints]  # subject -> hundredths of its items in their order, -1: not applicable


class Live:
    def __init__(self, frame: Frame, points: Points, vetoes: Mapping[str, list[Row]]) -> None:
        self.frame = frame
        self.rules = rules_of(frame.model)
        self.vetoes = dict(vetoes)
        self.organisation = organisation_of(frame)
        self.rectangles = [Rectangle(frame, kind, points) for kind in kinds(frame)]
        self.place = {subject.code: number for number, subject in enumerate(frame.subjects)}
        lines = tuple(dict.fromkeys(line for one in self.rectangles for line in one.block.lines))
        self.sheets = Sheets.empty(len(frame.subjects), CATEGORIES, lines)
        for one in self.rectangles:
            keep(self.sheets, one.block.subjects, one.layers(even=self.rules.even))
        self.units = Units(self.organisation, self.sheets, self.rules)
        self.staff = Staff(self.organisation, self.sheets, self.rules, self.units)
        self._rectangle_of = {
            subject.code: (one, row) for one in self.rectangles for row, subject in enumerate(one.kind.subjects)
        }
        self.members = Counter(one.unit for one in frame.subjects if one.layer == "person")
        self._result: Result | None = None
        self._orders: dict[str, list[tuple[int, str, int]]] = {}

    def points(self, subject: str) -> list[int]:
        rectangle, row = self._rectangle_of[subject]
        return rectangle.points[row].tolist()  # type: ignore[no-any-return]

    def change(self, subject: str, indicator: str, points: int) -> bool:
        """Set an item's new points; tell whether anything changed. What is no item of the subject changes nothing."""
        rectangle, row = self._rectangle_of[subject]
        if not rectangle.change(row, indicator, points):
            return False
        number = self.place[subject]
        found = rectangle.layer_of(row, even=self.rules.even)
        before = int(self.sheets.score[number])
        lines = {line: int(self.sheets.lines[line][number]) for line in found.lines}
        keep(self.sheets, number, found)
        self._changed()
        if rectangle.kind.layer == "person":
            self.staff.scored(number, before, found.score)
        else:
            self.units.scored(number, found.score, lines, found.lines)
        return True

    def strike(self, subject: str, vetoes: list[Row]) -> None:
        self.vetoes[subject] = vetoes
        self._changed()

    def result(self) -> Result:
        """Return everybody's finals and ranks; reckoned for all at once when something changed since."""
        if self._result is None:
            vetoed = np.array([bool(self.vetoes.get(subject.code)) for subject in self.frame.subjects], bool)
            self._result = composed_result(self.sheets, self.organisation, self.rules, vetoed)
        return self._result

    def row(self, subject: str) -> Row:
        """Return one subject's row without reckoning everybody's."""
        number = self.place[subject]
        of = self.frame.subjects[number]
        stand = self._person(number) if of.layer == "person" else self._unit(number)
        return row_of(self.frame, self.sheets, number, stand, self.vetoes.get(subject, ()))

    def place_of(self, person: str) -> tuple[int, int]:
        """Return a person's final and rank of now."""
        self.staff.settle()
        return self.staff.standing(self.place[person])[:2]

    def ranked(self, layer_name: str) -> int:
        """Tell how many of a layer have a rank."""
        self.staff.settle()
        return self.staff.ranked() if layer_name == "person" else self.units.ranked(layer_name)

    def final_if(self, subject: str, points: Mapping[str, int]) -> str | None:
        """Return the subject's final score if these items had other points; the standing stays as it is."""
        items = self._rectangle_of[subject][0].kind.items
        before = dict(zip((one.indicator for one in items), self.points(subject), strict=True))
        kept, orders = self._result, dict(self._orders)
        try:
            for indicator, value in points.items():
                self.change(subject, indicator, value)
            found: str | None = self.row(subject)["final"]
        finally:
            for indicator in points:
                self.change(subject, indicator, before[indicator])
        self._result, self._orders = kept, orders
        return found

    def item_points(self, layer_name: str) -> Iterator[tuple[Subject, Iterator[tuple[Item, int]]]]:
        """Yield every subject of a layer with the points of its items (hundredths, -1: not applicable)."""
        for one in self.rectangles:
            if one.kind.layer == layer_name:
                for subject, points in zip(one.kind.subjects, one.points.tolist(), strict=True):
                    yield subject, zip(one.kind.items, points, strict=True)

    def bureau_row(self) -> Row:
        return bureau_row(self.frame.model, self.result())

    def order(self, layer_name: str) -> list[tuple[int, str, int]]:
        """Return (rank, code, place) of all who have a rank, first to last."""
        if layer_name not in self._orders:
            result = self.result()
            ranks = result.rankings[layer_name].rank.tolist()
            codes = [self.frame.subjects[number].code for number in result.members[layer_name].tolist()]
            ranked = zip(ranks, codes, range(len(ranks)), strict=True)
            self._orders[layer_name] = sorted(one for one in ranked if one[0] > 0)
        return self._orders[layer_name]

    def rows(self, layer_name: str, places: Sequence[int]) -> list[Row]:
        return ranked_rows(self.frame, self.result(), self.vetoes, layer_name, places)

    def _changed(self) -> None:
        self._result = None
        self._orders.clear()

    def _person(self, number: int) -> Stand:
        self.staff.settle()
        final, own_rank, nominated, tied = self.staff.standing(number)
        parts = self.staff.unit_part(number)
        components = person_components(int(self.sheets.score[number]), parts, self.units.bureau())
        return Stand(final, own_rank, nominated, tied, components)

    def _unit(self, number: int) -> Stand:
        self.staff.settle()
        unit = self.units.number[number]
        same = self.units.layer_of(unit)
        numbers = self.units.subjects[same]
        finals = np.array(self.units.finals[same], np.int64)
        chain = [self.sheets.categories[name][numbers] for name in self.rules.tie_chain]
        ranking = rank(finals, chain, np.zeros(len(finals), bool), self.rules.quota_percent, self.rules.commend_from)
        place = unit - same.start
        flags = bool(ranking.nominated[place]), bool(ranking.tied[place])
        members, line_mean = self.units.members(unit), self.units.line_mean(unit)
        components = unit_components(int(self.sheets.score[number]), members, line_mean)
        return Stand(int(finals[place]), int(ranking.rank[place]), *flags, components)


class Rectangle:
    """The points of all lines of a kind, and their sums by group."""

    def __init__(self, frame: Frame, kind: Kind, points: Points) -> None:
        self.kind = kind
        self.block: Block = empty_block(frame, kind)
        self.points: Ints = np.array([points[one.code] for one in kind.subjects], np.int64).reshape(
            len(kind.subjects), len(kind.items)
        )
        self._column = {item.indicator: column for column, item in enumerate(kind.items)}
        self._group = [self.block.group_of(item.category, item.line) for item in kind.items]
        self._full = [int(item.full * self.block.full_unit) for item in kind.items]
        self.sums, self.fulls = np.zeros((2, len(kind.subjects), len(self.block.groups)), np.int64)
        for column, (group, full) in enumerate(zip(self._group, self._full, strict=True)):
            self.sums[:, group] += self.points[:, column].clip(0)
            self.fulls[:, group] += full * (self.points[:, column] >= 0)

    def change(self, row: int, indicator: str, points: int) -> bool:
        column = self._column.get(indicator)
        if column is None or self.points[row, column] == points:
            return False
        before, group = int(self.points[row, column]), self._group[column]
        self.points[row, column] = points
        self.sums[row, group] += max(points, 0) - max(before, 0)
        self.fulls[row, group] += self._full[column] * ((points >= 0) - (before >= 0))
        return True

    def layer_of(self, row: int, *, even: bool) -> Layer:
        return layer(self.block, self.sums[row].tolist(), self.fulls[row].tolist(), even=even)

    def layers(self, *, even: bool) -> Layer:
        return layer(self.block, list(self.sums.T), list(self.fulls.T), even=even)


def points_of(
    frame: Frame, subjects: tuple[Subject, ...], dossiers: Iterable[Row]
) -> tuple[dict[str, list[int]], dict[str, list[Row]]]:
    """Load, for some subjects of the frame, the hundredths of their items (-1:
    not applicable) and their confirmed vetoes."""
    encoded = encode(Frame(frame.model, frame.items, subjects), dossiers)
    points: dict[str, list[int]] = {}
    for kind, block in zip(encoded.kinds, encoded.blocks, strict=True):
        unused = np.zeros((2, len(block)), sum_type(block))
        even = frame.model.even
        columns = [score_column(prepared(one, even=even), even, *unused).tolist() for one in block.columns]
        for row, subject in enumerate(kind.subjects):
            points[subject.code] = [column[row] for column in columns]
    return points, encoded.vetoes
