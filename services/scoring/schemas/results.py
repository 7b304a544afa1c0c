"""Commands and queries on what follows a run."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from services.scoring.domain.conversation import STATES as CONVERSATIONS
from services.scoring.domain.frame import LAYERS
from services.scoring.domain.grades import AT_BEST, GRADES, HIGHEST_QUOTA
from services.scoring.domain.improvement import STATES as IMPROVEMENTS
from services.scoring.domain.publication import LEVELS, LONGEST, OBJECTION_DAYS
from services.scoring.domain.report import SCOPES
from services.scoring.schemas import Body, PageBody, RunKey, RunSubject, code


def words(limit: int = 4000, **options: Any) -> fields.String:
    return fields.String(validate=Length(0, limit), **options)


def revision() -> fields.Integer:
    return fields.Integer(load_default=None, allow_none=True, strict=True)


def _visible() -> fields.Dict:
    """layer -> what everybody may see of it."""
    return fields.Dict(
        keys=fields.String(validate=OneOf(LAYERS)), values=fields.String(validate=OneOf(LEVELS)), load_default=dict
    )


class Publishing(RunKey):
    visible = _visible()
    objection_days = fields.Integer(load_default=OBJECTION_DAYS, strict=True, validate=Range(OBJECTION_DAYS, LONGEST))


class PublicationChange(RunKey):
    visible = _visible()
    objection_days = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=Range(OBJECTION_DAYS, LONGEST)
    )
    revision = revision()


class ConversationText(RunSubject):
    held_on = fields.Date(required=True)
    strengths = words(required=True)
    shortcomings = words(required=True)
    measures = words(required=True)
    revision = revision()


class ConversationStep(RunSubject):
    opinion = words(load_default="")
    revision = revision()


class ConversationQuery(PageBody):
    run = code(required=True)
    status = fields.String(load_default=None, allow_none=True, validate=OneOf(tuple(CONVERSATIONS.names)))


class NewImprovement(RunSubject):
    weak_indicator = code(required=True)
    cycle = code(required=True)
    indicator = code(required=True)
    period = code(required=True)
    title = fields.String(required=True, validate=Length(1, 200))
    standard = fields.String(required=True, validate=Length(1, 4000))
    deadline = fields.Date(required=True)


class ImprovementStep(Body):
    improvement = code(required=True)
    reason = words(2000, load_default="")
    revision = revision()


class ImprovementQuery(PageBody):
    run = code(required=True)
    subject = code(load_default=None, allow_none=True)
    status = fields.String(load_default=None, allow_none=True, validate=OneOf(tuple(IMPROVEMENTS.names)))


class Problem(RunKey):
    """``changes``: cells by the sheet's columns, as in a proposal made in targets."""

    indicator = code(required=True)
    action = fields.String(load_default="change", validate=OneOf(("change", "remove")))
    changes = fields.Dict(keys=fields.String(validate=Length(1, 40)), values=fields.String(), load_default=dict)
    reason = fields.String(required=True, validate=Length(1, 2000))

    @validates_schema
    def fits_action(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("action") == "remove") == bool(data.get("changes")):
            raise ValidationError("changes go with change, and are needed there", "changes")


class ProblemQuery(PageBody):
    run = code(required=True)


class ReportQuery(RunKey):
    """``target``: code of the line or unit."""

    scope = fields.String(load_default="bureau", validate=OneOf(SCOPES))
    target = code(load_default=None, allow_none=True)

    @validates_schema
    def names_its_target(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("scope") == "bureau") != (data.get("target") is None):
            raise ValidationError("line and unit need a target, the bureau has none", "target")


class Marks(Body):
    competent = fields.String(load_default="70", validate=Regexp(r"\d{1,3}(\.\d{1,2})?$"))
    basic = fields.String(load_default="60", validate=Regexp(r"\d{1,3}(\.\d{1,2})?$"))
    excellent_percent = fields.Integer(load_default=20, strict=True, validate=Range(0, HIGHEST_QUOTA))


class NewGrades(RunKey):
    """``circumstances``: person -> circumstance -> the document it rests on."""

    marks = fields.Nested(Marks, load_default=lambda: Marks().load({}))
    circumstances = fields.Dict(
        keys=code(),
        values=fields.Dict(
            keys=fields.String(validate=OneOf(tuple(AT_BEST))), values=fields.String(validate=Length(1, 500))
        ),
        load_default=dict,
    )


class OtherGrade(Body):
    grade = fields.String(required=True, validate=OneOf(GRADES))
    reason = fields.String(required=True, validate=Length(1, 2000))


class GradeDecision(RunKey):
    otherwise = fields.Dict(keys=code(), values=fields.Nested(OtherGrade), load_default=dict)
    revision = revision()


class GradeConfirmation(RunKey):
    otherwise = fields.Nested(OtherGrade, load_default=None, allow_none=True)
    revision = revision()


class GradeQuery(PageBody):
    run = code(required=True)
    grade = fields.String(load_default=None, allow_none=True, validate=OneOf(GRADES))
