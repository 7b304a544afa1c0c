"""Rows of a sheet as text, and reading their cells into typed values while noting every fault."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.targets.domain.faults import Fault

# Plain decimals only: an exponent could stand for a number of a million digits.
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Line:
    """One row: ``number`` as a spreadsheet counts, ``cells`` by column name, stripped."""

    number: int
    cells: Mapping[str, str]


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

    def optional(self, column: str, longest: int = 1000) -> str:
        value = self.line.cells.get(column, "")
        if len(value) > longest:
            self.fault(
                column, "cell.too_long", f"{column} 超过 {longest} 字", f"{column} is longer than {longest} characters"
            )
            return ""
        return value

    def text(self, column: str, longest: int = 200) -> str:
        value = self.optional(column, longest)
        if not self.line.cells.get(column):
            self.fault(column, "cell.required", f"{column} 不能为空", f"{column} must not be empty")
        return value

    def choice(self, column: str, words: Collection[str]) -> str:
        value = self.text(column)
        if value and value not in words:
            told = "、".join(words)
            self.fault(column, "cell.choice", f"{column} 应为：{told}", f"{column} must be one of {', '.join(words)}")
            return ""
        return value

    def number(self, column: str, *, decimals: int = 6, negative: bool = False) -> Decimal | None:
        """The exact number in the cell; None where it is empty or unusable."""
        value = self.line.cells.get(column, "")
        if not value:
            return None
        if not PLAIN_NUMBER.fullmatch(value) or (value.startswith("-") and not negative):
            self.fault(
                column, "cell.number", f"{column} 应为不小于0的数", f"{column} must be a plain number, 0 or more"
            )
            return None
        number = Decimal(value)
        if number != round(number, decimals):
            self.fault(
                column, "cell.decimals", f"{column} 最多 {decimals} 位小数", f"{column}: {decimals} decimals at most"
            )
            return None
        return number

    def needed_number(self, column: str, *, decimals: int = 6) -> Decimal | None:
        if not self.line.cells.get(column):
            self.fault(column, "cell.required", f"{column} 不能为空", f"{column} must not be empty")
        return self.number(column, decimals=decimals)
