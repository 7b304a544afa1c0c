"""Reading what an office uploads, .csv or .xlsx, into rows of text."""

from services.targets.sheets.reading import SheetFile, parts_of, read_sheet

__all__ = ["SheetFile", "parts_of", "read_sheet"]
