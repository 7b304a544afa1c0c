"""One walks down from a final score: components, categories, items, rules, and the facts with those who stand behind them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.scoring.domain.ballots import ballots_in_words
from services.scoring.domain.dossier import Veto
from services.scoring.domain.frame import CATEGORIES, Frame
from services.scoring.domain.items import ItemScore
from services.scoring.domain.results import shown
from services.scoring.domain.sentences import category_sentence, item_sentence, stage_sentence
from services.scoring.domain.sheets import CategoryScore, LineScore, Sheet
from shared.vocabulary.periods import period_place

Tree = dict[str, Any]
Facts = Mapping[str, Sequence[Tree]]  # indicator -> facts as they were stored


def explain_subject(frame: Frame, sheet: Sheet, row: Mapping[str, Any], raw_facts: Sequence[Tree]) -> Tree:
    """Explain the subject's score; ``row``: the subject's stored result; ``raw_facts``: its
    facts with declarer, verifier and assessor."""
    facts: dict[str, list[Tree]] = {}
    for fact in sorted(raw_facts, key=_place):
        facts.setdefault(fact["indicator"], []).append(fact)
    layer = sheet.subject.layer
    line_weights = frame.lines_of(sheet.subject)
    return {
        **row,
        "components": {name: row["components"][name] for name in _in_order(frame, row)},
        "formula": _final_formula(frame, row),
        "vetoes": [_veto(frame, one) for one in sheet.vetoes],
        "weights": _shown_all(frame.model.composite[layer]),
        "layer_formula": stage_sentence(line_weights, _line_scores(sheet), sheet.score),
        "lines": [_line(frame, sheet, one, line_weights[one.line], facts) for one in sheet.lines.values()],
    }


def _place(fact: Tree) -> tuple[Any, ...]:
    """In the order of periods, then as they were made (codes grow with time)."""
    return *period_place(fact["period"]), fact["kind"], fact["fact"]


def _in_order(frame: Frame, row: Mapping[str, Any]) -> list[str]:
    """Components as the model orders them (personal, unit, bureau): stored JSON keeps no order."""
    own = [name for name in frame.model.composite[row["layer"]] if name in row["components"]]
    return [*own, *(name for name in row["components"] if name not in own)]


def _final_formula(frame: Frame, row: Mapping[str, Any]) -> str:
    values = {name: Decimal(value) if value is not None else None for name, value in row["components"].items()}
    final = Decimal(row["final"]) if row["final"] is not None else None
    return stage_sentence(frame.model.composite[row["layer"]], values, final)


def _line(frame: Frame, sheet: Sheet, line: LineScore, weight: Decimal, facts: Facts) -> Tree:
    weights = frame.model.weights.get(sheet.subject.layer, {}).get(line.line, {})
    scores = {name: category.score for name, category in line.categories.items()}
    return {
        "line": line.line,
        "weight": shown(weight),
        "score": shown(line.score),
        "formula": stage_sentence(weights, scores, line.score),
        "categories": [
            _category(frame, sheet, line, line.categories[name], weights.get(name), facts) for name in CATEGORIES
        ],
    }


def _category(
    frame: Frame, sheet: Sheet, line: LineScore, category: CategoryScore, weight: Decimal | None, facts: Facts
) -> Tree:
    own = [one for one in sheet.items if one.item.category == category.category]
    return {
        "category": category.category,
        "weight": shown(weight),
        "score": shown(category.score),
        "points": shown(category.points),
        "full_points": shown(category.full),
        "formula": category_sentence(category),
        "items": [_item(frame, one, facts) for one in own if one.item.line in ("all", line.line)],
    }


def _item(frame: Frame, score: ItemScore, facts: Facts) -> Tree:
    item = score.item
    own = list(facts.get(item.indicator, ()))
    return {
        "indicator": item.indicator,
        "name": item.name,
        "tool": item.tool,
        "rule": item.rule,
        "params": item.params,
        "full_points": shown(item.full),
        "points": shown(score.points),
        "applicable": score.points is not None,
        "cause": score.cause,
        "causes": [{"period": code, "cause": cause} for code, cause in score.causes],
        "target": shown(score.target),
        "counts": _shown_all(score.counts),
        "periods": {"due": score.due, "declared": score.declared},
        "period_points": {code: shown(points) for code, points in score.period_points},
        "formula": item_sentence(score, frame.model, _remarks(own)),
        "facts": own,
    }


def _veto(frame: Frame, veto: Veto) -> Tree:
    name = next((item.name for item in frame.items if item.indicator == veto.indicator), None)
    return {"veto": veto.veto, "indicator": veto.indicator, "name": name, "reason": veto.reason}


def _remarks(facts: Sequence[Tree]) -> dict[str, str]:
    return {fact["fact"]: ballots_in_words(fact["ballots"]) for fact in facts if fact.get("ballots")}


def _line_scores(sheet: Sheet) -> dict[str, Decimal | None]:
    return {line: scored.score for line, scored in sheet.lines.items()}


def _shown_all(numbers: Mapping[str, Decimal]) -> dict[str, str | None]:
    return {name: shown(number) for name, number in numbers.items()}
