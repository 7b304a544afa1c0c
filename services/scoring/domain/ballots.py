"""Votes are secret: an evaluation of fewer than three ballots is not told apart (scoring-methods §5, k = 3).

It gives no points either, so that none can say how one or two voted: the item is not applicable. Campaigns that were closed before this
was the rule keep what they gave; of those only the votes and the arithmetic are hidden (docs/decisions/0330).
"""

from collections.abc import Mapping
from typing import Any

from rules import GRADES
from rules.votes import FEWEST, any_secret

Tree = dict[str, Any]
FEW = f"参评不足 {FEWEST} 票，不显示明细"


def veiled(tree: Tree) -> Tree:
    """Return an explanation whose evaluations of too few ballots show neither votes
    nor anything they could be reckoned from."""
    lines = [
        {**line, "categories": [{**one, "items": list(map(_item, one["items"]))} for one in line["categories"]]}
        for line in tree["lines"]
    ]
    return {**tree, "lines": lines}


def _item(item: Tree) -> Tree:
    if item["tool"] != "subjective" or not any_secret(map(ballots_of, item["facts"])):
        return item
    # All of them, for the item's own sums are made of these and the others.
    facts = [{**{name: fact[name] for name in fact if name != "ballots"}, "counts": {}} for fact in item["facts"]]
    formula = f"{FEW}；得 {item['points']} 分" if item["points"] is not None else FEW
    return {**item, "counts": {}, "facts": facts, "formula": formula, "period_points": {}}


def ballots_of(fact: Mapping[str, Any]) -> int:
    """Return how many ballots there were: as many as were cast; where votes are weighted,
    their counts are on a scale of their own."""
    known = fact.get("ballots")
    return int(known["votes"]) if known else sum(int(fact["counts"].get(grade, 0)) for grade in GRADES)


def ballots_in_words(ballots: Mapping[str, Any] | None) -> str:
    """Say in words, such as ``{"votes": 7, "weighted": true, "left_out": ["群众"]}``, why the
    counts are not simply those that were cast."""
    told = []
    if ballots and ballots["weighted"]:
        told.append(f"实投 {ballots['votes']} 票，票数已按评价组或评价维度的权重折算")
    if ballots and ballots["left_out"]:
        told.append(f"未达最低票数、不计入的评价组：{'、'.join(ballots['left_out'])}")
    return "；".join(told)
