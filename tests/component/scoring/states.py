"""A made-up world (tests/oracle/worlds.py) as the states that the other services send."""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.events import (
    Assignment,
    ClaimChanged,
    ContributionChanged,
    CycleChanged,
    DeclarationChanged,
    EvaluationChanged,
    IndicatorChanged,
    Period,
    PersonChanged,
    TaskOrderChanged,
    UnitChanged,
    VetoChanged,
)

World = dict[str, Any]
BUREAU = "B00"
OWN = {"bureau": BUREAU, "revision": 3, "by": "tests"}
IN_CYCLE = {**OWN, "cycle": "2026"}


def states_of(world: World) -> list[Any]:
    """Every state of the world, in the order in which a year would bring them."""
    return [
        *(UnitChanged(**{**OWN, "name": unit["unit"], "parent": None, **unit}) for unit in world["units"]),
        *(person_state(person) for person in world["persons"]),
        cycle_state(world["cycle"]),
        *(indicator_state(indicator) for indicator in world["indicators"]),
        *(claim_state(claim) for claim in world["claims"]),
        *(declaration_state(one) for one in world["declarations"]),
        *(order_state(one) for one in world["task_orders"]),
        *(contribution_state(one) for one in world["contributions"]),
        *(evaluation_state(one) for one in world["evaluations"]),
        *(veto_state(one) for one in world["vetoes"]),
    ]


def person_state(person: dict[str, Any]) -> PersonChanged:
    assignments = [
        Assignment(
            unit=one["unit"],
            line=one["line"],
            position="X-01",
            head=False,
            starts=date.fromisoformat(one["starts"]),
            ends=date.fromisoformat(one["ends"]) if one["ends"] else None,
        )
        for one in person["assignments"]
    ]
    last = assignments[-1]
    now = {"unit": last.unit, "line": last.line, "position": last.position, "head": False}
    own = {"person": person["person"], "name": f"名{person['person']}", "active": person["active"]}
    return PersonChanged(**OWN, **own, **now, assignments=assignments)


def cycle_state(cycle: dict[str, Any], **changes: Any) -> CycleChanged:
    starts, ends = date.fromisoformat(cycle["starts"]), date.fromisoformat(cycle["ends"])
    state = {
        **IN_CYCLE,
        **cycle,
        "starts": starts,
        "ends": ends,
        "periods": [
            Period(one["code"], one["frequency"], date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"]))
            for one in cycle["periods"]
        ],
        "weights": {
            layer: {line: _decimals(weights) for line, weights in lines.items()}
            for layer, lines in cycle["weights"].items()
        },
        "composite": {target: _decimals(weights) for target, weights in cycle["composite"].items()},
        "calendar": {},
    }
    return CycleChanged(**{**state, **changes})


def indicator_state(indicator: dict[str, Any]) -> IndicatorChanged:
    texts = dict.fromkeys(("level1", "level2", "nature", "measure_unit", "assessor", "evidence", "standard"), "文字")
    rest = {"library_revision": 1, "source": "declared", "figure": None, "target": None}
    full = Decimal(indicator["full_points"])
    return IndicatorChanged(**{**IN_CYCLE, **texts, **rest, **indicator, "full_points": full})


def claim_state(claim: dict[str, Any]) -> ClaimChanged:
    target = None if claim["target"] is None else Decimal(claim["target"])
    return ClaimChanged(**{**_own(claim), "target": target})


def declaration_state(one: dict[str, Any], **changes: Any) -> DeclarationChanged:
    points = {"self_points": Decimal(0), "points": Decimal(0)}
    people = {"declared_by": one["subject"], "verified_by": "H01", "assessed_by": "X09"}
    own = {"declaration": one["code"], "counts": _decimals(one["counts"])}
    return DeclarationChanged(**{**_own(one), **own, **points, **people, **changes})


def order_state(one: dict[str, Any]) -> TaskOrderChanged:
    own = {"order": one["code"], "counts": _decimals(one["counts"]), "issued_by": "L01", "judged_by": "L01"}
    return TaskOrderChanged(**{**_own(one), **own})


def contribution_state(one: dict[str, Any]) -> ContributionChanged:
    own = {"contribution": one["code"], "counts": _decimals(one["counts"])}
    return ContributionChanged(**{**_own(one), **own, "declared_by": one["subject"], "settled_by": "K01"})


def evaluation_state(one: dict[str, Any]) -> EvaluationChanged:
    own = {"campaign": one["code"], "counts": _decimals(one["counts"]), "votes": 3, "left_out": [], "adjusted": None}
    return EvaluationChanged(**{**_own(one), **own})


def veto_state(one: dict[str, Any]) -> VetoChanged:
    return VetoChanged(**{**_own(one), "veto": one["code"]})


def _own(row: dict[str, Any]) -> dict[str, Any]:
    return {**IN_CYCLE, **{name: value for name, value in row.items() if name != "code"}}


def _decimals(numbers: dict[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(number) for name, number in numbers.items()}
