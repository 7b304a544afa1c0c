"""What the rows of a library owe to each other (data/README.md §三, 1 and 2), and what deserves a second look (4)."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from services.targets.domain.faults import Fault
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_rows import CODE
from services.targets.domain.words import ALL_LINES, CATEGORIES, LAYERS, LINES

FULL = Decimal(100)


def check_library(indicators: Sequence[Indicator]) -> list[Fault]:
    """Faults between rows; rows whose own code cannot be read are left to their own fault."""
    coded = [indicator for indicator in indicators if CODE.fullmatch(indicator.indicator)]
    return [
        *_duplicates(coded, "code", "code.duplicate", lambda one: one.indicator),
        *_duplicates(indicators, "name", "name.duplicate", lambda one: one.name),
        *_gaps(coded),
        *_level_names(coded),
        *_mixed(coded),
        *_sums(indicators),
    ]


def _fault(indicator: Indicator, column: str, code: str, zh: str, en: str) -> Fault:
    return Fault("indicators", indicator.row, column, code, zh, en)


def _duplicates(
    indicators: Sequence[Indicator], column: str, code: str, value_of: Callable[[Indicator], str]
) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for indicator in indicators:
        value = value_of(indicator)
        row = first.setdefault(value, indicator.row)
        if value and row != indicator.row:
            yield _fault(indicator, column, code, f"{value} 与第 {row} 行重复", f"{value} is in row {row} already")


def _gaps(indicators: Sequence[Indicator]) -> Iterator[Fault]:
    """Codes count from 01 without a gap on each of the three levels."""
    previous = (0, 0, 0)
    for indicator in sorted(indicators, key=lambda one: one.indicator):
        level1, level2, level3 = (int(part) for part in indicator.indicator.split("-"))
        code = (level1, level2, level3)
        expected = (
            (previous[0], previous[1], previous[2] + 1),
            (previous[0], previous[1] + 1, 1),
            (previous[0] + 1, 1, 1),
        )
        if code != previous and code not in (expected if previous != (0, 0, 0) else expected[2:]):
            told = "-".join(f"{part:02d}" for part in previous)
            yield _fault(indicator, "code", "code.gap", f"编码不连续：{told} 之后跳号", f"codes jump after {told}")
        previous = code


def _level_names(indicators: Sequence[Indicator]) -> Iterator[Fault]:
    """One name per level-1 and level-2 code."""
    names: dict[str, tuple[str, int]] = {}
    for indicator in indicators:
        for column, prefix, name in (
            ("level1", indicator.indicator[:2], indicator.level1),
            ("level2", indicator.indicator[:5], indicator.level2),
        ):
            known, row = names.setdefault(prefix, (name, indicator.row))
            if name and known != name:
                zh = f"{prefix} 在第 {row} 行名为“{known}”"
                yield _fault(indicator, column, "level.name", zh, f"{prefix} is called {known!r} in row {row}")


def _mixed(indicators: Sequence[Indicator]) -> Iterator[Fault]:
    """Under one level-2 code there is one category and one line."""
    first: dict[str, Indicator] = {}
    for indicator in indicators:
        known = first.setdefault(indicator.indicator[:5], indicator)
        for column in ("category", "line"):
            if getattr(known, column) != getattr(indicator, column):
                zh = f"同一二级指标下混用：第 {known.row} 行为 {getattr(known, column)}"
                en = f"row {known.row} of the same level 2 has {getattr(known, column)}"
                yield _fault(indicator, column, "level2.mixed", zh, en)


def _sums(indicators: Sequence[Indicator]) -> Iterator[Fault]:
    """Full points add up to exactly 100 per category × line × layer."""
    for category in CATEGORIES:
        for line in LINES if category == "professional" else (ALL_LINES,):
            for layer in LAYERS:
                group = [
                    one for one in indicators if (one.category, one.line) == (category, line) and layer in one.layers
                ]
                total = sum((one.full_points for one in group), Decimal(0))
                if total != FULL:
                    yield _sum_fault(group, category, line, layer, total)


def _sum_fault(group: Sequence[Indicator], category: str, line: str, layer: str, total: Decimal) -> Fault:
    where = "·".join(part for part in (CATEGORIES[category], LINES.get(line, ""), LAYERS[layer]) if part)
    return Fault(
        "indicators",
        group[0].row if group else 0,
        "full_points",
        "sum.not_100",
        f"{where}满分合计为 {total}，应为 100",
        f"full points of {category} × {line} × {layer} add up to {total}, not 100",
    )
