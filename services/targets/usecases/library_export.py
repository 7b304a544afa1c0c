"""A library as sheets: a workbook for people, or one sheet as the reference's own .csv. Both import back to the same."""

import base64
from collections.abc import Sequence
from typing import TypedDict

from services.targets.domain.cycles import Cycle
from services.targets.domain.headers import TITLES
from services.targets.domain.library_cells import (
    composite_cells,
    figure_cells,
    in_order,
    indicator_cells,
    model_cells,
)
from services.targets.domain.library_pages import headings, shown_composite, shown_indicators, shown_rows, words_of
from services.targets.domain.library_rows import indicator_columns
from services.targets.domain.model_rows import COMPOSITE_COLUMNS, FIGURE_COLUMNS, MODEL_COLUMNS
from services.targets.domain.pages import Page
from services.targets.domain.sheet import TextRow
from services.targets.sheets.writing import CSV, XLSX, csv_text, workbook
from services.targets.storage.library import Libraries
from services.targets.storage.lines import Lines
from services.targets.storage.units import Units
from services.targets.usecases.guards import known_cycle
from services.targets.usecases.indicators import seen_revision
from shared.actor import Actor
from shared.contracts.targets.commands.library import ExportLibrary
from shared.database import Session
from shared.errors import NotFound
from shared.vocabulary.library import CATEGORIES

_COLUMNS = {"models": MODEL_COLUMNS, "composite": COMPOSITE_COLUMNS, "machine_figures": FIGURE_COLUMNS}


class FileDocument(TypedDict):
    file_name: str
    media_type: str
    content: str  # in base64


def export_library(session: Session, actor: Actor, query: ExportLibrary) -> FileDocument:
    """Export the library."""
    cycle = known_cycle(session, actor, query["cycle"])
    revision = seen_revision(actor, cycle, query["library_revision"])
    sheets = _cells(session, actor, cycle, revision)
    columns = {**_COLUMNS, "indicators": indicator_columns(cycle.cycle)}
    if query["format"] == "csv":
        name = query["sheet"]
        content = csv_text(columns[name], in_order(sheets[name], columns[name]))
        return file_document(f"{name}-{cycle.cycle}.csv", CSV, content)
    return file_document(
        f"library-{cycle.cycle}-{revision}.xlsx", XLSX, workbook(_pages(session, actor, sheets, cycle))
    )


def file_document(name: str, media_type: str, content: bytes) -> FileDocument:
    return {"file_name": name, "media_type": media_type, "content": base64.b64encode(content).decode()}


def _cells(session: Session, actor: Actor, cycle: Cycle, revision: int) -> dict[str, list[TextRow]]:
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    model = libraries.model(revision)
    if model is None:
        raise NotFound("library.unknown", zh="没有该指标库版本", en="there is no such revision of the library")
    in_force = revision == cycle.library_revision
    weights, composite = (cycle.weights, cycle.composite) if in_force else (model.weights, model.composite)
    lines = Lines(session, actor.bureau).all()
    names = {unit.unit: unit.name for unit in Units(session, actor.bureau).all().values()}
    return {
        "indicators": [indicator_cells(one, cycle.cycle, names) for one in libraries.indicators(revision)],
        "models": model_cells(weights, lines),
        "composite": composite_cells(composite, model.definitions, lines),
        "machine_figures": figure_cells(model.figures),
    }


def _pages(session: Session, actor: Actor, sheets: dict[str, list[TextRow]], cycle: Cycle) -> list[Page]:
    lines = Lines(session, actor.bureau).all()
    assessors = [unit.name for unit in Units(session, actor.bureau).all().values() if unit.active]
    columns = indicator_columns(cycle.cycle)
    words = words_of("indicators", lines)
    items = shown_indicators(sheets["indicators"], columns, words)
    first = headings("indicators", columns, words, {"assessor": assessors})
    pages = [Page(TITLES["indicators"][0], first, items, frozen=4)]
    for name, numbers in (("models", tuple(CATEGORIES)), ("composite", ("weight",)), ("machine_figures", ())):
        pages.append(_page(name, sheets[name], numbers, lines))
    return pages


def _page(name: str, rows: list[TextRow], numbers: Sequence[str], lines: dict[str, str]) -> Page:
    columns, words = _COLUMNS[name], words_of(name, lines)
    composed = name == "composite"
    shown = shown_composite(rows, columns, lines) if composed else shown_rows(rows, columns, words, numbers)
    return Page(TITLES[name][0], headings(name, columns, words, {}), shown)
