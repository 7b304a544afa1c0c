"""The arithmetic of an item that is scored period by period (grade, checklist), each period called as people call it."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from rules import explain
from services.scoring.domain.dossier import Fact
from services.scoring.domain.items import ItemScore, Term
from shared.vocabulary.periods import period

Remarks = Mapping[str, str]  # by the code of the fact: how its votes were weighed


def period_sentence(score: ItemScore, rounding: str, remarks: Remarks) -> str:
    counted = [term for term in score.terms if not term.not_applicable]
    given = [points for _, points in score.period_points]
    told = [
        f"{name}{_told(score, term, points, rounding, remarks)}"
        for name, term, points in zip(_names(counted), counted, given, strict=True)
    ]
    measured = [points for term, points in zip(counted, given, strict=True) if term.declared]
    if len(counted) < score.due and score.declared < score.due:
        told.append(
            f"平均 ({' + '.join(map(str, measured))}) ÷ {len(measured)}；应申报 {score.due} 期，已申报 {score.declared} 期："
            f"× {score.declared} ÷ {score.due} = {score.points}"
        )
    elif len(told) > 1:
        told.append(f"平均 ({' + '.join(map(str, given))}) ÷ {len(given)} = {score.points}")
    return "；".join(told)


def _names(terms: list[Term]) -> list[str]:
    """``2026 年第一季度``, ``2026 年全年测评``; campaigns of one period by their number. No identifier is told."""
    called = [_name(term) for term in terms]
    often, seen = Counter(called), Counter[str]()
    names = []
    for name in called:
        seen[name] += 1
        names.append(f"{name}（第 {seen[name]} 次）" if often[name] > 1 else name)
    return names


def _name(term: Term) -> str:
    evaluation = bool(term.facts) and term.facts[0].kind == "evaluation"
    return f"{period(term.facts[0].period)}测评" if evaluation else period(term.code)


def _told(score: ItemScore, term: Term, points: Decimal, rounding: str, remarks: Remarks) -> str:
    if not term.declared:
        return f"{'没有评定' if term.facts else '没有申报'}，得 {points}"
    facts = [fact for fact in term.facts if not fact.not_applicable]
    each = "；".join(_of_fact(score, fact, rounding, remarks.get(fact.fact)) for fact in facts)
    return f"，{each}" if len(facts) == 1 else f"，{each}；{len(facts)} 件平均 {points}"


def _of_fact(score: ItemScore, fact: Fact, rounding: str, remark: str | None) -> str:
    item = score.item
    sentence = explain(item.rule, item.params, item.full, fact.counts, None, rounding)
    return f"{sentence}（{remark}）" if remark else sentence
