"""Uploaded sheets: bytes in base64, by the name of the sheet."""

import base64
import binascii
from typing import Any

from marshmallow import ValidationError, fields, validate

_LARGEST = 16 * 1024 * 1024  # of base64; reading limits the bytes themselves


class SheetBytes(fields.Field[bytes]):
    def _deserialize(self, value: Any, *_context: Any, **_options: Any) -> bytes:
        if not isinstance(value, str) or len(value) > _LARGEST:
            raise ValidationError("a sheet is base64 text of at most 16 MB")
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError("not base64") from error


WORKBOOK = "workbook"  # one file whose worksheets are the sheets


def sheets_field(*names: str, needed: tuple[str, ...] = ()) -> fields.Dict:
    """At least one of ``names``, and all of ``needed``; or a workbook that holds them."""

    def complete(sheets: dict[str, bytes]) -> None:
        missing = [name for name in needed if name not in sheets and WORKBOOK not in sheets]
        if missing or not sheets:
            raise ValidationError(f"missing: {', '.join(missing or names)}")

    key = fields.String(validate=validate.OneOf((*names, WORKBOOK)))
    return fields.Dict(keys=key, values=SheetBytes(), required=True, validate=complete)
