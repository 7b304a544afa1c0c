"""The five forms: on screen, as a sheet to fill in offline and to send back, on paper to sign."""

import base64
from typing import Any

from flask import Response

from gateway.api.core import FILE, body_limit, gives, takes_file, uploaded
from gateway.current import current_actor
from gateway.files.giving import attachment
from gateway.files.kinds import KINDS
from gateway.files.names import FileName
from gateway.forms.cells import labels_of
from gateway.forms.layout import laid_out
from gateway.mounting import mounted
from gateway.paper.printing import printed
from gateway.rpc import ask
from shared.clock import today
from shared.contracts.declarations import forms as contract
from shared.contracts.declarations.asking import OneCycle
from shared.contracts.shapes import code, flag, word
from shared.errors import Conflict, Invalid
from shared.jsontext import loads
from shared.vocabulary.declarations import FORMS

forms = mounted(contract.forms)
FIRST = 3  # faults told in the text of a refusal
MEGABYTES = 4  # of a returned sheet
PAPERS = {"pdf": ("form", "application/pdf"), "docx": ("form-docx", KINDS["docx"].media_type)}


class PeriodQuery(OneCycle):
    period = code(required=True)
    subject = code("by default oneself; a unit one heads, or somebody of it")


class ShownQuery(PeriodQuery):
    inside = flag(contract.INSIDE, load_default=False)


class PaperQuery(ShownQuery):
    format = word(PAPERS, load_default="pdf")


class ReturnQuery(PeriodQuery):
    dry_run = flag("only tell the faults, change nothing", load_default=False)
    draft = flag("keep as drafts, do not declare yet (review)", load_default=False)
    confirmed = flag("unusually large quantities were looked at once more (review)", load_default=False)


@forms.route(f"{contract.read_form.path}/workbook")
@forms.arguments(ShownQuery, location="query")
@forms.response(200, FILE, content_type=KINDS["xlsx"].media_type)
def get_workbook(query: dict[str, Any], form: str) -> Response:
    """导出 the form as .xlsx, to be filled in offline"""
    read = _read(form, query)
    return attachment(printed(read, "form-xlsx"), _name(read, "xlsx"), KINDS["xlsx"].media_type)


@forms.route("/forms/<any(review, accountability, contribution, temporary):form>/workbook", methods=["POST"])
@forms.arguments(ReturnQuery, location="query")
@forms.response(200, contract.ReturnReport)
@body_limit(MEGABYTES)
@takes_file("workbook")
def take_workbook(query: dict[str, Any], form: str) -> dict[str, Any]:
    """回传 a filled-in sheet (part `workbook`): all of it or nothing, each fault with row and column"""
    _, data = uploaded("workbook")
    options = {name: query.pop(name) for name in ("dry_run", "draft", "confirmed")}
    read = _read(form, query)
    if not read["fillable"]:
        raise Conflict("form.not_yours", zh="只有本人（本单位负责人）可以填报", en="only its subject fills it in")
    returned = loads(printed({**read, "data": base64.b64encode(data).decode()}, "form-rows"))
    if returned["errors"] or not returned["rows"]:
        errors = _sheet(form, returned["errors"] or [_nothing()])
        return _answer({"applied": False, "changed": 0, "unchanged": 0, "errors": errors}, options)
    body = {"form": form, **query, "subject": read["subject"], **options, "rows": returned["rows"]}
    report = ask(contract.take_form, body)
    errors = [_placed(one, form, returned["places"]) for one in report["errors"]]
    return _answer({**report, "errors": errors}, options)


@forms.route(f"{contract.read_form.path}/paper")
@forms.arguments(PaperQuery, location="query")
@forms.response(200, FILE, content_type="application/pdf")
@gives(KINDS["docx"].media_type)
def get_paper(query: dict[str, Any], form: str) -> Response:
    """打印 the form to print and sign, as PDF or .docx"""
    chosen = query.pop("format")
    kind, media_type = PAPERS[chosen]
    read = _read(form, query)
    return attachment(printed(laid_out(read, today().isoformat()), kind), _name(read, chosen), media_type)


def _read(form: str, query: dict[str, Any]) -> dict[str, Any]:
    """A sheet says whose it is: the bureau is the reader's."""
    return {**ask(contract.read_form, {"form": form, **query}), "bureau": current_actor().bureau}


def _name(form: dict[str, Any], ending: str) -> FileName:
    title = f"{form['title']}（各期）" if form["inside"] else form["title"]
    return FileName(title, form["form"], (form["period"], form["subject"]), ending, who=form["name"])


def _sheet(form: str, errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "sheet": FORMS[form]} for one in errors]


def _answer(report: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """The report of a trial; of what was meant in earnest and has faults, a refusal that names them."""
    errors = report["errors"]
    if options["dry_run"] or not errors:
        return report
    told = "；".join(f"{_at(one)}{one['zh']}" for one in errors[:FIRST])
    zh = f"表中有 {len(errors)} 处问题，全部没有保存：{told}" + ("……" if len(errors) > FIRST else "")
    raise Invalid("form.refused", zh=zh, en=f"{len(errors)} faults: nothing was taken", errors=errors)


def _at(error: dict[str, Any]) -> str:
    place = f"第 {error['row']} 行" if error["row"] else ""
    return f"{place}“{error['column']}”" if error["column"] else place


def _placed(error: dict[str, Any], form: str, places: dict[str, Any]) -> dict[str, Any]:
    """A fault of declarations at its cell: a quantity may stand on a line of its own."""
    column = error["column"]
    if column.startswith("counts"):
        row = places.get(str(error["row"]), {}).get(column.partition(".")[2], error["row"])
        error, column = {**error, "row": row}, "declared"
    return {**error, "column": labels_of(form).get(column, column), "sheet": FORMS[form]}


def _nothing() -> dict[str, Any]:
    zh, en = "表中没有填写任何内容", "nothing is filled in"
    return {"row": 0, "column": "", "code": "sheet.empty", "zh": zh, "en": en}
