"""From a returned sheet to the rows that declarations takes. Everything that is wrong with cells is told at once."""

import base64
import re
from collections.abc import Callable, Mapping
from typing import Any

from gateway.forms.book import NAMED, NEW
from gateway.forms.cells import Faults, Line, labels_of, read_lines
from gateway.forms.keys import Key, of_quantity
from gateway.forms.words import DEEDS
from shared.jsontext import dumps
from shared.sheets.kinds import check_workbook
from shared.sheets.unreadable import Unreadable

Row = dict[str, Any]
_FILE = re.compile(r"^evidence\s*[：:]\s*", re.IGNORECASE)  # as an input method types it
_TOLD = ("title", "effect", "proof")


def rows_json(document: Mapping[str, Any]) -> bytes:
    """Read the rows of a sheet; ``document``: the form (read anew) with ``data``, the sheet in
    base64. Gives {"rows", "places", "errors"}."""
    faults = Faults(labels_of(document["form"]))
    rows: list[Row] = []
    try:
        lines = _read(base64.b64decode(document["data"]), document, faults)
        rows = _ROWS[document["form"]](lines, document, faults)
    except Unreadable as error:
        faults.note(error.row, error.column, error.code, error.zh, error.en)
    places = {str(row["row"]): row.pop("places") for row in rows if "places" in row}
    return dumps({"rows": rows, "places": places, "errors": faults.found}).encode()


def _read(data: bytes, form: Mapping[str, Any], faults: Faults) -> list[Line]:
    check_workbook(data)
    return read_lines(data, {name: str(form[name]) for name in NAMED}, faults)


def _review(lines: list[Line], form: Mapping[str, Any], faults: Faults) -> list[Row]:
    """One row an item, at the place of its first line; its quantities may stand on several."""
    items: dict[str, Row] = {}
    known = {of_quantity(row["indicator"], one["key"]): one for row in form["rows"] for one in row["quantities"]}
    for line in lines:
        hidden = Key.read(line.key)
        indicator, _, key = hidden.about.partition("|")
        expected = known.get(hidden.about, {"label": "", "unit": ""})
        _check_in_place(line, {"indicator": indicator, "quantity": expected["label"]}, faults)
        item = items.setdefault(indicator, {**_begun(line, indicator), **hidden.seen})
        if key in item["places"]:
            faults.note(line.row, "declared", "form.repeated", "该行与前面的行重复", "the line stands there twice")
            continue
        item["places"][key] = line.row
        number = faults.number(line, "declared", expected["unit"])
        if number is not None:
            item["counts"][key] = number
        _tell(item, line, faults)
    return [_whole(item) for item in items.values() if _filled(item)]


def _begun(line: Line, indicator: str) -> Row:
    return {"row": line.row, "indicator": indicator, "counts": {}, "places": {}}


def _check_in_place(line: Line, expected: Mapping[str, str], faults: Faults) -> None:
    """What is seen of a row agrees with its hidden key: cells that were cut, pasted or exchanged would count for another item."""
    for name, value in expected.items():
        seen = line.get(name)
        if seen and value and seen != value:
            zh = f"本行是“{value}”的，看到的却是“{seen[:40]}”：单元格被互换或覆盖，请重新导出后填写"
            faults.note(line.row, name, "form.exchanged", zh, f"the row is that of {value}: cells were exchanged")


def _tell(item: Row, line: Line, faults: Faults) -> None:
    """What is told once of an item, wherever it stands among its lines."""
    points = faults.number(line, "self_points")
    evidence = [_FILE.sub("evidence:", text.strip()) for text in line.get("evidence").split("\n") if text.strip()]
    for name, value in (("self_points", points), ("remark", line.get("remark")), ("evidence", evidence)):
        if value:
            item.setdefault(name, value)


def _filled(item: Row) -> bool:
    return bool(item["counts"] or any(name in item for name in ("self_points", "remark", "evidence")))


def _whole(item: Row) -> Row:
    return {**item, "counts": item["counts"] or None}


def _orders(lines: list[Line], form: Mapping[str, Any], faults: Faults) -> list[Row]:
    rows = []
    titles = {row["order"]: row["title"] for row in form["rows"] if row.get("order")}
    for line in lines:
        hidden = Key.read(line.key)
        _check_in_place(line, {"title": titles.get(hidden.about, "").strip()}, faults)
        deed, note = line.get("deed"), line.get("note")
        if deed in DEEDS:
            rows.append({"row": line.row, "order": hidden.about, **hidden.seen, "deed": DEEDS[deed], "note": note})
        elif deed or note:
            words = "、".join(DEEDS)
            faults.note(line.row, "deed", "form.deed", f"办理应为{words}之一", "choose what is done")
    return rows


def _contributions(lines: list[Line], form: Mapping[str, Any], faults: Faults) -> list[Row]:
    choices = {one["indicator"]: one for one in form["choices"]}
    rows = []
    for line in lines:
        told = {name: line.get(name) for name in _TOLD}
        if not any((*told.values(), line.get("indicator"), line.get("level"))):
            continue
        row = _contribution(line, told, choices, faults)
        rows += [row] if row else []
    return rows


def _contribution(line: Line, told: Row, choices: Mapping[str, Any], faults: Faults) -> Row | None:
    code = line.get("indicator").split(" ")[0]
    if code not in choices:
        faults.note(
            line.row, "indicator", "form.indicator", "请从列表中选择本期的贡献指标", "choose an item of the list"
        )
        return None
    levels = {one["label"]: one["level"] for one in choices[code]["levels"]}
    level = line.get("level")
    if (level or levels) and level not in levels:
        known = "、".join(levels) or "空"
        faults.note(line.row, "level", "form.level", f"该指标的级别应为{known}", "choose a level of this item")
        return None
    for name in _TOLD:
        if not told[name]:
            faults.note(line.row, name, "cell.missing", "必填", "it is missing")
    hidden = Key.read(line.key)
    shown = {} if hidden.about == NEW else {"contribution": hidden.about, **hidden.seen}
    return {"row": line.row, **shown, "indicator": code, "level": levels.get(level), **told}


_ROWS: dict[str, Callable[[list[Line], Mapping[str, Any], Faults], list[Row]]] = {
    "review": _review,
    "accountability": _orders,
    "temporary": _orders,
    "contribution": _contributions,
}
