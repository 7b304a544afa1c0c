"""Papers in their table, and the counters that number them."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.storage.paper_tables import case_papers, paper_counters, paper_words
from services.complaints.storage.sealing import Seal, own_key
from services.complaints.storage.tables import cases
from shared.contracts.complaints.commands.papers import PaperNumbersQuery
from shared.database import Row
from shared.jsontext import canonical, loads
from shared.pages import keyset

c = case_papers.c
_HIDDEN = ("bureau", "content", "content_sha256")
_SHOWN = [column for column in case_papers.c if column.name not in _HIDDEN]


class Papers:
    """Those of one bureau."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def next_number(self, unit: str, year: int, kind: str) -> int:
        """Return the next number of a series. Its row stays locked until this transaction ends, and what is taken back was never
        given: so no number comes twice, and none is left out."""
        first = insert(paper_counters).values(bureau=self._bureau, unit=unit, year=year, kind=kind, last=1)
        again = first.on_conflict_do_update(
            index_elements=["bureau", "unit", "year", "kind"], set_={"last": paper_counters.c.last + 1}
        )
        return int(self._session.execute(again.returning(paper_counters.c.last)).scalar_one())

    def add(self, row: Row, content: Mapping[str, Any]) -> str:
        """Keep a new paper; returns the SHA-256 of its content."""
        plain = canonical(content)
        digest = hashlib.sha256(plain).hexdigest()
        sealed = self._seal().seal(plain, row["paper"])
        told = {**row, "bureau": self._bureau, "content": sealed, "content_sha256": digest}
        self._session.execute(insert(case_papers).values(**told))
        return digest

    def of_case(self, code: str) -> list[Row]:
        rows = self._session.execute(self._told().where(c.code == code).order_by(c.made_at, c.text)).mappings()
        return [dict(row) for row in rows]

    def one(self, paper: str, *, lock: bool = False) -> Row | None:
        chosen = self._told().where(c.paper == paper)
        row = self._session.execute(chosen.with_for_update(of=case_papers) if lock else chosen).mappings().first()
        return dict(row) if row else None

    def content(self, paper: str) -> Row:
        """Return what the paper was made from, as it was archived."""
        sealed = self._session.execute(select(c.content).where(c.bureau == self._bureau, c.paper == paper)).scalar_one()
        told: Row = loads(self._seal().open(sealed, paper))
        return told

    def keep_files(self, paper: str, files: Mapping[str, Any]) -> None:
        self._change(paper, files)

    def void(self, paper: str, at: datetime, by: str, why: str) -> None:
        self._change(paper, {"voided_at": at, "voided_by": by, "why": why})

    def page(self, query: PaperNumbersQuery) -> Row:
        """Return one page of a series, every number that was ever given, voided ones too."""
        statement = self._told().where(c.unit == query["unit"], c.year == query["year"], c.kind == query["kind"])
        return keyset(
            self._session, statement, order=[c.number], after=query["after"], limit=query["limit"], total=query["total"]
        )

    def unexplained(self, unit: str, year: int, kind: str) -> list[int]:
        """Return the numbers of a series that no row explains: none, as long as nobody takes rows away."""
        series = (
            func.generate_series(1, self._last(unit, year, kind)).table_valued("number").render_derived(name="every")
        )
        own = select(c.number).where(c.bureau == self._bureau, c.unit == unit, c.year == year, c.kind == kind)
        chosen = select(series.c.number).where(series.c.number.not_in(own)).order_by(series.c.number)
        return list(self._session.scalars(chosen))

    def hold_words(self) -> None:
        """Let nobody else give a unit its word until this transaction ends."""
        name = {"name": f"complaints paper words {self._bureau}"}
        self._session.execute(sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name)

    def words(self) -> dict[str, str]:
        """Return unit → the word that was set for it."""
        chosen = select(paper_words.c.unit, paper_words.c.word).where(paper_words.c.bureau == self._bureau)
        return {row.unit: row.word for row in self._session.execute(chosen)}

    def used_by_others(self, unit: str, word: str) -> bool:
        """Tell whether another unit has the word, or has ever numbered with it."""
        own = paper_words.c.bureau == self._bureau, paper_words.c.unit != unit, paper_words.c.word == word
        past = c.bureau == self._bureau, c.unit != unit, c.word == word
        asked = select(func.count()).select_from(paper_words).where(*own), select(func.count()).where(*past)
        return any(self._session.scalar(one) for one in asked)

    def set_word(self, unit: str, word: str) -> None:
        new = insert(paper_words).values(bureau=self._bureau, unit=unit, word=word)
        self._session.execute(new.on_conflict_do_update(index_elements=["bureau", "unit"], set_={"word": word}))

    def _seal(self) -> Seal:
        """Return the seal of what is never altered, so never sealed anew: the installation's secret alone (decision 1602)."""
        return Seal(self._bureau, "papers", own_key())

    def _last(self, unit: str, year: int, kind: str) -> int:
        k = paper_counters.c
        chosen = select(k.last).where(k.bureau == self._bureau, k.unit == unit, k.year == year, k.kind == kind)
        return int(self._session.scalar(chosen) or 0)

    def _change(self, paper: str, values: Mapping[str, Any]) -> None:
        self._session.execute(update(case_papers).where(c.bureau == self._bureau, c.paper == paper).values(**values))

    def _told(self) -> Any:
        of = (cases.c.bureau == c.bureau) & (cases.c.code == c.code)
        joined = case_papers.join(cases, of)
        return select(*_SHOWN, cases.c.number.label("case_number")).select_from(joined).where(c.bureau == self._bureau)
