"""A library laid out for people: Chinese headings and words, levels that fold, lists to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rules import PERCENT
from services.targets.domain.headers import label
from services.targets.domain.model_rows import KNOWN_FIGURES, TARGETS, components
from services.targets.domain.pages import Heading, Shown
from services.targets.domain.sheet import TextRow
from shared.vocabulary.library import CATEGORIES, FREQUENCIES, NATURES, RULES, SOURCES, TOOLS
from shared.vocabulary.organisation import LAYERS, with_all

_WIDTHS = {
    "code": 11,
    "level1": 18,
    "level2": 18,
    "name": 26,
    "layers": 20,
    "rule_params": 36,
    "assessor": 16,
    "evidence": 30,
    "standard": 60,
    "basis": 30,
    "definition": 60,
    "line": 16,
    "duties": 60,
    "notes": 40,
    "title": 26,
    "figure": 26,
    "component": 18,
}


def words_of(sheet: str, lines: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Return column -> word -> what people call it, for the columns with closed lists."""
    if sheet == "indicators":
        return {
            "category": CATEGORIES,
            "nature": NATURES,
            "tool": TOOLS,
            "line": with_all(lines),
            "rule": RULES,
            "frequency": FREQUENCIES,
            "source": SOURCES,
        }
    if sheet == "models":
        return {"layer": LAYERS, "line": lines}
    if sheet == "composite":
        return {"target": TARGETS}
    return {"figure": {figure: figure for figure in KNOWN_FIGURES}} if sheet == "machine_figures" else {}


def headings(
    sheet: str, columns: Sequence[str], words: Mapping[str, Mapping[str, str]], more: Mapping[str, Sequence[str]]
) -> list[Heading]:
    """Return the headings; ``more``: further columns with something to choose from, as they are written."""
    offered = {column: tuple(names.values()) for column, names in words.items()}
    offered |= {column: tuple(names) for column, names in more.items()}
    return [Heading(label(sheet, column), _WIDTHS.get(column, 12), offered.get(column, ())) for column in columns]


def shown_rows(
    rows: Sequence[TextRow], columns: Sequence[str], words: Mapping[str, Mapping[str, str]], numbers: Sequence[str]
) -> Iterator[Shown]:
    for row in rows:
        yield Shown(_cells(row, columns, words, numbers))


def shown_indicators(
    rows: Sequence[TextRow], columns: Sequence[str], words: Mapping[str, Mapping[str, str]]
) -> Iterator[Shown]:
    """Yield every level under a heading of its own, which reading the sheet again leaves out."""
    numbers = [name for name in columns if name.startswith(("history_", "target_"))]
    shares = frozenset(columns.index(name) for name in numbers)
    level1 = level2 = ""
    for row in rows:
        code = row["code"]
        if code[:2] != level1:
            yield _heading(columns, code[:2], "level1", row["level1"], 0)
        if code[:5] != level2:
            yield _heading(columns, code[:5], "level2", row["level2"], 1)
        level1, level2 = code[:2], code[:5]
        cells = _cells(row, columns, words, (*numbers, "full_points", "per_person_cap"))
        yield Shown(cells, 2, percents=shares if row["measure_unit"] == PERCENT else frozenset())


def shown_composite(rows: Sequence[TextRow], columns: Sequence[str], lines: Mapping[str, str]) -> Iterator[Shown]:
    """Yield the components of the bureau's scores; what a component is called depends on its target."""
    parts = components(lines)
    for row in rows:
        words = {"target": TARGETS, "component": parts[row["target"]]}
        yield Shown(_cells(row, columns, words, ("weight",)))


def _cells(
    row: TextRow, columns: Sequence[str], words: Mapping[str, Mapping[str, str]], numbers: Sequence[str]
) -> list[str | Decimal | None]:
    shown: list[str | Decimal | None] = []
    for column in columns:
        text = row[column]
        if column == "layers":
            shown.append("|".join(LAYERS[layer] for layer in text.split("|")))
        elif column in numbers and text:
            shown.append(Decimal(text))
        else:
            shown.append(words.get(column, {}).get(text, text))
    return shown


def _heading(columns: Sequence[str], code: str, column: str, name: str, level: int) -> Shown:
    cells = ["" for _ in columns]
    cells[columns.index("code")], cells[columns.index(column)] = code, name
    return Shown(cells, level, heading=True)
