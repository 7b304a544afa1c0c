"""Balances of leave: what a year gives, what was taken or asked for, what is left."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.balances import (
    COMPENSATORY,
    in_days,
    limit_of,
    minutes_earned,
    minutes_taken,
)
from services.attendance.domain.leaves import COUNTS_AS_ATTENDED, Leave
from services.attendance.domain.months import Month
from services.attendance.domain.rules import Rules
from services.attendance.domain.shifts import Assigned, ShiftPlan
from services.attendance.storage.entitlements import Entitlements
from services.attendance.storage.leaves import Leaves, leave_of
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.rules import rules_of
from services.attendance.storage.shifts import EVERYBODY, Shifts
from services.attendance.usecases.facts import load, working_days
from services.attendance.usecases.guards import guard, unknown_people, visible_people
from services.attendance.usecases.judging import rest_days
from shared.actor import Actor
from shared.clock import now, today
from shared.database import Row, Session
from shared.errors import Invalid
from shared.recording import audit
from shared.vocabulary.attendance import LEAVE_KINDS
from shared.vocabulary.refusals import conflict
from shared.working_days import WorkingDays

Taken = tuple[str, Leave]  # status, what


@dataclass(frozen=True)
class Year:
    """What of one year says how much leave people have."""

    year: int
    rules: Rules
    calendar: WorkingDays
    shifts: Mapping[str, Sequence[Assigned]]
    own: Mapping[str, Mapping[str, int]]
    earned: Mapping[str, Collection[str]]

    @cached_property
    def working(self) -> frozenset[date]:
        """Ask the calendar only where it matters: a year that nobody entered yet has leave of kinds without a limit."""
        return frozenset(working_days(self.calendar, date(self.year, 1, 1), date(self.year, 12, 31)))

    @property
    def a_day(self) -> int:
        return self.rules.on("leave_day_minutes", date(self.year, 12, 31))

    def minutes(self, person: str, leaves: Sequence[Leave]) -> int:
        plan = ShiftPlan(self.shifts.get(EVERYBODY, ()), self.shifts.get(person, ()))
        return sum(minutes_taken(one, self.year, plan, self.working, self.a_day) for one in leaves)

    def limit(self, person: str, kind: str) -> int | None:
        return limit_of(kind, self.year, self.own.get(person, {}), self.gained(person, kind), self.rules)

    def gained(self, person: str, kind: str) -> int:
        return minutes_earned(self.earned.get(person, ()), self.a_day) if kind == COMPENSATORY else 0


def load_year(session: Session, bureau: str, year: int, people: Sequence[str], kinds: Collection[str]) -> Year:
    """Return what of ``year`` concerns ``people`` and ``kinds``; what was earned is looked for only where 补休 is among them."""
    return Year(
        year,
        rules_of(session, bureau).all(),
        Copies(session, bureau).calendar(),
        Shifts(session, bureau).plans(),
        Entitlements(session, bureau).of_persons(people, year),
        _earned(session, bureau, year, people) if COMPENSATORY in kinds else {},
    )


def check_balance(years: Mapping[int, Year], person: str, leave: Leave, standing: Sequence[Leave]) -> None:
    """Refuse more leave of a kind than a year gives, ``standing`` (taken or asked for) counted in."""
    for year in range(leave.since.year, leave.last.year + 1):
        known, kind = years[year], leave.kind
        limit = known.limit(person, kind)
        alike = [one for one in (*standing, leave) if one.kind == kind]
        if limit is not None and known.minutes(person, [leave]) and known.minutes(person, alike) > limit:
            most = in_days(limit, known.a_day)
            if kind == COMPENSATORY:
                zh = f"{year} 年可补休 {most} 天，不得超过值班和休息日上班所得"
            else:
                zh = f"{year} 年{LEAVE_KINDS[kind]}累计不得超过 {most} 个工作日"
            raise conflict("leave.limit", zh, f"no more than {most} working days of {kind} leave in {year}", "last")


def set_entitlements(session: Session, actor: Actor, command: Row) -> Row:
    """Set how much leave of a kind persons have in a year, all or nothing; of 补休 what they bring over from before."""
    guard(permissions.may_set_entitlements(actor))
    rows: list[Row] = command["entitlements"]
    faults = unknown_people(Copies(session, actor.bureau).persons(), [row["person"] for row in rows])
    if faults:
        raise Invalid("attendance.people", zh="有的人员不存在", en="some persons are unknown", errors=faults)
    for row in rows:
        guard(permissions.may_set_entitlement_of(actor, row["person"]))
    rules, store = rules_of(session, actor.bureau).all(), Entitlements(session, actor.bureau)
    new = {}
    for row in rows:
        a_day = rules.on("leave_day_minutes", date(int(row["year"]), 12, 31))
        kept = {name: row[name] for name in ("person", "year", "kind", "reason")}
        minutes = row["half_days"] * a_day // 2
        new[row["person"], row["year"], row["kind"]] = {
            **kept,
            "minutes": minutes,
            "set_by": actor.account,
            "set_at": now(),
        }
    for (person, year, kind), one in new.items():
        before = store.of_persons([person], int(year)).get(person, {}).get(kind)
        audit(
            session, action="leave.entitled", subject=f"{person}/{year}/{kind}", before={"minutes": before}, after=one
        )
    store.set(list(new.values()))
    return {"set": len(new)}


def list_balances(session: Session, actor: Actor, query: Row) -> Row:
    """List the balances of whom one may see: in order of their codes, so many a page."""
    visible, year = visible_people(session, actor), int(query["year"])
    copies = Copies(session, actor.bureau)
    people = sorted(
        code
        for code, one in copies.persons().items()
        if (visible is None or code in visible)
        and query["person"] in (None, code)
        and query["unit"] in (None, one.unit)
        and code > (query["after"] or "")
    )
    page, more = people[: query["limit"]], len(people) > query["limit"]
    known, names = copies.persons(page), copies.unit_names()
    items = _told(session, actor.bureau, year, [known[code] for code in page], names)
    return {"items": items, "next": page[-1] if more else None}


def _told(
    session: Session, bureau: str, year: int, people: Sequence[Person], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    codes = [one.code for one in people]
    known = load_year(session, bureau, year, codes, COUNTS_AS_ATTENDED)
    standing: dict[str, list[Taken]] = defaultdict(list)
    for row in Leaves(session, bureau).open_rows(codes, date(year, 1, 1), date(year + 1, 1, 1)):
        standing[row["person"]].append((row["status"], leave_of(row)))
    return [
        {
            "person": one.code,
            "person_name": one.name,
            "unit": one.unit,
            "unit_name": names.get(one.unit),
            "year": str(year),
            "kinds": [_kind(known, one.code, kind, standing[one.code]) for kind in COUNTS_AS_ATTENDED],
        }
        for one in people
    ]


def _kind(known: Year, person: str, kind: str, standing: Sequence[Taken]) -> dict[str, Any]:
    alike = [(status, one) for status, one in standing if one.kind == kind]
    taken = known.minutes(person, [one for status, one in alike if status == "approved"])
    waiting = known.minutes(person, [one for status, one in alike if status != "approved"])
    limit = known.limit(person, kind)
    minutes = {
        "limit": limit,
        "earned": known.gained(person, kind),
        "taken": taken,
        "waiting": waiting,
        "left": None if limit is None else limit - taken - waiting,
    }
    days = {name: None if value is None else in_days(value, known.a_day) for name, value in minutes.items()}
    return {"kind": kind, "days": days, "minutes": minutes}


def _earned(session: Session, bureau: str, year: int, people: Sequence[str]) -> Mapping[str, Collection[str]]:
    """Return what each earned: of closed months as they stand, of the others as they would be judged now."""
    through = min(today(), date(year, 12, 31))
    months = [f"{year}-{number:02}" for number in range(1, 13) if date(year, number, 1) <= through]
    closed = [code for code in Months(session, bureau).closed() if code in months]
    found = {code: list(days) for code, days in Entitlements(session, bureau).earned(people, closed).items()}
    persons = Copies(session, bureau).persons(list(people))
    for code in (one for one in months if one not in closed):
        month = Month(code)
        facts = load(session, bureau, month, list(persons))
        for person in persons.values():
            found.setdefault(person.code, []).extend(one["earned"] for one in rest_days(facts, month, person))
    return found
