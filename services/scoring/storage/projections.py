"""Copies of what targets owns: organisation, cycles, the library."""

# ruff: noqa: S608  # statements are put together from the names of our own tables and columns only

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, TextClause, exists, select, text, tuple_
from sqlalchemy.orm import Session

from services.scoring.domain.frame import RAW
from services.scoring.domain.run import is_freezable
from services.scoring.domain.series import frame_until
from services.scoring.storage import tables
from services.scoring.storage.bureau_rules import rules_of
from services.scoring.storage.plain import plain
from services.scoring.storage.touched import note, pairs_of
from shared.database import upsert_newer
from shared.vocabulary.refusals import conflict, missing

Row = dict[str, Any]
PLACE = ("subject", "indicator")  # what a standing is found by
COMPOSITES = ("person", "division", "station", "station_lines", "bureau")


def keep(session: Session, table: Table, rows: Sequence[Row], key: Sequence[str]) -> None:
    """Take newer states, and make every standing that rests on them stale."""
    before = _as_they_were(session, table, rows, key) if "subject" in table.c and "subject" not in key else []
    written = upsert_newer(session, table, rows, key=key)
    touched: dict[tuple[str, str], list[Row]] = {}
    for row in [*before, *written] if written else []:
        touched.setdefault((row["bureau"], row.get("cycle", "")), []).append(row)
    for (bureau, cycle), own in sorted(touched.items()):
        note(session, bureau, cycle, pairs_of(table.name, own))


def _as_they_were(session: Session, table: Table, rows: Sequence[Row], key: Sequence[str]) -> list[Row]:
    """Should a state be of another subject or indicator than before, both are touched."""
    given = {name: [row[name] for row in rows] for name in (*key, *PLACE)}
    return [dict(row) for row in session.execute(_elsewhere(table, tuple(key)), given).mappings()]


@cache
def _elsewhere(table: Table, key: tuple[str, ...]) -> TextClause:
    """States that stand at another place than the given ones. Arrays: the planner sees how long they are, and takes the index."""
    names = (*key, *PLACE)
    given = ", ".join(f"CAST(:{name} AS text[])" for name in names)
    same = " AND ".join(f"old.{name} = given.{name}" for name in key)
    return text(
        f"SELECT old.bureau, old.cycle, old.subject, old.indicator FROM unnest({given}) AS given ({', '.join(names)})"
        f" JOIN {table.fullname} old ON {same} AND (old.subject, old.indicator) <> (given.subject, given.indicator)"
    )


def version_of(session: Session, bureau: str, cycle: str) -> str:
    """Return the version, which names everything that a standing of ``cycle`` rests on: ``<organisation>.<cycle>``."""
    version = tables.facts_version
    keys = [(bureau, ""), (bureau, cycle)]
    rows = session.execute(select(version).where(tuple_(version.c.bureau, version.c.cycle).in_(keys)))
    numbers = {row.cycle: row.version for row in rows}
    return f"{numbers.get('', 0)}.{numbers.get(cycle, 0)}"


def cycle_of(session: Session, bureau: str, code: str) -> Row:
    """Return the cycle's row; ``NotFound`` for one that is not known here."""
    cycle = tables.cycle
    found = session.execute(select(cycle).where(cycle.c.bureau == bureau, cycle.c.cycle == code)).mappings().first()
    if found is None:
        raise missing("cycle.unknown", f"没有考核年度 {code}", f"there is no cycle {code}")
    return dict(found)


def read_frame(session: Session, bureau: str, code: str, *, as_of: date | None = None) -> Row:
    """Return the frame as JSON (domain/frame.py), in one order whatever order its states came in.

    ``as_of``: while the cycle goes on, only the periods that had ended before this day are due.
    """
    cycle = cycle_of(session, bureau, code)
    _check_model(cycle["rules"])
    evaluations = evaluations_of(session, bureau, code)
    beside: Row = {} if evaluations == RAW else {"evaluations": evaluations}  # older inputs keep their hashes
    if least := rules_of(session, bureau).all().on("commend_from", cycle["ends"]):
        beside["commend_from"] = least
    frame = {
        "cycle": {
            "cycle": code,
            "starts": plain(cycle["starts"]),
            "ends": plain(cycle["ends"]),
            **cycle["rules"],
            **beside,
        },
        "units": _units(session, bureau),
        "persons": _persons(session, bureau, cycle["starts"], cycle["ends"]),
        "indicators": _indicators(session, bureau, code),
    }
    return frame if as_of is None or is_freezable(cycle["status"]) else frame_until(frame, as_of - timedelta(days=1))


def units_of(session: Session, bureau: str, subjects: Collection[str]) -> dict[str, str]:
    """Return subject -> the unit it is, or the one a person was assigned to last."""
    person, unit = tables.person.c, tables.unit.c
    chosen = select(person.person, person.assignments).where(person.bureau == bureau, person.person.in_(subjects))
    rows = session.execute(chosen)
    found = {code: max(own, key=lambda one: str(one["starts"]))["unit"] for code, own in rows if own}
    units = session.scalars(select(unit.unit).where(unit.bureau == bureau, unit.unit.in_(subjects)))
    return {**found, **{code: code for code in units}}


def unit_within(session: Session, bureau: str, code: str, subject: str) -> str | None:
    """Return the unit that ``subject`` is, or the one a person was in last within the cycle ``code``."""
    cycle, person = cycle_of(session, bureau, code), tables.person.c
    chosen = select(person.assignments).where(person.bureau == bureau, person.person == subject)
    assignments = session.execute(chosen).scalar()
    if assignments is None:
        return units_of(session, bureau, [subject]).get(subject)
    stays = _stays(assignments, plain(cycle["starts"]), plain(cycle["ends"]))
    return str(stays[-1]["unit"]) if stays else None


def active_unit_within(session: Session, bureau: str, cycle: str, subject: str) -> str | None:
    """Return the same, None where the person or unit is not active."""
    person, unit = tables.person.c, tables.unit.c
    known = exists().where(person.bureau == bureau, person.person == subject, person.active)
    there = exists().where(unit.bureau == bureau, unit.unit == subject, unit.active)
    if not session.execute(select(known | there)).scalar_one():
        return None
    return unit_within(session, bureau, cycle, subject)


def evaluations_of(session: Session, bureau: str, code: str) -> str:
    """Tell which evaluations the cycle's model counts."""
    model = tables.model
    chosen = select(model.c.evaluations).where(model.c.bureau == bureau, model.c.cycle == code)
    return session.execute(chosen).scalar() or RAW


def names(session: Session, bureau: str, codes: Collection[str]) -> dict[str, str]:
    """Return names of units and persons, as they are today."""
    found: dict[str, str] = {}
    for table, code in ((tables.unit, tables.unit.c.unit), (tables.person, tables.person.c.person)):
        chosen = select(code, table.c.name).where(table.c.bureau == bureau, code.in_(codes))
        found.update({row[0]: row[1] for row in session.execute(chosen)})
    return found


def _check_model(rules: Mapping[str, Any]) -> None:
    if not all(rules["composite"].get(target) for target in COMPOSITES) or not rules["weights"]:
        raise conflict("cycle.no_model", "该考核年度还没有权重模型", "the cycle has no model of weights yet")


def _units(session: Session, bureau: str) -> list[Row]:
    unit = tables.unit
    chosen = select(unit.c.unit, unit.c.kind, unit.c.line).where(unit.c.bureau == bureau, unit.c.active)
    return [dict(row) for row in session.execute(chosen.order_by(unit.c.unit.collate("C"))).mappings()]


def _persons(session: Session, bureau: str, starts: date, ends: date) -> list[Row]:
    person = tables.person
    chosen = select(person.c.person, person.c.assignments).where(person.c.bureau == bureau, person.c.active)
    rows = session.execute(chosen.order_by(person.c.person.collate("C")))
    return [{"person": code, "stays": _stays(assignments, plain(starts), plain(ends))} for code, assignments in rows]


def _stays(assignments: Sequence[Row], starts: str, ends: str) -> list[Row]:
    """The assignments cut to the cycle; what lies outside it, later moves above all, does not touch its scores."""
    cut = ({**one, "starts": max(one["starts"], starts), "ends": min(one["ends"] or ends, ends)} for one in assignments)
    return sorted((one for one in cut if one["starts"] <= one["ends"]), key=lambda one: str(one["starts"]))


def _indicators(session: Session, bureau: str, cycle: str) -> list[Row]:
    indicator = tables.indicator
    chosen = select(indicator.c.item).where(
        indicator.c.bureau == bureau, indicator.c.cycle == cycle, indicator.c.active
    )
    return [row.item for row in session.execute(chosen.order_by(indicator.c.indicator.collate("C")))]


def item_of(session: Session, bureau: str, cycle: str, code: str) -> Row:
    """Return what is known here of an active indicator."""
    indicator = tables.indicator
    own = (indicator.c.bureau == bureau, indicator.c.cycle == cycle, indicator.c.indicator == code, indicator.c.active)
    found = session.execute(select(indicator.c.item).where(*own)).scalar()
    if found is None:
        raise missing("indicator.unknown", f"{cycle} 年度没有指标 {code}", f"there is no indicator {code}")
    item: Row = found
    return item


def open_cycle_of(session: Session, bureau: str, code: str) -> Row:
    found = cycle_of(session, bureau, code)
    if found["status"] != "open":
        raise conflict("cycle.not_open", f"{code} 年度不在进行中", f"the cycle {code} is not open")
    return found
