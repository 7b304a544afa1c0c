"""What if? Other weights, values, rules or vetoes laid over a run's inputs (or the live ones). Nothing is stored; the inputs stay as they are."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from rules import RULES, check_params
from services.scoring.domain.frame import Frame
from shared.vocabulary.refusals import invalid

Tree = dict[str, Any]
Changes = Mapping[str, Any]
OF_MODEL = ("rounding", "quota_percent", "tie_chain")


def changed_frame(raw: Tree, changes: Changes) -> Tree:
    """Return the frame's JSON (domain/frame.py) with the changes to its model and library."""
    cycle = {**raw["cycle"], **{name: changes[name] for name in OF_MODEL if changes.get(name) is not None}}
    cycle["weights"] = _weights(raw["cycle"]["weights"], changes.get("weights") or {})
    cycle["composite"] = {
        **raw["cycle"]["composite"],
        **_composite(raw["cycle"]["composite"], changes.get("composite") or {}),
    }
    return {**raw, "cycle": cycle, "indicators": list(_indicators(raw["indicators"], changes))}


def changed_dossiers(dossiers: Iterable[Tree], changes: Changes) -> Iterator[Tree]:
    """Yield dossiers with vetoes added and lifted."""
    vetoes = changes.get("vetoes") or {}
    added: dict[str, list[Tree]] = {}
    for number, one in enumerate(vetoes.get("add", ())):
        veto = {
            "veto": f"what-if-{number}",
            "indicator": one.get("indicator") or "01-03-00",
            "reason": one.get("reason") or "试算",
        }
        added.setdefault(one["subject"], []).append(veto)
    lifted = set(vetoes.get("lift", ()))
    for raw in dossiers:
        kept = [one for one in raw["vetoes"] if one["veto"] not in lifted and raw["subject"] not in lifted]
        yield {**raw, "vetoes": kept + added.get(raw["subject"], [])}


def changed_points(frame: Frame, changes: Changes) -> list[tuple[str, str, int]]:
    """Return (subject, indicator, hundredths; -1: does not apply) of single items, by the changed frame."""
    return [_points(frame, number, one) for number, one in enumerate(changes.get("points") or ())]


def _points(frame: Frame, number: int, change: Tree) -> tuple[str, str, int]:
    field, code, indicator = f"changes.points.{number}", change["subject"], change["indicator"]
    subject = frame.by_code.get(code)
    items = frame.items_of(subject) if subject else ()
    item = next((one for one in items if one.indicator == indicator), None)
    if item is None:
        raise invalid(
            "points.unknown", f"{code} 没有指标 {indicator} 的得分", f"{code} is not scored by {indicator}", field
        )
    if change["points"] is None:
        return code, indicator, -1
    points = Decimal(change["points"])
    if not 0 <= points <= Decimal(item.full):
        raise invalid("points.range", f"得分应在 0 与满分 {item.full} 之间", f"points go from 0 to {item.full}", field)
    return code, indicator, int(points * 100)


def unknown_subjects(changes: Changes, known: Iterable[str]) -> list[str]:
    """Return subjects of added vetoes that nobody scores."""
    codes = set(known)
    return sorted({one["subject"] for one in (changes.get("vetoes") or {}).get("add", ())} - codes)


def unknown_vetoes(changes: Changes, dossiers: Iterable[Tree]) -> list[str]:
    """Return what is to be lifted and is neither a veto nor somebody who has one."""
    wanted = set((changes.get("vetoes") or {}).get("lift", ()))
    if not wanted:
        return []
    held = {code for raw in dossiers for one in raw["vetoes"] for code in (raw["subject"], one["veto"])}
    return sorted(wanted - held)


def _weights(raw: Tree, changes: Tree) -> Tree:
    weights = {layer: dict(lines) for layer, lines in raw.items()}
    for layer, lines in changes.items():
        for line, own in lines.items():
            field = f"weights.{layer}.{line}"
            if line not in weights.get(layer, {}):
                raise invalid("change.unknown", "模型中没有这一层或口", "the model has no such layer or line", field)
            weights[layer][line] = _summing_to_one(own, weights[layer][line], field)
    return weights


def _composite(raw: Tree, changes: Tree) -> Tree:
    unknown = [target for target in changes if target not in raw]
    if unknown:
        raise invalid("change.unknown", "没有这一合成对象", "there is no such target", f"composite.{unknown[0]}")
    return {target: _summing_to_one(own, raw[target], f"composite.{target}") for target, own in changes.items()}


def _summing_to_one(weights: Tree, before: Tree, field: str) -> Tree:
    if set(weights) != set(before):
        known = "、".join(before)
        raise invalid("change.components", f"应给出全部组成：{known}", f"give all of {', '.join(before)}", field)
    if sum(map(Decimal, weights.values())) != 1 or any(Decimal(weight) < 0 for weight in weights.values()):
        raise invalid("weights.invalid", "权重合计应为 1", "the weights must sum to 1", field)
    return {name: _text(weight) for name, weight in weights.items()}


def _indicators(raw: Iterable[Tree], changes: Changes) -> Iterator[Tree]:
    wanted, values = dict(changes.get("indicators") or {}), changes.get("grade_values")
    for one in raw:
        change = wanted.pop(one["indicator"], {})
        if change.get("active") is False:
            continue
        changed = {
            **one,
            **{name: change[name] for name in ("rule_params", "full_points") if change.get(name) is not None},
        }
        if values:
            worth = {grade: _text(value) for grade, value in values.items()}
            changed["rule_params"] = RULES[one["rule"]].with_grades(changed["rule_params"], worth)
        if changed != one:
            changed["full_points"] = _text(changed["full_points"])
            _check(changed)
        yield changed
    if wanted:
        code = min(wanted)
        raise invalid("indicator.unknown", f"没有指标 {code}", f"there is no indicator {code}", f"indicators.{code}")


def _check(one: Tree) -> None:
    for fault in check_params(one["rule"], one["rule_params"], Decimal(one["full_points"])):
        raise invalid(fault.code, fault.zh, fault.en, f"indicators.{one['indicator']}.{fault.path}")


def _text(number: Any) -> str:
    value = Decimal(number)
    return f"{value.normalize() + 0:f}" if value else "0"
