"""临时工作: reported without an order, confirmed by the head, assessed by the rule; and all of a subject's, ordered or not."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, paged, text, whole
from gateway.api.declarations import counts_field
from gateway.rpc import call

temporary_work = blueprint("temporary_work", "临时工作 temporary work")


class NewWork(Command):
    work = text(100, metadata={"description": "a returned one that is reported again"})
    revision = whole(1)
    subject = text(100, required=True)
    indicator = text(100, required=True)
    period = text(100, required=True)
    title = text(4000, required=True)
    outcome = text(4000, required=True)
    asked_by = text(4000, required=True, metadata={"description": "who asked for it, in words"})
    done_on = fields.Date(required=True)
    evidence = fields.List(text(4000), validate=Length(max=50))


class NewWorks(Command):
    cycle = text(100, required=True)
    works = batch(NewWork)


class ChosenWork(Command):
    work = text(100, required=True)
    revision = whole(1)


class WorkConfirmation(Command):
    cycle = text(100, required=True)
    decision = fields.String(required=True, validate=OneOf(["confirm", "return"]))
    reason = fields.String(validate=Length(max=4000))
    works = batch(ChosenWork)


class AssessedWork(ChosenWork):
    counts = counts_field(allow_none=True)


class WorkAssessment(Command):
    cycle = text(100, required=True)
    decision = fields.String(required=True, validate=OneOf(["assess", "return", "reject"]))
    reason = fields.String(validate=Length(max=4000))
    works = batch(AssessedWork)


class WorkQuery(PageQuery):
    cycle = text(100, required=True)
    subject = text(100)
    period = text(100)
    unit = text(100)
    status = text(100)
    indicator = text(100)
    assessor = text(100)


class SubjectQuery(Command):
    cycle = text(100, required=True)
    subject = text(100, required=True)
    period = text(100)


class WorkOutcome(Document):
    work = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "reported, confirmed, assessed, returned, rejected"})
    title = fields.String(required=True)
    counts = counts_field(required=True)
    order = fields.String(required=True, allow_none=True, metadata={"description": "the task order as which it counts"})


class WorkOutcomes(Document):
    works = fields.List(fields.Nested(WorkOutcome), required=True)


class WorkDocument(WorkOutcome):
    cycle = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    outcome = fields.String(required=True)
    asked_by = fields.String(required=True)
    done_on = fields.Date(required=True)
    evidence = fields.List(fields.String(), required=True)
    reason = fields.String(required=True)
    reported_by = fields.String(required=True)
    confirmed_by = fields.String(required=True, allow_none=True)
    assessed_by = fields.String(required=True, allow_none=True)


class SubjectWorks(Document):
    ordered = fields.List(fields.Dict(), required=True, metadata={"description": "task orders, with `earned` points"})
    volunteered = fields.List(fields.Dict(), required=True, metadata={"description": "reported works, with `earned`"})


@temporary_work.route("/temporary-work", methods=["POST"])
@temporary_work.arguments(NewWorks)
@temporary_work.response(201, WorkOutcomes)
def report_works(command: dict[str, Any]) -> dict[str, Any]:
    """临时工作申报 report temporary work that was done, all or none"""
    return call("declarations", "report_works", command)


@temporary_work.route("/temporary-work")
@temporary_work.arguments(WorkQuery, location="query")
@temporary_work.response(200, paged(WorkDocument))
def list_works(query: dict[str, Any]) -> dict[str, Any]:
    """临时工作列表 temporary work that one may see"""
    return call("declarations", "list_works", query, read=True)


@temporary_work.route("/temporary-work/of-subject")
@temporary_work.arguments(SubjectQuery, location="query")
@temporary_work.response(200, SubjectWorks)
def list_temporary_work(query: dict[str, Any]) -> dict[str, Any]:
    """一人（单位）一期的临时工作 all of a subject's, ordered or not: what its form is made of"""
    return call("declarations", "list_temporary_work", query, read=True)


@temporary_work.route("/temporary-work/confirm", methods=["POST"])
@temporary_work.arguments(WorkConfirmation)
@temporary_work.response(200, WorkOutcomes)
def confirm_works(command: dict[str, Any]) -> dict[str, Any]:
    """确认 the head confirms or returns a list"""
    return call("declarations", "confirm_works", command)


@temporary_work.route("/temporary-work/assess", methods=["POST"])
@temporary_work.arguments(WorkAssessment)
@temporary_work.response(200, WorkOutcomes)
def assess_works(command: dict[str, Any]) -> dict[str, Any]:
    """评定 the office, the panel or the section assesses by the rule, returns or rejects"""
    return call("declarations", "assess_works", command)
