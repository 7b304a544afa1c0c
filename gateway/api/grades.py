"""等次: grades of the yearly appraisal, proposed from a run, decided by the panel."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from marshmallow.validate import OneOf, Range

from gateway.api.core import Command, Document, Exact, PageQuery, blueprint, etag, paged, text, whole
from gateway.api.result_documents import PersonalGradeDocument
from gateway.rpc import call

grades = blueprint("grades", "考核等次 grades: proposed by the office, decided by the panel")
GRADES = ("优秀", "称职", "基本称职", "不称职", "不确定等次")
CIRCUMSTANCES = (
    "heavier_penalty", "demerit", "probation", "absent_half", "warning", "admonition", "adjustment", "veto",
)  # fmt: skip


class Marks(Command):
    competent = Exact(metadata={"description": "final score from which 称职 is proposed; 70 by default"})
    basic = Exact(metadata={"description": "and 基本称职; 60 by default"})
    excellent_percent = fields.Integer(strict=True, validate=Range(0, 25), metadata={"description": "20 by default"})


class NewGrades(Command):
    marks = fields.Nested(Marks)
    circumstances = fields.Dict(
        keys=text(64),
        values=fields.Dict(keys=fields.String(validate=OneOf(CIRCUMSTANCES)), values=text(500)),
        metadata={
            "description": "person -> circumstance -> the document it rests on; vetoes are known already. "
            "What was entered before for the cycle stays until the person is named again, with {} to clear it"
        },
    )


class OtherGrade(Command):
    grade = fields.String(required=True, validate=OneOf(GRADES))
    reason = text(2000, required=True)


class GradeDecision(Command):
    otherwise = fields.Dict(
        keys=text(64),
        values=fields.Nested(OtherGrade),
        metadata={"description": "person -> grade and reason, where the panel does not follow the proposal"},
    )
    revision = whole(1, metadata={"description": "of the proposals that were read"})


class GradeConfirmation(Command):
    otherwise = fields.Nested(OtherGrade, metadata={"description": "where it is not to stay as proposed"})
    revision = whole(1, metadata={"description": "of the decision that was read"})


class GradeQuery(PageQuery):
    grade = fields.String(validate=OneOf(GRADES))


class MarksDocument(Document):
    competent = fields.String(required=True)
    basic = fields.String(required=True)
    excellent_percent = fields.Integer(required=True)


class GradeQuota(Document):
    graded = fields.Integer(
        required=True, metadata={"description": "who has a score and is not 不确定等次 by circumstance"}
    )
    places = fields.Integer(required=True)
    given = fields.Integer(required=True)


class GradingDocument(Document):
    bureau = fields.String(required=True)
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True)
    status = fields.String(required=True, validate=OneOf(("proposed", "decided")))
    marks = fields.Nested(MarksDocument, required=True)
    quota = fields.Nested(GradeQuota, required=True)
    proposed_by = fields.String(required=True)
    proposed_at = fields.AwareDateTime(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    awaiting = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "who decided: the own grade is as proposed until another member of the panel confirms"
        },
    )
    confirmed_by = fields.String(required=True, allow_none=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)


class GradesDocument(paged(PersonalGradeDocument)):  # type: ignore[misc]  # made at run time
    grading = fields.Nested(GradingDocument, required=True)


@grades.route("/runs/<uuid:run>/grades", methods=["POST"])
@grades.arguments(NewGrades)
@grades.response(201, GradingDocument)
def propose_grades(command: dict[str, Any], run: UUID) -> Any:
    """提出等次建议 by the office or HR: by marks, ranking, quota and what befell each person"""
    marks = {"marks": _as_text(command["marks"])} if "marks" in command else {}
    return etag(call("scoring", "propose_grades", {**command, **marks, "run": str(run)}), 201)


@grades.route("/runs/<uuid:run>/grades")
@grades.arguments(GradeQuery, location="query")
@grades.response(200, GradesDocument)
def list_grades(query: dict[str, Any], run: UUID) -> dict[str, Any]:
    """等次 proposals for those who make them; decided, one's own, and the 优秀 where the list is public"""
    return call("scoring", "list_grades", {**query, "run": str(run)}, read=True)


@grades.route("/runs/<uuid:run>/grades/decide", methods=["POST"])
@grades.arguments(GradeDecision)
@grades.response(200, GradingDocument)
def decide_grades(command: dict[str, Any], run: UUID) -> Any:
    """审定等次 by the panel, with reasons where it does not follow the proposal"""
    return etag(call("scoring", "decide_grades", {**command, "run": str(run)}))


@grades.route("/runs/<uuid:run>/grades/confirm", methods=["POST"])
@grades.arguments(GradeConfirmation)
@grades.response(200, GradingDocument)
def confirm_grade(command: dict[str, Any], run: UUID) -> Any:
    """确认审定人的等次 by another member of the panel than the one whose own grade it is"""
    return etag(call("scoring", "confirm_grade", {**command, "run": str(run)}))


def _as_text(marks: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else f"{value:f}" for name, value in marks.items()}
