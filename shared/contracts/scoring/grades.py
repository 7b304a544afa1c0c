"""等次: grades of the yearly appraisal, proposed from a run, decided by the panel."""

from decimal import Decimal

from marshmallow import fields
from marshmallow.validate import Range

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import OneRun, RunPage, key, number, table_of
from shared.contracts.shapes import Command, Document, Exact, paged, revision, text, whole, word
from shared.vocabulary.scoring import CIRCUMSTANCES, GRADES, GRADING_STATES, QUOTA_BASES

_MARK = Range(Decimal(0), Decimal(100))


class Marks(Command):
    competent = Exact(
        load_default=Decimal(70),
        validate=_MARK,
        metadata={"description": "final score from which 称职 is proposed; 70 by default"},
    )
    basic = Exact(load_default=Decimal(60), validate=_MARK, metadata={"description": "and 基本称职; 60 by default"})
    excellent_percent = whole(0, 25, "20 by default", load_default=20)
    quota_base = word(QUOTA_BASES, "of whom: of all who take part, by default", load_default="all")


class NewGrades(OneRun):
    marks = fields.Nested(Marks, load_default=lambda: Marks().load({}))
    circumstances = fields.Dict(
        keys=key(),
        values=fields.Dict(keys=word(CIRCUMSTANCES), values=text(500)),
        load_default=dict,
        metadata={
            "description": "person -> circumstance -> the document it rests on; vetoes are known already. "
            "What was entered before for the cycle stays until the person is named again, with {} to clear it"
        },
    )


class OtherGrade(Command):
    grade = word(GRADES, required=True)
    reason = text(2000, required=True)


class GradeDecision(OneRun):
    otherwise = fields.Dict(
        keys=key(),
        values=fields.Nested(OtherGrade),
        load_default=dict,
        metadata={"description": "person -> grade and reason, where the panel does not follow the proposal"},
    )
    revision = revision("of the proposals that were read", load_default=None, allow_none=True)


class GradeConfirmation(OneRun):
    otherwise = fields.Nested(
        OtherGrade,
        load_default=None,
        allow_none=True,
        metadata={"description": "where it is not to stay as proposed"},
    )
    revision = revision("of the decision that was read", load_default=None, allow_none=True)


class GradeSettlement(OneRun):
    person = key(required=True)
    circumstances = fields.Dict(
        keys=word(CIRCUMSTANCES),
        values=text(500),
        load_default=dict,
        metadata={"description": "what is left once the case is over: circumstance -> the document it rests on"},
    )
    grade = word(GRADES, required=True)
    reason = text(2000, required=True)
    revision = revision("of the decision that was read", load_default=None, allow_none=True)


class GradeQuery(RunPage):
    grade = word(GRADES, load_default=None, allow_none=True)


class MarksDocument(Document):
    competent = fields.String(required=True)
    basic = fields.String(required=True)
    excellent_percent = fields.Integer(required=True)
    quota_base = word(QUOTA_BASES, required=True)


class GradeQuota(Document):
    graded = fields.Integer(
        required=True, metadata={"description": "who has a score and is not 不确定等次 by circumstance"}
    )
    base = fields.Integer(metadata={"description": "the number of persons that the quota is taken of"})
    places = fields.Integer(required=True)
    given = fields.Integer(required=True)


class GradingDocument(Document):
    bureau = fields.String(required=True)
    run = fields.UUID(required=True)
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True)
    status = word(GRADING_STATES, required=True)
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


CircumstancesDocument = table_of("CircumstancesDocument", CIRCUMSTANCES)


class PersonalGradeDocument(Document):
    person = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    final = number()
    rank = fields.Integer(required=True, allow_none=True)
    proposed = word(GRADES, required=True, allow_none=True)
    limited_by = word(CIRCUMSTANCES, "the circumstance that limits", required=True, allow_none=True)
    grade = word(GRADES, required=True)
    reason = fields.String(required=True, metadata={"description": "why the panel did not follow the proposal"})
    circumstances = fields.Nested(CircumstancesDocument, required=True)


class GradesDocument(paged(PersonalGradeDocument)):  # type: ignore[misc]  # made at run time
    grading = fields.Nested(GradingDocument, required=True)


grades = Family("scoring", "grades", "考核等次 grades: proposed by the office, decided by the panel")

propose_grades = grades.post(
    "/runs/<uuid:run>/grades",
    "propose_grades",
    NewGrades,
    GradingDocument,
    may="may_propose_grades",
    status=201,
    etag=True,
)("提出等次建议 by the office or HR: by marks, ranking, quota and what befell each person")
list_grades = grades.get("/runs/<uuid:run>/grades", "list_grades", GradeQuery, GradesDocument, may="grade_sight")(
    "等次 proposals for those who make them; decided, one's own, and the 优秀 where the list is public"
)
decide_grades = grades.post(
    "/runs/<uuid:run>/grades/decide",
    "decide_grades",
    GradeDecision,
    GradingDocument,
    may="may_decide_grades",
    etag=True,
)("审定等次 by the panel, with reasons where it does not follow the proposal")
confirm_grade = grades.post(
    "/runs/<uuid:run>/grades/confirm",
    "confirm_grade",
    GradeConfirmation,
    GradingDocument,
    may="may_decide_grades",
    etag=True,
)("确认审定人的等次 by another member of the panel than the one whose own grade it is")
settle_grade = grades.post(
    "/runs/<uuid:run>/grades/settle",
    "settle_grade",
    GradeSettlement,
    GradingDocument,
    may="may_decide_grades",
    etag=True,
)("补定等次 by the panel, of whom an investigation left without a grade, once the case is settled")
