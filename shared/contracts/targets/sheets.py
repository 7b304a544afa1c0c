"""Sheets on their way in and out: uploads in base64 by name, what is wrong with them and where, files to save."""

import base64
import binascii
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import OneOf

from shared.contracts.shapes import Document, flag, listing, whole, word

WORKBOOK = "workbook"  # one file whose worksheets are the sheets
FORMATS = {"xlsx": "工作簿", "csv": "逗号分隔的一张表"}
LARGEST = 16 * 1024 * 1024  # of base64; reading limits the bytes themselves


class SheetBytes(fields.Field[bytes]):
    def _deserialize(self, value: Any, *_context: Any, **_options: Any) -> bytes:
        if not isinstance(value, str) or len(value) > LARGEST:
            raise ValidationError("a sheet is base64 text of at most 16 MB")
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError("not base64") from error


def sheets_field(*names: str, needed: tuple[str, ...] = ()) -> fields.Dict:
    """Return the field for at least one of ``names``, and all of ``needed``; or a workbook that holds them."""

    def complete(sheets: dict[str, bytes]) -> None:
        missing = [name for name in needed if name not in sheets and WORKBOOK not in sheets]
        if missing or not sheets:
            raise ValidationError(f"missing: {', '.join(missing or names)}")

    key = fields.String(validate=OneOf((*names, WORKBOOK)))
    return fields.Dict(keys=key, values=SheetBytes(), required=True, validate=complete)


def dry_run() -> fields.Boolean:
    return flag("only tell the faults, change nothing", load_default=False)


def file_format() -> fields.String:
    return word(FORMATS, "xlsx for people, or csv of one sheet", load_default="xlsx")


class FaultDocument(Document):
    sheet = fields.String(required=True)
    row = whole(description="as a spreadsheet counts, the header is row 1; 0: the whole sheet", required=True)
    column = fields.String(required=True)
    sheet_name = fields.String(metadata={"description": "the sheet as it is titled"})
    column_name = fields.String(metadata={"description": "the column as it is headed"})
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ImportReport(Document):
    applied = fields.Boolean(required=True)
    errors = listing(FaultDocument)
    warnings = listing(FaultDocument)
