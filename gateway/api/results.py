"""Results: what the contract mounts; feedback, commendations and reports as papers."""

from typing import Any
from uuid import UUID

from flask import Response

from gateway.api.score_documents import PAPER, pdf
from gateway.files.giving import attachment
from gateway.files.names import FileName
from gateway.mounting import mounted, taken, view
from gateway.paper.printing import printed
from gateway.rpc import ask
from shared.contracts.scoring import reports as of_reports
from shared.contracts.scoring import results as contract

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
results = mounted(contract.results)
reports = mounted(of_reports.reports)


@view(results, contract.print_feedback, PAPER, content_type="application/pdf")
def print_feedback(run: UUID, subject: str) -> Response:
    sheet = ask(contract.read_feedback, {"run": run, "subject": subject})
    return pdf(
        printed(sheet, "feedback"),
        FileName("反馈单", "feedback", (sheet["cycle"], subject), who=sheet["name"] or ""),
    )


@view(results, contract.print_commendations, PAPER, content_type="application/pdf")
def print_commendations(run: UUID) -> Response:
    lists = ask(contract.print_commendations, taken(contract.print_commendations, None, {"run": run}))
    return pdf(printed(lists, "commendations"), FileName("先进名单", "commendations", (lists["cycle"],)))


@view(reports, of_reports.print_report, PAPER, content_type="application/pdf")
def print_report(query: dict[str, Any], run: UUID) -> Response:
    tree = ask(of_reports.read_report, {**query, "run": run})
    return pdf(printed(tree, "report"), _name(tree, "pdf"))


@view(reports, of_reports.write_report, PAPER, content_type=DOCX)
def write_report(query: dict[str, Any], run: UUID) -> Response:
    tree = ask(of_reports.read_report, {**query, "run": run})
    return attachment(printed(tree, "report-docx"), _name(tree, "docx"), DOCX)


def _name(tree: dict[str, Any], ending: str) -> FileName:
    return FileName("考核报告", "report", (tree["cycle"], tree["target"] or tree["bureau"]), ending)
