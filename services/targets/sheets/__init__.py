"""Reading what an office uploads, .csv or .xlsx, into rows of text."""

from services.targets.sheets.reading import SheetFile, read_sheet

__all__ = ["SheetFile", "read_sheet"]
