"""A file that cannot be read as a sheet."""


class Unreadable(Exception):
    """``row`` counts as a spreadsheet does; 0 where the file as a whole is meant."""

    def __init__(self, code: str, zh: str, en: str, *, row: int = 0, column: str = "") -> None:
        super().__init__(en)
        self.code, self.zh, self.en, self.row, self.column = code, zh, en, row, column
