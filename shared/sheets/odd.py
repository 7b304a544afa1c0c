"""Cells of a workbook that are no text and no number, or stand for several."""

from typing import Self


class Odd(str):
    """A date, a formula, an error value or a merged cell, with what could be read of it as its text."""

    __slots__ = ("kind",)
    kind: str  # date, formula, error, merged

    def __new__(cls, text: str, kind: str) -> Self:
        made = super().__new__(cls, text)
        made.kind = kind
        return made

    @property
    def fault(self) -> tuple[str, str, str]:
        """Return the fault as (code, zh, en)."""
        return _FAULTS[self.kind]


# 03-02-01 typed into a spreadsheet becomes the 1st of February 2003: nobody can turn that back.
_FAULTS = {
    "date": ("cell.date", "单元格被识别为日期，请设为文本格式后重填", "the cell became a date: format it as text"),
    "formula": ("cell.formula", "单元格是公式，请粘贴为数值", "the cell holds a formula: paste it as a value"),
    "error": ("cell.error", "单元格是错误值", "the cell holds an error value"),
    "merged": ("cell.merged", "单元格被合并，合并处的内容会丢失，请取消合并后重填", "cells are merged: unmerge them"),
}
FORMULA, MERGED = _FAULTS["formula"], _FAULTS["merged"]
