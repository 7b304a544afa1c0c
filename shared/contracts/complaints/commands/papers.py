"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict
from uuid import UUID


class KeptFiles(TypedDict):
    docx_sha256: str
    docx_size: int
    paper: UUID
    pdf_sha256: str
    pdf_size: int


class NewPaper(TypedDict):
    case: UUID
    contact: str
    corrects: UUID | None
    kind: str
    party: str | None
    phone: str
    text: str


class PaperFile(TypedDict):
    case: UUID
    format: str
    paper: UUID


class PaperNumbersQuery(TypedDict):
    after: str | None
    kind: str
    limit: int
    total: bool
    unit: str
    year: int


class PaperWordEntry(TypedDict):
    unit: str
    word: str


class PaperWordEntries(TypedDict):
    words: list[PaperWordEntry]


class VoidedPaper(TypedDict):
    case: UUID
    paper: UUID
    why: str
