"""Sheets on their way to a service: the parts of a multipart upload, in base64 by name."""

import base64
from collections.abc import Callable
from typing import Any

from flask import request
from marshmallow import fields

from gateway.api.core import Command, Document, View, body_limit, uploaded, whole


class ImportQuery(Command):
    dry_run = fields.Boolean(load_default=False, metadata={"description": "only tell the faults, change nothing"})


class FaultDocument(Document):
    sheet = fields.String(required=True)
    row = whole(
        required=True, metadata={"description": "as a spreadsheet counts, the header is row 1; 0: the whole sheet"}
    )
    column = fields.String(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ImportReport(Document):
    applied = fields.Boolean(required=True)
    errors = fields.List(fields.Nested(FaultDocument), required=True)
    warnings = fields.List(fields.Nested(FaultDocument), required=True)


def sheets(*needed: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """The uploaded parts of these names (.csv or .xlsx); a ``needed`` one that is absent is a problem."""
    names = [*needed, *(name for name in optional if name in request.files)]
    return {name: base64.b64encode(uploaded(name)[1]).decode() for name in names}


def uploads(*names: str, megabytes: int) -> Callable[[View], View]:
    """Marks a view that takes sheets of these names as a multipart upload. Innermost decorator."""
    part = {"type": "string", "format": "binary", "description": ".csv (UTF-8) or .xlsx"}
    schema = {"type": "object", "properties": dict.fromkeys(names, part)}

    def mark(view: View) -> View:
        # where flask-smorest keeps what it documents; its own ``doc`` decorator would wrap the view
        view._apidoc = {"manual_doc": {"requestBody": {"content": {"multipart/form-data": {"schema": schema}}}}}  # type: ignore[attr-defined]  # noqa: SLF001
        return body_limit(megabytes)(view)

    return mark
