"""How sure is a seat, if weights were a judgement, and votes and spot checks samples? All is carried through every stage: a unit's doubt is
its people's, too.

In each draw the weights lie around the model's (Dirichlet, as in seats.py), the points of voted items around what their votes gave, by the
standard error of their mean, and some of what spot checks listed without looking at it is wrong (checks.py). Then the kernel scores the
whole bureau by its own stages, and the list is drawn up by its own rule. Equals that even the tie chain leaves equal share what places are
left, so that each draw gives its places once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from services.scoring.analysis.arrays import Floats
from services.scoring.analysis.checks import NOTHING, Checked, Unseen, losses
from services.scoring.analysis.seats import dirichlet
from services.scoring.domain.frame import CATEGORIES, Frame
from services.scoring.kernel.answers import rules_of
from services.scoring.kernel.bureau import Rules, composed_result
from services.scoring.kernel.columns import Sheets
from services.scoring.kernel.exact import Ints
from services.scoring.kernel.layer_scores import layer as layer_scores
from services.scoring.kernel.live import Rectangle
from services.scoring.kernel.organisation import organisation_of
from services.scoring.kernel.plan import kinds
from services.scoring.kernel.ranking import Ranking

SCALE = 10_000  # weights as whole numbers
CELLS = 2_000_000  # scores held at once
Errors = Mapping[str, Mapping[str, float]]  # subject -> indicator -> standard error of its points


@dataclass(frozen=True)
class Doubted:
    """A year with what is uncertain in it: ``points``: subject -> hundredths of its items in their order, -1: not applicable."""

    frame: Frame
    points: Mapping[str, Sequence[int]]
    errors: Errors
    concentration: float
    checked: Checked = NOTHING


Drawn = dict[str, Any]  # name -> whole weights, a row for each draw


def seat_probabilities(year: Doubted, layer: str, *, draws: int, seed: int) -> dict[str, float]:
    """Return subject -> the share of draws in which it has a seat of ``layer``, within the quota and not below its floor."""
    dice = np.random.default_rng(seed)
    frame = year.frame
    rectangles = [Rectangle(frame, kind, year.points) for kind in kinds(frame)]
    organisation, rules = organisation_of(frame), rules_of(frame.model)
    nobody = np.zeros(len(frame.subjects), bool)
    held, done = np.zeros(sum(one.layer == layer for one in frame.subjects)), 0
    members: Ints = np.zeros(0, np.int64)
    while done < draws:
        size = max(1, min(draws - done, CELLS // max(1, len(frame.subjects))))
        composites = {name: _drawn(dice, own, size, year) for name, own in frame.model.composite.items()}
        for number, sheets in enumerate(_sheets(dice, year, rectangles, composites["station_lines"], size)):
            result = composed_result(sheets, organisation, _rules(rules, composites, number), nobody)
            members = result.members[layer]
            held += _seats(result.rankings[layer])
        done += size
    return {
        frame.subjects[place].code: share for place, share in zip(members.tolist(), (held / done).tolist(), strict=True)
    }


def _sheets(
    dice: np.random.Generator, year: Doubted, rectangles: Sequence[Rectangle], station_lines: Drawn, size: int
) -> Iterator[Sheets]:
    """The layer scores of everybody, draw by draw."""
    frame, even = year.frame, year.frame.model.even
    weights = {
        layer: {line: _drawn(dice, own, size, year) for line, own in lines.items()}
        for layer, lines in frame.model.weights.items()
    }
    lines = tuple(dict.fromkeys(line for one in rectangles for line in one.block.lines))
    whole = [Sheets.empty(len(frame.subjects), CATEGORIES, lines) for _ in range(size)]
    rates = year.checked.rates(dice, size)
    unseen = _by_subject(year.checked.unseen)
    for one in rectangles:
        block = replace(
            one.block,
            lines=station_lines if one.block.layer == "station" else one.block.lines,
            weights={line: weights[one.block.layer].get(line, {}) for line in one.block.lines},
        )
        most = 100 * one.fulls // one.block.full_unit
        sums = [
            _noisy(dice, *own, size)
            for own in zip(
                one.sums.T, most.T, _errors(year, one).T, _lost(dice, year.checked, rates, one, unseen), strict=True
            )
        ]
        found = layer_scores(block, sums, list(one.fulls.T), even=even)
        for number, sheets in enumerate(whole):
            sheets.score[block.subjects] = _of(found.score, number)
            for name, score in found.lines.items():
                sheets.lines[name][block.subjects] = _of(score, number)
            for name, score in found.categories.items():
                sheets.categories[name][block.subjects] = _of(score, number)
    yield from whole


def _drawn(dice: np.random.Generator, weights: Mapping[str, Any], size: int, year: Doubted) -> Drawn:
    total = float(sum(weights.values())) or 1.0
    drawn = dirichlet(dice, {name: float(one) / total for name, one in weights.items()}, size, year.concentration)
    whole = np.rint(SCALE * drawn).astype(np.int64)
    return {name: whole[:, place : place + 1] for place, name in enumerate(weights)}


def _rules(rules: Rules, composites: Mapping[str, Drawn], number: int) -> Rules:
    """Return the rules of one draw."""
    composite = {
        target: {name: int(column[number, 0]) for name, column in own.items()} for target, own in composites.items()
    }
    return replace(rules, composite=composite)


def _errors(year: Doubted, one: Rectangle) -> Floats:
    """Return subjects × groups: the standard error of the group's points."""
    variance = np.zeros((len(one.kind.subjects), len(one.block.groups)))
    for row, subject in enumerate(one.kind.subjects):
        own = year.errors.get(subject.code, {})
        for item in one.kind.items if own else ():
            variance[row, one.block.group_of(item.category, item.line)] += own.get(item.indicator, 0.0) ** 2
    return np.asarray(np.sqrt(variance))


def _by_subject(unseen: Sequence[Unseen]) -> dict[str, list[Unseen]]:
    found: dict[str, list[Unseen]] = {}
    for one in unseen:
        found.setdefault(one.subject, []).append(one)
    return found


def _lost(
    dice: np.random.Generator, checked: Checked, rates: Floats, one: Rectangle, unseen: Mapping[str, Sequence[Unseen]]
) -> Sequence[Floats | None]:
    """Return for each group what it loses by what nobody looked at, draws × subjects; None where all is certain."""
    groups, column_of = len(one.block.groups), {item.indicator: place for place, item in enumerate(one.kind.items)}
    listed = [
        (row, column_of[unseen_one.indicator], unseen_one)
        for row, subject in enumerate(one.kind.subjects)
        for unseen_one in unseen.get(subject.code, ())
        if unseen_one.indicator in column_of and one.points[row, column_of[unseen_one.indicator]] >= 0
    ]
    if not listed:
        return [None] * groups
    rows, columns = (np.array([entry[place] for entry in listed]) for place in (0, 1))
    group = np.array([one.block.group_of(item.category, item.line) for item in one.kind.items])
    full = np.array([100 * float(item.full) for item in one.kind.items])
    draw, place, lost = losses(
        dice, checked, rates, one.points[rows, columns].astype(float), full[columns], [entry[2] for entry in listed]
    )
    size, subjects = len(rates), len(one.kind.subjects)
    cell = (group[columns][place] * size + draw) * subjects + rows[place]
    together = np.bincount(cell, weights=lost, minlength=groups * size * subjects)
    return list(together.reshape(groups, size, subjects))


def _noisy(dice: np.random.Generator, sums: Ints, full: Ints, error: Floats, lost: Floats | None, size: int) -> Ints:
    """Return the sums as they might have been, draws × subjects; as they are where neither votes nor checks leave doubt."""
    if not error.any() and (lost is None or not lost.any()):
        return sums
    drawn = sums + 100 * error * dice.standard_normal((size, len(sums))) if error.any() else sums
    drawn = np.rint(drawn if lost is None else drawn - lost)
    return np.asarray(drawn.clip(0, np.maximum(full, sums)).astype(np.int64))


def _seats(ranking: Ranking) -> Floats:
    """Return who has a seat; those tied at the edge their part of what is left."""
    left = ranking.places - int(ranking.nominated.sum())
    return ranking.nominated + ranking.tied * (left / max(1, int(ranking.tied.sum())))


def _of(scores: Any, number: int) -> Any:
    """Return one draw's scores; where nothing was drawn all draws have the same."""
    return scores[number] if np.ndim(scores) > 1 else scores
