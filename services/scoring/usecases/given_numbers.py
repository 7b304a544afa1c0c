"""Scores of given numbers, nothing stored: the same stages by which runs are made, for whoever wants to try them."""

from decimal import Decimal
from typing import Any

from rules import HALF_UP
from services.scoring.domain.frame import Frame, Model
from services.scoring.domain.sentences import stage_sentence
from services.scoring.domain.stages import named_stage
from services.scoring.storage.projections import read_frame
from shared.actor import Actor
from shared.contracts.scoring.commands.standings import Composing
from shared.database import Session
from shared.vocabulary.refusals import Refused, invalid

Row = dict[str, Any]


def compose_score(session: Session, actor: Actor, command: Composing) -> Row:
    """Compose a layer score from ``categories``, and the final one from it and the other ``components``.

    Weights are those of ``cycle``'s model for ``layer`` and ``line``, unless ``weights`` and ``composite`` are given.
    """
    model = _model(session, actor, command)
    rounding = model.rounding if model else command["rounding"] or HALF_UP
    weights = _weights(command, model)
    layer_score = named_stage(weights, command["categories"], rounding)
    formula = stage_sentence(weights, command["categories"], layer_score)
    return {"layer_score": layer_score, "layer_formula": formula, **_final(command, model, layer_score, rounding)}


def _final(command: Composing, model: Model | None, layer_score: Decimal | None, rounding: str) -> Row:
    own = "personal" if command["layer"] == "person" else "layer_score"
    values = {**command["components"], own: layer_score}
    composite = command["composite"] or (model.composite[command["layer"]] if model else {})
    _check_sum(composite, "composite")
    if not composite or not command["components"]:
        return {"final": None, "final_formula": None}
    final = named_stage(composite, values, rounding)
    return {"final": final, "final_formula": stage_sentence(composite, values, final)}


def _model(session: Session, actor: Actor, command: Composing) -> Model | None:
    if command["cycle"] is None:
        return None
    return Frame.from_json(read_frame(session, actor.bureau, command["cycle"])).model


def _weights(command: Composing, model: Model | None) -> dict[str, Decimal]:
    lines = model.weights.get(command["layer"], {}) if model else {}
    weights: dict[str, Decimal] = command["weights"] or lines.get(command["line"] or "", {})
    if not weights:
        raise _wrong(
            "weights", "没有权重：请给出权重，或者年度、层次和口", "no weights: give them, or a cycle and line"
        )
    _check_sum(weights, "weights")
    return weights


def _check_sum(weights: dict[str, Decimal], field: str) -> None:
    if weights and sum(weights.values()) != 1:
        raise _wrong(field, "权重合计应为 1", "the weights must sum to 1")


def _wrong(field: str, zh: str, en: str) -> Refused:
    return invalid("weights.invalid", zh, en, field)
