"""The year's points of one item: its periods, what was declared in them, and the rule (docs/decisions/0302)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rules import ADJUSTED, RULES, add_counts, exact_points, points, rounded
from services.scoring.domain.dossier import Fact
from services.scoring.domain.frame import Item, Model


@dataclass(frozen=True)
class Term:
    """A period (or campaign) in which something was due: ``declared`` or missing; not applicable: nothing to measure.

    What was declared and waits on somebody's desk is no term: it costs nothing (data/reference/README.md, 五种情形).
    """

    code: str
    facts: tuple[Fact, ...]
    declared: bool

    @property
    def not_applicable(self) -> bool:
        return self.declared and bool(self.facts) and all(fact.not_applicable for fact in self.facts)


@dataclass(frozen=True)
class Cut:
    """A claim that counts in part: ``days`` there of the days ``of`` the cycle that it was meant for."""

    claimed: Decimal
    days: int
    of: int


@dataclass(frozen=True)
class ItemScore:
    """``points`` in hundredths, None where the item does not apply; ``declared`` of ``due`` periods."""

    item: Item
    points: Decimal | None
    target: Decimal | None
    counts: dict[str, Decimal]
    declared: int
    due: int
    period_points: tuple[tuple[str, Decimal], ...] = ()  # grade and checklist: what each period gave
    terms: tuple[Term, ...] = ()  # all that was due, for whoever tells the arithmetic
    cut: Cut | None = None
    waiting: tuple[str, ...] = ()  # periods of which something is on somebody's desk

    @property
    def cause(self) -> str:
        """Tell the cause for the item as a whole: why it has no points, else whether anything is
        missing (data/reference/README.md, 五种情形)."""
        if self.points is None:
            left = "waiting" if self.waiting and not self.terms else "not_applicable"
            return "not_allotted" if self.unallotted else left
        return "not_declared" if self.declared < self.due else "done"

    @property
    def causes(self) -> list[tuple[str, str]]:
        """Return (period or campaign, cause) of everything that was due or waits."""
        made = [
            (term.code, "not_applicable" if term.not_applicable else "done" if term.declared else "not_declared")
            for term in self.terms
        ]
        return sorted([*made, *((code, "waiting") for code in self.waiting)])

    @property
    def unallotted(self) -> bool:
        return RULES[self.item.rule].shared_out and not self.target

    @property
    def unmeasured(self) -> bool:
        """Tell whether periods are missing, and those that were declared had nothing to measure."""
        made = [term for term in self.terms if term.declared]
        return 0 < len(made) < len(self.terms) and all(term.not_applicable for term in made)


def score_item(
    item: Item, model: Model, facts: Sequence[Fact], target: Decimal | None, away: frozenset[str] = frozenset()
) -> ItemScore:
    """Score an item; ``away``: periods in which the subject was not there; what was
    declared for one of them all the same counts."""
    terms = _terms(item, model, facts, away)
    counts: dict[str, Decimal] = {}
    for term in terms:
        for fact in term.facts:
            if fact.judged and not fact.not_applicable:
                votes = {name: number for name, number in fact.counts.items() if name != ADJUSTED}  # no quantity to add
                counts = add_counts(counts, votes)
    declared = sum(term.declared for term in terms)
    score = ItemScore(
        item, None, target, counts, declared, len(terms), terms=tuple(terms), waiting=_waiting(item, facts, terms, away)
    )
    if _not_applicable(item, terms) or score.unallotted:
        return score
    rule, part = RULES[item.rule], Fraction(declared, len(terms)) if terms else Fraction(1)
    if score.unmeasured:
        best = rule.at_best(item.params, Fraction(item.full))
        return _with(score, rounded(best * part, 2, model.rounding))
    if rule.by_period:
        return _mean_of_periods(score, terms, part, model.rounding)
    year = exact_points(item.rule, item.params, item.full, counts, target)
    return _with(score, rounded(year * part if rule.declared_part else year, 2, model.rounding))


def _terms(item: Item, model: Model, facts: Sequence[Fact], away: frozenset[str]) -> list[Term]:
    if item.tool in ("review", "electronic"):
        judged = [fact for fact in facts if fact.kind == "declaration" and fact.judged]
        made = _by_period(fact for fact in judged if not (fact.not_applicable and fact.period in away))
        pending = {fact.period for fact in facts if fact.kind == "declaration" and not fact.judged}
        elsewhere = away | (pending - {fact.period for fact in judged})
        due = (code for code in model.due.get(item.frequency, ()) if code in made or code not in elsewhere)
        return [Term(code, made.get(code, ()), code in made) for code in due]
    if item.tool == "accountability":
        ordered = _by_period(fact for fact in facts if fact.kind == "task_order" and fact.judged)
        return [Term(code, orders, declared=True) for code, orders in sorted(ordered.items())]
    kind = "evaluation" if item.tool == "subjective" else "contribution"
    counted = sorted((fact for fact in facts if fact.kind == kind and fact.judged), key=lambda fact: fact.fact)
    return [Term(fact.fact, (_without_votes(item, fact),), declared=True) for fact in counted]


def _waiting(item: Item, facts: Iterable[Fact], terms: Iterable[Term], away: frozenset[str]) -> tuple[str, ...]:
    """Periods of which something was handed in, or ordered, that nobody has settled yet."""
    known = away | {term.code for term in terms} if item.tool in ("review", "electronic") else frozenset()
    return tuple(sorted({fact.period for fact in facts if not fact.judged} - known))


def _by_period(facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    periods: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        periods[fact.period] = (*periods.get(fact.period, ()), fact)
    return periods


def _without_votes(item: Item, fact: Fact) -> Fact:
    """A campaign in which nobody voted on the subject measured nothing."""
    silent = RULES[item.rule].unvoted(fact.counts)
    return Fact(
        fact.kind, fact.fact, fact.indicator, fact.period, fact.judged, silent or fact.not_applicable, fact.counts
    )


def _not_applicable(item: Item, terms: Sequence[Term]) -> bool:
    """Nothing was due (no order, no campaign), or all that was due was declared as not applicable."""
    return item.tool != "contribution" and all(term.not_applicable for term in terms)


def _mean_of_periods(score: ItemScore, terms: Sequence[Term], part: Fraction, rounding: str) -> ItemScore:
    """The mean of what was measured, and of it the part that was declared."""
    each = tuple((term.code, _term_points(score.item, term, rounding)) for term in terms if not term.not_applicable)
    measured = sum(term.declared and not term.not_applicable for term in terms)
    mean = sum((Fraction(value) for _, value in each), Fraction(0)) / max(1, measured)
    return _with(score, rounded(mean * part, 2, rounding), each)


def _term_points(item: Item, term: Term, rounding: str) -> Decimal:
    """A missing period gives 0; several orders of one period give their mean."""
    if not term.declared:
        return Decimal("0.00")
    counting = [fact for fact in term.facts if not fact.not_applicable]
    given = [points(item.rule, item.params, item.full, fact.counts, None, rounding) for fact in counting]
    return rounded(sum(map(Fraction, given), Fraction(0)) / len(given), 2, rounding)


def _with(score: ItemScore, scored: Decimal, period_points: tuple[tuple[str, Decimal], ...] = ()) -> ItemScore:
    return replace(score, points=scored, period_points=period_points)
