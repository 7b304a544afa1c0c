"""Cases in and out of sheets: exports of the national platform come in, lists go out as .xlsx or .csv."""

import base64
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from flask import Response, stream_with_context

from gateway.api.core import body_limit, gives, takes_file, uploaded
from gateway.api.exports import XLSX, file_of
from gateway.api.score_documents import PAPER
from gateway.api.sheets import CSV, MEGABYTES
from gateway.exports import every
from gateway.files.giving import attachment
from gateway.files.names import FileName
from gateway.mounting import mounted, view
from gateway.rpc import ask
from shared.clock import SHANGHAI, bureau_date, now
from shared.contracts.complaints import cases as of_cases
from shared.contracts.complaints import imports as contract
from shared.sheets.formulas import shielded
from shared.vocabulary.complaints import CASE_KINDS, CASE_STATES, CHANNELS, COLOURS, ORGANISATIONS, OUTCOMES

imports = mounted(contract.imports)
HEADINGS = {
    "number": "编号", "platform_number": "平台编号", "kind": "类型", "organisation": "受理机关", "status": "状态", "channel": "来源", "received_at": "收到时间",
    "trader": "被投诉举报人", "trader_address": "经营地址", "goods": "商品或服务", "amount": "涉案金额（元）",
    "summary": "内容", "intake_unit_name": "登记单位", "unit_name": "承办单位", "handler_name": "承办人",
    "decided_at": "受理决定时间", "concluded_at": "办结时间", "outcome": "结果", "recovered": "挽回损失（元）",
    "due": "最近期限", "colour": "期限状态",
}  # fmt: skip
FAULTS = {"row": "行号", "column": "列", "zh": "问题"}
_FAULT_COLUMNS = {"row": "whole", "column": "text", "zh": "text"}
_NUMBERS = {"amount": "d2", "recovered": "d2"}
_COLUMNS = {name: _NUMBERS.get(name, "text") for name in HEADINGS}
_WORDS = {
    "kind": CASE_KINDS,
    "organisation": ORGANISATIONS,
    "status": CASE_STATES,
    "channel": CHANNELS,
    "outcome": OUTCOMES,
    "colour": COLOURS,
}
_MOMENTS = ("received_at", "decided_at", "concluded_at")


@view(imports, contract.start_import)
@body_limit(MEGABYTES)
@takes_file("file")
def start_import(query: dict[str, Any]) -> dict[str, Any]:
    name, data = uploaded("file")
    sheet = base64.b64encode(data).decode()
    answer: dict[str, Any] = ask(contract.start_import, {**query, "file_name": name[:200], "sheet": sheet})
    return answer


@view(imports, contract.export_faults, PAPER, content_type=XLSX)
@gives(CSV)
def export_faults(query: dict[str, Any], job: UUID) -> Response:
    told = ask(contract.export_faults, {**query, "job": str(job)})
    name = FileName("导入错误清单", "faults", (str(job),), query["format"])
    if query["format"] == "xlsx":
        return file_of(name, _FAULT_COLUMNS, iter(told["faults"]), FAULTS)
    return attachment(stream_with_context(lines(told["faults"], FAULTS)), name, CSV)


@view(imports, contract.export_cases, PAPER, content_type=XLSX)
@gives(CSV)
def export_cases(query: dict[str, Any]) -> Response:
    ask(contract.export_cases, query)
    form = query["format"]
    asked = {name: value for name, value in query.items() if name != "format" and value is not None}
    rows = map(_in_words, every(of_cases.list_cases, asked))
    name = FileName("投诉举报", "cases", (bureau_date(now()).isoformat(),), form)
    if form == "xlsx":
        return file_of(name, _COLUMNS, rows, HEADINGS)
    first = next(rows, None)  # what is refused is refused before anything goes out
    listed = chain([] if first is None else [first], rows)
    return attachment(stream_with_context(lines(listed, HEADINGS)), name, CSV)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: words.get(row[name], row[name]) for name, words in _WORDS.items() if row[name] is not None}
    moments = {name: _local(row[name]) for name in _MOMENTS if row[name]}
    return {**row, **told, **moments}


def _local(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def lines(rows: Iterable[dict[str, Any]], headings: Mapping[str, str]) -> Iterator[str]:
    """Yield a .csv that spreadsheet programs open as they should: with a byte order mark, nothing in it a formula."""
    yield "\ufeff" + _line(headings.values())
    for row in rows:
        yield _line("" if row[name] is None else str(row[name]) for name in headings)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([shielded(cell) for cell in cells])
    return out.getvalue()
