"""A subject's own layer: items -> categories -> lines -> layer score (scoring of the models in models.csv)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rules import rounded
from services.scoring.domain.dossier import Dossier, Veto
from services.scoring.domain.frame import CATEGORIES, Frame, Item, Subject
from services.scoring.domain.items import Cut, ItemScore, score_item
from services.scoring.domain.stages import named_stage, stage

CATEGORY_DIGITS = 4  # a category is a stage inside the layer score, kept finer than what is published


@dataclass(frozen=True)
class CategoryScore:
    """``points`` of ``full`` over the items that apply; ``score`` 0..100 with four decimals, None without such items."""

    category: str
    points: Decimal
    full: Decimal
    score: Decimal | None


@dataclass(frozen=True)
class LineScore:
    line: str
    categories: dict[str, CategoryScore]
    score: Decimal | None


@dataclass(frozen=True)
class Sheet:
    """A subject scored by itself. One line for divisions and persons, five for a station."""

    subject: Subject
    items: tuple[ItemScore, ...]
    lines: dict[str, LineScore]
    categories: dict[str, Decimal | None]  # of the one line, or weighted over the station's lines
    score: Decimal | None
    vetoes: tuple[Veto, ...]


def score_subject(frame: Frame, subject: Subject, dossier: Dossier) -> Sheet:
    model = frame.model
    items = tuple(score_own_item(frame, subject, dossier, item) for item in frame.items_of(subject))
    line_weights = frame.lines_of(subject)
    lines = {line: _line_score(frame, subject, line, items) for line in line_weights}
    score = named_stage(line_weights, {line: scored.score for line, scored in lines.items()}, model.rounding)
    categories = {name: _across(lines, line_weights, name, model.rounding) for name in CATEGORIES}
    return Sheet(subject, items, lines, categories, score, dossier.vetoes)


def score_own_item(frame: Frame, subject: Subject, dossier: Dossier, item: Item) -> ItemScore:
    claim = dossier.claims.get(item.indicator)
    days = subject.days_for(item)
    target = None if claim is None else frame.own_target(claim.target, days, claim.days)
    score = score_item(item, frame.model, dossier.facts.get(item.indicator, ()), target, subject.away_for(item))
    if claim is None or target == claim.target:
        return score
    return replace(score, cut=Cut(claim.target, days or 0, claim.days or frame.model.days))


def category_score(category: str, points: Decimal, full: Decimal, rounding: str) -> Decimal:
    """Return 100 × Σ points ÷ Σ full; contributions are accumulated up to 100 instead."""
    if category == "contribution":
        return rounded(min(Fraction(100), Fraction(points)), CATEGORY_DIGITS, rounding)
    return rounded(100 * Fraction(points) / Fraction(full), CATEGORY_DIGITS, rounding)


def _line_score(frame: Frame, subject: Subject, line: str, items: Sequence[ItemScore]) -> LineScore:
    model = frame.model
    own = [one for one in items if one.item.line in ("all", line) and one.points is not None]
    categories = {name: _category(name, own, model.rounding) for name in CATEGORIES}
    weights = model.weights.get(subject.layer, {}).get(line, {})
    return LineScore(line, categories, named_stage(weights, _scores(categories), model.rounding))


def _category(name: str, items: Sequence[ItemScore], rounding: str) -> CategoryScore:
    own = [one for one in items if one.item.category == name]
    points = sum((one.points for one in own if one.points is not None), Decimal(0))
    full = sum((one.item.full for one in own), Decimal(0))
    return CategoryScore(name, points, full, category_score(name, points, full, rounding) if own else None)


def _scores(categories: dict[str, CategoryScore]) -> dict[str, Decimal | None]:
    return {name: category.score for name, category in categories.items()}


def _across(lines: dict[str, LineScore], weights: dict[str, Decimal], category: str, rounding: str) -> Decimal | None:
    parts = [(weight, lines[line].categories[category].score) for line, weight in weights.items()]
    return stage(parts, rounding, CATEGORY_DIGITS)
