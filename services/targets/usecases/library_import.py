"""A library from the office's sheets: all of it becomes the draft, or nothing does."""

from collections.abc import Mapping

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.sheets import parts_of
from services.targets.storage.draft_changes import DraftChanges, Noted
from services.targets.storage.library import Libraries
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong
from services.targets.usecases.library_reading import Draft, counts_of, read_sheets, told_of, warnings
from services.targets.usecases.scheduling import none_scheduled
from services.targets.usecases.taking_up import take_back
from shared.actor import Actor
from shared.contracts.targets.commands.library import ImportLibrary
from shared.contracts.targets.library import SHEETS
from shared.database import Row, Session
from shared.recording import audit


def import_library(session: Session, actor: Actor, command: ImportLibrary) -> Row:
    """Take indicators, models, composite and machine_figures as the cycle's draft, whole or not at all.

    A sheet that is absent keeps what the draft, or else the published library, says; ``workbook`` holds several of them
    as worksheets. ``dry_run`` only tells the faults.
    """
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    none_scheduled(session, actor, cycle)
    draft = read_sheets(session, actor, cycle, _unpacked(command["sheets"]))
    faults = draft.all_faults
    doubts = [] if faults else warnings(session, actor, cycle, draft.indicators)
    if not command["dry_run"]:
        told = told_of(draft, faults)
        none_wrong("library.invalid", told, zh="指标库有误，未导入", en="the library has faults, nothing taken")
        _save(session, actor, cycle, draft)
        take_back(session, actor, cycle)
    return {
        "applied": not command["dry_run"],
        "library_revision": cycle.library_revision + 1,
        "revision": DraftChanges(session, actor.bureau, cycle.cycle).revision(),
        "counts": counts_of(draft.indicators),
        "errors": told_of(draft, faults),
        "warnings": told_of(draft, doubts),
    }


def _unpacked(sheets: Mapping[str, bytes]) -> dict[str, bytes]:
    """A workbook stands for the sheets that its worksheets are named after; of an unnamed one the first is the indicators'."""
    given = {name: data for name, data in sheets.items() if name != "workbook"}
    book = sheets.get("workbook")
    if book is None:
        return given
    parts = dict.fromkeys(parts_of(book, SHEETS), book)
    return {"indicators": book, **parts, **given}


def _save(session: Session, actor: Actor, cycle: Cycle, draft: Draft) -> None:
    revision = cycle.library_revision + 1
    Libraries(session, actor.bureau, cycle.cycle).replace_draft(revision, draft.model, draft.indicators)
    record = DraftChanges(session, actor.bureau, cycle.cycle)
    record.replaced(revision)
    record.note(revision, actor.account, Noted("import"))
    audit(
        session,
        action="library.imported",
        subject=f"{actor.bureau}/{cycle.cycle}/{revision}",
        before={},
        after=counts_of(draft.indicators),
    )
