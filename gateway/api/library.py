"""The library of a cycle by revision: 指标库."""

from typing import Any

from flask import Response
from marshmallow import fields

from gateway.api.core import Command, Document, Exact, batch, blueprint, etag, paged, text, whole
from gateway.api.cycles import CycleDocument
from gateway.api.sheets import (
    FILE,
    MEGABYTES,
    ExportQuery,
    ImportQuery,
    ImportReport,
    IndicatorFault,
    file_answer,
    sheets,
    uploads,
)
from gateway.rpc import call

library = blueprint("library", "指标库 the library of a cycle: sheets, drafts, revisions and their differences")


class LibraryCounts(Document):
    level1 = fields.Integer(required=True)
    level2 = fields.Integer(required=True)
    level3 = fields.Integer(required=True)


class LibraryReport(ImportReport):
    errors = fields.List(fields.Nested(IndicatorFault), required=True)
    warnings = fields.List(fields.Nested(IndicatorFault), required=True)
    library_revision = fields.Integer(required=True, metadata={"description": "of the draft"})
    counts = fields.Nested(LibraryCounts, required=True)


class PublishBody(Command):
    effective = fields.Date(metadata={"description": "from when it holds; a day to come schedules it"})
    note = text(1000)


class LibraryExportQuery(ExportQuery):
    library_revision = whole(1, 10_000, metadata={"description": "the published one where absent"})


class DraftChange(Command):
    action = text(10, metadata={"description": "put (the default) or remove"})
    indicator = text(10, required=True)
    cells = fields.Dict(
        keys=text(40),
        values=fields.Raw(allow_none=True),
        metadata={"description": "the sheet's columns; rule_params as an object; what is not named stays"},
    )


class DraftBody(Command):
    changes = batch(DraftChange)


class DraftReport(Document):
    library_revision = fields.Integer(required=True)
    counts = fields.Nested(LibraryCounts, required=True)
    errors = fields.List(fields.Nested(IndicatorFault), required=True)
    warnings = fields.List(fields.Nested(IndicatorFault), required=True)


class RevisionDocument(Document):
    library_revision = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"description": "draft, scheduled, published"})
    effective = fields.Date(required=True, allow_none=True)
    note = fields.String(required=True)
    published_at = fields.DateTime(required=True, allow_none=True)
    published_by = fields.String(required=True, allow_none=True)


class DifferenceQuery(Command):
    older = whole(0, 10_000, metadata={"description": "the one in force where absent"})
    newer = whole(1, 10_000, metadata={"description": "the draft where absent"})


class BriefIndicator(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    full_points = Exact(required=True)
    line = fields.String(required=True)


class FieldChange(Document):
    field = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class IndicatorChange(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    differences = fields.List(fields.Nested(FieldChange), required=True)


class Reweighted(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    before = Exact(required=True)
    after = Exact(required=True)


class Renumbered(Document):
    name = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)


class ClaimEffect(Document):
    indicator = fields.String(required=True)
    effect = fields.String(
        required=True,
        metadata={
            "description": "removed, not_eligible (released); quantity_dropped; quantity_needed, above_cap (to put right)"
        },
    )
    zh = fields.String(required=True)
    en = fields.String(required=True)
    claims = fields.Integer(required=True)
    quantity = Exact(required=True)
    subjects = fields.List(fields.String(), required=True, metadata={"description": "the first 50"})


class TargetChange(Document):
    indicator = fields.String(required=True)
    before = Exact(required=True, allow_none=True)
    after = Exact(required=True, allow_none=True)
    allocated = Exact(required=True)
    claimed_by_units = Exact(required=True)
    claimed_by_persons = Exact(required=True)


class DifferenceDocument(Document):
    older = fields.Integer(required=True)
    newer = fields.Integer(required=True)
    added = fields.List(fields.Nested(BriefIndicator), required=True)
    removed = fields.List(fields.Nested(BriefIndicator), required=True)
    reweighted = fields.List(fields.Nested(Reweighted), required=True)
    changed = fields.List(fields.Nested(IndicatorChange), required=True)
    renumbered = fields.List(fields.Nested(Renumbered), required=True)
    claims = fields.List(fields.Nested(ClaimEffect), required=True)
    targets = fields.List(fields.Nested(TargetChange), required=True)


@library.route("/cycles/<cycle>/library/import", methods=["POST"])
@library.arguments(ImportQuery, location="query")
@library.response(200, LibraryReport)
@uploads("indicators", "models", "composite", "machine_figures", megabytes=MEGABYTES)
def import_library(query: dict[str, Any], cycle: str) -> dict[str, Any]:
    """导入指标库 the sheets indicators, models, composite and machine_figures as the draft, whole or not at all"""
    parts = sheets("indicators", optional=("models", "composite", "machine_figures"))
    return call("targets", "import_library", {**query, "cycle": cycle, "sheets": parts})


@library.route("/cycles/<cycle>/library/export")
@library.arguments(LibraryExportQuery, location="query")
@library.response(200, FILE, content_type="application/octet-stream")
def export_library(query: dict[str, Any], cycle: str) -> Response:
    """导出指标库 a workbook for people, or one sheet as .csv; either imports back to the same library"""
    return file_answer(call("targets", "export_library", {**query, "cycle": cycle}, read=True))


@library.route("/cycles/<cycle>/library/draft")
@library.response(200, DraftReport)
def check_draft(cycle: str) -> dict[str, Any]:
    """核对草稿 the faults and doubts of the draft as it stands"""
    return call("targets", "check_draft", {"cycle": cycle}, read=True)


@library.route("/cycles/<cycle>/library/draft", methods=["POST"])
@library.arguments(DraftBody)
@library.response(200, DraftReport)
def change_draft(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """修改草稿 puts or removes single indicators; the draft begins with the published library"""
    return call("targets", "change_draft", {**command, "cycle": cycle})


@library.route("/cycles/<cycle>/library/publish", methods=["POST"])
@library.arguments(PublishBody)
@library.response(200, CycleDocument)
def publish_library(command: dict[str, Any], cycle: str) -> Any:
    """发布指标库 the draft becomes the cycle's library from its day on and never changes again"""
    return etag(call("targets", "publish_library", {**command, "cycle": cycle}))


@library.route("/cycles/<cycle>/library/withdraw", methods=["POST"])
@library.response(200, CycleDocument)
def withdraw_library(cycle: str) -> Any:
    """撤回待生效的指标库 a published library whose day has not come is a draft again"""
    return etag(call("targets", "withdraw_library", {"cycle": cycle}))


@library.route("/cycles/<cycle>/library/revisions")
@library.response(200, paged(RevisionDocument))
def list_library_revisions(cycle: str) -> dict[str, Any]:
    """指标库版本 every revision, oldest first"""
    return call("targets", "list_library_revisions", {"cycle": cycle}, read=True)


@library.route("/cycles/<cycle>/library/difference")
@library.arguments(DifferenceQuery, location="query")
@library.response(200, DifferenceDocument)
def compare_libraries(query: dict[str, Any], cycle: str) -> dict[str, Any]:
    """版本差异 what a revision adds, removes and reweights, and what it does to claims already made"""
    return call("targets", "compare_libraries", {**query, "cycle": cycle}, read=True)
