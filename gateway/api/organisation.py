"""Bureaus, lines, units and positions: 总口、口、科所、岗位."""

from typing import Any

from flask import Response

from gateway.api.core import FILE, gives
from gateway.api.sheets import CSV, MEGABYTES, XLSX, file_answer, sheets, uploads
from gateway.mounting import mounted, taken, view
from gateway.rpc import ask
from shared.contracts.targets import organisation as contract

organisation = mounted(contract.organisation)


@view(organisation, contract.import_organisation)
@uploads(*contract.SHEETS, megabytes=MEGABYTES)
def import_organisation(query: dict[str, Any]) -> dict[str, Any]:
    operation = contract.import_organisation
    return ask(operation, {**taken(operation, query, {}), "sheets": sheets(optional=contract.SHEETS)})


@view(organisation, contract.export_organisation, FILE, content_type=XLSX)
@gives(CSV)
def export_organisation(query: dict[str, Any]) -> Response:
    return file_answer(ask(contract.export_organisation, taken(contract.export_organisation, query, {})))
