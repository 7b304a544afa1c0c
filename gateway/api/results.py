"""Results: publication with its settings and objection period, feedback, the list of the commended."""

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields
from marshmallow.validate import OneOf, Range

from gateway.api.core import Command, blueprint, etag, if_match, text
from gateway.api.report_documents import ReportDocument
from gateway.api.result_documents import CommendationsDocument, FeedbackDocument, PublicationDocument, visible
from gateway.api.runs import RunDocument
from gateway.api.score_documents import PAPER, pdf
from gateway.files.giving import attachment
from gateway.paper.printing import printed
from gateway.rpc import call

REPORTING = 120.0  # seconds
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
results = blueprint("results", "结果运用 publication, feedback sheets, the list of the commended")


class Publishing(Command):
    visible = visible()
    objection_days = fields.Integer(
        strict=True,
        validate=Range(5, 60),
        metadata={"description": "working days for objections; 5 by default, and at least"},
    )


class PublishedDocument(RunDocument):
    publication = fields.Nested(PublicationDocument, required=True)


@results.route("/runs/<uuid:run>/publish", methods=["POST"])
@results.arguments(Publishing)
@results.response(200, PublishedDocument)
def publish_run(command: dict[str, Any], run: UUID) -> Any:
    """公布 publish, by the office or a leader: what everybody may see, and for how many days objections are taken"""
    return etag(call("scoring", "publish_run", {**command, "run": str(run)}))


@results.route("/runs/<uuid:run>/publication")
@results.response(200, PublicationDocument)
def read_publication(run: UUID) -> Any:
    """公布设置与公示期 what is public, and until when objections are taken"""
    return etag(call("scoring", "read_publication", {"run": str(run)}, read=True))


@results.route("/runs/<uuid:run>/publication", methods=["PATCH"])
@results.arguments(Publishing)
@results.response(200, PublicationDocument)
def change_publication(command: dict[str, Any], run: UUID) -> Any:
    """变更公布设置 other settings, or more days"""
    return etag(call("scoring", "change_publication", {**command, "run": str(run), "revision": if_match()}))


@results.route("/runs/<uuid:run>/feedback/<string:subject>")
@results.response(200, FeedbackDocument)
def read_feedback(run: UUID, subject: str) -> dict[str, Any]:
    """反馈单 what went well, what cost how much, what was not declared, and what follows"""
    return call("scoring", "read_feedback", {"run": str(run), "subject": subject}, read=True)


@results.route("/runs/<uuid:run>/feedback/<string:subject>/paper")
@results.response(200, PAPER, content_type="application/pdf")
def print_feedback(run: UUID, subject: str) -> Response:
    """反馈单（PDF） the same on paper, with room for both signatures"""
    sheet = call("scoring", "read_feedback", {"run": str(run), "subject": subject}, read=True)
    return pdf(printed(sheet, "feedback"), f"{sheet['cycle']}-{subject}-反馈单")


class ReportQuery(Command):
    scope = fields.String(validate=OneOf(("bureau", "line", "unit")), metadata={"description": "bureau by default"})
    target = text(64, metadata={"description": "code of the line or unit"})


def _report(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    return call("scoring", "read_report", {**query, "run": str(run)}, read=True, timeout=REPORTING)


def _report_name(tree: dict[str, Any]) -> str:
    return f"{tree['cycle']}-考核报告-{tree['target'] or tree['bureau']}"


@results.route("/runs/<uuid:run>/report")
@results.arguments(ReportQuery, location="query")
@results.response(200, ReportDocument)
def read_report(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """年度报告 of the bureau, a line or a unit; a head reads that of the unit"""
    return _report(query, run)


@results.route("/runs/<uuid:run>/report/pdf")
@results.arguments(ReportQuery, location="query")
@results.response(200, PAPER, content_type="application/pdf")
def print_report(query: dict[str, Any], run: UUID) -> Response:
    """年度报告（PDF） with charts"""
    tree = _report(query, run)
    return pdf(printed(tree, "report"), _report_name(tree))


@results.route("/runs/<uuid:run>/report/docx")
@results.arguments(ReportQuery, location="query")
@results.response(200, PAPER, content_type=DOCX)
def write_report(query: dict[str, Any], run: UUID) -> Response:
    """年度报告（Word） the same, to go on writing in"""
    tree = _report(query, run)
    return attachment(printed(tree, "report-docx"), f"{_report_name(tree)}.docx", DOCX)


@results.route("/runs/<uuid:run>/commendations")
@results.response(200, CommendationsDocument)
def list_commendations(run: UUID) -> dict[str, Any]:
    """表彰名单 the final lists, of the layers whose list is public"""
    return call("scoring", "list_commendations", {"run": str(run)}, read=True)


@results.route("/runs/<uuid:run>/commendations/paper")
@results.response(200, PAPER, content_type="application/pdf")
def print_commendations(run: UUID) -> Response:
    """表彰名单（PDF） the lists as a notice to be put up"""
    lists = call("scoring", "list_commendations", {"run": str(run)}, read=True)
    return pdf(printed(lists, "commendations"), f"{lists['cycle']}-表彰名单")
