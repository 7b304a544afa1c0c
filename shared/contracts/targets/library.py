"""The library of a cycle: sheets in and out, the draft, publication: 指标库."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, listing, revision, word
from shared.contracts.targets.cycles import CycleDocument, CycleKey
from shared.contracts.targets.fields import cell, cycle_code, day, edition, indicator_code, note, text
from shared.contracts.targets.sheets import FaultDocument, ImportReport, dry_run, file_format, sheets_field
from shared.vocabulary.library import DRAFT_ACTIONS

SHEETS = ("indicators", "models", "composite", "machine_figures")


class ImportLibrary(Command):
    cycle = cycle_code()
    sheets = sheets_field(*SHEETS, needed=("indicators",))
    dry_run = dry_run()


class ExportLibrary(Command):
    cycle = cycle_code()
    library_revision = edition("the published one where absent")
    format = file_format()
    sheet = word(SHEETS, "which one, of a csv", load_default="indicators")


class Publication(Command):
    cycle = cycle_code()
    effective = day("from when it holds; a day to come schedules it", load_default=None, allow_none=True)
    note = note(1000, load_default="")


class DraftChange(Command):
    """Cells by the sheet's columns; a rule's parameters as an object or as the sheet has them."""

    action = word(DRAFT_ACTIONS, load_default="put")
    indicator = indicator_code(required=True)
    cells = fields.Dict(
        keys=text(40),
        values=cell(),
        load_default=dict,
        metadata={"description": "the sheet's columns; rule_params as an object; what is not named stays"},
    )

    @validates_schema
    def cells_to_put(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("action") == "put" and not data.get("cells"):
            raise ValidationError("nothing to put", "cells")


class DraftChanges(Command):
    cycle = cycle_code()
    changes = batch(DraftChange)
    revision = revision("of the draft", load_default=None, allow_none=True)


class IndicatorFault(FaultDocument):
    indicator = fields.String(required=True, metadata={"description": "its code, where the fault is of one"})


class LibraryCounts(Document):
    level1 = fields.Integer(required=True)
    level2 = fields.Integer(required=True)
    level3 = fields.Integer(required=True)


class DraftReport(Document):
    library_revision = fields.Integer(required=True, metadata={"description": "of the draft"})
    revision = fields.Integer(required=True, metadata={"description": "of the draft's own: grows with every change"})
    counts = fields.Nested(LibraryCounts, required=True)
    errors = listing(IndicatorFault)
    warnings = listing(IndicatorFault)


class LibraryReport(ImportReport, DraftReport):
    errors = listing(IndicatorFault)
    warnings = listing(IndicatorFault)


library = Family("targets", "library", "指标库 the library of a cycle: sheets, drafts, revisions and their differences")

import_library = library.post(
    "/cycles/<cycle>/library/import",
    "import_library",
    ImportLibrary,
    LibraryReport,
    may="may_manage_cycle",
    mounted=False,
    filled=("sheets",),
    uploads=True,
)("导入指标库 the sheets indicators, models, composite and machine_figures as the draft, whole or not at all")
export_library = library.get(
    "/cycles/<cycle>/library/export", "export_library", ExportLibrary, None, may="anyone", mounted=False
)("导出指标库 a workbook for people, or one sheet as .csv; either imports back to the same library")
check_draft = library.get(
    "/cycles/<cycle>/library/draft", "check_draft", CycleKey, DraftReport, may="may_see_drafts", etag=True
)("核对草稿 the faults and doubts of the draft as it stands")
change_draft = library.post(
    "/cycles/<cycle>/library/draft",
    "change_draft",
    DraftChanges,
    DraftReport,
    may="may_manage_cycle",
    if_match="optional",
    etag=True,
)("修改草稿 puts or removes single indicators; the draft begins with the published library")
publish_library = library.post(
    "/cycles/<cycle>/library/publish", "publish_library", Publication, CycleDocument, may="may_manage_cycle", etag=True
)("发布指标库 the draft becomes the cycle's library from its day on and never changes again")
withdraw_library = library.post(
    "/cycles/<cycle>/library/withdraw", "withdraw_library", CycleKey, CycleDocument, may="may_manage_cycle", etag=True
)("撤回待生效的指标库 a published library whose day has not come is a draft again")
