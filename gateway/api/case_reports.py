"""Reports of 12315 as files: the table as .xlsx or PDF, the bulletin as .docx or PDF."""

from typing import Any

from flask import Response

from gateway.api.core import gives
from gateway.api.exports import XLSX, file_of
from gateway.api.results import DOCX
from gateway.api.score_documents import PAPER, pdf
from gateway.files.giving import attachment
from gateway.files.names import FileName
from gateway.mounting import mounted, view
from gateway.paper.printing import printed
from gateway.rpc import ask
from shared.contracts.complaints import reports as contract
from shared.vocabulary.complaints import CHANNELS

reports = mounted(contract.reports)
_HEADINGS = {"zh": "项目", "value": "本期", "unit": "单位", "before": "上年同期", "change": "同比（%）"}
_COLUMNS = {"zh": "text", "value": "d2", "unit": "text", "before": "d2", "change": "d2"}


@view(reports, contract.export_report, PAPER, content_type=XLSX)
@gives("application/pdf")
def export_report(query: dict[str, Any]) -> Response:
    form, asked = query["format"], {name: value for name, value in query.items() if name != "format" and value}
    told = ask(contract.show_report, asked)
    days = (str(told["since"]), str(told["until"]))
    name = FileName("投诉举报统计表", "case-report", days, form)
    if form == "pdf":
        scope = {"goods": query["goods"], "channel_name": CHANNELS.get(query["channel"] or "")}
        return pdf(printed({**told, **scope}, "case-report"), name)
    return file_of(name, _COLUMNS, iter(told["lines"]), _HEADINGS)


@view(reports, contract.write_bulletin, PAPER, content_type=DOCX)
@gives("application/pdf")
def write_bulletin(query: dict[str, Any]) -> Response:
    tree = ask(contract.show_bulletin, {"month": query["month"]})
    name = FileName("消费投诉通报", "bulletin", (query["month"],), query["format"])
    if query["format"] == "pdf":
        return pdf(printed(tree, "bulletin"), name)
    return attachment(printed(tree, "bulletin-docx"), name, DOCX)
