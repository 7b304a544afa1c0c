"""Indicators, models and figures as the text cells of their sheets: what is exported, and what a draft is checked by."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.targets.domain.cycles import Composite, Weights
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_rows import history_years
from services.targets.domain.model_rows import components
from services.targets.domain.sheet import TextRow
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS

Definitions = Mapping[str, Mapping[str, str]]  # target -> component -> what it is
_TEXTS = ("level1", "level2", "name", "category", "nature", "tool", "line", "measure_unit", "rule", "frequency")
_MORE_TEXTS = ("evidence", "standard", "basis", "source")


def indicator_cells(indicator: Indicator, cycle: str, unit_names: Mapping[str, str]) -> TextRow:
    """Return the cells by the sheet's column names; a unit that is unknown goes by its code."""
    history = {f"history_{year}": told(indicator.history.get(year)) for year in history_years(cycle)}
    return {
        "code": indicator.indicator,
        **{name: getattr(indicator, name) for name in (*_TEXTS, *_MORE_TEXTS)},
        "layers": "|".join(indicator.layers),
        "full_points": told(indicator.full_points),
        "rule_params": params_text(indicator.rule_params),
        "assessor": unit_names.get(indicator.assessor, indicator.assessor),
        **history,
        f"target_{cycle}": told(indicator.target),
        "per_person_cap": told(indicator.per_person_cap),
    }


def model_cells(weights: Weights, lines: Mapping[str, str]) -> list[TextRow]:
    """Return the rows in the order of the layers and of the bureau's lines."""
    return [
        {"layer": layer, "line": line, **{name: told(weights[layer][line][name]) for name in CATEGORIES}}
        for layer in LAYERS
        for line in lines
        if line in weights.get(layer, {})
    ]


def composite_cells(weights: Composite, definitions: Definitions, lines: Mapping[str, str]) -> list[TextRow]:
    return [
        {
            "target": target,
            "component": part,
            "weight": told(weights[target][part]),
            "definition": definitions.get(target, {}).get(part, ""),
        }
        for target, parts in components(lines).items()
        for part in parts
        if part in weights.get(target, {})
    ]


def figure_cells(figures: Mapping[str, str]) -> list[TextRow]:
    return [{"code": code, "figure": figures[code]} for code in sorted(figures)]


def params_text(params: Mapping[str, Any]) -> str:
    return json.dumps(params, ensure_ascii=False, separators=(",", ":"))


def told(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def in_order(rows: Sequence[TextRow], columns: Sequence[str]) -> list[list[str]]:
    return [[row[column] for column in columns] for row in rows]
