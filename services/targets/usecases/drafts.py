"""Work on the draft of the next library: begun from the published one, changed cell by cell, checked at any time."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.draft_changes import Edit
from services.targets.domain.library_cells import indicator_cells, params_text
from services.targets.domain.library_rows import indicator_columns
from services.targets.domain.sheet import TextRow
from services.targets.storage.draft_changes import DraftChanges, Noted
from services.targets.storage.library import Libraries, Model
from services.targets.storage.units import Units
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong
from services.targets.usecases.library_reading import (
    Draft,
    counts_of,
    kept_model,
    read_cells,
    told_of,
    warnings,
)
from services.targets.usecases.scheduling import none_scheduled
from shared.actor import Actor
from shared.contracts.targets.commands import library as commands
from shared.contracts.targets.commands.cycles import CycleKey
from shared.database import Row, Session
from shared.errors import Conflict, Entry, Invalid
from shared.recording import audit
from shared.vocabulary.refusals import check_revision


class DraftReport(TypedDict):
    library_revision: int
    revision: int  # of the draft's own
    counts: dict[str, int]
    errors: list[Entry]
    warnings: list[Entry]


def change_draft(session: Session, actor: Actor, command: commands.DraftChanges) -> DraftReport:
    """Put or remove single indicators. A row must be right by itself; what rows owe to each other is told, and asked
    for when the library is published."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    check_draft_revision(session, actor, cycle, command["revision"])
    edits = [Edit(one["action"], one["indicator"], one["cells"]) for one in command["changes"]]
    draft = apply_changes(session, actor, cycle, edits)
    return draft_report(session, actor, cycle, draft)


def check_draft_revision(session: Session, actor: Actor, cycle: Cycle, seen: int | None) -> None:
    """Refuse what was decided on an earlier draft; the cycle is locked."""
    check_revision("draft", seen, DraftChanges(session, actor.bureau, cycle.cycle).revision())


def check_draft(session: Session, actor: Actor, query: CycleKey) -> DraftReport:
    need(permissions.may_see_drafts(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    return draft_report(session, actor, cycle, stored_draft(session, actor, cycle))


def apply_changes(session: Session, actor: Actor, cycle: Cycle, edits: Sequence[Edit]) -> Draft:
    """Return the draft with the changes, begun from the published library where there is none yet."""
    changeable(cycle)
    none_scheduled(session, actor, cycle)
    noted: list[Noted] = []
    draft = check_changes(session, actor, cycle, edits, noted)
    revision = cycle.library_revision + 1
    Libraries(session, actor.bureau, cycle.cycle).replace_draft(revision, draft.model, draft.indicators)
    DraftChanges(session, actor.bureau, cycle.cycle).note(revision, actor.account, *noted)
    subject = f"{actor.bureau}/{cycle.cycle}/{revision}"
    audit(
        session, action="library.changed", subject=subject, before={}, after={"changes": [_told(one) for one in edits]}
    )
    return draft


def check_changes(
    session: Session, actor: Actor, cycle: Cycle, edits: Sequence[Edit], noted: list[Noted] | None = None
) -> Draft:
    """Check changes; return the draft as it would be; raises for rows that are wrong by themselves.

    ``noted`` takes what each makes of its indicator's row.
    """
    rows = _stored_rows(session, actor, cycle)
    for number, one in enumerate(edits):
        before = rows.get(one.indicator)
        _apply(rows, one, number, indicator_columns(cycle.cycle))
        after = rows.get(one.indicator)
        if noted is not None and after != before:
            noted.append(Noted(one.shown_action, one.indicator, before, after, one.proposal, one.takes_back))
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


def _stored_rows(session: Session, actor: Actor, cycle: Cycle) -> dict[str, TextRow]:
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    begun = libraries.model(cycle.library_revision + 1) is not None
    stored = libraries.indicators(cycle.library_revision + begun)
    if not stored and not begun:
        raise Conflict(
            "library.no_draft", zh="没有指标库草稿，请先导入", en="there is no draft: import a library first"
        )
    names = {unit.unit: unit.name for unit in Units(session, actor.bureau).all().values()}
    return {one.indicator: indicator_cells(one, cycle.cycle, names) for one in stored}


def _told(edit: Edit) -> Row:
    return {name: value for name, value in vars(edit).items() if value is not None}


def _apply(rows: dict[str, TextRow], edit: Edit, number: int, columns: Sequence[str]) -> None:
    code = edit.indicator
    if edit.action == "remove":
        if rows.pop(code, None) is None:
            raise _wrong(number, "indicator", "indicator.unknown", f"没有指标 {code}", f"there is no indicator {code}")
        return
    unknown = [name for name in edit.cells if name not in columns]
    if unknown:
        raise _wrong(number, unknown[0], "column.unknown", f"未知的列 {unknown[0]}", f"unknown column {unknown[0]!r}")
    cells = {name: _text(value) for name, value in edit.cells.items()}
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


def draft_report(session: Session, actor: Actor, cycle: Cycle, draft: Draft) -> DraftReport:
    faults = draft.all_faults
    return {
        "library_revision": cycle.library_revision + 1,
        "revision": DraftChanges(session, actor.bureau, cycle.cycle).revision(),
        "counts": counts_of(draft.indicators),
        "errors": told_of(draft, faults),
        "warnings": told_of(draft, [] if faults else warnings(session, actor, cycle, draft.indicators)),
    }
