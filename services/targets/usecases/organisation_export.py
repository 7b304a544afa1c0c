"""The organisation as sheets: a workbook for people, or one sheet as .csv. Both import back to the same."""

from services.targets.domain import permissions
from services.targets.domain.headers import TITLES
from services.targets.domain.library_cells import in_order
from services.targets.domain.library_pages import headings, shown_rows
from services.targets.domain.line_rows import LINE_COLUMNS
from services.targets.domain.organisation_cells import (
    line_cells,
    person_cells,
    position_cells,
    unit_cells,
    words_of,
)
from services.targets.domain.organisation_rows import OPTIONAL_UNIT_COLUMNS, POSITION_COLUMNS, UNIT_COLUMNS
from services.targets.domain.pages import Page
from services.targets.domain.person_rows import OPTIONAL_PERSON_COLUMNS, PERSON_COLUMNS
from services.targets.domain.sheet import TextRow
from services.targets.sheets.writing import CSV, XLSX, csv_text, workbook
from services.targets.storage.lines import Lines
from services.targets.storage.persons import Persons
from services.targets.storage.units import Positions, Units
from services.targets.usecases.guards import need
from services.targets.usecases.library_export import FileDocument, file_document
from shared.actor import Actor
from shared.contracts.targets.commands.organisation import ExportOrganisation
from shared.database import Session
from shared.vocabulary.organisation import UNIT_KINDS

_COLUMNS = {
    "lines": LINE_COLUMNS,
    "organisation": (*UNIT_COLUMNS, *OPTIONAL_UNIT_COLUMNS),
    "positions": POSITION_COLUMNS,
    "persons": (*PERSON_COLUMNS, *OPTIONAL_PERSON_COLUMNS),
}


def export_organisation(session: Session, actor: Actor, query: ExportOrganisation) -> FileDocument:
    """Export the organisation; the staff's history is for those who keep it."""
    need(permissions.may_manage_organisation(actor))
    lines, units = Lines(session, actor.bureau).all(), Units(session, actor.bureau).all()
    positions, kinds = Positions(session, actor.bureau).all(), list(UNIT_KINDS)  # the order in which offices list them
    sheets: dict[str, list[TextRow]] = {
        "lines": line_cells(lines),
        "organisation": unit_cells(sorted(units.values(), key=lambda one: (kinds.index(one.kind), one.unit))),
        "positions": position_cells(
            sorted(positions.values(), key=lambda one: (kinds.index(one.unit_kind), one.position))
        ),
        "persons": person_cells(Persons(session, actor.bureau).some().values()),
    }
    if query["format"] == "csv":
        name = query["sheet"]
        columns = _csv_columns(name, sheets[name])
        return file_document(f"{name}.csv", CSV, csv_text(columns, in_order(sheets[name], columns)))
    pages = [_page(name, rows, lines) for name, rows in sheets.items()]
    return file_document("organisation.xlsx", XLSX, workbook(pages))


def _csv_columns(name: str, rows: list[TextRow]) -> tuple[str, ...]:
    """As the reference has them; a closed unit needs its own column."""
    if name == "organisation" and all(row["active"] == "yes" for row in rows):
        return UNIT_COLUMNS
    return _COLUMNS[name]


def _page(name: str, rows: list[TextRow], lines: dict[str, str]) -> Page:
    columns, words = _COLUMNS[name], words_of(name, lines)
    return Page(TITLES[name][0], headings(name, columns, words, {}), shown_rows(rows, columns, words, ()), frozen=2)
