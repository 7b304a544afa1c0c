"""What offices do to a workbook, some thirty kinds: each is understood, or refused with the words that help; and nothing is ever half taken."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.component.declarations.damages import ITEM, OF_FILES, REFUSED, UNDERSTOOD, row_of
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.sheets import BOOK, blank, edited, filled
from tests.component.declarations.states import CYCLE
from tests.support.libreoffice import saved

pytestmark = pytest.mark.usefixtures("made_here")


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def refusals(bureau: HttpBureau, books: dict[str, bytes]) -> dict[str, Any]:
    """Send each damaged book; gives what was found of those that were not refused with the words that help."""
    wrong = {}
    for kind, book in books.items():
        _, code, words = REFUSED[kind]
        answer = bureau.send_back("PS", BOOK, book)
        assert answer.status_code == 422, (kind, answer.text)
        found = [(one["code"], one["zh"]) for one in answer.json["errors"]]
        if not any(one == code and words in zh for one, zh in found):
            wrong[kind] = found
        assert {one["sheet"] for one in answer.json["errors"]} == {"工作绩效核评表"}
        assert not [
            one
            for one in answer.json["errors"]
            for text in (one["zh"], one["en"])
            if "Error" in text or "line 1" in text
        ]
    assert bureau.inner.count("declaration") == 0
    return wrong


def test_each_damage_is_refused_with_the_words_that_help(bureau: HttpBureau) -> None:
    book = blank(bureau)
    assert refusals(bureau, {kind: damage(book) for kind, (damage, _, _) in REFUSED.items()}) == {}


def test_each_damage_is_refused_with_the_same_words_when_libreoffice_has_saved_it(
    bureau: HttpBureau, tmp_path: Path
) -> None:
    book, kinds = blank(bureau), [kind for kind in REFUSED if kind not in OF_FILES]
    damaged = {f"{number}.xlsx": REFUSED[kind][0](book) for number, kind in enumerate(kinds)}
    books = dict(zip(kinds, saved(damaged, "xlsx", tmp_path).values(), strict=True))
    assert len(books) > 15
    assert refusals(bureau, books) == {}


def test_what_can_mean_one_thing_only_is_understood_when_libreoffice_has_saved_it(
    bureau: HttpBureau, tmp_path: Path
) -> None:
    typed = {
        f"{at}.xlsx": filled(blank(bureau), (ITEM, "declared", value)) for at, value in enumerate(UNDERSTOOD.values())
    }
    for book in saved(typed, "xlsx", tmp_path).values():
        answer = bureau.send_back("PS", f"{BOOK}&dry_run=true", book)
        assert (answer.status_code, answer.json["changed"], answer.json["errors"]) == (200, 1, [])


@pytest.mark.parametrize(("ending", "kind"), [("ods", "an .ods"), ("xls", "an old .xls"), ("csv", "a text")])
def test_what_libreoffice_saves_in_another_format_is_named(
    bureau: HttpBureau, tmp_path: Path, ending: str, kind: str
) -> None:
    assert refusals(bureau, {kind: saved({"a.xlsx": blank(bureau)}, ending, tmp_path)["a.xlsx"]}) == {}


@pytest.mark.parametrize("kind", UNDERSTOOD)
def test_what_can_mean_one_thing_only_is_understood(bureau: HttpBureau, kind: str) -> None:
    answer = bureau.send_back("PS", BOOK, filled(blank(bureau), (ITEM, "declared", UNDERSTOOD[kind])))
    assert answer.json == {"applied": True, "changed": 1, "unchanged": 0, "errors": []}
    (one,) = bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"]
    assert one["counts"]["done"] in ("3", "3.0")


def test_thousands_are_grouped_and_confirmed(bureau: HttpBureau) -> None:
    book = filled(blank(bureau), (ITEM, "declared", "1,234"))
    assert bureau.send_back("PS", f"{BOOK}&confirmed=true", book).json["changed"] == 1
    assert bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"][0]["counts"] == {"done": "1234"}


def test_a_full_width_colon_names_a_file_too(bureau: HttpBureau) -> None:
    code = "01a22932-e97d-7622-99e4-647094515bb9"
    book = filled(blank(bureau), (ITEM, "declared", 3), (ITEM, "evidence", f"evidence：{code}\n台账"))
    answer = bureau.send_back("PS", BOOK, book)
    assert [one["code"] for one in answer.json["errors"]] == ["evidence.unknown"]  # it was taken for a file


def test_rows_are_sorted_and_deleted_as_the_handbook_says(bureau: HttpBureau) -> None:
    page = load_workbook(io.BytesIO(blank(bureau))).worksheets[0]
    assert page.protection.sheet
    assert not (page.protection.sort or page.protection.deleteRows or page.protection.autoFilter)
    rows = [row for row in page.iter_rows() if row[0].value and "|" in str(row[0].value)]
    assert not [cell.coordinate for row in rows for cell in row if cell.protection.locked]
    assert not any(page.row_dimensions[row[0].row].protection.locked for row in rows)
    assert page["B6"].protection.locked

    def work_on(opened: Any) -> None:
        first = opened.worksheets[0]
        rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=7, max_row=12)]
        for number, values in enumerate(sorted(rows, key=lambda one: str(one[0]), reverse=True), start=7):
            for place, value in enumerate(values, start=1):
                first.cell(number, place).value = value
        first.delete_rows(row_of(first, "02-01-01|late"))

    book = edited(filled(blank(bureau), (ITEM, "declared", 3)), work_on)
    assert bureau.send_back("PS", BOOK, book).json["changed"] == 1


def test_a_trial_reports_where_the_same_in_earnest_is_refused(bureau: HttpBureau) -> None:
    book = filled(blank(bureau), (ITEM, "declared", "无"))
    tried = bureau.send_back("PS", f"{BOOK}&dry_run=true", book)
    assert (tried.status_code, tried.json["applied"], len(tried.json["errors"])) == (200, False, 1)
    refused = bureau.send_back("PS", BOOK, book)
    assert (refused.status_code, refused.json["errors"]) == (422, tried.json["errors"])
    assert refused.json["zh"].startswith("表中有 1 处问题，全部没有保存：第 ")
    assert "“申报数量”“无”不是数" in refused.json["zh"]
