"""The month sheet as offices print it, who vouches for it, and a year's absence against the limits."""

from marshmallow import fields

from shared.contracts.attendance.lists import NamedDocument
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    PageQuery,
    batch,
    flag,
    listing,
    month,
    paged,
    text,
    word,
    year,
)
from shared.vocabulary.attendance import ABSENCE_LIMITS, STANDINGS

FORMATS = ("xlsx", "pdf")


class SheetQuery(PageQuery):
    month = month(required=True)
    unit = text(20, "where the person works at the end of the month", load_default=None)
    person = text(20, load_default=None)


class SheetFile(Command):
    month = month(required=True)
    unit = text(20, load_default=None)
    format = word(FORMATS, load_default="xlsx")


class Signature(Document):
    standing = word(STANDINGS, required=True)
    name = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    revision = fields.Integer(required=True)
    stale = fields.Boolean(required=True, metadata={"description": "the figures have changed since"})


class SheetLineDocument(NamedDocument):
    person = fields.String(required=True)
    bureau_name = fields.String(allow_none=True, metadata={"description": "whose sheet it is"})
    marks = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={
            "description": "day (01 … 31) -> √ there, 迟 late, 退 early, 漏 no punch, 旷 absent, 年 annual leave …"
        },
    )
    due = fields.String(required=True, metadata={"description": "days"})
    attended = fields.String(required=True, metadata={"description": "days"})
    late = fields.String(required=True)
    early = fields.String(required=True)
    missed = fields.String(required=True)
    absent = fields.String(required=True, metadata={"description": "days"})
    overleave = fields.String(required=True, metadata={"description": "days"})
    leave = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, metadata={"description": "kind -> days"}
    )
    earned = fields.String(required=True, metadata={"description": "days of compensation (补休)"})
    revision = fields.Integer(required=True, metadata={"description": "of the figures; 0: the month is open"})
    signatures = listing(Signature)
    may = listing(word(STANDINGS), "as whom the reader may sign; of an open month nobody")


class MonthSignature(Command):
    month = month(required=True)
    standing = word(STANDINGS, "as whom one signs", required=True)
    persons = batch(text(20))


class SignedMonth(Document):
    signed = fields.Integer(required=True)


class AbsenceQuery(PageQuery):
    year = year(required=True)
    person = text(20, load_default=None)
    unit = text(20, "where the person works", load_default=None)
    over = flag("only who passed a limit", load_default=False)


class AbsenceDocument(NamedDocument):
    person = fields.String(required=True)
    absent = fields.String(required=True, metadata={"description": "days"})
    overleave = fields.String(required=True, metadata={"description": "days"})
    running = fields.String(required=True, metadata={"description": "days of the longest absence"})
    away = fields.String(required=True, metadata={"description": "days absent, sick or on personal leave"})
    limits = listing(word(ABSENCE_LIMITS), "which it passes")


sheets = Family("attendance", "attendance_sheets", "考勤表 month sheets, signatures, year totals")

list_sheet = sheets.get(
    "/attendance-months/<month>/sheet", "list_sheet", SheetQuery, paged(SheetLineDocument), may="anyone"
)("月度考勤表 a line a person, a mark a day, of whom one may see")
export_sheet = sheets.get(
    "/attendance-months/<month>/sheet/file", "list_sheet", SheetFile, None, may="anyone", mounted=False
)("打印月度考勤表 the month sheet as .xlsx or PDF")
sign_month = sheets.post(
    "/attendance-months/<month>/sign", "sign_month", MonthSignature, SignedMonth, may="may_sign_month"
)("核对签字 vouch for figures of a closed month, as the person, the head or HR")
list_absences = sheets.get(
    "/attendance-years/<year>/absences", "list_absences", AbsenceQuery, paged(AbsenceDocument), may="may_see_anomalies"
)("全年缺勤 a year's absence against the limits")
