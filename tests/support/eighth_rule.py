"""What every room makes of the rule `threshold`, as JSON: run in a process whose `rules` has it (tests/unit/rules/test_a_new_rule.py)."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from gateway.exports import in_words as exported
from ops.simulation import behaviour, world
from rules import HALF_UP, check_counts
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.prefill import machine_counts
from services.declarations.domain.quantities import quantities
from services.declarations.domain.weighing import explained
from services.scoring.domain.dossier import Fact
from services.scoring.domain.frame import Item, Model
from services.scoring.domain.items import score_item
from services.scoring.domain.sentences import item_sentence
from services.scoring.kernel.layer_scores import column_points, prepared
from services.scoring.kernel.lines import Gathered, column_of
from services.targets.domain.results import quantity_of
from services.targets.domain.rule_schemas import rule_documents
from shared.contracts.rule_params import SHAPES
from shared.contracts.targets.indicators import IndicatorDocument
from shared.vocabulary.words import WORDS
from tests.unit.targets.reference import library, sheet, spoiled

RULE, PARAMS, CODE = "threshold", {"bound": "12"}, "03-02-01"
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
DONE = ("5", "6", "4")  # of three quarters; the fourth is missing


def main() -> None:
    print(json.dumps({**of_the_library(), **of_a_form(), **of_a_year(), **of_the_words()}, ensure_ascii=False))  # noqa: T201  # what it is for


def of_the_library() -> dict[str, Any]:
    """The sheet of the reference with one item scored by the new rule: right, with a wrong parameter, with another standard."""
    right = {"rule": RULE, "per_person_cap": "", "standard": "政务信息采用。达到 12 件得满分，未达到不得分。"}
    versions = {
        "sound": {**right, "rule_params": '{"bound": "12"}'},
        "wrong_parameter": {**right, "rule_params": '{"bound": "0"}'},
        "other_standard": {**right, "rule_params": '{"bound": "10"}'},
    }
    assert library(sheet("indicators"))[1] == []
    faults = {name: library(spoiled("indicators", CODE, **cells))[1] for name, cells in versions.items()}
    told = {name: [[one.code, one.column] for one in found] for name, found in faults.items()}
    return {**told, "measure": str(quantity_of(RULE, {"done": Decimal(15)}))}


def of_a_form() -> dict[str, Any]:
    """The columns that its form asks for, the machine's zero, self score and sentence."""
    item = Indicator(
        CODE, "政务信息", "common", "review", "all", ("person",), "件", Decimal(4), RULE, PARAMS, "quarterly", "K01",
        "", "", "complaints", "follow_ups", active=True,
    )  # fmt: skip
    counts = {"done": Decimal(12)}
    points = item.points(counts, None, HALF_UP)
    return {
        "columns": [[one["key"], one["label"], one["unit"]] for one in quantities(RULE, PARAMS, "件", None, counts)],
        "machine": {key: str(number) for key, number in (machine_counts(item, [], {}) or {}).items()},
        "refused": [one.code for one in check_counts(RULE, PARAMS, {"count": Decimal(1)})],
        "self_points": str(points),
        "self_sentence": explained(item, counts, None, HALF_UP, points),
    }


def of_a_year() -> dict[str, Any]:
    """Points and sentence of a year with a quarter missing, by the definition and by the columns."""
    item = Item(CODE, "政务信息", "common", "review", "all", ("person",), RULE, PARAMS, Decimal(4), "quarterly")
    model = Model("2026", date(2026, 1, 1), date(2026, 12, 31), {"quarterly": QUARTERS}, {}, {}, HALF_UP, 20, (), 1, 1)
    made = list(zip(QUARTERS, DONE, strict=False))
    facts = [Fact("declaration", period, CODE, period, True, False, {"done": Decimal(done)}) for period, done in made]
    score = score_item(item, model, facts, None)
    found = Gathered(rows=[0] * 3, terms=[0, 1, 2], silent=[False] * 3, counts=[{"done": done} for done in DONE])
    column = column_of(item, found, 1, 0, 100, np.array([4]), even=False)
    return {
        "points": str(score.points),
        "sentence": item_sentence(score, model),
        "by_columns": int(column_points(prepared(column, even=False), even=False)[0]),
    }


def of_the_words() -> dict[str, Any]:
    """What the API says of it, what an export calls it, and what the simulated people do with it."""
    simulated = world.Indicator(
        CODE, "", "review", "all", ("person",), RULE, PARAMS, "monthly", "K01", "declared", "件", Decimal(4)
    )
    document = next(one for one in rule_documents() if one["rule"] == RULE)
    return {
        "word": WORDS["rule"][RULE],
        "exported": next(iter(exported([{"rule": RULE}])))["rule"],
        "allowed": RULE in IndicatorDocument().fields["rule"].validators[0].choices,  # type: ignore[attr-defined]
        "shape": next(one.__name__ for one in SHAPES if "bound" in one().fields),
        "asked": sorted(document["params_schema"]["properties"]),
        "formula": document["formula"],
        "simulated": sorted(behaviour.counts(1, simulated, "P1", "2026-01", Decimal(0))),
    }


if __name__ == "__main__":
    main()
