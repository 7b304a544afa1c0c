"""What is known of one subject: its claims, its facts, its confirmed vetoes, built from canonical JSON; and on whose desk a fact lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

JUDGED = {
    "declaration": ("assessed", "recorded"),
    "task_order": ("judged",),
    "contribution": ("settled",),
    "evaluation": ("closed",),
}


WAITING = {  # handed in and on somebody's desk: it costs its subject nothing, and no run is frozen over it
    "declaration": ("declared", "verified"),
    "task_order": ("issued", "accepted", "refused", "completed"),
    "contribution": ("declared", "screened"),
}


@dataclass(frozen=True)
class Fact:
    """One state of declarations. ``judged``: its quantities stand; else it waits for whoever has it on the desk."""

    kind: str  # declaration, task_order, contribution, evaluation
    fact: str
    indicator: str
    period: str
    judged: bool
    not_applicable: bool
    counts: dict[str, Decimal]


@dataclass(frozen=True)
class Claim:
    """``days`` of the cycle that the quantity is meant for; None: all of it."""

    target: Decimal
    days: int | None = None


@dataclass(frozen=True)
class Veto:
    veto: str
    indicator: str
    reason: str


@dataclass(frozen=True)
class Dossier:
    subject: str
    claims: dict[str, Claim]  # by indicator, those with a quantity
    facts: dict[str, list[Fact]]  # indicator -> facts
    vetoes: tuple[Veto, ...]

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Dossier":
        facts: dict[str, list[Fact]] = {}
        for one in raw["facts"]:
            facts.setdefault(one["indicator"], []).append(_fact(one))
        claims = {
            one["indicator"]: Claim(Decimal(one["target"]), one.get("days")) for one in raw["claims"] if one["target"]
        }
        vetoes = tuple(Veto(one["veto"], one["indicator"], one["reason"]) for one in raw["vetoes"])
        return cls(raw["subject"], claims, facts, vetoes)


def _fact(raw: Mapping[str, Any]) -> Fact:
    return Fact(
        kind=raw["kind"],
        fact=raw["fact"],
        indicator=raw["indicator"],
        period=raw["period"],
        judged=raw["status"] in JUDGED[raw["kind"]],
        not_applicable=raw["not_applicable"],
        counts={key: Decimal(value) for key, value in raw["counts"].items()},
    )


_STEPS = {
    ("declaration", "declared"): "verify",
    ("declaration", "verified"): "assess",
    ("task_order", "issued"): "accept",
    ("task_order", "refused"): "answer",
    ("task_order", "accepted"): "complete",
    ("task_order", "completed"): "judge",
    ("contribution", "declared"): "screen",
    ("contribution", "screened"): "settle",
}


def desk_of(fact: Mapping[str, Any], unit: str | None) -> dict[str, Any]:
    """Return the desk on which a fact lies; ``unit``: the subject's. An order is its
    issuer's to judge, whatever became of it."""
    step = _STEPS[fact["kind"], fact["status"]]
    head = unit if step in ("verify", "screen") else None
    return {"step": step, "unit": head, "person": fact["people"].get("issued_by")}
