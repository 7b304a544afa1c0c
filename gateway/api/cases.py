"""Complaints and reports: what the contract mounts, and each kind of step at an address of its own."""

from typing import Any

from gateway.api import case_reports, case_sheets
from gateway.api.core import Blueprint, batch
from gateway.mounting import mounted
from gateway.rpc import ask
from shared.contracts.complaints import cases as contract
from shared.contracts.complaints import figures as of_figures
from shared.contracts.complaints import regimes as of_regimes
from shared.contracts.complaints import settings as of_settings
from shared.contracts.complaints.steps import ENTRIES
from shared.contracts.shapes import Command
from shared.vocabulary.complaints import CASE_STEPS

cases = mounted(contract.cases)
imports = case_sheets.imports
reports = case_reports.reports
figures = mounted(of_figures.figures)
regimes = mounted(of_regimes.regimes)
settings = mounted(of_settings.settings)


def _step_route(family: Blueprint, step: str, entry: type[Command], summary: str) -> None:
    """POST /cases/{step}: one kind of step for a list of cases, all or none."""
    word = step.replace("_", "-")
    body = type(f"Cases{step.title().replace('_', '')}", (Command,), {"cases": batch(entry)})

    def take(command: dict[str, Any]) -> dict[str, Any]:
        return ask(contract.take_steps, {"steps": [{**one, "step": step} for one in command["cases"]]})

    take.__name__ = f"{step}_cases"
    take.__doc__ = summary
    family.route(f"/cases/{word}", methods=["POST"])(
        family.arguments(body)(family.response(200, contract.CaseStatuses)(take))
    )


for _step, (_entry, _summary) in ENTRIES.items():
    _step_route(cases, _step, _entry, f"{CASE_STEPS[_step]} {_summary}")
