"""Taking others' states into scoring's own tables: upserts guarded by the revision, so order and repetition do not matter."""

from collections.abc import Sequence
from typing import Any

from services.scoring.storage import tables
from services.scoring.storage.facts import keep_facts
from services.scoring.storage.plain import plain
from services.scoring.storage.projections import keep
from services.scoring.storage.run_tables import self_score
from services.scoring.storage.self_scores import keep_self_scores
from shared.database import Session, ensure_partitions
from shared.events import (
    ClaimChanged,
    ClaimChangedV1,
    ContributionChanged,
    CycleChanged,
    DeclarationChanged,
    EvaluationChanged,
    EvaluationChangedV1,
    IndicatorChanged,
    ModelChanged,
    PersonChanged,
    TaskOrderChanged,
    UnitChanged,
    VetoChanged,
)

Row = dict[str, Any]
SYSTEM = "system"  # stands where nobody did it: nothing to measure, noted by itself
# What a score depends on; nothing else of these states enters a run's inputs.
MODEL = (
    "periods", "weights", "composite", "rounding", "quota_percent", "tie_chain", "library_revision", "model_revision",
)  # fmt: skip
ITEM = (
    "indicator", "name", "category", "tool", "line", "layers", "full_points", "rule", "rule_params", "frequency",
)  # fmt: skip


def keep_units(session: Session, states: Sequence[UnitChanged]) -> None:
    names = ("bureau", "unit", "revision", "name", "kind", "line", "active")
    keep(session, tables.unit, [_picked(state, names) for state in states], ("bureau", "unit"))


def keep_persons(session: Session, states: Sequence[PersonChanged]) -> None:
    names = ("bureau", "person", "revision", "name", "active")
    rows = [{**_picked(state, names), "assignments": _assignments(state)} for state in states]
    keep(session, tables.person, rows, ("bureau", "person"))


def keep_cycles(session: Session, states: Sequence[CycleChanged]) -> None:
    names = ("bureau", "cycle", "revision", "status", "starts", "ends")
    rows = [{**_picked(state, names), "calendar": dict(state.calendar), "rules": _rules(state)} for state in states]
    keep(session, tables.cycle, rows, ("bureau", "cycle"))


def keep_models(session: Session, states: Sequence[ModelChanged]) -> None:
    names = ("bureau", "cycle", "revision", "evaluations")
    keep(session, tables.model, [_picked(state, names) for state in states], ("bureau", "cycle"))


def keep_indicators(session: Session, states: Sequence[IndicatorChanged]) -> None:
    names = ("bureau", "cycle", "indicator", "revision", "active")
    rows = [{**_picked(state, names), "item": plain(_picked(state, ITEM))} for state in states]
    keep(session, tables.indicator, rows, ("bureau", "cycle", "indicator"))


def keep_claims(session: Session, states: Sequence[ClaimChanged] | Sequence[ClaimChangedV1]) -> None:
    names = ("bureau", "cycle", "indicator", "subject", "revision", "status")
    rows = [
        {
            **_picked(state, names),
            "target": plain(state.target),
            "days": state.days if isinstance(state, ClaimChanged) else None,
        }
        for state in states
    ]
    ensure_partitions(session, [tables.claim], _cycles(states))
    keep_facts(session, tables.claim, rows)


def keep_declarations(session: Session, states: Sequence[DeclarationChanged]) -> None:
    people = ("declared_by", "verified_by", "assessed_by")
    rows = [_fact("declaration", one.declaration, one, people, not_applicable=one.not_applicable) for one in states]
    ensure_partitions(session, [self_score, tables.fact], _cycles(states))
    keep_self_scores(session, states)
    keep_facts(session, tables.fact, rows)  # last: it holds the version's row until the commit


def keep_task_orders(session: Session, states: Sequence[TaskOrderChanged]) -> None:
    rows = [_fact("task_order", one.order, one, ("issued_by", "judged_by")) for one in states]
    ensure_partitions(session, [tables.fact], _cycles(states))
    keep_facts(session, tables.fact, rows)


def keep_contributions(session: Session, states: Sequence[ContributionChanged]) -> None:
    rows = [_fact("contribution", one.contribution, one, ("declared_by", "settled_by")) for one in states]
    ensure_partitions(session, [tables.fact], _cycles(states))
    keep_facts(session, tables.fact, rows)


def keep_evaluations(session: Session, states: Sequence[EvaluationChanged] | Sequence[EvaluationChangedV1]) -> None:
    """Keep evaluations, with the value adjusted for severity beside the votes: which of the two
    counts is the model's to say (decision 0324)."""
    rows = [
        {
            **_fact("evaluation", f"{one.campaign}/{one.subject}", one, ()),
            "adjusted": plain(one.adjusted) if isinstance(one, EvaluationChanged) else None,
            "ballots": _ballots(one) if isinstance(one, EvaluationChanged) else None,
        }
        for one in states
    ]
    ensure_partitions(session, [tables.fact], _cycles(states))
    keep_facts(session, tables.fact, rows)


def keep_vetoes(session: Session, states: Sequence[VetoChanged]) -> None:
    names = ("bureau", "cycle", "veto", "revision", "indicator", "subject", "status", "reason")
    keep_facts(session, tables.veto, [_picked(state, names) for state in states])


def _cycles(states: Sequence[Any]) -> set[str]:
    return {one.cycle for one in states}


def _fact(kind: str, code: str, state: Any, people: Sequence[str], *, not_applicable: bool = False) -> Row:
    names = ("bureau", "cycle", "revision", "indicator", "subject", "period", "status")
    own = {"kind": kind, "fact": code, "not_applicable": not_applicable, "counts": plain(state.counts)}
    hands = {name: who for name, who in _picked(state, people).items() if who != SYSTEM}
    return {**_picked(state, names), **own, "people": hands}


def _ballots(state: EvaluationChanged) -> Row | None:
    """Why the counts are not simply the votes cast, for the explanation: weights of groups, groups that fell out."""
    weighted = bool(state.counts) and sum(state.counts.values()) != state.votes  # too few: no counts at all
    if state.status != "closed" or not (weighted or state.left_out):
        return None
    return {"votes": state.votes, "weighted": weighted, "left_out": list(state.left_out)}


def _assignments(state: PersonChanged) -> list[Row]:
    return [plain(_picked(one, ("unit", "line", "starts", "ends"))) for one in state.assignments]


def _rules(state: CycleChanged) -> Row:
    periods = [_picked(one, ("code", "frequency", "starts", "ends")) for one in state.periods]
    return plain({**_picked(state, MODEL), "periods": sorted(periods, key=lambda one: str(one["code"]))})  # type: ignore[no-any-return]


def _picked(state: Any, names: Sequence[str]) -> Row:
    return {name: getattr(state, name) for name in names}
