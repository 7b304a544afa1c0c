"""A questionnaire on weights, and the change to the model that its outcome proposes."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.targets.domain.cycles import Composite, Weights
from shared.vocabulary.organisation import ALL_LINES, LINES

Change = tuple[str, str, Decimal | None, Decimal]  # part, component, before, after


@dataclass(frozen=True)
class Questionnaire:
    questionnaire: str
    part: str  # of the model: person/access, station/all, composite/person
    method: str
    random_index: str
    by: str
    at: datetime
    status: str = "open"  # open, closed
    revision: int = 1


@dataclass(frozen=True)
class ModelProposal:
    """A whole model as it would be. ``basis``: the questionnaires it rests on, with what came of each."""

    proposal: str
    model_revision: int  # that it was made against
    weights: Weights
    composite: Composite
    basis: Sequence[Mapping[str, Any]]
    reason: str
    by: str
    at: datetime
    status: str = "proposed"  # proposed, taken, refused
    revision: int = 1


def with_part(
    weights: Weights,
    composite: Composite,
    part: str,
    outcome: Mapping[str, Decimal],
    lines: Iterable[str] = tuple(LINES),
) -> tuple[Weights, Composite]:
    """Return the model with one part replaced; ``layer/all`` replaces the layer's row of every line."""
    first, _, second = part.partition("/")
    new_weights, new_composite = deepcopy(_plain(weights)), deepcopy(_plain(composite))
    if first == "composite":
        new_composite[second] = dict(outcome)
        return new_weights, new_composite
    for line in lines if second == ALL_LINES else (second,):
        new_weights.setdefault(first, {})[line] = dict(outcome)
    return new_weights, new_composite


def changes(weights: Weights, composite: Composite, proposal: ModelProposal) -> list[Change]:
    """Return what the proposal would change of a model, weight by weight."""
    before = _flat(weights, composite)
    after = _flat(proposal.weights, proposal.composite)
    return [(*key, before.get(key), value) for key, value in sorted(after.items()) if before.get(key) != value]


def _flat(weights: Weights, composite: Composite) -> dict[tuple[str, str], Decimal]:
    rows = {f"{layer}/{line}": row for layer, lines in weights.items() for line, row in lines.items()}
    rows |= {f"composite/{target}": row for target, row in composite.items()}
    return {(part, component): value for part, row in rows.items() for component, value in row.items()}


def _plain(weights: Any) -> Any:
    return {name: _plain(inner) for name, inner in weights.items()} if isinstance(weights, Mapping) else weights
