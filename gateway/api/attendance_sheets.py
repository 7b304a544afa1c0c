"""The month sheet as a file, and enrolments as sheets in and out."""

from calendar import monthrange
from typing import Any

from flask import Response

from gateway.api.core import body_limit, gives, takes_file, uploaded
from gateway.api.exports import XLSX, file_of
from gateway.api.score_documents import PAPER, pdf
from gateway.api.sheets import refusing_unreadable
from gateway.devices.enrolment_sheet import HEADINGS as ENROLMENT_HEADINGS
from gateway.devices.enrolment_sheet import enrolments_of
from gateway.exports import every
from gateway.files.names import FileName
from gateway.mounting import mounted, view
from gateway.paper.printing import printed
from gateway.rpc import ask
from shared.contracts.attendance import enrolments as of_enrolments
from shared.contracts.attendance import sheets as of_sheets
from shared.errors import Invalid
from shared.vocabulary.attendance import LEAVE_KINDS

sheets = mounted(of_sheets.sheets)
enrolments = mounted(of_enrolments.enrolments)
MEGABYTES = 8
_EVER = "1970-01-01"  # from when what has no beginning holds

_TOTALS = {
    "due": "应出勤（天）", "attended": "实出勤（天）", "late": "迟到（次）", "early": "早退（次）", "missed": "漏签（次）",
    "absent": "旷工（天）", "overleave": "超假（天）", "leave": "请假", "earned": "补休所得（天）",
    "person_signed": "本人签字", "head_signed": "部门负责人签字", "hr_signed": "人事科签字",
}  # fmt: skip
_A_DAY = 3.2  # characters
_WIDTHS = {
    **dict.fromkeys(_TOTALS, 6.5),
    "person": 8,
    "person_name": 9,
    "unit_name": 17,
    "leave": 10,
    "earned": 9,
    **dict.fromkeys(("person_signed", "head_signed", "hr_signed"), 11),
}


@view(sheets, of_sheets.export_sheet, PAPER, content_type=XLSX)
@gives("application/pdf")
def export_sheet(query: dict[str, Any], month: str) -> Response:
    asked = {"month": month, **({"unit": query["unit"]} if query["unit"] else {})}
    lines = list(every(of_sheets.list_sheet, asked))  # the service says whether that is a month at all
    days = [f"{day:02}" for day in range(1, monthrange(int(month[:4]), int(month[5:]))[1] + 1)]
    unit = (lines[0]["unit_name"] or query["unit"]) if lines and query["unit"] else query["unit"]
    name = FileName("考勤表", "attendance", (month, query["unit"] or ""), query["format"], who=unit or "")
    title = unit or "全局"
    closed = bool(lines) and all(one["revision"] for one in lines)
    bureau = (lines[0]["bureau_name"] if lines else None) or ""
    if query["format"] == "pdf":
        sheet = {"bureau_name": bureau, "month": month, "days": days, "title": title, "closed": closed, "lines": lines}
        return pdf(printed(sheet, "attendance"), name)
    columns = dict.fromkeys(("person", "person_name", "unit_name", *days, *_TOTALS), "text")
    headings = {
        "person": "人员编号",
        "person_name": "姓名",
        "unit_name": "单位",
        **_TOTALS,
        **{day: str(int(day)) for day in days},
    }
    about = f"{'已月结' if closed else '尚未月结，仅供核对'}　共 {len(lines)} 人"
    return file_of(
        name,
        columns,
        map(_flat, lines),
        headings,
        title=f"{bureau} {title} {int(month[:4])} 年 {int(month[5:])} 月考勤表　{about}".strip(),
        foot="部门负责人（签字）：　　　　　　　　人事科（签字）：",
        widths={**_WIDTHS, **dict.fromkeys(days, _A_DAY)},
    )


def _flat(line: dict[str, Any]) -> dict[str, Any]:
    signed = {f"{one['standing']}_signed": one["name"] for one in line["signatures"] if not one["stale"]}
    leave = "，".join(f"{LEAVE_KINDS[kind]}{days}" for kind, days in line["leave"].items())
    return {**line, **line["marks"], **signed, "leave": leave}


@view(enrolments, of_enrolments.import_enrolments)
@body_limit(MEGABYTES)
@takes_file("file")
def import_enrolments() -> dict[str, Any]:
    """导入指纹工号 enrol what a sheet (part `file`, .xlsx or .csv) tells, all or none; each wrong row is named by its number"""
    name, data = uploaded("file")
    with refusing_unreadable():
        found = enrolments_of(data, name)
    if found is None:
        raise Invalid("sheet.headings", zh="表头应有“人员编号”和“工号”", en="no headings 人员编号 and 工号")
    if found.faults:
        zh, en = f"{len(found.faults)} 处无法读取，没有登记", f"{len(found.faults)} places cannot be read"
        raise Invalid("sheet.faults", zh=zh, en=en, errors=found.faults)
    answer: dict[str, Any] = ask(of_enrolments.import_enrolments, {"rows": found.rows})
    return answer


@view(enrolments, of_enrolments.export_enrolments, PAPER, content_type=XLSX)
def export_enrolments() -> Response:
    columns = dict.fromkeys(ENROLMENT_HEADINGS, "text")
    rows = (
        {**one, "starts": "" if one["starts"] == _EVER else one["starts"]}
        for one in every(of_enrolments.list_enrolments, {})
    )
    return file_of(FileName("指纹工号", "enrolments", (), "xlsx"), columns, rows, ENROLMENT_HEADINGS)
