"""Work on the draft of the next library: begun from the published one, changed cell by cell, checked at any time."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.library_cells import Row, indicator_cells, params_text
from services.targets.domain.library_rows import indicator_columns
from services.targets.storage.draft_changes import DraftChanges
from services.targets.storage.library import Libraries, Model
from services.targets.storage.units import Units
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong
from services.targets.usecases.library_reading import Draft, counts_of, kept_model, read_cells, told_of, warnings
from services.targets.usecases.scheduling import none_scheduled
from shared.contracts.targets.commands.cycles import CycleKey
from shared.contracts.targets.commands.library import DraftChanges
from shared.actor import Actor
from shared.database import Session
from shared.errors import Conflict, Invalid
from shared.recording import audit
from shared.vocabulary.refusals import check_revision

Change = Mapping[str, Any]  # {"action": put or remove, "indicator": code, "cells": {column: value}}


def change_draft(session: Session, actor: Actor, command: DraftChanges) -> Row:
    """Put or remove single indicators. A row must be right by itself; what rows owe to each other is told, and asked
    for when the library is published."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    check_draft_revision(session, actor, command)
    draft = apply_changes(session, actor, cycle, command["changes"])
    return draft_report(session, actor, cycle, draft)


def check_draft_revision(session: Session, actor: Actor, command: Mapping[str, Any]) -> None:
    """Refuse what was decided on an earlier draft; the cycle is locked."""
    stored = DraftChanges(session, actor.bureau, command["cycle"]).revision()
    check_revision("draft", command["revision"], stored)


def check_draft(session: Session, actor: Actor, query: CycleKey) -> Row:
    need(permissions.may_see_drafts(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    return draft_report(session, actor, cycle, stored_draft(session, actor, cycle))


def apply_changes(session: Session, actor: Actor, cycle: Cycle, changes: Sequence[Change]) -> Draft:
    """Return the draft with the changes, begun from the published library where there is none yet."""
    changeable(cycle)
    none_scheduled(session, actor, cycle)
    noted: list[Change] = []
    draft = check_changes(session, actor, cycle, changes, noted)
    revision = cycle.library_revision + 1
    Libraries(session, actor.bureau, cycle.cycle).replace_draft(revision, draft.model, draft.indicators)
    DraftChanges(session, actor.bureau, cycle.cycle).note(revision, actor.account, *noted)
    subject = f"{actor.bureau}/{cycle.cycle}/{revision}"
    audit(session, action="library.changed", subject=subject, before={}, after={"changes": [*changes]})
    return draft


def check_changes(
    session: Session, actor: Actor, cycle: Cycle, changes: Sequence[Change], noted: list[Change] | None = None
) -> Draft:
    """Check changes; return the draft as it would be; raises for rows that are wrong by themselves.

    ``noted`` takes what each makes of its indicator's row.
    """
    rows = _stored_rows(session, actor, cycle)
    for number, change in enumerate(changes):
        before = rows.get(change["indicator"])
        _apply(rows, change, number, indicator_columns(cycle.cycle))
        after = rows.get(change["indicator"])
        if noted is not None and after != before:
            told = {name: change.get(name) for name in ("indicator", "proposal", "takes_back")}
            noted.append({**told, "action": _action(change), "before": before, "after": after})
    ordered = [rows[code] for code in sorted(rows)]
    draft = read_cells(session, actor, cycle, _model(session, actor, cycle), ordered)
    none_wrong(
        "library.invalid", told_of(draft, draft.faults), zh="指标有误，未作更改", en="the indicators have faults"
    )
    return draft


def stored_draft(session: Session, actor: Actor, cycle: Cycle) -> Draft:
    rows = _stored_rows(session, actor, cycle)
    return read_cells(session, actor, cycle, _model(session, actor, cycle), [rows[code] for code in sorted(rows)])


def _model(session: Session, actor: Actor, cycle: Cycle) -> Model:
    model = kept_model(session, actor, cycle)
    if Libraries(session, actor.bureau, cycle.cycle).model(cycle.library_revision + 1) is not None:
        return model
    return Model(cycle.weights, cycle.composite, model.figures, model.definitions)


def _stored_rows(session: Session, actor: Actor, cycle: Cycle) -> dict[str, Row]:
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    begun = libraries.model(cycle.library_revision + 1) is not None
    stored = libraries.indicators(cycle.library_revision + begun)
    if not stored and not begun:
        raise Conflict(
            "library.no_draft", zh="没有指标库草稿，请先导入", en="there is no draft: import a library first"
        )
    names = {unit.unit: unit.name for unit in Units(session, actor.bureau).all().values()}
    return {one.indicator: indicator_cells(one, cycle.cycle, names) for one in stored}


def _action(change: Change) -> str:
    told: str = "take_back" if change.get("takes_back") else change["action"]
    return told


def _apply(rows: dict[str, Row], change: Change, number: int, columns: Sequence[str]) -> None:
    code = change["indicator"]
    if change["action"] == "remove":
        if rows.pop(code, None) is None:
            raise _wrong(number, "indicator", "indicator.unknown", f"没有指标 {code}", f"there is no indicator {code}")
        return
    unknown = [name for name in change["cells"] if name not in columns]
    if unknown:
        raise _wrong(number, unknown[0], "column.unknown", f"未知的列 {unknown[0]}", f"unknown column {unknown[0]!r}")
    cells = {name: _text(value) for name, value in change["cells"].items()}
    rows[code] = {**dict.fromkeys(columns, ""), **rows.get(code, {}), **cells, "code": code}


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return params_text(value)
    if isinstance(value, (list, tuple)):
        return "|".join(str(one) for one in value)
    return "" if value is None else str(value).strip()


def _wrong(number: int, field: str, code: str, zh: str, en: str) -> Invalid:
    entry = {"row": number, "field": field, "code": code, "zh": zh, "en": en}
    return Invalid("library.invalid", zh=zh, en=en, errors=[entry])


def draft_report(session: Session, actor: Actor, cycle: Cycle, draft: Draft) -> dict[str, Any]:
    faults = draft.all_faults
    return {
        "library_revision": cycle.library_revision + 1,
        "revision": DraftChanges(session, actor.bureau, cycle.cycle).revision(),
        "counts": counts_of(draft.indicators),
        "errors": told_of(draft, faults),
        "warnings": told_of(draft, [] if faults else warnings(session, actor, cycle, draft.indicators)),
    }
