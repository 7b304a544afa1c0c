"""Who stands behind which PIN."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.attendance.lists import NamedDocument, PeopleQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Empty, batch, day, listing, note, paged, text, whole, word
from shared.vocabulary.attendance import ENROLMENT_STATES

_MOST_ROWS = 5000


class NewEnrolment(Command):
    pin = text(64, "the number on the clock, as text: 007 is not 7", required=True)
    person = text(20, required=True)
    device_group = note(20, "only on the clocks of this group; on all of the bureau's where absent", load_default="")
    starts = day(
        "from when the PIN is the person's; of all punches ever where absent", load_default=None, allow_none=True
    )


class EndedEnrolment(Command):
    pin = text(64, required=True)
    person = text(20, required=True)
    device_group = note(20, load_default="")
    last = day("the last day on which the PIN is the person's", required=True)


class EndedEnrolments(Command):
    enrolments = batch(EndedEnrolment)


class NewEnrolments(Command):
    enrolments = batch(NewEnrolment)


class EnrolmentQuery(PeopleQuery):
    """``from`` and ``to``: those that hold on a day between them."""

    device = text(64, "the serial number of a clock on which they hold", load_default=None)
    state = word(ENROLMENT_STATES, load_default=None)
    device_group = note(20, load_default=None)


class Enrolled(Document):
    enrolled = fields.Integer(required=True)
    replayed = fields.Integer(required=True, metadata={"description": "days with punches that had waited"})


class EnrolmentDocument(NamedDocument):
    pin = fields.String(required=True)
    person = fields.String(required=True)
    device_group = fields.String(required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, allow_none=True, metadata={"description": "null while it lasts"})


class UnenrolledQuery(Command):
    unit = text(20, "where the person works", load_default=None)


class UnenrolledPerson(NamedDocument):
    person = fields.String(required=True)


class UnenrolledPersons(Document):
    persons = listing(UnenrolledPerson)


class EnrolmentRow(Command):
    row = whole(1, description="its number in the sheet", required=True)
    person = note(100, required=True)
    name = note(100, "where it is given it has to be the person's", load_default="")
    pin = note(100, required=True)
    device_group = note(100, load_default="")
    starts = note(20, "a day; empty: of all punches ever", load_default="")


class EnrolmentSheet(Command):
    """A sheet with headings: 人员编号, 姓名, 工号, 设备组, 起始日; rows with a 截止日 are left out."""

    rows = fields.List(fields.Nested(EnrolmentRow), required=True, validate=Length(1, _MOST_ROWS))


class EndedCount(Document):
    ended = fields.Integer(required=True)


enrolments = Family("attendance", "enrolments", "指纹工号 who stands behind which PIN")

enrol_persons = enrolments.post("/enrolments", "enrol_persons", NewEnrolments, Enrolled, may="may_enrol", status=201)(
    "登记指纹工号 enrol up to 500 persons, all or none"
)
list_enrolments = enrolments.get(
    "/enrolments", "list_enrolments", EnrolmentQuery, paged(EnrolmentDocument), may="may_see_enrolments"
)("指纹工号列表 who stands behind which PIN")
import_enrolments = enrolments.post(
    "/enrolments/sheet",
    "import_enrolments",
    EnrolmentSheet,
    Enrolled,
    may="may_enrol",
    mounted=False,
    filled=("rows",),
    uploads=True,
    status=201,
)("导入指纹工号 enrol what a sheet (.xlsx, .csv) tells, all or none; each wrong row is named by its number")
export_enrolments = enrolments.get(
    "/enrolments/sheet", "list_enrolments", Empty, None, may="may_see_enrolments", mounted=False
)("导出指纹工号 who stands behind which PIN as .xlsx, which can be imported again")
end_enrolments = enrolments.post("/enrolments/end", "end_enrolments", EndedEnrolments, EndedCount, may="may_enrol")(
    "停用指纹工号 let PINs be free after a last day, all or none"
)
list_unenrolled = enrolments.get(
    "/enrolments/missing", "list_unenrolled", UnenrolledQuery, UnenrolledPersons, may="may_see_enrolments"
)("未登记人员 staff without a PIN")
