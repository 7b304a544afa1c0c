"""导出 standings, runs and the points of every item as .xlsx or parquet: of whom one may see, as in the lists."""

from collections.abc import Iterator, Mapping
from os import SEEK_END
from typing import Any, BinaryIO
from uuid import UUID

from flask import Response

from gateway.api.core import gives
from gateway.api.score_documents import PAPER
from gateway.exports import EXPLANATIONS, HEADINGS, POINTS, every, in_words, scores
from gateway.files.giving import attachment
from gateway.files.names import FileName
from gateway.mounting import mounted, view
from gateway.paper.printing import tabled
from shared.contracts.scoring import exports as contract
from shared.contracts.scoring import runs as of_runs
from shared.contracts.scoring import standings as of_standings
from shared.vocabulary.organisation import LAYERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PART = 1 << 16  # bytes
TYPES = {"xlsx": XLSX, "parquet": "application/vnd.apache.parquet"}
exports = mounted(contract.exports)


def file_of(
    name: FileName,
    columns: Mapping[str, str],
    rows: Iterator[dict[str, Any]],
    headings: Mapping[str, str] = HEADINGS,
    **printed: Any,
) -> Response:
    """Return a table as a file to be saved under ``name``, whose ending says as what; ``printed``: how its pages look (paper/tables.py)."""
    form = name.ending
    made = tabled(form, columns, headings, in_words(rows) if form == "xlsx" else rows, printed)
    size = made.seek(0, SEEK_END)
    made.seek(0)
    return attachment(_parts(made), name, TYPES[form], size=size)


def _parts(made: BinaryIO) -> Iterator[bytes]:
    with made:
        while part := made.read(PART):
            yield part


@view(exports, contract.export_scores, PAPER, content_type=XLSX)
@gives(TYPES["parquet"])
def export_scores(query: dict[str, Any], run: UUID) -> Response:
    asked = {"run": run, "layer": query["layer"]}
    columns, headings, rows = scores(of_runs.list_scores, asked)
    return file_of(_name("得分", "scores", query, run), columns, rows, headings)


@view(exports, contract.export_points, PAPER, content_type=XLSX)
@gives(TYPES["parquet"])
def export_points(query: dict[str, Any], run: UUID) -> Response:
    asked = {"run": run, "layer": query["layer"]}
    return file_of(_name("逐项得分", "points", query, run), POINTS, every(contract.list_points, asked))


@view(exports, contract.export_explanations, PAPER, content_type=XLSX)
@gives(TYPES["parquet"])
def export_explanations(query: dict[str, Any], run: UUID) -> Response:
    rows = every(contract.list_explanations, {"run": run, "layer": query["layer"]})
    return file_of(_name("得分说明", "explanations", query, run), EXPLANATIONS, rows)


@view(exports, contract.export_standing, PAPER, content_type=XLSX)
@gives(TYPES["parquet"])
def export_standing(query: dict[str, Any]) -> Response:
    asked = {"cycle": query["cycle"], "layer": query["layer"]}
    columns, headings, rows = scores(of_standings.list_standing, asked)
    return file_of(_name("实时得分", "standing", query, query["cycle"]), columns, rows, headings)


def _name(title: str, word: str, query: dict[str, Any], about: Any) -> FileName:
    layer = query["layer"]
    return FileName(f"{LAYERS[layer]}{title}", word, (layer, str(about)), query["format"])
