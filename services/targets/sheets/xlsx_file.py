"""One worksheet of an .xlsx workbook, found by its title."""

from collections.abc import Collection, Iterator, Sequence

from services.targets.domain.headers import tidy
from services.targets.sheets.plain_xlsx import plain_rows
from shared.sheets.merged import marked, merged_in
from shared.sheets.workbook import check_size, filled, opened, page_rows


def xlsx_rows(data: bytes, titles: Collection[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield rows of the worksheet that has one of ``titles``, of the first visible one where none has."""
    check_size(data)
    plain = plain_rows(data, titles)
    if plain is not None:
        yield from filled(plain)
        return
    with opened(data) as book:
        page = next((one for one in book.worksheets if tidy(one.title) in titles), None)
        page = page or next(one for one in book.worksheets if one.sheet_state == "visible")
        yield from marked(page_rows(page), merged_in(page))


def titles_of(data: bytes) -> list[str]:
    """Return the titles of a workbook's worksheets, tidied."""
    with opened(data) as book:
        return [tidy(one.title) for one in book.worksheets]
