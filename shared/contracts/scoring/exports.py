"""导出: the points of every item and how they came, as pages that become files."""

from shared.contracts.operations import Family
from shared.contracts.scoring.runs import ScoresQuery
from shared.contracts.scoring.scores import OneCycle, OneRun
from shared.contracts.shapes import Command, word
from shared.vocabulary.organisation import LAYERS

FORMATS = ("xlsx", "parquet")


class ExportQuery(Command):
    format = word(FORMATS, load_default="xlsx")
    layer = word(LAYERS, load_default="person")


class RunExport(ExportQuery, OneRun):
    """Of a run."""


class StandingExport(ExportQuery, OneCycle):
    """By the facts of now."""


exports = Family("scoring", "exports", "导出 tables for spreadsheets (.xlsx) and programs (parquet)")

list_points = exports.internal("list_points", ScoresQuery, may="detail_sight", reads=True)
list_explanations = exports.internal("list_explanations", ScoresQuery, may="detail_sight", reads=True)
export_scores = exports.get("/runs/<uuid:run>/export", "list_scores", RunExport, None, may="sight", mounted=False)(
    "导出得分 a layer's scores"
)
export_points = exports.get(
    "/runs/<uuid:run>/points/export", "list_points", RunExport, None, may="detail_sight", mounted=False
)("导出逐项得分 the points of every item, a row each")
export_explanations = exports.get(
    "/runs/<uuid:run>/explanations/export", "list_explanations", RunExport, None, may="detail_sight", mounted=False
)("导出得分说明 item by item what was measured, the arithmetic and the points")
export_standing = exports.get("/standings/export", "list_standing", StandingExport, None, may="sight", mounted=False)(
    "导出实时得分 a layer's provisional scores"
)
