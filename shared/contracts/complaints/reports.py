"""Reports of 12315: the yearly table, the work of each person, the monthly bulletin."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, day, listing, month, text, word
from shared.vocabulary.case_reports import REPORT_ITEMS
from shared.vocabulary.complaints import CHANNELS

FORMATS = {"xlsx": "工作簿", "pdf": "PDF"}
BULLETIN_FORMATS = {"docx": "Word 文档", "pdf": "PDF"}


class ReportQuery(Command):
    since = day("the first day", required=True)
    until = day("the last day", required=True)
    unit = text(20, "that took the case in or has it", load_default=None)
    goods = text(200, "a part of the goods' name", load_default=None)
    channel = word(CHANNELS, load_default=None)


class ReportFile(ReportQuery):
    format = word(FORMATS, load_default="xlsx")


class BulletinQuery(Command):
    month = month(required=True)


class BulletinFile(BulletinQuery):
    format = word(BULLETIN_FORMATS, load_default="docx")


class ReportLine(Document):
    item = word(REPORT_ITEMS, required=True)
    zh = fields.String(required=True)
    unit = fields.String(required=True, metadata={"description": "件, 元 or 个"})
    value = Exact(required=True)
    before = Exact(required=True, allow_none=True, metadata={"description": "in the same days of the year before"})
    change = Exact(required=True, allow_none=True, metadata={"description": "percent; null: n/a, nothing before"})


class ReportDocument(Document):
    bureau_name = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True, metadata={"description": "null: of all units"})
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    before_since = fields.Date(required=True)
    before_until = fields.Date(required=True)
    lines = listing(ReportLine)


class WorkloadLine(Document):
    handler = fields.String(required=True)
    handler_name = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True)
    assigned = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    concluded = fields.Integer(required=True)
    open = fields.Integer(required=True, metadata={"description": "as of now"})
    overdue = fields.Integer(required=True, metadata={"description": "as of now"})
    supervised = fields.Integer(required=True)
    recovered = Exact(required=True, metadata={"description": "yuan"})


class WorkloadDocument(Document):
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    items = listing(WorkloadLine)


class NamedCount(Document):
    name = fields.String(required=True)
    cases = fields.Integer(required=True)


class BulletinDocument(ReportDocument):
    month = fields.String(required=True)
    goods = listing(NamedCount, "most complained about")
    traders = listing(NamedCount, "of whom most results are published")
    made_on = fields.Date(required=True)


reports = Family("complaints", "case_reports", "投诉举报报表 the yearly table, work by person, the bulletin")

show_report = reports.get("/case-reports", "show_report", ReportQuery, ReportDocument, may="may_see_reports")(
    "统计表 what was received, accepted, recovered and penalised in any days, beside the year before"
)
list_workload = reports.get(
    "/case-reports/workload", "list_workload", ReportQuery, WorkloadDocument, may="may_see_reports"
)("人员工作量 who had how much to do and did how much")
export_report = reports.get(
    "/case-reports/file", "show_report", ReportFile, None, may="may_see_reports", mounted=False
)("导出统计表 the table as .xlsx or PDF")
show_bulletin = reports.get(
    "/case-reports/bulletin", "show_bulletin", BulletinQuery, BulletinDocument, may="may_see_reports"
)("消费投诉通报 a month's figures with the goods most complained about")
write_bulletin = reports.get(
    "/case-reports/bulletin/file", "show_bulletin", BulletinFile, None, may="may_see_reports", mounted=False
)("打印消费投诉通报 the bulletin as .docx or PDF")
