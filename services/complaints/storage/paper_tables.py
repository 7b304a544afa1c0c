"""Tables of 文书: the papers of cases with their numbers, the counters that give these, and the words that units put before them."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.complaints.storage.tables import metadata

__all__ = ["case_papers", "metadata", "paper_counters", "paper_words"]


def _code(name: str, length: int = 20, *, key: bool = False, nullable: bool = False) -> Column[str]:
    return Column(name, String(length), primary_key=key, nullable=nullable)


# A trigger of the migration keeps it: nothing of a paper changes but that its files are kept, once, and that it is voided, once.
case_papers = Table(
    "case_papers",
    metadata,
    _code("bureau", key=True),
    _code("paper", 36, key=True),
    _code("code", 36),  # the case
    _code("kind", 30),
    _code("unit"),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # its place in the unit's series of the year and kind
    _code("word", 30),  # of the unit, as it was when the number was given
    _code("text", 100),  # the number as it reads
    _code("party", 20, nullable=True),
    _code("corrects", 36, nullable=True),
    Column("content", LargeBinary, nullable=False),  # sealed: it names who complained
    _code("content_sha256", 64),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by", Text, nullable=False),
    _code("person", nullable=True),
    _code("pdf_sha256", 64, nullable=True),
    Column("pdf_size", BigInteger),
    _code("docx_sha256", 64, nullable=True),
    Column("docx_size", BigInteger),
    Column("voided_at", DateTime(timezone=True)),
    Column("voided_by", Text),
    Column("why", Text, nullable=False, server_default=""),
    UniqueConstraint("bureau", "unit", "year", "kind", "number", name="uq_case_papers_number"),
    UniqueConstraint("bureau", "text", name="uq_case_papers_text"),
    Index("ix_case_papers_case", "bureau", "code"),
    Index("ix_case_papers_corrects", "bureau", "corrects", postgresql_where=text("corrects IS NOT NULL")),
)

paper_counters = Table(
    "paper_counters",
    metadata,
    _code("bureau", key=True),
    _code("unit", key=True),
    Column("year", Integer, primary_key=True),
    _code("kind", 30, key=True),
    Column("last", Integer, nullable=False),
)

paper_words = Table(
    "paper_words",
    metadata,
    _code("bureau", key=True),
    _code("unit", key=True),
    _code("word", 30),
    UniqueConstraint("bureau", "word", name="uq_paper_words_word"),
)
