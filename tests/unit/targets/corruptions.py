"""Sheets as offices spoil them, each with the error that it must give: its code, its row and its column."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

from openpyxl import load_workbook

from tests.unit.targets.reference import as_csv, as_xlsx, row_of, rows, sheet, spoiled

CODE = "03-02-01"  # ratio, person among its layers
ROW = row_of("indicators", CODE)
TIER = "01-01-02"  # in %, 0.95 → 1.0, 0.85 → 0.8, 0.75 → 0.5
DEDUCT = "03-01-02"  # 0.3 a time
MAPPED = "02-01-01"  # late 0.5, early 0.5
ACCUMULATE = "11-01-03"
GRADE = "03-02-04"
CHECKLIST = "01-01-01"
VETO = "01-03-01"
STEPS_UPSIDE_DOWN = '{"direction":"higher","steps":[["0.75","0.5"],["0.95","1.0"]]}'
Fault = tuple[str, int, str]


def change(target: str = CODE, /, **cells: str) -> bytes:
    return spoiled("indicators", target, **cells)


def standard_of(code: str) -> str:
    return next(row["standard"] for row in rows("indicators") if row["code"] == code)


def restated(code: str, old: str, new: str) -> bytes:
    """The standard of ``code`` with some words changed, and no other cell."""
    text = standard_of(code)
    assert old in text
    return change(code, standard=text.replace(old, new))


def without(code: str) -> bytes:
    return as_csv([row for row in rows("indicators") if row["code"] != code])


def book(edit: Callable[[object], None]) -> bytes:
    """The reference as a workbook, changed cell by cell."""
    opened = load_workbook(io.BytesIO(as_xlsx(rows("indicators"))))
    edit(opened.active)
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def cell(column: str, value: object, row: int = ROW) -> bytes:
    position = list(rows("indicators")[0]).index(column) + 1

    def put(page) -> None:
        page.cell(row, position).value = value

    return book(put)


def merged(column: str, row: int = ROW) -> bytes:
    position = list(rows("indicators")[0]).index(column) + 1
    return book(lambda page: page.merge_cells(None, row, position, row + 1, position))


def renamed(old: str, new: str) -> bytes:
    first, _, rest = sheet("indicators").partition(b"\r\n")
    return first.replace(old.encode(), new.encode(), 1) + b"\r\n" + rest


def at(code: str, column: str, fault: str) -> Fault:
    return fault, row_of("indicators", code), column


ROWS = [
    ("a code in another form", change(code="3-2-1"), at(CODE, "code", "code.form")),
    ("a code given twice", change("03-02-02", code=CODE), at("03-02-02", "code", "code.duplicate")),
    ("a name given twice", change("03-02-02", name="政务信息采用"), at("03-02-02", "name", "name.duplicate")),
    ("a gap in the numbering", without("04-01-03"), ("code.gap", row_of("indicators", "04-01-03"), "code")),
    ("a sum that is not 100", change(full_points="4.5"), ("sum.not_100", 2, "full_points")),
    ("a line that the bureau has not", change("04-01-01", line="harbour"), at("04-01-01", "line", "cell.choice")),
    ("共性 that is one line's", change(line="access"), at(CODE, "line", "line.category")),
    ("专业 that is everyone's", change("04-01-01", line="all"), at("04-01-01", "line", "line.category")),
    ("专业 in two lines", change("04-01-01", line="access|routine_supervision"), at("04-01-01", "line", "cell.choice")),
    ("two lines under one level 2", change("04-01-02", line="enforcement_support"), at("04-01-02", "line", "level2.mixed")),
    ("two categories under one level 2", change("03-02-02", category="additional"), at("03-02-02", "category", "level2.mixed")),
    ("a level 1 with two names", change(level1="政务"), at(CODE, "level1", "level.name")),
    ("a level 2 with two names", change("03-02-02", level2="别的"), at("03-02-02", "level2", "level.name")),
    ("a rule that is none", change(rule="luck"), at(CODE, "rule", "cell.choice")),
    ("steps from the worst upwards", change(TIER, rule_params=STEPS_UPSIDE_DOWN), at(TIER, "rule_params", "rule.step_order")),
    ("a parameter that is missing", change(rule_params="{}"), at(CODE, "rule_params", "rule.param_missing")),
    ("a parameter too many", change(rule_params='{"cap":"1.0","x":"1"}'), at(CODE, "rule_params", "rule.param_unknown")),
    ("parameters that are no JSON", change(rule_params='{"cap":"1.0"'), at(CODE, "rule_params", "params.json")),
    ("a key given twice", change(rule_params='{"cap":"1","cap":"1"}'), at(CODE, "rule_params", "params.key")),
    ("a number with an exponent", change(rule_params='{"cap":"1e9"}'), at(CODE, "rule_params", "params.number")),
    ("a cap that is not the full points", change(ACCUMULATE, rule_params='{"per":"2","cap":"9"}'), at(ACCUMULATE, "rule_params", "rule.cap_not_full")),
    ("points for a veto", change(VETO, full_points="1"), at(VETO, "full_points", "rule.full_points")),
    ("a veto with a target", change(VETO, target_2026="1"), at(VETO, "target_2026", "target.veto")),
    ("a target off the best step", change(TIER, target_2026="0.9"), at(TIER, "target_2026", "target.not_best_step")),
    ("percent as 98 instead of 0.98", change(TIER, history_2025="98"), at(TIER, "history_2025", "percent.range")),
    ("percent where things are counted", change(target_2026="98%"), at(CODE, "target_2026", "cell.percent")),
    ("half a thing", change(target_2026="420.5"), at(CODE, "target_2026", "count.whole")),
    ("a number below 0", change(full_points="-4"), at(CODE, "full_points", "cell.number")),
    ("points to the hundredth", change(full_points="4.25"), at(CODE, "full_points", "cell.decimals")),
    ("a number in words", change(full_points="四"), at(CODE, "full_points", "cell.number")),
    ("full-width digits", change(target_2026="４２０"), at(CODE, "target_2026", "cell.full_width")),
    ("a full-width code", change(code="０３－０２－０１"), at(CODE, "code", "cell.full_width")),
    ("thousands with commas", change(target_2026="1,200"), at(CODE, "target_2026", "cell.thousands")),
    ("a trailing space", change(assessor="办公室 "), at(CODE, "assessor", "cell.spaces")),
    ("a trailing full-width space", change(category="common　"), at(CODE, "category", "cell.spaces")),
    ("an invisible character", change(name="政务\u200b信息采用"), at(CODE, "name", "cell.characters")),
    ("a formula in a csv", change(target_2026="=SUM(A1:A9)"), at(CODE, "target_2026", "cell.formula")),
    ("a name that is a formula", change(name="=HYPERLINK(1)"), at(CODE, "name", "cell.formula")),
    ("a needed cell left empty", change(name=""), at(CODE, "name", "cell.required")),
    ("a cell far too long", change(standard="长" * 5001), at(CODE, "standard", "cell.too_long")),
    ("a section that does not exist", change(assessor="气象科"), at(CODE, "assessor", "assessor.unknown")),
    ("layers that are none", change(layers="division|county"), at(CODE, "layers", "layers.unknown")),
    ("a target left out", change(target_2026=""), at(CODE, "target_2026", "target.missing")),
    ("a cap left out", change(per_person_cap=""), at(CODE, "per_person_cap", "cap.missing")),
    ("a cap that nobody needs", change("03-02-02", per_person_cap="8"), at("03-02-02", "per_person_cap", "cap.unexpected")),
    ("machine figures for what is declared", change(MAPPED, source="declared"), at(MAPPED, "source", "figure.unexpected")),
    ("no machine figure for what machines count", change(source="attendance"), at(CODE, "source", "figure.missing")),
    ("a deduction told otherwise", restated(DEDUCT, "扣0.3分", "扣0.5分"), at(DEDUCT, "standard", "standard.differs")),
    ("two deductions told the wrong way round", restated("02-01-02", "旷工每天扣2分、超假未归每天扣1分", "旷工每天扣1分、超假未归每天扣2分"), at("02-01-02", "standard", "standard.differs")),
    ("a level told otherwise", restated(ACCUMULATE, "省级转发每篇3分", "省级转发每篇4分"), at(ACCUMULATE, "standard", "standard.differs")),
    ("a highest sum told otherwise", restated(ACCUMULATE, "累计最高10分", "累计最高12分"), at(ACCUMULATE, "standard", "standard.differs")),
    ("a step told otherwise", restated(TIER, "85%及以上", "88%及以上"), at(TIER, "standard", "standard.differs")),
    ("a share told otherwise", restated(TIER, "满分的80%", "满分的90%"), at(TIER, "standard", "standard.differs")),
    ("a grade told otherwise", restated(GRADE, "85%", "90%"), at(GRADE, "standard", "standard.differs")),
    ("an item of the list told otherwise", restated(CHECKLIST, "支委会按月召开", "支委会按季召开"), at(CHECKLIST, "standard", "standard.differs")),
    ("a part of the list told otherwise", restated(CHECKLIST, "四分之一", "五分之一"), at(CHECKLIST, "standard", "standard.differs")),
    ("a cap of the ratio told otherwise", change(rule_params='{"cap":"1.2"}'), at(CODE, "standard", "standard.differs")),
    ("a veto that its standard does not call one", restated(VETO, "否决", "扣分"), at(VETO, "standard", "standard.differs")),
    ("a standard without its second sentence", change(standard="被采用的信息篇数"), at(CODE, "standard", "standard.differs")),
]  # fmt: skip


BOOKS = [
    ("a formula cell", cell("target_2026", "=420+0"), ("cell.formula", ROW, "target_2026")),
    ("a date in a number cell", cell("target_2026", datetime(2026, 4, 20)), ("cell.date", ROW, "target_2026")),
    ("a code that became a date", cell("code", date(2003, 2, 1)), ("cell.date", ROW, "code")),
    ("an error value", cell("full_points", "#REF!"), ("cell.error", ROW, "full_points")),
    ("a truth value", cell("full_points", value=True), ("cell.number", ROW, "full_points")),
    ("merged cells that swallowed one", cell("assessor", None), ("cell.required", ROW, "assessor")),
    ("merged cells", merged("assessor"), ("cell.merged", ROW, "assessor")),
]


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (200 * 1024 * 1024))
    return stream.getvalue()


def a_million_empty_rows() -> bytes:
    """The reference, and styled rows without content to the end of the grid."""
    original = as_xlsx(rows("indicators"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                empty = b"".join(b'<row r="%d"/>' % number for number in range(252, 1_048_577))
                data = data.replace(b"</sheetData>", empty + b"</sheetData>")
            target.writestr(name, data)
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def some_zip() -> bytes:
    return archive(**{"letter.txt": b"no workbook"})


FILES = [
    ("nothing", b"", ("sheet.empty", 0, "")),
    ("a header alone", sheet("indicators").partition(b"\r\n")[0], ("sheet.empty", 0, "")),
    ("GBK", sheet("indicators").decode().encode("gb18030"), ("sheet.encoding", 2, "")),
    ("UTF-16", sheet("indicators").decode().encode("utf-16"), ("sheet.encoding", 1, "")),
    ("semicolons", sheet("indicators").replace(b",", b";"), ("sheet.separator", 1, "")),
    ("tabs", sheet("indicators").replace(b",", b"\t"), ("sheet.separator", 1, "")),
    ("an open quotation mark", sheet("indicators") + b'"x', ("sheet.quotes", 252, "")),
    ("a column lost", renamed("full_points,", ""), ("column.missing", 1, "full_points")),
    ("a column that nobody knows", renamed("basis", "mood"), ("column.unknown", 1, "mood")),
    ("a column given twice", renamed("basis", "standard"), ("column.duplicate", 1, "standard")),
    ("last year's columns", renamed("target_2026", "target_2025"), ("column.missing", 1, "target_2026")),
    ("a comma too many", sheet("indicators").replace(b"\r\n01-01-02", b",,x\r\n01-01-02", 1), ("row.width", 2, "")),
    ("an old .xls", b"\xd0\xcf\x11\xe0" + bytes(600), ("sheet.old_office", 0, "")),
    ("a damaged workbook", as_xlsx(rows("indicators"))[:9000], ("sheet.unreadable", 0, "")),
    ("a zip that is no workbook", some_zip(), ("sheet.archive", 0, "")),
    ("an .ods", archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), ("sheet.ods", 0, "")),
    ("an .xlsb", archive(**{"xl/workbook.bin": b"x"}), ("sheet.binary", 0, "")),
    ("a password", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), ("sheet.locked", 0, "")),
    ("a page saved as .xls", b"<html><table></table></html>", ("sheet.web_page", 0, "")),
    ("a zip bomb", bomb(), ("sheet.too_large", 0, "")),
    ("more than 11 MB", b"code\n" + b"x" * (11 * 1024 * 1024), ("sheet.too_large", 0, "")),
    ("a million empty rows", a_million_empty_rows(), ("sheet.blank_rows", 252, "")),
]
