"""What years' reports say in words: a row a version, none of which is ever written over."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, DateTime, Integer, Select, Table, Text, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.scoring.domain.report_text import ReportText
from services.scoring.storage.result_tables import improvement
from services.scoring.storage.tables import code_column, metadata, unit
from shared.pages import keyset
from shared.vocabulary.refusals import conflict

Row = dict[str, Any]
report_text = Table(
    "report_text",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("scope", key=True),  # bureau, unit
    code_column("target", key=True),  # the unit; empty for the bureau
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("summary", Text, nullable=False),
    Column("next_steps", Text, nullable=False),
    code_column("by"),
    Column("at", DateTime(timezone=True), nullable=False),
)
c = report_text.c


class ReportTexts:
    """The versions of one text."""

    def __init__(self, session: Session, bureau: str, cycle: str, scope: str, target: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle, "scope": scope, "target": target}

    def newest(self) -> ReportText | None:
        row = self._session.execute(self._mine().order_by(c.revision.desc()).limit(1)).mappings().first()
        return ReportText(**row) if row else None

    def add(self, one: ReportText) -> None:
        """Add a version; somebody else may have written the same one meanwhile."""
        made = insert(report_text).values(**asdict(one)).on_conflict_do_nothing().returning(c.revision)
        if self._session.execute(made).first() is None:
            raise conflict("report_text.changed", "总结刚被他人修改，请重试", "somebody wrote it meanwhile: try again")

    def page(self, query: Mapping[str, Any]) -> Row:
        """Return one page, the newest first."""
        order = [c.revision]
        place = {"after": query["after"], "limit": query["limit"], "descending": True}
        return keyset(self._session, self._mine(), order=order, **place)

    def _mine(self) -> Select[Any]:
        return select(report_text).filter_by(**self._key)


def is_unit(session: Session, bureau: str, code: str) -> bool:
    return bool(session.execute(select(exists().where(unit.c.bureau == bureau, unit.c.unit == code))).scalar_one())


def measures_of_units(session: Session, bureau: str, code: str, target: str | None) -> list[Row]:
    """Return what was proposed or ordered for units after the run, and for ``target`` alone where it is named; what is
    meant for one of the staff stands in the feedback."""
    m = improvement.c
    own = (m.bureau == bureau, m.run == code, m.layer != "person", or_(m.status == "proposed", m.status == "ordered"))
    chosen = select(improvement).where(*own).order_by(m.unit, m.deadline, m.improvement)
    if target is not None:
        chosen = chosen.where(m.subject == target)
    return [dict(row) for row in session.execute(chosen).mappings()]
