"""Who stands behind which PIN."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, batch, paged, text


class NewEnrolment(Command):
    pin = text(64, "the number on the clock, as text: 007 is not 7", required=True)
    person = text(20, required=True)


class NewEnrolments(Command):
    enrolments = batch(NewEnrolment)


class EnrolmentQuery(PageQuery):
    person = text(20, load_default=None)


class Enrolled(Document):
    enrolled = fields.Integer(required=True)
    replayed = fields.Integer(required=True, metadata={"description": "days with punches that had waited"})


class EnrolmentDocument(Document):
    pin = fields.String(required=True)
    person = fields.String(required=True)


enrolments = Family("attendance", "enrolments", "指纹工号 who stands behind which PIN")

enrol_persons = enrolments.post(
    "/enrolments",
    "enrol_persons",
    NewEnrolments,
    Enrolled,
    "登记指纹工号 enrol up to 500 persons, all or none",
    may="may_enrol",
    status=201,
)
list_enrolments = enrolments.get(
    "/enrolments",
    "list_enrolments",
    EnrolmentQuery,
    paged(EnrolmentDocument),
    "指纹工号列表 who stands behind which PIN",
    may="may_see_enrolments",
)
