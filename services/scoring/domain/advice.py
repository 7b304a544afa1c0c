"""What could still be done for an item: the facts that would then be there, scored by the definition (docs/decisions/0333).

No formula of its own: an item's points are what ``score_own_item`` gives for these facts, so an advice cannot promise what scoring
does not keep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from rules import RULES, add_counts
from rules.rule import Inputs
from services.scoring.domain.dossier import Dossier, Fact
from services.scoring.domain.frame import Frame, Item, Subject
from services.scoring.domain.items import ItemScore
from services.scoring.domain.sheets import score_own_item

Counts = dict[str, Decimal]
DECLARED_TOOLS = ("review", "electronic")
UNFINISHED = ("issued", "accepted", "refused")  # orders that are on the subject's own desk


@dataclass(frozen=True)
class Advice:
    """``more``: what is still lacking, by quantity. ``facts``: what was assumed beyond what is there. ``then``: the points with them."""

    item: Item
    action: str  # of shared/vocabulary/scoring.py, ADVICE
    now: ItemScore
    then: ItemScore
    facts: tuple[Fact, ...]
    periods: tuple[str, ...] = ()
    more: Counts = field(default_factory=dict)

    @property
    def gained(self) -> Decimal:
        """Return the points of the item."""
        return (self.then.points or Decimal(0)) - (self.now.points or Decimal(0))


@dataclass(frozen=True)
class _Plan:
    action: str
    facts: tuple[Fact, ...]
    periods: tuple[str, ...] = ()
    more: Counts = field(default_factory=dict)


class Advisor:
    """Advice to one subject. ``status``: fact -> its status; ``going_on``: whether the year's work still goes on."""

    def __init__(
        self, frame: Frame, subject: Subject, dossier: Dossier, status: Mapping[str, str], *, going_on: bool
    ) -> None:
        self._frame, self._subject, self._dossier = frame, subject, dossier
        self._status, self._going_on = status, going_on

    def of(self, score: ItemScore) -> Advice | None:
        """Return the advice on an item, None where nothing would raise its points. Of votes
        there is none: they are others' to cast."""
        if score.unallotted or score.item.tool == "subjective":
            return None
        plan = self._plan(score)
        if plan is None:
            return None
        then = self.scored(score.item, plan.facts)
        told = Advice(score.item, plan.action, score, then, plan.facts, plan.periods, plan.more)
        raised = score.points is None or told.gained > 0
        return told if then.points is not None and raised else None

    def scored(self, item: Item, facts: Sequence[Fact]) -> ItemScore:
        """Score the item with ``facts`` beside those that are there, or in
        their place where they have the same code."""
        replaced = {fact.fact for fact in facts}
        kept = [one for one in self._dossier.facts.get(item.indicator, ()) if one.fact not in replaced]
        dossier = replace(self._dossier, facts={item.indicator: [*kept, *facts]})
        return score_own_item(self._frame, self._subject, dossier, item)

    def _plan(self, score: ItemScore) -> _Plan | None:
        item = score.item
        missing = tuple(term.code for term in score.terms if not term.declared)
        if missing:
            more = _further(score) if RULES[item.rule].shared_out else {}
            return _Plan("declare", tuple(_declared(score, missing)), missing, more)
        if score.waiting:
            return self._waiting(score)
        if not (self._going_on and score.terms and self._is_present(item)):
            return None
        if item.tool == "contribution":
            return _contributing(score)
        if item.tool in DECLARED_TOOLS:
            return _continuing(score)
        return None

    def _is_present(self, item: Item) -> bool:
        """Whether the subject still works in the item's line."""
        return self._subject.layer == "station" or item.line in ("all", self._subject.line)

    def _waiting(self, score: ItemScore) -> _Plan:
        facts = self._dossier.facts.get(score.item.indicator, ())
        waiting = [fact for fact in facts if not fact.judged and fact.period in score.waiting]
        best = RULES[score.item.rule].best(_inputs(score, score.counts))
        settled = tuple(replace(fact, judged=True, counts=fact.counts or best) for fact in waiting)
        own = any(self._status.get(fact.fact) in UNFINISHED for fact in waiting)
        return _Plan("complete" if own else "wait", settled, score.waiting)


def _declared(score: ItemScore, periods: Sequence[str]) -> list[Fact]:
    """Each missing period at its best, one after the other: a rate stays what it is, a target is reached once."""
    facts, counts = [], score.counts
    for code in periods:
        best = RULES[score.item.rule].best(_inputs(score, counts))
        facts.append(_fact("declaration", score.item, code, best))
        counts = add_counts(counts, best)
    return facts


def _inputs(score: ItemScore, counts: Counts) -> Inputs:
    return Inputs(score.item.params, Fraction(score.item.full), counts, score.target)


def _further(score: ItemScore) -> Counts:
    return RULES[score.item.rule].further(_inputs(score, score.counts))


def _contributing(score: ItemScore) -> _Plan | None:
    """One more, by whoever had one recognised: a cap that nobody has ever filled is no advice."""
    more = _further(score)
    fact = _fact("contribution", score.item, score.terms[-1].facts[0].period, more)
    return _Plan("contribute", (fact,), more=more) if more else None


def _continuing(score: ItemScore) -> _Plan | None:
    more = _further(score)
    action = "improve" if "denominator" in more else "contribute"
    action = "do_more" if RULES[score.item.rule].shared_out else action
    return _Plan(action, (_fact("declaration", score.item, score.terms[-1].code, more),), more=more) if more else None


def _fact(kind: str, item: Item, period: str, counts: Counts) -> Fact:
    return Fact(kind, f"advised-{period}", item.indicator, period, judged=True, not_applicable=False, counts=counts)
