"""What could still be done for an item: the facts that would then be there, scored by the definition (docs/decisions/0332).

No formula of its own: an item's points are what ``score_own_item`` gives for these facts, so an advice cannot promise what scoring
does not keep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from rules import GRADES
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
        """Points of the item."""
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
        """The advice on an item, None where nothing would raise its points. Of votes there is none: they are others' to cast."""
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
        """The item with ``facts`` beside those that are there, or in their place where they have the same code."""
        replaced = {fact.fact for fact in facts}
        kept = [one for one in self._dossier.facts.get(item.indicator, ()) if one.fact not in replaced]
        dossier = replace(self._dossier, facts={item.indicator: [*kept, *facts]})
        return score_own_item(self._frame, self._subject, dossier, item)

    def _plan(self, score: ItemScore) -> _Plan | None:
        item = score.item
        missing = tuple(term.code for term in score.terms if not term.declared)
        if missing:
            return _Plan("declare", tuple(_declared(score, missing)), missing, _lacking(score))
        if score.waiting:
            return self._waiting(score)
        if not (self._going_on and score.terms and self._is_present(item)):
            return None
        if item.tool == "contribution":
            return _contributing(score)
        if item.tool in DECLARED_TOOLS and item.rule in ("ratio", "tier"):
            return _continuing(score)
        return None

    def _is_present(self, item: Item) -> bool:
        """Whether the subject still works in the item's line."""
        return self._subject.layer == "station" or item.line in ("all", self._subject.line)

    def _waiting(self, score: ItemScore) -> _Plan:
        facts = self._dossier.facts.get(score.item.indicator, ())
        waiting = [fact for fact in facts if not fact.judged and fact.period in score.waiting]
        settled = tuple(replace(fact, judged=True, counts=fact.counts or _best(score)) for fact in waiting)
        own = any(self._status.get(fact.fact) in UNFINISHED for fact in waiting)
        return _Plan("complete" if own else "wait", settled, score.waiting)


def _declared(score: ItemScore, periods: Sequence[str]) -> list[Fact]:
    """Each missing period at its best; a rate stays what it is. What a target lacks is done in the first of them."""
    item, best = score.item, _best(score)
    later = {"done": Decimal(0)} if item.rule == "ratio" else best
    return [_fact("declaration", item, code, best if place == 0 else later) for place, code in enumerate(periods)]


def _best(score: ItemScore) -> Counts:
    """The quantities that give an item the most: of accumulated ones the smallest that counts."""
    item, params = score.item, score.item.params
    if item.rule == "ratio":
        return _lacking(score) or {"done": Decimal(0)}
    if item.rule == "tier":
        return _rate(score)
    if item.rule == "checklist":
        return {"done": Decimal(len(params["items"]))}
    if item.rule == "grade":
        return {GRADES[0]: Decimal(1)}
    if item.rule == "accumulate":
        return _smallest(item)
    return dict.fromkeys(params["per"] if isinstance(params["per"], Mapping) else ["count"], Decimal(0))


def _rate(score: ItemScore) -> Counts:
    """What was measured so far once more; before anything was measured the best step."""
    if score.counts.get("denominator"):
        return {name: score.counts.get(name, Decimal(0)) for name in ("numerator", "denominator")}
    return {"numerator": Decimal(score.item.params["steps"][0][0]), "denominator": Decimal(1)}


def _smallest(item: Item) -> Counts:
    per: Any = item.params["per"]
    table = per if isinstance(per, Mapping) else {"count": per}
    return {min(table, key=lambda name: (Decimal(table[name]), name)): Decimal(1)}


def _lacking(score: ItemScore) -> Counts:
    """Of a ratio what its target, or the part of it at which points end, still lacks."""
    if score.item.rule != "ratio" or not score.target:
        return {}
    end = score.target * min(Decimal(1), Decimal(score.item.params["cap"]))
    lacking = end - score.counts.get("done", Decimal(0))
    return {"done": lacking} if lacking > 0 else {}


def _contributing(score: ItemScore) -> _Plan:
    """One more of the smallest, by whoever had one recognised: a cap that nobody has ever filled is no advice."""
    more = _smallest(score.item)
    return _Plan("contribute", (_fact("contribution", score.item, score.terms[-1].facts[0].period, more),), more=more)


def _continuing(score: ItemScore) -> _Plan | None:
    more = _lacking(score) if score.item.rule == "ratio" else _to_next_step(score)
    return (
        _Plan("do_more" if score.item.rule == "ratio" else "improve", _further(score, more), more=more)
        if more
        else None
    )


def _further(score: ItemScore, more: Counts) -> tuple[Fact, ...]:
    return (_fact("declaration", score.item, score.terms[-1].code, more),)


def _to_next_step(score: ItemScore) -> Counts:
    """How many more without a fault lift the rate by a step; nothing where that is more than was counted so far."""
    numerator, denominator = (Fraction(score.counts.get(name, 0)) for name in ("numerator", "denominator"))
    params, higher = score.item.params, score.item.params["direction"] == "higher"
    if not denominator:
        return {}
    value = numerator / denominator
    better = [
        Fraction(bound)
        for bound, _ in params["steps"]
        if (value < Fraction(bound)) == higher and value != Fraction(bound)
    ]
    bound = better[-1] if better else None
    if bound is None or (bound >= 1 if higher else bound <= 0):
        return {}
    wanted = (bound * denominator - numerator) / (1 - bound) if higher else numerator / bound - denominator
    more = Decimal(ceil(wanted))
    if more > denominator:
        return {}
    return {"numerator": more, "denominator": more} if higher else {"numerator": Decimal(0), "denominator": more}


def _fact(kind: str, item: Item, period: str, counts: Counts) -> Fact:
    return Fact(kind, f"advised-{period}", item.indicator, period, judged=True, not_applicable=False, counts=counts)
