"""Cycles, indicators, claims and machine figures, read from the copies."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    RowMapping,
    Select,
    String,
    and_,
    any_,
    bindparam,
    func,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session

from rules import STRIKING
from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.organisation import Subject
from services.declarations.domain.prefill import Figures
from services.declarations.domain.words import ALL_LINES, BODY, OPEN_CYCLES, STATION
from services.declarations.storage import tables
from services.declarations.storage.copies import held, held_each, look_again
from services.declarations.storage.plausibility import bounds_in, plausible_bound
from shared.database import Row
from shared.errors import NotFound
from shared.vocabulary.refusals import invalid


class Library(dict[str, Indicator]):
    """Indicators by code; a code that is missing is refused for its row."""

    def __missing__(self, code: str) -> Indicator:
        raise invalid("indicator.unknown", f"没有指标 {code}", f"there is no indicator {code}", "indicator")


def need_cycle(session: Session, bureau: str, code: str) -> Cycle:
    """Return the cycle ``code``; ``NotFound`` where this bureau has none such."""
    cycle = find_cycle(session, bureau, code)
    if cycle is None:
        raise NotFound("cycle.unknown", zh=f"没有考核年度 {code}", en=f"there is no cycle {code}")
    return cycle


def find_cycle(session: Session, bureau: str, code: str) -> Cycle | None:
    """Return the cycle ``code``, where this bureau has it."""

    def read() -> Cycle | None:
        row = session.execute(_CYCLE, {"bureau": bureau, "cycle": code}).mappings().first()
        return _cycle(row) if row else None

    return held(session, bureau, ("cycle", bureau, code), read)


def lock_cycle(session: Session, bureau: str, code: str) -> None:
    """Lock the cycle: whoever changes what rules a cycle does so alone."""
    c = tables.cycle.c
    session.execute(select(c.cycle).where(c.bureau == bureau, c.cycle == code).with_for_update())
    look_again(session)


def open_cycle(session: Session, bureau: str) -> str | None:
    """Return the newest cycle in which work goes on."""
    cycle = tables.cycle
    statement = select(cycle.c.cycle).where(cycle.c.bureau == bureau, cycle.c.status.in_(["open", "closing"]))
    return session.execute(statement.order_by(cycle.c.cycle.desc()).limit(1)).scalar()


def open_cycles(session: Session, bureau: str) -> list[Cycle]:
    """Return those cycles in which work goes on."""
    c = tables.cycle.c
    statement = select(tables.cycle).where(c.bureau == bureau, c.status.in_(OPEN_CYCLES)).order_by(c.cycle)
    return [_cycle(row) for row in session.execute(statement).mappings()]


def indicators_by_code(session: Session, bureau: str, cycle: str, codes: Iterable[str]) -> Library:
    def read(missing: list[str]) -> Library:
        return _read(session, _BY_CODE, bureau, cycle, codes=missing)

    return Library(held_each(session, bureau, ("indicator", bureau, cycle), sorted(set(codes)), read))


def indicators_of(
    session: Session, bureau: str, cycle: str, subject: Subject, tools: Iterable[str], lines: Collection[str]
) -> Library:
    """Return the items of ``subject`` in ``lines`` (without vetoes) worked with one of ``tools``."""
    return _library(session, bureau, cycle, _suiting(subject, tools, lines))


def indicator_names(session: Session, bureau: str, cycle: str, wanted: Iterable[str]) -> dict[str, str]:
    """Return code -> what the indicator is called."""
    return {code: one.name for code, one in indicators_by_code(session, bureau, cycle, wanted).items()}


def items_by_line(
    session: Session, bureau: str, cycle: str, subject: Subject, tools: Iterable[str]
) -> dict[tuple[str, str], int]:
    """Count the items of all lines in which ``subject`` ever was: (line, frequency) -> how many."""
    c = tables.indicator.c
    statement = select(c.line, c.frequency, func.count().label("number")).where(
        c.bureau == bureau, c.cycle == cycle, _suiting(subject, tools, subject.lines)
    )
    rows = session.execute(statement.group_by(c.line, c.frequency))
    return {(row.line, row.frequency): row.number for row in rows}


def _suiting(subject: Subject, tools: Iterable[str], lines: Collection[str]) -> ColumnElement[bool]:
    """The same as ``Indicator.suits``."""
    c = tables.indicator.c
    own = true() if subject.layer == STATION else c.line.in_([ALL_LINES, *sorted(lines)])
    layer = c.layers.contains([subject.layer])
    return and_(c.tool.in_(list(tools)), c.rule.not_in(STRIKING), c.active.is_(True), layer, own)


def all_indicators(session: Session, bureau: str, cycle: str, tools: Iterable[str]) -> Library:
    """Return every item of the cycle (without vetoes) worked with one of ``tools``."""
    c = tables.indicator.c
    return _library(session, bureau, cycle, c.tool.in_(list(tools)) & (c.rule.not_in(STRIKING)) & c.active)


def targets_of(session: Session, bureau: str, cycle: str, subjects: Iterable[str]) -> dict[tuple[str, str], Decimal]:
    """Return (subject, indicator) -> the quantity claimed."""
    rows = session.execute(_TARGETS, {"bureau": bureau, "cycle": cycle, "codes": sorted(set(subjects))})
    return {(row.subject, row.indicator): row.target for row in rows}


def with_targets(session: Session, bureau: str, cycle: str, rows: Sequence[Row]) -> list[Row]:
    """Return rows of a cycle with the ``target`` their subjects claimed of their items, None without one."""
    targets = targets_of(session, bureau, cycle, {row["subject"] for row in rows})
    return [{**row, "target": targets.get((row["subject"], row["indicator"]))} for row in rows]


def released_by(session: Session, bureau: str, cycle: str, subjects: Iterable[str]) -> set[tuple[str, str]]:
    """Return (subject, indicator) of the claims that were given back."""
    c = tables.claim.c
    here = (c.bureau == bureau, c.cycle == cycle, c.subject.in_(sorted(set(subjects))))
    return {
        (row.subject, row.indicator)
        for row in session.execute(select(c.subject, c.indicator).where(*here, c.status == "released"))
    }


class MachineFigures:
    """The figures of some subjects and months, read once."""

    def __init__(self, session: Session, bureau: str, wanted: Iterable[tuple[str, str]]) -> None:
        """``wanted``: pairs of subject and month."""
        c = tables.figures.c
        pairs = sorted(set(wanted))
        statement = select(c.subject, c.month, c.source, c.figures).where(
            c.bureau == bureau, tuple_(c.subject, c.month).in_(pairs)
        )
        self._known: dict[tuple[str, str], dict[str, Figures]] = {}
        for row in session.execute(statement) if pairs else ():
            months = self._known.setdefault((row.subject, row.source), {})
            months[row.month] = {figure: _numbers(counts) for figure, counts in row.figures.items()}

    def of(self, subject: str, source: str) -> dict[str, Figures]:
        """Return month -> figure -> counts"""
        return self._known.get((subject, source), {})


def _library(session: Session, bureau: str, cycle: str, condition: Any) -> Library:
    return _read(session, _INDICATORS.where(condition), bureau, cycle)


def _read(session: Session, statement: Select[Any], bureau: str, cycle: str, **more: Any) -> Library:
    rows = session.execute(statement, {"bureau": bureau, "cycle": cycle, **more}).mappings()
    return Library((row["indicator"], _indicator(row)) for row in rows)


def _indicators() -> Select[Any]:
    indicator, unit = tables.indicator, tables.unit
    assessor = (unit.c.bureau == indicator.c.bureau) & (unit.c.unit == indicator.c.assessor)
    bounds = plausible_bound.c
    bounded = and_(*(bounds[name] == indicator.c[name] for name in ("bureau", "cycle", "indicator")))
    return (
        select(indicator, unit.c.kind, bounds.confirm_above, bounds.refuse_above)
        .outerjoin(unit, assessor)
        .outerjoin(plausible_bound, bounded)
        .where(indicator.c.bureau == _BUREAU, indicator.c.cycle == _YEAR)
        .order_by(indicator.c.indicator)
    )


def _targets() -> Select[Any]:
    c = tables.claim.c
    here = (c.bureau == _BUREAU, c.cycle == _YEAR, c.subject == any_(_CODES))
    return select(c.subject, c.indicator, c.target).where(*here, c.status == "claimed", c.target.is_not(None))


# Made once: every batch of declarations asks these.
_BUREAU, _YEAR = bindparam("bureau", type_=String), bindparam("cycle", type_=String)
_CODES = bindparam("codes", type_=ARRAY(String))
_CYCLE = select(tables.cycle).where(tables.cycle.c.bureau == _BUREAU, tables.cycle.c.cycle == _YEAR)
_INDICATORS = _indicators()
_BY_CODE = _INDICATORS.where(tables.indicator.c.indicator == any_(_CODES))
_TARGETS = _targets()


def _indicator(row: RowMapping) -> Indicator:
    own = {name: row[name] for name in Indicator.__dataclass_fields__ if name in row}
    more = {"assessed_by_body": row["kind"] == BODY, "bounds": bounds_in(row["confirm_above"], row["refuse_above"])}
    return Indicator(**{**own, "layers": tuple(row["layers"]), **more})


def _cycle(row: RowMapping) -> Cycle:
    periods = [
        Period(one["code"], one["frequency"], date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"]))
        for one in row["periods"]
    ]
    calendar = {date.fromisoformat(day): worked for day, worked in row["calendar"].items()}
    return Cycle(row["cycle"], row["status"], row["rounding"], {period.code: period for period in periods}, calendar)


def _numbers(counts: dict[str, str]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in counts.items()}
