"""The library of a cycle as sheets: 指标库."""

from typing import Any

from flask import Response

from gateway.api.core import FILE, gives
from gateway.api.sheets import CSV, MEGABYTES, XLSX, file_answer, sheets, uploads
from gateway.mounting import mounted, taken, view
from gateway.rpc import ask
from shared.contracts.targets import library as contract

library = mounted(contract.library)


@view(library, contract.import_library)
@uploads(*contract.SHEETS, megabytes=MEGABYTES)
def import_library(query: dict[str, Any], **path: Any) -> dict[str, Any]:
    operation = contract.import_library
    needed, *optional = contract.SHEETS
    return ask(operation, {**taken(operation, query, path), "sheets": sheets(needed, optional=tuple(optional))})


@view(library, contract.export_library, FILE, content_type=XLSX)
@gives(CSV)
def export_library(query: dict[str, Any], **path: Any) -> Response:
    return file_answer(ask(contract.export_library, taken(contract.export_library, query, path)))
