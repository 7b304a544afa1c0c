"""Imports of the national platform's exports, with their progress, and lists of cases as files."""

import base64
import binascii
from typing import Any

from marshmallow import ValidationError, fields

from shared.contracts.complaints.cases import CaseFilter
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, flag, listing, note, paged, sort, text, word
from shared.vocabulary.jobs import JOB_STATES

FORMATS = {"xlsx": "工作簿", "csv": "逗号分隔的一张表"}
LARGEST = 16 * 1024 * 1024  # of base64


class _SheetBytes(fields.Field[bytes]):
    def _deserialize(self, value: Any, *_context: Any, **_options: Any) -> bytes:
        if not isinstance(value, str) or len(value) > LARGEST:
            raise ValidationError("a sheet is base64 text of at most 16 MB")
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError("not base64") from error


class StartImport(Command):
    intake_unit = text(20, "of the rows that name no unit of the bureau", required=True)
    dry_run = flag("only tell the faults, register nothing", load_default=False)
    file_name = note(200, load_default="")
    sheet = _SheetBytes(required=True)


class OneImport(Command):
    job = fields.UUID(required=True)


class ImportsQuery(PageQuery):
    """The latest first."""


class ImportFault(Document):
    row = fields.Integer(required=True, metadata={"description": "as a spreadsheet counts"})
    column = fields.String(required=True, metadata={"description": "as it is usually headed"})
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ImportProblem(Document):
    """Why it failed, as the answer to a request would have told it."""

    code = fields.String(required=True)
    status = fields.Integer(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    errors = listing(fields.Dict())


class ImportDocument(Document):
    job = fields.UUID(required=True)
    dry_run = fields.Boolean(required=True)
    file_name = fields.String(required=True)
    status = word(JOB_STATES, required=True)
    done = fields.Integer(required=True, metadata={"description": "rows dealt with"})
    total = fields.Integer(required=True)
    registered = fields.Integer(required=True, metadata={"description": "of a dry run: that would be registered"})
    known = fields.Integer(required=True, metadata={"description": "registered before under their number"})
    faulty = fields.Integer(required=True, metadata={"description": "rows with a fault, which are left out"})
    faults = listing(ImportFault, "the first 500 of them")
    intake_unit = fields.String(required=True)
    by = fields.String(required=True)
    problem = fields.Nested(ImportProblem, required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)


class ImportFaults(OneImport):
    format = word(FORMATS, load_default="xlsx")


class ExportFile(CaseFilter):
    q = text(100, "a part of a number, a summary or a trader's name", load_default=None)
    sort = sort("received_at", "due", "number")
    format = word(FORMATS, load_default="xlsx")


imports = Family("complaints", "case_imports", "投诉举报导入导出 the national platform's exports, and lists as files")

start_import = imports.post(
    "/case-imports",
    "start_import",
    StartImport,
    ImportDocument,
    may="may_import_cases",
    status=202,
    mounted=False,
    uploads=True,
    filled=("sheet", "file_name"),
)("导入平台数据 take an export of the national platform (.xlsx or .csv); answers at once with the import to watch")
list_imports = imports.get(
    "/case-imports", "list_imports", ImportsQuery, paged(ImportDocument), may="may_import_cases"
)("导入记录 imports, with how far each has come")
read_import = imports.get("/case-imports/<uuid:job>", "read_import", OneImport, ImportDocument, may="may_import_cases")(
    "导入进度 how far an import has come, and which rows are at fault"
)
export_faults = imports.get(
    "/case-imports/<uuid:job>/faults", "list_faults", ImportFaults, None, may="may_import_cases", mounted=False
)("导入错误清单 the faults of an import by row and column, as .xlsx or .csv, at most 10,000 of them")
export_cases = imports.get("/cases/export", "note_export", ExportFile, None, may="may_export_cases", mounted=False)(
    "导出列表 the cases of a list as .xlsx or .csv, without who complained; the export is on the trail"
)
