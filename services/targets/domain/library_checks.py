"""What the rows of a library owe to each other (data/README.md §三, 1 and 2), and what deserves a second look (4)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from services.targets.domain.faults import Fault
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_rows import CODE
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import ALL_LINES, LAYERS, LINES

FULL = Decimal(100)


def check_library(
    indicators: Sequence[Indicator], lines: Mapping[str, str] = LINES, earlier: Mapping[str, str] | None = None
) -> list[Fault]:
    """Check the library for faults between rows; rows whose own code cannot be read are left to
    their own fault. ``lines``: code -> name.

    ``earlier``: code -> name in the revisions that the year began with. Work is done under these codes already: they
    may fall away and leave a gap, but not pass to another item.
    """
    coded = [indicator for indicator in indicators if CODE.fullmatch(indicator.indicator)]
    return [
        *_duplicates(coded, "code", "code.duplicate", lambda one: one.indicator),
        *_duplicates(indicators, "name", "name.duplicate", lambda one: one.name),
        *_gaps(coded, frozenset(earlier or ())),
        *_renumbered(coded, earlier or {}),
        *_level_names(coded),
        *_mixed(coded),
        *_sums(indicators, lines),
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


def _gaps(indicators: Sequence[Indicator], retired: frozenset[str]) -> Iterator[Fault]:
    """Codes count from 01 without a gap on each of the three levels; ``retired`` ones count as being there."""
    present = {one.indicator: one for one in indicators}
    previous = (0, 0, 0)
    for text in sorted({*present, *retired}):
        level1, level2, level3 = (int(part) for part in text.split("-"))
        code = (level1, level2, level3)
        expected = (
            (previous[0], previous[1], previous[2] + 1),
            (previous[0], previous[1] + 1, 1),
            (previous[0] + 1, 1, 1),
        )
        if code not in (expected if previous != (0, 0, 0) else expected[2:]) and text in present:
            told = "-".join(f"{part:02d}" for part in previous)
            yield _fault(present[text], "code", "code.gap", f"编码不连续：{told} 之后跳号", f"codes jump after {told}")
        previous = code


def _renumbered(indicators: Sequence[Indicator], earlier: Mapping[str, str]) -> Iterator[Fault]:
    """An item that stays keeps its code: claims and declarations are kept under it."""
    codes = {name: code for code, name in earlier.items()}
    for indicator in indicators:
        known = codes.get(indicator.name, indicator.indicator)
        if known != indicator.indicator:
            zh, en = (
                f"该指标原编码为 {known}，年度内不得改号",
                f"this item's code was {known}; within a year it keeps it",
            )
            yield _fault(indicator, "code", "code.renumbered", zh, en)


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


def _sums(indicators: Sequence[Indicator], lines: Mapping[str, str]) -> Iterator[Fault]:
    """Full points add up to exactly 100 per category × line × layer."""
    groups: dict[tuple[str, str, str], list[Indicator]] = {}
    for one in indicators:
        for layer in one.layers:
            groups.setdefault((one.category, one.line, layer), []).append(one)
    for category in CATEGORIES:
        for line in lines if category == "professional" else (ALL_LINES,):
            for layer in LAYERS:
                group = groups.get((category, line, layer), [])
                total = sum((one.full_points for one in group), Decimal(0))
                if total != FULL:
                    where = "·".join(
                        part for part in (CATEGORIES[category], lines.get(line, ""), LAYERS[layer]) if part
                    )
                    yield _sum_fault(group, where, f"{category} × {line} × {layer}", total)


def _sum_fault(group: Sequence[Indicator], zh: str, en: str, total: Decimal) -> Fault:
    return Fault(
        "indicators",
        group[0].row if group else 0,
        "full_points",
        "sum.not_100",
        f"{zh}满分合计为 {total}，应为 100",
        f"full points of {en} add up to {total}, not 100",
    )
