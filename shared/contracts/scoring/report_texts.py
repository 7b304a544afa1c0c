"""What a year's report says in words, beside its figures: 总结、下阶段措施."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import OneCycle, key
from shared.contracts.shapes import Document, PageQuery, needed_text, paged, revision, word
from shared.vocabulary.scoring import TEXT_SCOPES


class ReportTextKey(OneCycle):
    scope = word(TEXT_SCOPES, "bureau by default", load_default="bureau")
    target = key("code of the unit", load_default=None, allow_none=True)

    @validates_schema
    def names_its_target(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("scope") == "bureau") != (data.get("target") is None):
            raise ValidationError("单位的总结须指明单位，全局的不指明", "target")


class ReportTextsQuery(PageQuery, ReportTextKey):
    pass


class NewReportText(ReportTextKey):
    summary = needed_text(8000, "总结")
    next_steps = needed_text(8000, "下阶段措施")
    revision = revision("that it replaces; needed where there is one", load_default=None, allow_none=True)


class ReportTextDocument(Document):
    cycle = fields.String(required=True)
    scope = word(TEXT_SCOPES, required=True)
    target = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True)
    summary = fields.String(required=True)
    next_steps = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "the person, or the account"})
    by_name = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


report_texts = Family("scoring", "report_texts", "总结与下阶段措施 what a year's report says in words")
_TEXT = "/cycles/<cycle>/report-text"

write_report_text = report_texts.put(
    _TEXT,
    "write_report_text",
    NewReportText,
    ReportTextDocument,
    may="may_write_report",
    if_match="optional",
    etag=True,
)("撰写总结与下阶段措施 of the bureau by the office, of a unit by its head; every version is kept")
read_report_text = report_texts.get(
    _TEXT, "read_report_text", ReportTextKey, ReportTextDocument, may="may_read_report", etag=True
)("总结与下阶段措施 as they stand")
list_report_texts = report_texts.get(
    f"{_TEXT}/versions",
    "list_report_texts",
    ReportTextsQuery,
    paged(ReportTextDocument),
    may="may_read_report",
)("总结的各个版本 every version, the newest first")
