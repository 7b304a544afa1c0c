"""Rows of a sheet as text, and reading their cells into typed values while noting every fault."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.targets.domain.faults import Fault

# Plain decimals only: an exponent could stand for a number of a million digits.
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_PERCENT = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,4})?)%")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


TextRow = dict[str, str]  # cells by column name, as a sheet has them


@dataclass(frozen=True)
class Line:
    """One row: ``number`` as a spreadsheet counts, ``cells`` by column name, ``spoiled`` those with a fault already."""

    number: int
    cells: Mapping[str, str]
    spoiled: frozenset[str] = frozenset()


@dataclass
class Notes:
    """The faults found so far in one sheet."""

    sheet: str
    faults: list[Fault] = field(default_factory=list)

    def note(self, row: int, column: str, code: str, zh: str, en: str) -> None:
        self.faults.append(Fault(self.sheet, row, column, code, zh, en))


@dataclass
class Cells:
    """Reads one row. A cell that cannot be used is noted and stands for None (or ``""`` for a text)."""

    line: Line
    notes: Notes

    def fault(self, column: str, code: str, zh: str, en: str) -> None:
        self.notes.note(self.line.number, column, code, zh, en)

    def given(self, column: str) -> bool:
        """Tell whether something stands in the cell, be it of use or not."""
        return bool(self.line.cells.get(column)) or column in self.line.spoiled

    def optional(self, column: str, longest: int = 1000) -> str:
        value = self.line.cells.get(column, "")
        if len(value) > longest:
            self.fault(
                column, "cell.too_long", f"{column} 超过 {longest} 字", f"{column} is longer than {longest} characters"
            )
            return ""
        return value

    def text(self, column: str, longest: int = 200) -> str:
        self._need(column)
        return self.optional(column, longest)

    def choice(self, column: str, words: Collection[str]) -> str:
        """Return one of ``words``; where they are a table of codes and names, its name will do as well."""
        value = self.text(column)
        if not value or value in words:
            return value
        table: Mapping[str, str] = words if isinstance(words, Mapping) else {}
        names = {name: word for word, name in table.items()}
        if value in names:
            return names[value]
        self._not_among(column, value, words, names)
        return ""

    def number(
        self, column: str, *, decimals: int = 6, negative: bool = False, percent: bool = False
    ) -> Decimal | None:
        """Return the exact number in the cell, with ``percent`` also one written as 98.5%; None where there is none."""
        value = self.line.cells.get(column, "")
        if not value:
            return None
        share = _PERCENT.fullmatch(value)
        if share and percent:
            return Decimal(share[1]).scaleb(-2)
        if not PLAIN_NUMBER.fullmatch(value) or (value.startswith("-") and not negative):
            self.fault(column, *_number_fault(column, value))
            return None
        number = Decimal(value)
        if number != round(number, decimals):
            self.fault(
                column, "cell.decimals", f"{column} 最多 {decimals} 位小数", f"{column}: {decimals} decimals at most"
            )
            return None
        return number

    def needed_number(self, column: str, *, decimals: int = 6) -> Decimal | None:
        self._need(column)
        return self.number(column, decimals=decimals)

    def day(self, column: str) -> date | None:
        """Return a date written as 2026-01-31, or a date cell of a workbook."""
        value = self.line.cells.get(column, "")
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.fault(column, "cell.day", f"{column} 应为日期，如 2026-01-31", f"{column} must be a date, 2026-01-31")
            return None

    def needed_day(self, column: str) -> date | None:
        self._need(column)
        return self.day(column)

    def _need(self, column: str) -> None:
        if not self.given(column):
            self.fault(column, "cell.required", f"{column} 不能为空", f"{column} must not be empty")

    def _not_among(self, column: str, value: str, words: Collection[str], names: Collection[str]) -> None:
        narrow = half_width(value)
        if narrow != value and (narrow in words or narrow in names):
            self.fault(column, *full_width_fault(column))
            return
        told = "、".join(words)
        self.fault(column, "cell.choice", f"{column} 应为：{told}", f"{column} must be one of {', '.join(words)}")


def half_width(text: str) -> str:
    """Return ０１－０２ as 01-02."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").replace("—", "-")


def full_width_fault(column: str) -> tuple[str, str, str]:
    """Return the fault as (code, zh, en)."""
    zh, en = f"{column} 含全角字符，请改为半角", f"{column} is written in full-width characters"
    return "cell.full_width", zh, en


def _number_fault(column: str, value: str) -> tuple[str, str, str]:
    narrow = half_width(value)
    if narrow != value and (PLAIN_NUMBER.fullmatch(narrow) or _PERCENT.fullmatch(narrow)):
        return full_width_fault(column)
    if _PERCENT.fullmatch(value):
        return "cell.percent", f"{column} 的计量单位不是 %，不能填百分比", f"{column} is not measured in %"
    if _THOUSANDS.fullmatch(value):
        return "cell.thousands", f"{column} 请去掉千位分隔符", f"{column}: leave out the thousands separators"
    return "cell.number", f"{column} 应为不小于0的数", f"{column} must be a plain number, 0 or more"
