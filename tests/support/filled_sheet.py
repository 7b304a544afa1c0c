"""Fills in the first row of an exported contribution sheet, as somebody at an office's computer would: `python -m tests.support.filled_sheet FROM TO TITLE`."""

import sys

from openpyxl import load_workbook


def main(source: str, target: str, title: str) -> None:
    """Choose the last indicator and level of the sheet's own lists, and write the rest."""
    book = load_workbook(source)
    lists, sheet = book["选项"], book.worksheets[0]
    indicator, level = ([one for one in column if one][-1] for column in lists.iter_cols(max_col=2, values_only=True))
    row = next(one for one in sheet.iter_rows() if one[0].value == "new")
    chosen = {"indicator": indicator, "level": level, "title": title, "effect": "已采用", "proof": "采用通知"}
    (names,) = (one for one in sheet.iter_rows(values_only=True) if one[0] == "#kaohe")
    for name, value in chosen.items():
        row[names.index(name)].value = value
    book.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
