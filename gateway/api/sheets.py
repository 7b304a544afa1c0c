"""Sheets on their way to a service: the parts of a multipart upload, in base64 by name."""

import base64
from collections.abc import Callable
from typing import Any

from flask import Response, request
from marshmallow import fields

from gateway.api.core import Command, Document, View, body_limit, text, uploaded, whole


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


class IndicatorFault(FaultDocument):
    indicator = fields.String(required=True, metadata={"description": "its code, where the fault is of one"})


class ImportReport(Document):
    applied = fields.Boolean(required=True)
    errors = fields.List(fields.Nested(FaultDocument), required=True)
    warnings = fields.List(fields.Nested(FaultDocument), required=True)


WORKBOOK = "workbook"
# Of an upload: as base64 it has to fit into a message, and RabbitMQ takes 16 MiB. A sheet of 20,000 rows has less than 10.
MEGABYTES = 11


class ExportQuery(Command):
    format = text(4, metadata={"description": "xlsx (for people, the default) or csv (one sheet)"})
    sheet = text(20, metadata={"description": "which one, of a csv"})


def sheets(*needed: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """The uploaded parts of these names (.csv or .xlsx); a ``needed`` one that is absent is a problem.

    A ``workbook`` with the sheets as worksheets may stand for any of them.
    """
    if WORKBOOK in request.files:
        needed, optional = (), (*needed, *optional, WORKBOOK)
    names = [*needed, *(name for name in optional if name in request.files)]
    return {name: base64.b64encode(uploaded(name)[1]).decode() for name in names}


def uploads(*names: str, megabytes: int) -> Callable[[View], View]:
    """Marks a view that takes sheets of these names as a multipart upload. Innermost decorator."""
    part = {"type": "string", "format": "binary", "description": ".csv (UTF-8) or .xlsx"}
    book = {"type": "string", "format": "binary", "description": ".xlsx with these sheets as its worksheets"}
    schema = {"type": "object", "properties": {**dict.fromkeys(names, part), WORKBOOK: book}}

    def mark(view: View) -> View:
        # where flask-smorest keeps what it documents; its own ``doc`` decorator would wrap the view
        view._apidoc = {"manual_doc": {"requestBody": {"content": {"multipart/form-data": {"schema": schema}}}}}  # type: ignore[attr-defined]  # noqa: SLF001
        return body_limit(megabytes)(view)

    return mark


FILE = {"type": "string", "format": "binary"}


def file_answer(document: dict[str, Any]) -> Response:
    """A file as the service made it, to be saved under its name."""
    answer = Response(base64.b64decode(document["content"]), content_type=document["media_type"])
    answer.headers["Content-Disposition"] = f'attachment; filename="{document["file_name"]}"'
    return answer
