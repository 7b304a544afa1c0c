"""From what was declared, ordered, settled or voted to the year's line of each subject: the periods of one item, as columns."""

from dataclasses import dataclass

import numpy as np

from services.scoring.kernel.exact import Ints, divide


@dataclass(frozen=True)
class Facts:
    """All facts of one item. ``row``: the subject; ``term``: period or campaign, a number within the row; ``a``, ``b``: quantities.

    ``silent``: declared as not applicable, or nobody voted. ``a`` and ``b`` are 0 where a fact does not count.
    """

    row: Ints
    term: Ints
    silent: Ints
    a: Ints
    b: Ints


@dataclass(frozen=True)
class Year:
    """Of each subject: quantities of the year, periods due, declared, not applicable, and the points that its periods gave."""

    a: Ints
    b: Ints
    due: Ints
    declared: Ints
    silent: Ints
    period_points: Ints

    @property
    def unmeasured(self) -> Ints:
        """Tell whether periods are missing, and those that were declared had nothing to measure."""
        return np.asarray((self.declared > 0) & (self.declared < self.due) & (self.silent == self.declared))


def year_of(facts: Facts, rows: int, points: Ints, due: Ints | None, *, even: bool) -> Year:
    """Sum up the year of each row; ``points``: of each fact (grade, checklist; else zeros). ``due``:
    what was due of each; None: what there is."""
    order = np.lexsort((facts.term, facts.row))
    row, term = facts.row[order], facts.term[order]
    starts = np.flatnonzero(_changes(row) | _changes(term))
    silent = _all(facts.silent[order], starts)
    counting = (~facts.silent)[order].astype(points.dtype)
    given, given_by = _sum(points[order] * counting, starts), _sum(counting, starts)
    term_points = divide(given, given_by + (given_by == 0), even)
    of_row = row[starts]
    terms = _per_row(np.ones(len(starts), np.int64), of_row, rows)
    return Year(
        a=_per_row(facts.a * ~facts.silent, facts.row, rows),
        b=_per_row(facts.b * ~facts.silent, facts.row, rows),
        due=terms if due is None else due,
        declared=terms,
        silent=_per_row(silent.astype(np.int64), of_row, rows),
        period_points=_per_row(term_points, of_row, rows),
    )


def _changes(values: Ints) -> Ints:
    return np.concatenate([np.ones(min(1, len(values)), bool), values[1:] != values[:-1]])


def _all(flags: Ints, starts: Ints) -> Ints:
    return np.logical_and.reduceat(flags, starts) if len(starts) else flags[:0]


def _sum(values: Ints, starts: Ints) -> Ints:
    return np.add.reduceat(values, starts) if len(starts) else values[:0]


def _per_row(values: Ints, row: Ints, rows: int) -> Ints:
    total = np.zeros(rows, values.dtype)
    np.add.at(total, row, values)
    return total
