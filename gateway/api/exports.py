"""导出 standings, runs and the points of every item as .xlsx or parquet: of whom one may see, as in the lists."""

from collections.abc import Iterator, Mapping
from os import SEEK_END
from typing import Any, BinaryIO
from uuid import UUID

from flask import Response
from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, blueprint, text
from gateway.api.score_documents import LAYERS, PAPER
from gateway.exports import EXPLANATIONS, HEADINGS, POINTS, every, in_words, score_columns, score_rows
from gateway.files.giving import attachment
from gateway.paper.printing import tabled

exports = blueprint("exports", "导出 tables for spreadsheets (.xlsx) and programs (parquet)")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PART = 1 << 16  # bytes
TYPES = {"xlsx": XLSX, "parquet": "application/vnd.apache.parquet"}


class ExportQuery(Command):
    format = fields.String(load_default="xlsx", validate=OneOf(tuple(TYPES)))
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class StandingExportQuery(ExportQuery):
    cycle = text(64, required=True)


def _file(form: str, name: str, columns: Mapping[str, str], rows: Iterator[dict[str, Any]]) -> Response:
    made = tabled(form, columns, HEADINGS, in_words(rows) if form == "xlsx" else rows)
    size = made.seek(0, SEEK_END)
    made.seek(0)
    return attachment(_parts(made), f"{name}.{form}", TYPES[form], size=size)


def _parts(made: BinaryIO) -> Iterator[bytes]:
    with made:
        while part := made.read(PART):
            yield part


@exports.route("/runs/<uuid:run>/export")
@exports.arguments(ExportQuery, location="query")
@exports.response(200, PAPER, content_type=XLSX)
def export_scores(query: dict[str, Any], run: UUID) -> Response:
    """导出得分 a layer's scores"""
    asked = {"run": str(run), "layer": query["layer"]}
    columns = score_columns(query["layer"])
    return _file(query["format"], f"得分-{query['layer']}-{run}", columns, score_rows("list_scores", asked))


@exports.route("/runs/<uuid:run>/points/export")
@exports.arguments(ExportQuery, location="query")
@exports.response(200, PAPER, content_type=XLSX)
def export_points(query: dict[str, Any], run: UUID) -> Response:
    """导出逐项得分 the points of every item, a row each"""
    asked = {"run": str(run), "layer": query["layer"]}
    return _file(query["format"], f"逐项得分-{query['layer']}-{run}", POINTS, every("list_points", asked))


@exports.route("/runs/<uuid:run>/explanations/export")
@exports.arguments(ExportQuery, location="query")
@exports.response(200, PAPER, content_type=XLSX)
def export_explanations(query: dict[str, Any], run: UUID) -> Response:
    """导出得分说明 item by item what was measured, the arithmetic and the points"""
    asked = {"run": str(run), "layer": query["layer"]}
    return _file(query["format"], f"得分说明-{query['layer']}-{run}", EXPLANATIONS, every("list_explanations", asked))


@exports.route("/standings/export")
@exports.arguments(StandingExportQuery, location="query")
@exports.response(200, PAPER, content_type=XLSX)
def export_standing(query: dict[str, Any]) -> Response:
    """导出实时得分 a layer's provisional scores"""
    asked = {"cycle": query["cycle"], "layer": query["layer"]}
    name = f"实时得分-{query['layer']}-{query['cycle']}"
    return _file(query["format"], name, score_columns(query["layer"]), score_rows("list_standing", asked))
